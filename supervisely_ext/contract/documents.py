"""Where the documents to compare come from: files, or revisions of this repository."""

import json
import subprocess
from pathlib import Path
from typing import Any

from .forms import UnusableDocument

BUNDLE = "generated/supervisely_client/openapi.json"
"""Where a revision keeps its bundled spec."""


def read_document(source: str) -> Any:
    """Read a bundled spec: a JSON or YAML file, a git revision, or `revision:path`. Raises `UnusableDocument`."""
    path = Path(source)
    if path.is_file():
        try:
            return read_text_document(path.read_text("utf-8"), source)
        except UnicodeDecodeError as error:
            raise UnusableDocument(f"{source} is no text ({error.reason})") from error
    revision, colon, inner = source.partition(":")
    return read_text_document(_show(source, f"{revision}:{inner if colon else BUNDLE}"), source)


def _show(source: str, place: str) -> str:
    if place.startswith("-"):
        raise UnusableDocument(f"{source} is neither a file nor a git revision")
    try:
        done = subprocess.run(  # noqa: S603 - the place is one argument, after --end-of-options
            ["git", "show", "--end-of-options", place],  # noqa: S607 - whichever git the user has
            capture_output=True,
            text=True,
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
    return done.stdout


def read_text_document(text: str, source: str) -> Any:
    """Read JSON, or YAML where PyYAML is installed. Raises `UnusableDocument`."""
    try:
        return json.loads(text)
    except ValueError as error:
        if text.lstrip().startswith(("{", "[")):
            raise UnusableDocument(f"{source} is no JSON ({error})") from error
    try:
        import yaml
    except ImportError as error:
        raise UnusableDocument(f"{source} is no JSON; for YAML install supervisely-ext[contract]") from error
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UnusableDocument(f"{source} is no YAML ({str(error).splitlines()[0]})") from error
