"""An app repository's own config.json, read as the server would show it."""

import json
import os
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from .errors import ArgumentError
from .shapes import is_list, is_object, part


def module_of(config: Mapping[str, Any] | str | os.PathLike[str]) -> dict[str, Any]:
    """Give the module that a config.json describes, as far as it does: without id and dates."""
    source = _read(config) if isinstance(config, str | os.PathLike) else config
    if not is_object(source):
        raise _refusal(f"is {type(source).__name__}, and an app's config is an object")
    try:
        shown = _shown(source)
    except RecursionError:
        raise _refusal("is nested too deeply") from None
    _check(shown)
    release = shown.get("release")
    return {
        "id": 0,
        "slug": str(shown.get("slug") or ""),
        "name": str(shown.get("name") or ""),
        "type": str(shown.get("type") or "app"),
        "config": shown,
        "meta": {"releases": [release]} if is_object(release) else None,
        "createdAt": "",
        "updatedAt": "",
    }


def _read(path: str | os.PathLike[str]) -> Any:
    try:
        return json.loads(Path(path).read_text("utf-8-sig"))
    except OSError as error:
        raise _refusal(f"{os.fspath(path)} cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise _refusal(f"{os.fspath(path)} is not a JSON file ({error})") from error


def _shown(config: Mapping[str, Any]) -> dict[str, Any]:
    definition = _definition()
    shown = _renamed(config, definition["x-from-config"])
    menu = shown.get("contextMenu")
    if is_object(menu):
        shown["contextMenu"] = _renamed(menu, definition["properties"]["contextMenu"]["x-from-config"])
    return deepcopy(shown)


def _renamed(config: Mapping[str, Any], rules: Mapping[str, Any]) -> dict[str, Any]:
    names = rules["renamed"]
    kept = {name: config[name] for name in rules["kept"] if name in config}
    return {**rules["added"], **{names.get(name, name): value for name, value in config.items()}, **kept}


@cache
def _definition() -> Any:
    from importlib.resources import files  # costs as much as this module, and few need it

    document = json.loads(files("supervisely_client").joinpath("openapi.json").read_text("utf-8"))
    return document["components"]["schemas"]["Module"]["properties"]["config"]


def _check(shown: Mapping[str, Any]) -> None:
    for name in ("contextMenu", "modalTemplateState"):
        if shown.get(name) is not None and not is_object(shown[name]):
            raise _refusal(f"has a {name} that is no object")
    targets = part(shown, "contextMenu").get("target")
    if targets is not None and not (is_list(targets) and all(isinstance(target, str) for target in targets)):
        raise _refusal("has a context menu whose target is no list of names")


def _refusal(problem: str) -> ArgumentError:
    return ArgumentError(argument="config", problem=problem)
