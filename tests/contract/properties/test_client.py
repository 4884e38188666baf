"""The client, whatever it is given and whatever comes back."""

import inspect
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import AsyncApi, SuperviselyError
from supervisely_ext.completing import complete, iterate
from supervisely_ext.contract.referee import Referee

from . import servers
from .effort import effort
from .fits import fits
from .methods import LEFT_OUT, METHODS, NAMESPACES, Method, calls, right


def call(method: Method, transport: Any, arguments: dict[str, Any]) -> Any:
    """Call it on a new client, and give the result to its last item."""
    api = AsyncApi("https://sly.invalid", "token", transport=transport)
    api.app.workflow.enable()  # else edges are only kept, and nothing is asked
    result = method.of(api)(**arguments)
    if method.is_manager:
        return complete(_entered(result))
    if inspect.iscoroutine(result):
        return complete(result)
    return list(islice(iterate(result), 50)) if inspect.isasyncgen(result) else result


async def _entered(manager: Any) -> Any:
    async with manager as value:
        return value


def attempt(method: Method, transport: Any, arguments: dict[str, Any], *allowed: type[Exception]) -> Any:
    """Give the result, or the error of ours that there was; of a wait for many, several."""
    try:
        return call(method, transport, arguments)
    except (SuperviselyError, *allowed) as error:
        return error
    except ExceptionGroup as errors:
        if errors.split(SuperviselyError)[1] is not None:
            raise
        return errors


def outcome(method: Method, transport: Any, arguments: dict[str, Any]) -> None:
    """Be a result of the promised type, or an error of ours."""
    result = attempt(method, transport, arguments)
    assert isinstance(result, Exception) or fits(result, method.returns), result


def test_no_method_is_forgotten() -> None:
    """Every class of the client that has methods is looked at, and every parameter has values."""
    api = AsyncApi("https://sly.invalid", "token", transport=servers.server(servers.exemplary))
    seen, ahead = set(), [api]
    while ahead:
        each = ahead.pop()
        seen.add(type(each))
        ahead += [value for value in vars(each).values() if type(value).__name__.startswith("Async") and type(value) not in seen]  # fmt: skip
    assert seen | {type(api.app.workflow.task(7))} == set(NAMESPACES)
    assert all(hasattr(kind, name) for key in LEFT_OUT for kind_name, _, name in [key.partition(".")] for kind in NAMESPACES if kind.__name__ == kind_name)  # fmt: skip
    for method in METHODS.values():
        for parameter in method.parameters:
            assert isinstance(right(method, parameter, Path()), st.SearchStrategy)
    assert len(METHODS) > 80


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Also where one is: a wrong path may be the right name of a file."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.unrefereed("post and get send what they are told")
@pytest.mark.parametrize("name", METHODS)
def test_what_the_spec_promises_is_understood(name: str, folder: Path) -> None:
    """A result of the annotated type, or an error of ours where what was answered means one."""
    method = METHODS[name]

    @effort(8)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        transport = servers.server(lambda operation: data.draw(servers.right(operation), label=operation.name))
        outcome(method, transport, data.draw(calls(method, folder)))

    check()


@pytest.mark.unrefereed("post and get send what they are told")
@pytest.mark.parametrize("name", METHODS)
def test_what_the_spec_forbids_is_never_a_bare_exception(name: str, folder: Path) -> None:
    """One broken promise, a page instead of JSON, half a body, none, a refusal: never None, never an error of Python's."""
    method = METHODS[name]

    @effort(10)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        def answer(operation: Any) -> Any:
            kind = data.draw(st.sampled_from([servers.right, servers.broken, servers.broken]))
            return data.draw(kind(operation), label=operation.name)

        outcome(method, servers.server(answer), data.draw(calls(method, folder)))

    check()


PASSES_ON = {
    "AsyncApi.get": "any method with any query, as it is given",
    "AsyncApi.post": "any method with any body, as it is given",
    "AsyncTaskApi.get_list_all_pages": "any listing with any request, as it is given",
    "AsyncTaskApi.get_list_all_pages_generator": "any listing with any request, as it is given",
    "AsyncTaskApi.get_list_idx_page_async": "any listing with any request, as it is given",
    "AsyncTaskApi.get_list_page_generator_async": "any listing with any request, as it is given",
}
"""Ways around the layer: what they send is the caller's."""
PATHS = {"abs_paths", "save_path"}
"""Whether there are such files, the operating system says: with `OSError`."""


@pytest.mark.parametrize("name", sorted(METHODS.keys() - PASSES_ON.keys()))
def test_only_what_the_spec_allows_is_sent(name: str, folder: Path) -> None:
    """Whatever odd values of the right types are given."""
    method = METHODS[name]

    @effort(12)
    @given(calls(method, folder))
    def check(arguments: dict[str, Any]) -> None:
        sends_only_what_is_allowed(method, arguments)

    check()


@pytest.mark.parametrize("name", [name for name in sorted(METHODS.keys() - PASSES_ON.keys()) if METHODS[name].sent])
def test_mistakes_are_not_sent(name: str, folder: Path) -> None:
    """An error of ours instead, where one argument is of no type that it may have."""
    method = METHODS[name]

    @effort(20)
    @given(calls(method, folder, mistaken=True))
    def check(arguments: dict[str, Any]) -> None:
        sends_only_what_is_allowed(method, arguments)

    check()


def sends_only_what_is_allowed(method: Method, arguments: dict[str, Any]) -> None:
    disk = (OSError,) if any(each.name in PATHS for each in method.parameters) else ()
    referee = Referee()
    attempt(method, referee.watch(servers.server(servers.exemplary)), arguments, *disk)
    referee.check()
