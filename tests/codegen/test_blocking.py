"""The blocking classes of the package mirror the Async classes."""

import ast
import importlib
import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractContextManager
from typing import Any, get_args, get_origin

import pytest

from supervisely_ext import blocking as mirrored
from tests.codegen.tools import ROOT

PACKAGE = ROOT / "supervisely_ext"


def async_classes() -> dict[str, type]:
    """Find every Async...Api class that the package defines, but `AsyncApi`, whose mirror is written by hand."""
    found: dict[str, type] = {}
    for path in PACKAGE.glob("*.py"):
        names = [node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef)]
        names = [name for name in names if name.startswith("Async") and name.endswith("Api") and name != "AsyncApi"]
        found |= {name: getattr(importlib.import_module(f"supervisely_ext.{path.stem}"), name) for name in names}
    return found


def public(cls: type) -> dict[str, Any]:
    return {name: getattr(cls, name) for name in dir(cls) if not name.startswith("_")}


ASYNC = async_classes()
METHODS = [(cls, name) for cls in ASYNC.values() for name, value in public(cls).items() if inspect.isroutine(value)]
IDS = [f"{cls.__name__}.{name}" for cls, name in METHODS]


def mirror_of(cls: type) -> Any:
    return getattr(mirrored, cls.__name__.removeprefix("Async"))


def test_every_async_class_has_its_mirror_and_no_other_is_there() -> None:
    """Tasks and apps at least."""
    defined = {name for name, value in vars(mirrored).items() if getattr(value, "__module__", "") == mirrored.__name__}
    assert defined == {name.removeprefix("Async") for name in ASYNC} >= {"TaskApi", "AppApi"}


@pytest.mark.parametrize("cls", ASYNC.values(), ids=ASYNC)
def test_a_mirror_has_the_same_names_and_docstring(cls: type) -> None:
    """None is missing, none is more."""
    assert public(mirror_of(cls)).keys() == public(cls).keys()
    assert inspect.getdoc(mirror_of(cls)) == inspect.getdoc(cls)


@pytest.mark.parametrize("cls", ASYNC.values(), ids=ASYNC)
def test_an_attribute_of_a_mirror_is_the_same_object(cls: type) -> None:
    """Such as `api.task.Status`."""
    attributes = {name: value for name, value in public(cls).items() if not inspect.isroutine(value)}
    assert {name: getattr(mirror_of(cls), name) for name in attributes} == attributes
    assert ("Status" in attributes) == (cls.__name__ in ("AsyncTaskApi", "AsyncAppApi"))


def blocking_type(annotation: Any) -> Any:
    """Give what a blocking method returns for what an async one returns; a generator is one only under `asynccontextmanager`."""
    kinds = {AsyncIterator: Iterator, AsyncGenerator: AbstractContextManager}
    kind = kinds.get(get_origin(annotation))
    return kind[get_args(annotation)[0]] if kind else annotation


@pytest.mark.parametrize(("cls", "name"), METHODS, ids=IDS)
def test_a_method_has_the_same_signature_and_docstring(cls: type, name: str) -> None:
    """Names, kinds, defaults and types of all arguments, and what it returns."""
    original, mirror = getattr(cls, name), getattr(mirror_of(cls), name)
    signature = inspect.signature(original)
    expected = signature.replace(return_annotation=blocking_type(signature.return_annotation))
    if signature.return_annotation in ASYNC.values():
        expected = signature.replace(return_annotation=mirror_of(signature.return_annotation).__name__)
    assert inspect.signature(mirror) == expected
    assert inspect.getdoc(mirror) == inspect.getdoc(original)
    assert inspect.getdoc(mirror)
    assert not inspect.iscoroutinefunction(mirror)


class Recorder:
    """Stands for an Async class: notes how a method was called, and answers with a token."""

    def __init__(self, cls: type) -> None:
        # What the class has of its own is taken over when it is mirrored: namespaces, and objects.
        for part, kind in inspect.get_annotations(cls).items():
            setattr(self, part, Recorder(ASYNC[kind.__name__]) if kind.__name__ in ASYNC else object())
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self.answer = object()

    def __getattr__(self, name: str) -> Callable[..., Coroutine[Any, Any, object]]:
        async def call(*arguments: Any, **keywords: Any) -> object:
            self.calls.append((name, arguments, keywords))
            return self.answer

        return call


def is_passed_on(cls: type, name: str) -> bool:
    return inspect.iscoroutinefunction(getattr(cls, name)) and not name.endswith("_async")


PLAIN = [(cls, name) for cls, name in METHODS if is_passed_on(cls, name)]


@pytest.mark.parametrize(("cls", "name"), PLAIN, ids=[f"{cls.__name__}.{name}" for cls, name in PLAIN])
def test_a_method_hands_on_every_argument_in_its_place(cls: type, name: str) -> None:
    """And gives back what the coroutine returned."""
    original = inspect.signature(getattr(cls, name))
    _, *parameters = original.parameters.values()
    inner = Recorder(cls)
    given = {parameter.name: object() for parameter in parameters if parameter.kind != parameter.VAR_KEYWORD}
    if len(given) < len(parameters):
        given["anything"] = object()
    assert getattr(mirror_of(cls)(inner), name)(**given) is inner.answer
    ((called, arguments, keywords),) = inner.calls
    assert called == name
    assert original.bind(None, *arguments, **keywords) == original.bind(None, **given)
