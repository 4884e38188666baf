"""How deep bodies and what is kept may be nested: whatever was let in can be shown again."""

from typing import Any

from supervisely_ext.mock import Platform

from .asking import ask, start
from .test_admin import reply_of, steer


def nested(levels: int) -> bytes:
    return b'{"taskId": 21012, "fields": [{"field": "data.x", "payload": %b}]}' % (
        b"[" * (levels - 3) + b"1" + b"]" * (levels - 3)
    )


def test_a_body_is_nested_so_deep(platform: Platform) -> None:
    """Deeper than anybody means it, it would be kept, and everything that holds it could no longer be shown."""
    assert start(platform) == 21012
    assert ask(platform, "tasks.data.set", nested(100)) == (200, {})
    status, answer = ask(platform, "tasks.data.set", nested(101))
    assert (status, answer["details"]) == (400, {"message": "a body may be nested 100 levels deep"})
    assert ask(platform, "tasks.data.set", nested(100_000))[0] == 400


def test_what_is_kept_is_shown_however_deep(platform: Platform) -> None:
    """The deepest value at the deepest place, and again what is made of it: snapshot, journal and answers have it whole."""
    task_id = start(platform)
    place = "data" + ".x" * 99
    value: Any = 1
    for _ in range(97):
        value = [value]
    assert (
        ask(platform, "tasks.data.set", {"taskId": task_id, "fields": [{"field": place, "payload": value}]})[0] == 200
    )
    longer = {"taskId": task_id, "fields": [{"field": f"{place}.x", "payload": 1}]}
    assert ask(platform, "tasks.data.set", longer)[0] == 400
    assert ask(platform, "tasks.data.get", {"taskId": task_id, "fields": ["data"]})[0] == 200
    deeper = [{"op": "copy", "from": "", "path": "/x/x/x"}]
    statuses = [
        ask(platform, "tasks.app-v2.data.set", {"taskId": task_id, "payload": {"data": deeper}})[0] for _ in range(9)
    ]
    assert statuses == [200, *[400] * 8]
    for name in ("state", "journal", "journal.txt", "page"):
        assert reply_of(platform, "GET", name).status == 200
    assert steer(platform, "PUT", "state", platform.snapshot())[0] == 200


def test_the_journal_shows_what_is_too_deep_as_text(platform: Platform) -> None:
    """It was refused, and must not spoil the journal."""
    for levels in (301, 900, 950, 980, 990):
        ask(platform, "tasks.data.set", nested(levels))
        assert isinstance(platform.journal.entries()[-1].body, str)
    assert steer(platform, "GET", "journal")[0] == 200
