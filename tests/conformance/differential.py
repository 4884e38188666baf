"""The same calls on the official SDK and on our client, each on a mock of its own that began the same.

What the mocks were asked, what the calls came to and what the mocks hold in the end are equal, but for what
`tests/data/differential_deviations.json` lists, each with its reason; what is listed has to be seen. SEED chooses the calls.
"""

import copy
import json
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any

import requests
import supervisely
from attrs import asdict, define, field, has
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2]))

import supervisely_ext
from tests.conformance.differential_calls import ARGUMENTS, Call, one_of, sequences
from tests.conformance.record_signatures import RECORD

DEVIATIONS = json.loads((Path(__file__).parents[1] / "data/differential_deviations.json").read_text("utf-8"))
LISTED, ONLY_OURS, NOT_CALLED = DEVIATIONS["calls"], DEVIATIONS["only ours"], DEVIATIONS["not called"]
_PLACES = {"TaskApi": "task", "AppApi": "app", "Workflow": "app.workflow"}
REFUSED = "an error"
_LONGEST = 3000
_ASPECTS = ("requests", "result", "state")


@define
class Side:
    """One client and its mock."""

    api: Any
    url: str
    state: Any = None

    def begin(self) -> None:
        """Let the mock begin again."""
        requests.post(f"{self.url}/__mock__/reset", timeout=30).raise_for_status()

    def call(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Make a call, and give what came of it by aspect."""
        requests.delete(f"{self.url}/__mock__/journal", timeout=30).raise_for_status()
        try:
            result = attrgetter(name)(self.api)(**copy.deepcopy(arguments))
        except Exception:  # noqa: BLE001 which error it is, tests/parity compares
            result = REFUSED
        entries = requests.get(f"{self.url}/__mock__/journal", timeout=30).json()["entries"]
        sent = [[entry["verb"], entry["path"], entry["body"], entry["status"]] for entry in entries]
        state = requests.get(f"{self.url}/__mock__/state", timeout=30).json()
        return {"requests": plain(sent), "result": plain(result), "state": plain(state)}


def plain(value: Any) -> Any:
    """Give a result as JSON, whatever class it has."""
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items() if key not in ONLY_OURS}
    if has(type(value)):
        return plain(asdict(value, recurse=False))
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value if isinstance(value, int | float | bool | None) else str(value)


@define
class Comparison:
    """Both sides, and what was found."""

    official: Side
    ours: Side
    calls: Counter[str] = field(factory=Counter)
    seen: Counter[str] = field(factory=Counter)
    refused: Counter[str] = field(factory=Counter)
    unlisted: dict[str, str] = field(factory=dict)

    def sequence(self, calls: list[Call]) -> None:
        """Make calls one after the other, until the states part."""
        self.official.begin()
        self.ours.begin()
        for call in calls:
            if "state" in self.compare(call):
                break

    def compare(self, call: Call) -> list[str]:
        """Make a call on both sides, and give the aspects in which they differ."""
        name, arguments = call
        self.calls[name] += 1
        sdk, ours = self.official.call(name, arguments), self.ours.call(name, arguments)
        self.refused[name] += sdk["result"] == ours["result"] == REFUSED
        differing = [aspect for aspect in _ASPECTS if sdk[aspect] != ours[aspect]]
        for aspect in differing:
            key = f"{name} {aspect}"
            self.seen[key] += 1
            if key not in LISTED:
                told = f"{key} of {arguments}:\n  SDK  {sdk[aspect]}\n  ours {ours[aspect]}"
                self.unlisted.setdefault(key, told[:_LONGEST])
        return differing


def main() -> int:
    """Compare every method by itself, then sequences of calls; 1 when something differs that is not listed, or no more."""
    logging.disable(logging.CRITICAL)
    token, own = os.environ["API_TOKEN"], os.environ["OTHER_ADDRESS"]
    official = supervisely.Api(os.environ["SERVER_ADDRESS"], token)
    official.app.workflow.enable()
    both = Comparison(Side(official, os.environ["SERVER_ADDRESS"]), Side(supervisely_ext.Api(own, token), own))
    assert official.instance_version == both.ours.api.instance_version  # each asks once
    for side in (both.official, both.ours):
        side.api.app.workflow.enable()
        for task_id in (101, 121230):
            side.api.app.workflow.add_input_job(1, task_id)  # whose team it is ours asks once for each task
    number, examples = int(os.environ.get("SEED", "1")), int(os.environ.get("EXAMPLES", "10"))
    for name in sorted(ARGUMENTS):
        _check(both, one_of(name).map(lambda call: [call]), number, examples)
    _check(both, sequences(), number, 10 * examples)
    print(f"{both.calls.total()} calls of {len(both.calls)} methods agree, but for", dict(both.seen))
    wrong = [*both.unlisted.values(), *_gaps(both)]
    print(*wrong, sep="\n")
    return bool(wrong)


def _gaps(both: Comparison) -> Iterator[str]:
    """Tell what the comparison does not cover, or need not list."""
    yield from (f"listed, but not seen: {key}" for key in sorted(LISTED.keys() - both.seen.keys()))
    yield from (f"refused by both every time: {name}" for name in both.calls if both.calls[name] == both.refused[name])
    methods = {
        f"{place}.{name}"
        for kind, place in _PLACES.items()
        for name, member in json.loads(RECORD.read_text("utf-8"))["namespaces"][kind].items()
        if member["kind"] == "method"
    }
    yield from (f"neither called nor listed: {name}" for name in sorted(methods - ARGUMENTS.keys() - NOT_CALLED.keys()))
    yield from (f"listed as not called, but is: {name}" for name in sorted(NOT_CALLED.keys() & ARGUMENTS.keys()))


def _check(both: Comparison, calls: st.SearchStrategy[list[Call]], number: int, examples: int) -> None:
    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(calls)
    def check(drawn: list[Call]) -> None:
        both.sequence(drawn)

    check()


if __name__ == "__main__":
    sys.exit(main())
