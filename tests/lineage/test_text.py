"""Texts that come from servers, made fit to be shown."""

import timeit
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.lineage_text import cut_end, cut_start, plain_text, visible, width_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h4>Archive</h4>", "Archive"),
        ("<h4>a &lt;b&gt; &amp;amp; c</h4>", "a <b> &amp; c"),
        ("<h4>two\n  lines</h4>", "two lines"),
        ("no tags", "no tags"),
        ("1 < 2", "1 < 2"),
        ("<b>open", "open"),
        ("", ""),
        ("a<br/>b", "ab"),
        ("a <!-- <b>no</b> --> b <!-- no", "a b"),
        ("<![foo[x]]>bar<!DOCTYPE x><?pi?>", "bar"),
        ("<!", "<!"),
        ("&#65;&#x42;&#0;&#xD800;&nope;", "AB\ufffd\ufffd&nope;"),
        (f"&#{'9' * 5000};a&#{'0' * 5000}65;", "\ufffda\ufffd"),
    ],
)
def test_html_becomes_its_text(html: str, text: str) -> None:
    """On one line, entities decoded once."""
    assert plain_text(html) == text


@given(st.text())
def test_what_was_escaped_is_shown_as_it_is(text: str) -> None:
    """Whatever HTML it could have been."""
    assert plain_text(f"<h4>{escape(text)}</h4>") == visible(text)


@given(st.text(alphabet="<>!-/[]?&#;x9 a\"'"))
def test_any_text_may_come_as_html(html: str) -> None:
    """It is read whatever it is."""
    shown = plain_text(html)
    assert visible(shown) == shown


def _cost(html: str) -> float:
    return min(timeit.repeat(lambda: plain_text(html), number=1, repeat=3))


@pytest.mark.alone
@pytest.mark.parametrize("part", ["<", "<a ", "<a b='", "<!", "<!--", "-->", "<![", "<?", "&", "&#", "</", ">"])
def test_long_titles_cost_what_they_are_long(part: str) -> None:
    """Ten times as much of anything takes ten times as long, and not a hundred."""
    few, many = _cost(part * 4000), _cost(part * 40_000)
    assert many < 40 * few


@given(st.text())
def test_what_is_shown_can_be_encoded_and_is_one_line(text: str) -> None:
    """No control character, no half of a surrogate pair, nothing that turns the direction of writing."""
    shown = visible(text)
    shown.encode()
    assert len(shown.splitlines()) <= 1
    assert not set(shown) & set("\u202e\u2066\x00\x1b")
    assert visible(shown) == shown


def test_what_is_hidden_is_replaced_and_not_dropped() -> None:
    """Its place is seen."""
    assert visible("a\u202eb\x00c\ud800") == "a\ufffdb\ufffdc\ufffd"


@given(st.text(), st.floats(1, 50))
def test_cut_texts_fit(text: str, em: float) -> None:
    """What is cut ends with an ellipsis, begins as the whole, and is not wider than it may be; a path keeps its end."""
    end, start = cut_end(text, em), cut_start(text, em)
    assert width_of(end) <= em or em < 1
    assert end == text or (end.endswith("…") and text.startswith(end[:-1]))
    assert start == text or (start.startswith("…") and text.endswith(start[1:]))


@pytest.mark.parametrize(("narrow", "wide"), [("i", "m"), ("a", "A"), ("a", "数"), ("á", "Ж"), ("\u0301", "a")])
def test_letters_have_widths_of_their_own(narrow: str, wide: str) -> None:
    """Marks on a letter have none."""
    assert width_of(narrow) < width_of(wide)
