"""The comparisons that parity rests on see every difference that they are made for."""

from typing import Any

import httpx
import pytest

from .signatures import Difference, namespace_differences
from .wire import Part, Request, alike, expected, sent

URL = "https://replay.invalid/public/api/v3/tasks.info"
ASKED = Request("POST", "/tasks.info", {"limit": "2"}, {"id": 1, "tags": ["a", "b"]}, {"x-api-key": "t"})


class TaskApi:
    """A namespace with all that can differ."""

    MAX_WAIT_ATTEMPTS = 7

    async def get_context(self, id: int) -> None: ...

    def get_fields(self, fields: list[str], task_id: int) -> None: ...

    def get_field(self, task_id: int, *, field: str) -> None: ...

    def get_logs(self, task_id: int, since_time: str | None = None, limit: int = 5, extra: int = 0) -> None: ...

    def new(self) -> None: ...


FOUND = {each.where: each for each in namespace_differences("TaskApi", TaskApi, is_async=False)}


@pytest.mark.parametrize(
    ("where", "sdk", "ours"),
    [
        ("TaskApi.wait", "method", "absent"),
        ("TaskApi.new", "absent", "method"),
        ("TaskApi.get_context", "method", "coroutine method"),
        ("TaskApi.get_fields order", "task_id, fields", "fields, task_id"),
        ("TaskApi.get_field.field", "positional or keyword, required", "keyword-only, required"),
        ("TaskApi.get_logs.limit", "positional or keyword, default null", "positional or keyword, default 5"),
        ("TaskApi.get_logs.extra", "absent", "positional or keyword, default 0"),
    ],
)
def test_a_difference_of_signatures_is_seen(where: str, sdk: str, ours: str) -> None:
    assert FOUND[where] == Difference(where, sdk, ours)


def test_another_value_of_a_constant_is_seen() -> None:
    assert '"value": 7' in FOUND["TaskApi.MAX_WAIT_ATTEMPTS"].ours


def test_nothing_else_of_the_methods_that_are_there_differs() -> None:
    there = {name for name in FOUND if any(name.startswith(f"TaskApi.{each}") for each in ("get_logs", "get_field."))}
    assert there == {"TaskApi.get_logs.limit", "TaskApi.get_logs.extra", "TaskApi.get_field.field"}


@pytest.mark.parametrize(
    "other",
    [
        {"verb": "GET"},
        {"path": "/tasks.stop"},
        {"query": {}},
        {"headers": {"x-api-key": "t", "x-task-id": "1"}},
        {"body": {"id": True, "tags": ["a", "b"]}},
        {"body": {"id": 1.0, "tags": ["a", "b"]}},
        {"body": {"id": 1, "tags": ["b", "a"]}},
        {"body": {"id": 1, "tags": ["a", "b"], "more": None}},
        {"body": None},
    ],
)
def test_a_difference_of_requests_is_seen(other: dict[str, Any]) -> None:
    parts = {"verb": "POST", "path": "/tasks.info", "query": ASKED.query, "body": ASKED.body, "headers": ASKED.headers}
    assert alike(ASKED, Request(**parts))
    assert not alike(ASKED, Request(**{**parts, **other}))


def test_a_recorded_time_stands_for_any_text() -> None:
    recorded_time = Request("POST", "/a", body={"at": "<ts>"})
    assert alike(recorded_time, Request("POST", "/a", body={"at": "2026-01-01"}))
    assert not alike(recorded_time, Request("POST", "/a", body={"at": None}))


def test_only_the_hashes_that_the_server_is_asked_for_have_no_order() -> None:
    for path, equal in (("/images.internal.hashes.list", True), ("/tasks.list", False)):
        one, other = (sent(httpx.Request("POST", f"https://h{path}", json=body)) for body in (["b", "a"], ["a", "b"]))
        assert alike(one, other) is equal


def test_a_form_is_read_part_by_part() -> None:
    form = {"0": (None, '{"fullpath": "a"}'), "0-file": ("a b.txt", b"x\r\n--y")}
    recorded_form = expected(
        {
            "method": "POST",
            "path": "/public/api/v3/tasks.info",
            "headers": {},
            "multipart": [
                {"name": "0", "text": '{"fullpath":"a"}'},
                {"name": "0-file", "filename": "a b.txt", "text": "x\r\n--y"},
            ],
        }
    )
    assert recorded_form.body == [Part("0", None, {"fullpath": "a"}), Part("0-file", "a b.txt", b"x\r\n--y")]
    assert alike(recorded_form, sent(httpx.Request("POST", URL, files=form)))
    assert not alike(recorded_form, sent(httpx.Request("POST", URL, files={**form, "1": (None, "{}")})))
    assert not alike(recorded_form, sent(httpx.Request("POST", URL, files={**form, "0-file": ("c", b"x\r\n--y")})))
    assert not alike(recorded_form, sent(httpx.Request("POST", URL, files={**form, "0-file": ("a b.txt", b"x")})))
