"""How an edge is shown."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import ArgumentError, WorkflowMeta, WorkflowSettings
from supervisely_ext.contract.spec import bundled

FULL = WorkflowSettings("T", "image", "#1", "#2", "/u", "U", "D")
TEXTS = st.none() | st.text(max_size=10)


def test_everything_that_is_given_is_sent() -> None:
    assert FULL.as_dict == {
        "title": "<h4>T</h4>",
        "description": "<small>D</small>",
        "icon": {"icon": "zmdi-image", "color": "#1", "backgroundColor": "#2"},
        "mainLink": {"url": "/u", "title": "U"},
    }
    assert WorkflowSettings().as_dict == {}


@given(st.text())
def test_html_is_escaped(text: str) -> None:
    """A title is text, whatever it holds: no tag of its own, and nothing of it is lost."""
    title = WorkflowSettings(title=text).as_dict["title"]
    inner = title.removeprefix("<h4>").removesuffix("</h4>")
    assert "<" not in inner
    if "&" not in text:
        assert unescape(inner) == text
    assert WorkflowSettings(description=text).as_dict["description"] == f"<small>{inner}</small>"


@given(st.builds(WorkflowSettings, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS))
def test_settings_follow_the_spec_or_say_what_is_missing(settings: WorkflowSettings) -> None:
    """And without what is incomplete they always follow it."""
    schema = bundled().schema("WorkflowSettings")
    assert schema.accepts(settings.without_incomplete().as_dict)
    try:
        assert schema.accepts(settings.as_dict)
    except ArgumentError:
        assert settings.without_incomplete() != settings


@pytest.mark.parametrize(
    ("settings", "argument"),
    [
        (WorkflowSettings(icon="x"), "icon"),
        (WorkflowSettings(icon="x", icon_bg_color="#1"), "icon, icon_bg_color"),
        (WorkflowSettings(url="/u"), "url"),
        (WorkflowSettings(url_title="U", url=""), "url_title"),
    ],
)
def test_what_goes_together_is_given_together(
    settings: WorkflowSettings, argument: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ArgumentError, match="without the rest of") as caught:
        _ = settings.as_dict
    assert caught.value.argument == argument
    assert settings.without_incomplete() == WorkflowSettings()
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_complete_one_loses_nothing(caplog: pytest.LogCaptureFixture) -> None:
    assert FULL.without_incomplete() == FULL
    assert WorkflowMeta(node_settings=FULL).without_incomplete() == WorkflowMeta(node_settings=FULL)
    assert caplog.text == ""


def test_a_prefix_is_not_written_twice() -> None:
    """The font's names are known with it and without."""
    icons = [WorkflowSettings(icon=name, icon_color="#1", icon_bg_color="#2").as_dict for name in ("x", "zmdi-x")]
    assert icons[0] == icons[1]


def test_a_meta_has_the_parts_that_are_given() -> None:
    shown = {"title": "<h4>T</h4>"}
    settings = WorkflowSettings("T")
    assert WorkflowMeta(settings).as_dict == {"customRelationSettings": shown}
    assert WorkflowMeta(node_settings=settings).as_dict == {"customNodeSettings": shown}
    assert WorkflowMeta.create_as_dict(relation_settings=settings, node_settings=settings) == {
        "customRelationSettings": shown,
        "customNodeSettings": shown,
    }
    assert WorkflowMeta().as_dict is None
    assert WorkflowMeta(WorkflowSettings()).as_dict == {"customRelationSettings": {}}
