"""An app repository's own config.json as the server shows it: what it renames, adds and leaves."""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, cast

from ..contract.reading import decoded
from ..contract.spec import bundled
from .state import Module


class ConfigError(ValueError):
    """A file is no app's config."""


def read_config(path: Path) -> Mapping[str, Any]:
    """Read a config.json."""
    try:
        config = decoded(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path} is not a JSON file ({error})") from error
    if not isinstance(config, dict):
        raise ConfigError(f"{path} is no app's config, which is a JSON object")
    return cast(dict[str, Any], config)


def check_module(module: Module, source: str) -> None:
    """Refuse a module that the server could not show."""
    schema = bundled().schema("Module")
    try:
        json.dumps(module.shown, ensure_ascii=False).encode()
    except ValueError as error:
        raise ConfigError(f"{source} holds text that is none ({error})") from error
    violation = next(iter(schema.violations(module.shown)), None)
    if violation is not None:
        raise ConfigError(f"{source} is no app's config: {violation.pointer or 'it'}: {violation.message[:200]}")


def convert_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """Give the config as `ecosystem.info` shows it (`x-from-config` in the spec); the given one is not changed."""
    definition = bundled().document["components"]["schemas"]["Module"]["properties"]["config"]
    shown = _converted(config, definition["x-from-config"])
    menu = shown.get("contextMenu")
    if isinstance(menu, dict):
        rules = definition["properties"]["contextMenu"]["x-from-config"]
        shown["contextMenu"] = _converted(cast(dict[str, Any], menu), rules)
    return shown


def _converted(config: Mapping[str, Any], rules: Any) -> dict[str, Any]:
    shown = dict(rules["added"])
    for key, value in config.items():
        shown[rules["renamed"].get(key, key)] = value
        if key in rules["kept"]:
            shown[key] = value
    return deepcopy(shown)


def slug_of(config: Mapping[str, Any], fallback: str) -> str:
    """Give the slug that the config names, or one made of its name."""
    words = re.findall(r"[a-z0-9]+", str(config.get("name") or fallback).lower())
    return str(config.get("slug") or f"mock/{'-'.join(words) or 'app'}")
