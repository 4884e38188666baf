"""Where the documents to compare come from: files, or revisions of this repository."""

import json
import subprocess
from collections.abc import Iterator
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

from ..shapes import is_list, is_object
from .places import UnusableDocument

BUNDLE = "generated/supervisely_client/openapi.json"
"""Where a revision keeps its bundled spec."""
_MOST_PARTS = 500_000


def read_document(source: str) -> Any:
    """Read a bundled spec: a JSON or YAML file, a git revision, or `revision:path`. Raises `UnusableDocument`."""
    path = Path(source)
    if path.is_file():
        return read_text_document(_text(path.read_bytes(), source), source)
    revision, colon, inner = source.partition(":")
    return read_text_document(_show(source, f"{revision}:{inner if colon else BUNDLE}"), source)


def read_list(path: Path) -> list[Any]:
    """Read a file that holds a list, or nothing. Raises `UnusableDocument`, `OSError`."""
    found: object = read_text_document(_text(path.read_bytes(), str(path)), str(path)) or []
    if not is_list(found):
        raise UnusableDocument(f"{path} is no list")
    return found


def _show(source: str, place: str) -> str:
    if place.startswith("-"):
        raise UnusableDocument(f"{source} is neither a file nor a git revision")
    try:
        done = subprocess.run(  # noqa: S603 - the place is one argument, after --end-of-options
            ["git", "show", "--end-of-options", place],  # noqa: S607 - whichever git the user has
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise UnusableDocument(
            f"{source} is no file, and there is no git to ask for a revision of that name"
        ) from error
    except subprocess.CalledProcessError as error:
        raise UnusableDocument(
            f"{source} is neither a file nor a git revision with {place.partition(':')[2]}"
        ) from error
    return _text(done.stdout, source)


def _text(content: bytes, source: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnusableDocument(f"{source} is no text ({error.reason})") from error


def read_text_document(text: str, source: str) -> Any:
    """Read JSON, or YAML where PyYAML is installed. Raises `UnusableDocument`."""
    try:
        document = _parsed(text, source)
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnusableDocument(f"{source} has half a character, which is no text ({error.reason})") from error
    except RecursionError as error:
        raise UnusableDocument(f"{source} is nested too deeply") from error
    return document


def _parsed(text: str, source: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except ValueError as error:
        if text.lstrip().startswith(("{", "[")):
            raise UnusableDocument(f"{source} is no JSON ({error})") from error
    try:
        import yaml
    except ImportError as error:
        raise UnusableDocument(f"{source} is no JSON; for YAML install supervisely-ext[contract]") from error
    try:
        return _as_json(yaml.safe_load(text), iter(range(_MOST_PARTS)))
    except yaml.YAMLError as error:
        raise UnusableDocument(f"{source} is no YAML ({str(error).splitlines()[0]})") from error
    except ValueError as error:
        raise UnusableDocument(f"{source} {error}") from error


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _as_json(value: Any, left: Iterator[int]) -> Any:
    """Give what YAML says as JSON would, aliases unfolded: `200:` is a name, and a date a text. Raises `ValueError`."""
    if next(left, None) is None:
        raise ValueError(f"is larger than {_MOST_PARTS} parts")
    if is_object(value):
        return {_name(key): _as_json(part, left) for key, part in value.items()}
    if is_list(value):
        return [_as_json(part, left) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int) or (isinstance(value, float) and isfinite(value)):
        return value
    raise ValueError(f"holds {value!r:.20}, which JSON cannot")


def _name(key: object) -> str:
    return key if isinstance(key, str) else json.dumps(key, default=str)
