"""Errors: what all of them do, found by looking at the module."""

import copy
import pickle
from dataclasses import fields
from functools import cache
from inspect import getmembers, isclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import supervisely_ext
from supervisely_ext import errors
from supervisely_ext.errors import (
    ApiError,
    ArgumentError,
    ArgumentProblem,
    ConnectionFailed,
    NoRelease,
    NotFoundInEcosystem,
    StartUnconfirmed,
    SuperviselyError,
    TaskEndedOtherwise,
    TaskFinishedWithError,
    TaskStopped,
    UnexpectedAnswer,
    WaitingTimeExceeded,
)

KINDS = [kind for _, kind in getmembers(errors, isclass) if issubclass(kind, SuperviselyError)]
numbers = st.floats(allow_nan=False)
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    Any: st.none() | st.lists(st.dictionaries(st.just("message"), st.text(max_size=5)), max_size=2),
    float: numbers,
    float | None: st.none() | numbers,
    tuple[object, ...]: st.lists(st.text(max_size=5) | st.integers(), max_size=3).map(tuple),
    tuple[ArgumentProblem, ...]: st.just((ArgumentProblem(pointer="/a", problem="is 5", given=5, allowed=("text",)),)),
    tuple[SuperviselyError, ...]: st.just(()),  # errors are equal only to themselves: tested where they are collected
    tuple[tuple[float, str], ...]: st.lists(st.tuples(numbers, st.text(max_size=5)), max_size=3).map(tuple),
}


@cache
def some(kind: type[SuperviselyError]) -> st.SearchStrategy[SuperviselyError]:
    values = {field.name: BY_TYPE.get(field.type, st.from_type(field.type)) for field in fields(kind)}
    return st.builds(kind, **values)


each_kind = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not SuperviselyError])
WAIT = {"task_id": 7, "target": ("started",), "history": ((0.0, "queued"),), "waited": 5.04, "url": "https://h/7"}


@each_kind
@settings(max_examples=20)
@given(data=st.data())
def test_copies_are_equal(kind: type[SuperviselyError], data: st.DataObject) -> None:
    """A pickled or copied error has the same type, attributes and text, also when it was raised from another."""
    error = data.draw(some(kind))
    error.__cause__ = OSError("connection reset")
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(twin) is kind
        assert vars(twin) == vars(error)
        assert (str(twin), repr(twin)) == (str(error), repr(error))


@each_kind
@settings(max_examples=20)
@given(data=st.data())
def test_a_repr_is_name_and_text(kind: type[SuperviselyError], data: st.DataObject) -> None:
    """The repr of an error is its name with its text, which is never empty."""
    error = data.draw(some(kind))
    assert str(error)
    assert repr(error) == f"{kind.__name__}({str(error)!r})"


@each_kind
@settings(max_examples=20)
@given(data=st.data())
def test_a_text_can_be_printed(kind: type[SuperviselyError], data: st.DataObject) -> None:
    """Whatever the server said: no character in it moves a terminal's cursor, and each can be written."""
    text = str(data.draw(some(kind)))
    assert all(character.isprintable() for character in text.replace("\n", ""))


def test_the_root_is_an_exception_like_others() -> None:
    """Who makes errors of their own below it needs nothing but a text."""
    assert str(SuperviselyError("an app of ours\a failed")) == "an app of ours� failed"


@each_kind
def test_each_error_is_public(kind: type[SuperviselyError]) -> None:
    """Every error can be imported from the package, and stands in the drawing of the tree with its second base."""
    assert getattr(supervisely_ext, kind.__name__) is kind
    assert errors.__doc__ is not None
    (line,) = [line for line in errors.__doc__.splitlines() if kind.__name__ in line.replace("(", " ").split()]
    others = [base.__name__ for base in kind.__bases__ if not issubclass(base, SuperviselyError)]
    assert all(f"+ {other}" in line for other in others)
    assert ("(+" in line) == bool(others)


def test_what_existing_code_catches() -> None:
    """The second bases are those that code for the official SDK catches."""
    assert issubclass(ArgumentError, ValueError)
    for kind in (
        errors.UnknownTargetError,
        errors.TooManyTargets,
        errors.MissingVariable,
        NotFoundInEcosystem,
        NoRelease,
    ):
        assert issubclass(kind, KeyError)
    assert issubclass(WaitingTimeExceeded, TimeoutError)


@pytest.mark.parametrize(("error", "text"), [
    (ArgumentError(argument="a", problem="is odd"), "a: is odd"),
    (
        ArgumentError(argument="a", problem="is 'x'", allowed=("y", "z"), hint="Did you mean y?"),
        "a: is 'x'; allowed: y, z. Did you mean y?",
    ),
    (
        errors.UnknownTargetError(argument="a", problem="is no target", allowed=("b",)),
        "a: is no target; allowed: b",
    ),
    (NotFoundInEcosystem(slug="a/b"), "no module of the ecosystem fits 'a/b'"),
    (NotFoundInEcosystem(slug="a/b", near=("a/c",)), "no module of the ecosystem fits 'a/b'; near it: a/c"),
    (NotFoundInEcosystem(slug="a/b", module_ids=(1, 2)), "2 modules fit 'a/b': use one of the ids 1, 2"),
    (NoRelease(module_id=5), "module 5 has no release: pass app_version, or a branch with is_branch=True"),
    (
        ConnectionFailed(operation="o", address="https://h", reason="reset", sent=True, attempts=3),
        "o: no answer from https://h after 3 attempts (reset)",
    ),
    (ConnectionFailed(operation="o", address="https://h", reason="reset", sent=True), "o: no answer from https://h (reset)"),
    (ApiError(operation="o", status=418), "o was refused: no explanation (HTTP 418)"),
    (
        UnexpectedAnswer(operation="o", status=200, problem="HTML", excerpt="<html>"),
        "o answered HTML, beginning '<html>' (HTTP 200)",
    ),
    (WaitingTimeExceeded(last_status="queued", **WAIT), "task 7 is still queued (waited 5.0 s for started, https://h/7)"),
    (
        TaskFinishedWithError(last_status="error", **WAIT),
        "task 7 ended with an error (waited 5.0 s for started, https://h/7)",
    ),
    (
        TaskEndedOtherwise(last_status="finished", **WAIT),
        "task 7 ended as finished (waited 5.0 s for started, https://h/7)",
    ),
    (TaskStopped(last_status="stopped", **WAIT), "task 7 was stopped (waited 5.0 s for started, https://h/7)"),
    (
        errors.WaitError(last_status="odd", **{**WAIT, "target": ()}),
        "task 7 is odd (waited 5.0 s for the end, https://h/7)",
    ),
])  # fmt: skip
def test_what_an_error_says(error: SuperviselyError, text: str) -> None:
    """A text names what the error is about."""
    assert str(error) == text


@pytest.mark.parametrize(("app_id", "module_id", "what"), [(3, None, "app 3"), (None, 11, "module 11")])
def test_an_unconfirmed_start_says_what_to_do(app_id: int | None, module_id: int | None, what: str) -> None:
    """The text names what was started and how to look for it."""
    error = StartUnconfirmed(app_id=app_id, module_id=module_id, workspace_id=1, task_name="my run", reason="HTTP 502")
    assert what in str(error)
    assert "(HTTP 502)" in str(error)
    assert "Look for 'my run'" in str(error)
