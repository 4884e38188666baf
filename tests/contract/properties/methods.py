"""Every public method of the client, found by looking, and arguments for each from its signature."""

import inspect
import logging
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path, PurePosixPath
from types import NoneType, SimpleNamespace, UnionType
from typing import Any, Literal, Union

from attrs import frozen
from hypothesis import strategies as st

from supervisely_ext import AsyncApi
from supervisely_ext.app import AsyncAppApi
from supervisely_ext.entities import AppInfo, SessionInfo, Status
from supervisely_ext.errors import StartUnconfirmed
from supervisely_ext.kubernetes import KubernetesSettings
from supervisely_ext.lineage import Edge
from supervisely_ext.task import AsyncTaskApi
from supervisely_ext.waiting import DefaultTimeout, Polling
from supervisely_ext.workflow import AsyncTaskNodeApi, AsyncWorkflowApi
from supervisely_ext.workflow_adding import HasId
from supervisely_ext.workflow_settings import WorkflowMeta, WorkflowSettings

NAMESPACES: dict[type, Callable[[AsyncApi], Any]] = {
    AsyncApi: lambda api: api,
    AsyncTaskApi: lambda api: api.task,
    AsyncAppApi: lambda api: api.app,
    AsyncWorkflowApi: lambda api: api.app.workflow,
    AsyncTaskNodeApi: lambda api: api.app.workflow.task(7),
}
LEFT_OUT = {
    "AsyncApi.from_env": "makes a client; nothing is exchanged",
    "AsyncApi.from_official": "makes a client; nothing is exchanged",
}


NOT_SENT = {
    *(
        "convert_json_info_cb",
        "ext_logger",
        "info",
        "on_bytes",
        "on_status",
        "polling",
        "progress",
        "unconfirmed",
        "progress_cb",
    ),
    "ledgers",
    "graph.statuses",
}
"""Functions to be called and objects of this package: no requests are made of them, and type checkers know them."""


@frozen
class Method:
    """A method of one namespace."""

    namespace: type
    function: Callable[..., Any]

    @property
    def name(self) -> str:
        return f"{self.namespace.__name__}.{self.function.__name__}"

    @property
    def is_manager(self) -> bool:
        """Tell whether it is used with `async with`."""
        return hasattr(getattr(self.namespace, self.function.__name__), "__wrapped__")

    @property
    def hints(self) -> dict[str, Any]:
        """The types of all parameters, and of the result as `return`; a `**` with a TypedDict is written out."""
        hints = typing.get_type_hints(self.function)
        for each in list(hints.values()):
            if typing.get_origin(each) is typing.Unpack:
                hints |= typing.get_type_hints(typing.get_args(each)[0])
        return hints

    @property
    def returns(self) -> Any:
        """The type of the result: of an iterator a list of items, of a context manager what it gives."""
        returned = self.hints["return"]
        if not inspect.isasyncgenfunction(self.function):
            return returned
        (item, *_) = typing.get_args(returned)
        return item if self.is_manager else list[item]  # type: ignore[valid-type]

    @property
    def parameters(self) -> list[inspect.Parameter]:
        """All but self, and what is taken by position only as often as one likes."""
        written = list(inspect.signature(self.function).parameters.values())[self.is_bound :]
        return [each for one in written for each in self._named(one)]

    @property
    def is_bound(self) -> bool:
        return not isinstance(inspect.getattr_static(self.namespace, self.function.__name__), staticmethod)

    def _named(self, parameter: inspect.Parameter) -> Iterator[inspect.Parameter]:
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            (fields,) = typing.get_args(typing.get_type_hints(self.function)[parameter.name])
            for name in fields.__annotations__:
                needed = inspect.Parameter.empty if name in fields.__required_keys__ else None
                yield inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=needed)
        elif parameter.kind is not inspect.Parameter.VAR_POSITIONAL:
            yield parameter

    @property
    def sent(self) -> list[str]:
        """The names of the arguments of which requests are made."""
        return [
            each.name for each in self.parameters if not {each.name, f"{self.function.__name__}.{each.name}"} & NOT_SENT
        ]

    def of(self, api: AsyncApi) -> Callable[..., Any]:
        return typing.cast("Callable[..., Any]", getattr(NAMESPACES[self.namespace](api), self.function.__name__))


def methods() -> Iterator[Method]:
    """Give each method once, where several namespaces share it."""
    seen = set()
    for namespace in NAMESPACES:
        for name in dir(namespace):
            function = inspect.unwrap(getattr(namespace, name))
            if name.startswith("_") or not inspect.isroutine(function) or f"{namespace.__name__}.{name}" in LEFT_OUT:
                continue
            if function.__qualname__ not in seen:
                seen.add(function.__qualname__)
                yield Method(namespace, function)


METHODS = {method.name: method for method in methods()}

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
_TEXT = st.text(min_size=1, max_size=8)
_IDS = st.integers(1, 2**53 - 1)


def _ignored(*_: Any) -> None: ...


