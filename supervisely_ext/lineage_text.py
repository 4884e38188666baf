"""Texts of a drawing: names come from servers and may be HTML, of any length and in any script. Pure."""

import re
import unicodedata
from html import unescape
from itertools import accumulate

_UNSEEN = {"Cc", "Cs", "Co", "Cn"}
_TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REPLACEMENT = "\ufffd"

_NARROW = set("iljtfrI.,:;'|!()[]/ ·")
_WIDE = set("mwMW@%—…")
_EM_OF_NARROW, _EM_OF_SMALL, _EM_OF_CAPITAL, _EM_OF_WIDE, _EM_OF_SQUARE = 0.36, 0.6, 0.74, 1.0, 1.12


# Each stops at the next "<" or after a few digits: what is never closed must not be read again from every beginning.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[!?][^<>]*>")
_LONG_REFERENCE = re.compile(r"&#[0-9]{20,};?")
"""More digits than any character has; Python refuses to read thousands of them."""


def plain_text(html: str) -> str:
    """Give the text of a piece of HTML, on one line; tags and comments are left out, and what is no HTML is text."""
    first, *comments = html.split("<!--")
    shown = first + "".join(comment.partition("-->")[2] for comment in comments)
    return visible(unescape(_LONG_REFERENCE.sub(_REPLACEMENT, _TAG.sub("", shown))))


def visible(text: str) -> str:
    """Give the text on one line; what is unseen or turns the direction of writing becomes a replacement character."""
    return "".join(map(_shown, " ".join(text.split())))


def _shown(character: str) -> str:
    hidden = character in _TURNING or unicodedata.category(character) in _UNSEEN
    return _REPLACEMENT if hidden else character


def width_of(text: str) -> float:
    """Estimate the width in em of a proportional typeface, rather too much than too little."""
    return sum(map(_em, text))


def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if character in _NARROW:
        return _EM_OF_NARROW
    if character in _WIDE:
        return _EM_OF_WIDE
    if not character.isascii():
        return _em_of_other_script(character)
    return _EM_OF_CAPITAL if character.isupper() else _EM_OF_SMALL


def _em_of_other_script(character: str) -> float:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return _EM_OF_SQUARE
    return _EM_OF_CAPITAL if len(unicodedata.normalize("NFD", character)) > 1 else _EM_OF_WIDE


def cut_end(text: str, em: float) -> str:
    """Give the text, or its beginning and an ellipsis when it is wider than so many em."""
    if width_of(text) <= em:
        return text
    kept = sum(width <= em - _EM_OF_WIDE for width in accumulate(map(_em, text)))
    return f"{text[:kept].rstrip()}…"


def cut_start(text: str, em: float) -> str:
    """Give the text, or an ellipsis and its end: of a path the end tells most."""
    backwards = cut_end(text[::-1], em)
    return backwards[::-1]
