"""An app repository's own config.json as the server shows it: what it renames, adds and leaves."""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, cast

from ..contract.spec import bundled
from .state import Module

# rest reference and real payloads; keys that are not here stay as they are
_RENAMED = {
    "context_menu": "contextMenu",
    "modal_template_state": "modalTemplateState",
    "session_tags": "sessionTags",
    "integrated_into": "integratedInto",
    "task_location": "taskLocation",
    "restart_policy": "restartPolicy",
    "community_agent": "communityAgent",
    "icon_cover": "iconCover",
    "icon_background": "iconBackground",
    "need_gpu": "needGPU",
    "instance_version": "instanceVersion",
    "min_instance_version": "instanceVersion",
    "min_agent_version": "minAgentVersion",
}
_KEPT_AS_WELL = frozenset({"min_agent_version"})
_RENAMED_IN_MENU = {"context_root": "contextRoot", "context_category": "contextCategory"}


class ConfigError(ValueError):
    """A file is no app's config."""


def read_config(path: Path) -> Mapping[str, Any]:
    """Read a config.json."""
    try:
        config = json.loads(path.read_text("utf-8"))
    except ValueError as error:
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
    """Give the config as `ecosystem.info` shows it; the given one is not changed."""
    shown: dict[str, Any] = {
        "taskLocation": "workspace_tasks",
        "restartPolicy": "never",
        "integratedInto": ["panel"],
        "communityAgent": True,
        "sessionTags": [],
    }
    for key, value in deepcopy(dict(config)).items():
        shown[_RENAMED.get(key, key)] = value
        if key in _KEPT_AS_WELL:
            shown[key] = value
    menu = shown.get("contextMenu")
    if isinstance(menu, dict):
        menu = cast(dict[str, Any], menu)
        renamed = {_RENAMED_IN_MENU.get(key, key): value for key, value in menu.items()}
        shown["contextMenu"] = {"contextRoot": None, "contextCategory": None, **renamed}
    return shown


def slug_of(config: Mapping[str, Any], fallback: str) -> str:
    """Give the slug that the config names, or one made of its name."""
    words = re.findall(r"[a-z0-9]+", str(config.get("name") or fallback).lower())
    return str(config.get("slug") or f"mock/{'-'.join(words) or 'app'}")
