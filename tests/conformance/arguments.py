"""Arguments as the official SDK builds them, and as we do: equal wherever the SDK is right; run by `make conformance`.

Over the configs of `tests/data`, those of `../shared/app-configs` where they are at hand, and 1,000 made-up ones. Where the SDK
is wrong is listed here, with what is right.
"""

import copy
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from supervisely.api.app_api import ModuleInfo as Official

import supervisely_ext as sly
from supervisely_ext.targets import NO_TARGET, TARGETS, target_of

ROOT = Path(__file__).parents[2]
VALUES = [5, 1, 10**12, 0, -1, True, "5", "/a", "", 5.0, None, [5]]
KNOWN_TO_US = {
    "ecosystem is no place": "the SDK has a KeyError of its own for it",
    "unknown to the SDK": "the SDK has a KeyError of its own for workspace; for the rest that it does not know both refuse, ours unless a key is given",
    "no id": "the SDK takes 0 and less",
    "no path": "the SDK takes an empty path",
}


def configs() -> list[dict[str, Any]]:
    """Real ones, and 1,000 that differ in menu and options."""
    real = list(json.loads((ROOT / "tests/data/app_configs.json").read_text("utf-8")).values())
    shared = (ROOT.parent / "shared/app-configs").glob("[!_]*.json")
    return [*real, *(json.loads(path.read_text("utf-8")) for path in sorted(shared)), *map(_made_up, range(1000))]


def _made_up(seed: int) -> dict[str, Any]:
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


def compare(config: dict[str, Any], target: dict[str, Any]) -> str:
    """Give "equal", "both refuse", or one of what is listed; anything else is an AssertionError."""
    ours = sly.ModuleInfo.from_config(config)
    shown = {
        "id": 1,
        "slug": "s",
        "name": "n",
        "type": "app",
        "config": copy.deepcopy(ours.config),
        "createdAt": "",
        "updatedAt": "",
    }
    before = copy.deepcopy(ours)
    right = _outcome(ours, target)
    assert ours == before, (config, target)
    assert right == _outcome(ours, target), (config, target)
    theirs = _outcome(Official.from_json(shown), target)
    if right == theirs:
        return "equal" if isinstance(right, dict) else "both refuse"
    return _listed(config, target, right, theirs)


def _outcome(module: Any, target: dict[str, Any]) -> Any:
    try:
        return module.get_arguments(**target)
    except (ValueError, KeyError):
        return "refused"


def _listed(config: dict[str, Any], target: dict[str, Any], ours: Any, theirs: Any) -> str:
    ((name, value),) = target.items() if target else ((None, None),)
    if name == NO_TARGET and theirs == "refused":
        assert ours == (config.get("modal_template_state") or {}), (config, target)
        return "ecosystem is no place"
    if name == "workspace" and theirs == "refused":
        return "unknown to the SDK"
    assert name is not None, (config, target, ours, theirs)
    assert ours == "refused", (config, target, ours, theirs)
    kind = target_of(name).kind
    assert (kind, value) in [("id", 0), ("id", -1), ("path", "")], (config, target, ours, theirs)
    return f"no {kind}"


def main() -> int:
    """Compare, and print how often what was found."""
    found: Counter[str] = Counter()
    for config in configs():
        targets = (config.get("context_menu") or {}).get("target", [])
        for name in [*targets, "videos_project", NO_TARGET]:
            found.update(compare(config, {name: value}) for value in VALUES)
        found[compare(config, {})] += 1
        found[compare(config, {"images_project": 5, "files_file": "/a"})] += 1
    assert set(found) <= {"equal", "both refuse", *KNOWN_TO_US}, found
    print("Arguments:", dict(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