_BY_NAME: Mapping[str, st.SearchStrategy[Any]] = {
    # What no type says.
    "abs_paths": st.just([Path(__file__)]),
    "attempt_delay_sec": st.floats(0, 10),
    "attempts": st.integers(1, 5),
    "limit": st.integers(1, 300),
    "names": st.just(["a/b.py"]),
    "pages_count": st.integers(1, 3),
    "retries": st.integers(1, 3),
    "semaphore": st.none(),
    "since_time": st.sampled_from([None, "2026-01-01T00:00:00.000Z"]),
    "slug": st.sampled_from(["supervisely-ecosystem/export-to-dota", "a/b"]),
    "timeout": st.floats(1, 100),  # without one, some wait for ever
    "timeouts": st.none() | st.dictionaries(_IDS, st.floats(1, 100), max_size=2),
    "wait_attempts": st.integers(1, 5),
    "wait_attempt_timeout_sec": st.floats(0, 10),
}
_EXACT = {
    "AsyncApi.get.method": st.just("ecosystem.file.download"),
    "AsyncApi.get.params": st.just({"moduleId": 83}),
    "AsyncApi.post.method": st.just("tasks.info"),
    "AsyncApi.post.data": st.just({"id": 7}),
    "get_fields.fields": st.lists(_TEXT, min_size=1, max_size=3),
    "method": st.sampled_from(["tasks.list", "apps.list"]),
    "set_fields.fields": st.lists(st.fixed_dictionaries({"field": _TEXT, "payload": _JSON}), min_size=1, max_size=3),
    "send_request.method": _TEXT,
    "send_request.timeout": st.integers(1, 60),
    "filters": st.lists(st.just({"field": "id", "operator": "=", "value": 7}), max_size=1),
    "filter": st.lists(st.just({"field": "id", "operator": "=", "value": 7}), max_size=1),
    "logs": st.lists(st.fixed_dictionaries({"message": _TEXT}), max_size=2),
}
_BY_TYPE: Mapping[Any, st.SearchStrategy[Any]] = {
    Any: _JSON,
    AppInfo: st.just(AppInfo(3, 6, 11, False, "login", {}, "An app", "a/b", False, [], "", 447)),
    DefaultTimeout: st.nothing(),
    HasId: st.builds(SimpleNamespace, id=_IDS),
    KubernetesSettings: st.builds(KubernetesSettings, limit_gpus=st.integers(0, 4)),
    NoneType: st.none(),
    PathLike[str]: st.just(PurePosixPath("/a/b.txt")),
    Polling: st.builds(Polling, first_delay=st.floats(0.1, 5)),
    SessionInfo: st.builds(SessionInfo, task_id=_IDS, user_id=_IDS, module_id=_IDS, app_id=_IDS, details=st.just({})),
    Edge: st.nothing(),
    Status: st.sampled_from(Status),
    WorkflowMeta: st.builds(WorkflowMeta, relation_settings=st.builds(WorkflowSettings, title=_TEXT)),
    StartUnconfirmed: st.builds(
        StartUnconfirmed,
        app_id=st.none(),
        module_id=_IDS,
        workspace_id=_IDS,
        task_name=_TEXT,
        reason=_TEXT,
        idempotency_key=st.none() | st.text("abc", min_size=1),
        users_ids=st.lists(_IDS, max_size=2).map(tuple),
        team_id=st.none() | _IDS,
    ),
    bool: st.booleans(),
    float: st.floats(0.1, 100),
    int: _IDS,
    logging.Logger: st.just(logging.getLogger("tests.quiet")),
    str: _TEXT,
}


def right(method: Method, parameter: inspect.Parameter, folder: Path) -> st.SearchStrategy[Any]:
    """Give values that the method's documentation invites to."""
    if parameter.name == "save_path":
        return st.just(folder / "saved")
    keys = (f"{method.name}.{parameter.name}", f"{method.function.__name__}.{parameter.name}", parameter.name)
    for key in keys:
        if key in _EXACT:
            return _EXACT[key]
    if parameter.name in _BY_NAME:
        return _BY_NAME[parameter.name]
    return of_type(method.hints[parameter.name])


def of_type(annotation: Any) -> st.SearchStrategy[Any]:
    """Give values of a type. Raises `KeyError` for one that nothing is known of."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (Union, UnionType):
        return st.one_of([of_type(each) for each in inner])
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (Sequence, Iterable, list):
        return st.lists(of_type(inner[0]), min_size=1, max_size=3)
    if origin in (Mapping, dict, tuple) and origin is not tuple:
        return st.dictionaries(of_type(inner[0]), of_type(inner[1]), max_size=3)
    if origin is tuple:
        return st.tuples(*map(of_type, inner))
    if origin is Callable:
        return st.just(_ignored)
    return _BY_TYPE[annotation]


WRONG = st.sampled_from(
    [
        *(
            None,
            True,
            -1,
            0,
            2**70,
            1.5,
            float("nan"),
            float("inf"),
            "",
            "7",
            "\ud800",
            "a\0b",
            b"x",
            [],
            [None],
            [[]],
            {},
        ),
        *({1: 2}, {"": None}, {"a": object()}, {"a": float("nan")}, {"a": "\ud800"}, object(), (), {7}, int),
        SimpleNamespace(id="x"),
    ]
)
"""What a mistake may put in the place of any argument."""


@st.composite
def calls(draw: st.DrawFn, method: Method, folder: Path, *, mistaken: bool = False) -> dict[str, Any]:
    """Give keyword arguments: all that are needed, some of the others, all as they should be but for one when `mistaken`."""
    arguments = {}
    for parameter in method.parameters:
        needed = parameter.default is inspect.Parameter.empty or parameter.name in ("timeout", "task_id")
        if needed or draw(st.booleans()):
            arguments[parameter.name] = draw(right(method, parameter, folder))
    if mistaken:
        arguments[draw(st.sampled_from(method.sent))] = draw(WRONG)
    return arguments
