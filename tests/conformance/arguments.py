"""Arguments as the official SDK builds them, and as we do: equal wherever the SDK is right; run by `make conformance`.

Over the configs of `tests/data`, those of `../shared/app-configs` where they are at hand, and 1,000 made-up ones. Where the SDK
is wrong is listed in `argument_cases`. With --record it writes what the SDK gave for one target of each made-up one.
"""

import copy
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from supervisely.api.app_api import ModuleInfo as Official

sys.path.insert(0, str(Path(__file__).parents[2]))

import supervisely_ext as sly
from tests.conformance.argument_cases import (
    MADE_UP,
    RECORD,
    ROOT,
    WRONG_IN_THE_SDK,
    judge,
    made_up,
    one_target,
    outcome,
    targets_of,
)


def configs() -> list[dict[str, Any]]:
    """Real ones, and 1,000 that differ in menu and options."""
    real = list(json.loads((ROOT / "tests/data/app_configs.json").read_text("utf-8")).values())
    shared = (ROOT.parent / "shared/app-configs").glob("[!_]*.json")
    return [*real, *(json.loads(path.read_text("utf-8")) for path in sorted(shared)), *map(made_up, range(MADE_UP))]


def official(config: dict[str, Any], target: dict[str, Any]) -> Any:
    """Give what the SDK gives, from a module of its own: it writes into its modules."""
    shown = {"config": copy.deepcopy(sly.ModuleInfo.from_config(config).config), "id": 1, "slug": "s", "name": "n"}
    return outcome(Official.from_json({**shown, "type": "app", "createdAt": "", "updatedAt": ""}), target)


def compare(config: dict[str, Any], target: dict[str, Any]) -> str:
    """Judge ours, which must be the same twice and change nothing."""
    ours = sly.ModuleInfo.from_config(config)
    before = json.dumps([config, ours])
    right = outcome(ours, target)
    assert json.dumps([config, ours]) == before, (config, target)
    assert right == outcome(ours, target), (config, target)
    return judge(config, target, right, official(config, target))


def recorded() -> str:
    """Give the text of the record."""
    rows = [(target, official(made_up(seed), target)) for seed in range(MADE_UP) for target in [one_target(seed)]]
    lines = ",\n".join(json.dumps({"target": target, "gives": gives}, ensure_ascii=False) for target, gives in rows)
    return f"[\n{lines}\n]\n"


def main(arguments: list[str]) -> int:
    """Compare, and print how often what was found."""
    if arguments == ["--record"]:
        RECORD.write_text(recorded(), "utf-8")
    assert recorded() == RECORD.read_text("utf-8"), f"{RECORD.name} is another SDK's: write it with --record"
    found = Counter(compare(config, target) for config in configs() for target in targets_of(config))
    assert set(found) <= {"equal", "both refuse", *WRONG_IN_THE_SDK}, found
    print("Arguments:", dict(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
