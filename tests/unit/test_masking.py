"""What must not be shown."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import AppInfo, SessionInfo
from supervisely_ext.masking import masked, masked_text, shown

from .samples import app, task

SESSION_TOKEN = "s3ss10nT0ken"
keys = st.sampled_from(["a", "meta", "sessionToken", "token", "tokens"])
documents = st.recursive(
    st.none() | st.integers() | st.just("shown"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=10,
)


def with_tokens(document: Any) -> Any:
    """Put a session token wherever one is kept."""
    if isinstance(document, dict):
        return {
            key: SESSION_TOKEN if key in ("token", "sessionToken") else with_tokens(value)
            for key, value in document.items()
        }
    return [with_tokens(item) for item in document] if isinstance(document, list) else document


def without_tokens(document: Any) -> Any:
    """Give what has to be left."""
    if isinstance(document, dict):
        return {
            key: "***" if key in ("token", "sessionToken") else without_tokens(value) for key, value in document.items()
        }
    return [without_tokens(item) for item in document] if isinstance(document, list) else document


@given(document=documents)
def test_session_tokens_are_replaced_and_nothing_else(document: Any) -> None:
    """A masked copy has no session token at any depth, all else, and leaves the original as it was."""
    original = with_tokens(document)
    assert masked(original) == without_tokens(document)
    assert original == with_tokens(document)


@given(document=st.dictionaries(keys, documents).map(with_tokens), cut=st.integers(0, 200))
def test_a_text_that_was_cut_off_shows_no_session_token(document: Any, cut: int) -> None:
    """Nor a part of one, wherever it ends, and however it was written."""
    for text in (json.dumps(document), json.dumps(document, separators=(",", " : "))):
        assert SESSION_TOKEN[:3] not in masked_text(text[:cut])
    assert masked_text(json.dumps({"text": "sessionToken"})) == '{"text": "sessionToken"}'


def test_a_wrong_value_is_shown_without_its_session_tokens() -> None:
    """And not as a whole when it is long."""
    assert shown({"meta": {"sessionToken": SESSION_TOKEN}}) == "{'meta': {'sessionToken': '***'}}"
    assert shown(SESSION_TOKEN, "token") == "'***'"
    assert shown("x" * 100) == f"'{'x' * 79}…"


def test_a_session_does_not_show_its_token() -> None:
    """The repr of a session and of an app has stars for session tokens, their fields have the tokens."""
    data = task(meta={"name": "run", "sessionToken": SESSION_TOKEN})
    session = SessionInfo.from_json(data)
    assert repr(session) == (
        "SessionInfo(task_id=7, user_id=None, module_id=None, app_id=None, details="
        "{'id': 7, 'type': 'app', 'status': 'started', 'meta': {'name': 'run', 'sessionToken': '***'}})"
    )
    assert session.details["meta"]["sessionToken"] == SESSION_TOKEN
    info = AppInfo.from_json(app(tasks=[data]))
    assert SESSION_TOKEN not in f"{info} {info!r}"
    assert info.tasks == [data]
