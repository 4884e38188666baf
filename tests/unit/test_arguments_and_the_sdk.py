"""What the official SDK gave for a target of each of 1,000 made-up apps, held to what ours gives; `make conformance` has the SDK itself."""

import json
from collections import Counter

from supervisely_ext import ModuleInfo
from tests.conformance.argument_cases import MADE_UP, RECORD, WRONG_IN_THE_SDK, judge, made_up, one_target, outcome

ROWS = json.loads(RECORD.read_text("utf-8"))


def test_ours_are_equal_or_right_where_the_sdk_is_wrong() -> None:
    """Twice the same, and neither the config nor the module is changed, to the byte; all that is listed occurs."""
    found: Counter[str] = Counter()
    for seed, row in enumerate(ROWS):
        config = made_up(seed)
        module = ModuleInfo.from_config(config)
        before = json.dumps([config, module])
        ours = outcome(module, row["target"])
        assert ours == outcome(module, row["target"])
        assert json.dumps([config, module]) == before
        found[judge(config, row["target"], ours, row["gives"])] += 1
    assert set(found) == {"equal", "both refuse", *WRONG_IN_THE_SDK}
    assert found["equal"] > 100


def test_the_record_is_of_these_cases() -> None:
    """Another generator needs another record."""
    assert [row["target"] for row in ROWS] == [one_target(seed) for seed in range(MADE_UP)]
