"""Targets for real and made-up apps, what the official SDK gives for them, and the list of where it is wrong.

    .venv-sdk/bin/python tests/conformance/arguments.py --record

writes `tests/data/sdk_arguments.json`: what the SDK gave for one target of each of the 1,000 made-up apps. The unit tests hold ours to it.
"""

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from supervisely_ext.targets import NO_TARGET, TARGETS, target_of

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "tests/data/sdk_arguments.json"
MADE_UP = 1000
VALUES: tuple[Any, ...] = (5, 1, 10**12, 0, -1, True, "5", "/a", "", 5.0, None, [5])
REFUSED = "refused"
WRONG_IN_THE_SDK = {
    "ecosystem is no place": "the SDK has a KeyError of its own for it",
    "workspace": "the SDK has a KeyError of its own for it; for the rest that it does not know both refuse, ours unless a key is given",
    "no id": "the SDK takes 0 and less",
    "no path": "the SDK takes an empty path",
}


def made_up(seed: int) -> dict[str, Any]:
    """Give an app's config that differs from the others in menu and options."""
    chance = random.Random(seed)
    targets = chance.sample([*TARGETS, NO_TARGET, "audio_project"], chance.randint(0, 5))
    leaves: list[Any] = [
        None,
        True,
        3,
        0.8,
        "text",
        [],
        {},
        [1, {"a": None}],
        {"slyProjectId": 1},
        {"deep": {"er": [0]}},
    ]
    names = ["a", "b", "slyProjectId", "slyFolder", "ä/~", ""]
    options = {name: chance.choice(leaves) for name in chance.sample(names, chance.randint(0, 4))}
    return {"name": f"app {seed}", "context_menu": {"target": targets}, "modal_template_state": options}


def targets_of(config: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give all targets to try with an app: its own and two others with every value, none, and two at once."""
    names = [*(config.get("context_menu") or {}).get("target", []), "videos_project", NO_TARGET]
    return [
        *({name: value} for name in names for value in VALUES),
        {},
        {"images_project": 5, "files_file": "/a"},
    ]


def one_target(seed: int) -> dict[str, Any]:
    """Give the target that is recorded for a made-up app; every other time one that may be right."""
    targets = targets_of(made_up(seed))
    likely = [target for target in targets if list(target.values()) in ([5], ["/a"], [])]
    return random.Random(-seed - 1).choice(likely if seed % 2 else targets)


def outcome(module: Any, target: Mapping[str, Any]) -> Any:
    """Give the arguments as JSON has them, or that they are refused."""
    try:
        return json.loads(json.dumps(module.get_arguments(**target)))
    except (ValueError, KeyError):
        return REFUSED


def judge(config: Mapping[str, Any], target: Mapping[str, Any], ours: Any, theirs: Any) -> str:
    """Give "equal", "both refuse", or one of what is listed, where ours must be right; anything else is an AssertionError."""
    if json.dumps(ours, sort_keys=True) == json.dumps(theirs, sort_keys=True):
        return "both refuse" if ours == REFUSED else "equal"
    about = (config, target, ours, theirs)
    ((name, value),) = target.items()
    options = config.get("modal_template_state") or {}
    if theirs == REFUSED and name == NO_TARGET:
        assert (value, ours) in [(None, options), (True, options)], about
        return "ecosystem is no place"
    if theirs == REFUSED:
        assert (name, ours) == ("workspace", {**options, "slyWorkspaceId": value}), about
        assert value in (5, 1, 10**12), about
        return "workspace"
    assert ours == REFUSED, about
    kind = target_of(name).kind
    assert (kind, value) in [("id", 0), ("id", -1), ("path", "")], about
    return f"no {kind}"
