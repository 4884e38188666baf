"""Which mistakes are planted, and where: the whole list. A mutant is an operator at one place."""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import frozen

from . import code_places as code
from . import spec_places as spec


@frozen
class SpecOperator:
    """A mistake in the spec, from which client and mock are then generated."""

    name: str
    changes: Callable[[Any], Iterator[spec.Change]]


@frozen
class CodeOperator:
    """A mistake in the code of the mock or the client; `files` are globs from the root of the repository."""

    name: str
    files: tuple[str, ...]
    finder: code.Finder
    mentions: str = ""
    """What a file must mention."""


def _in(folder: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{folder}/{name}.py" for name in names)


_CLIENT = "supervisely_ext"
_MOCK = "supervisely_ext/mock"
_LIVES = _in(
    _MOCK, "lifecycle", "scheduling", "state", "platform", "operations/tasks", "operations/apps", "operations/workflow"
)
_ANSWERS = _in(_MOCK, "views", "operations/*", "listing", "fields", "tasklog", "instance", "state", "refusals")
_PAGES = _in(_MOCK, "listing", "tasklog", "journal", "operations/*")
_SENDING = _in(
    _CLIENT,
    *("retry", "call", "start_once", "start_search", "repeated", "task_requests", "task_data", "transfer", "download"),
)
_ALL = _in(_CLIENT, "[a-oq-z]*", "pages")
"""All of the client but what pytest calls, the progress that is shown, and the port."""

OPERATORS: tuple[SpecOperator | CodeOperator, ...] = (
    SpecOperator("spec: drop a field", spec.dropped_fields),
    SpecOperator("spec: make optional", spec.freed_fields),
    SpecOperator("spec: rename a value", spec.renamed_values),
    SpecOperator("spec: change a type", spec.changed_types),
    SpecOperator("spec: retry what must not be", spec.repeated_operations),
    CodeOperator("mock: skip a transition", _LIVES, code.skipped_steps),
    CodeOperator("mock: forget a field", _ANSWERS, code.forgotten_fields),
    CodeOperator("mock: off by one", _PAGES, code.off_by_one),
    CodeOperator("client: drop a parameter", _ALL, code.dropped_parameters, mentions="supervisely_client.models"),
    CodeOperator("client: retry what must not be", _SENDING, code.wrong_repeats),
    CodeOperator("client: swallow an error", _ALL, code.swallowed_errors),
)
