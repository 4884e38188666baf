"""A module of the ecosystem: what an app is called, what it is started from and with which options."""

import json
import sys
from collections.abc import Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any, NamedTuple, TextIO

from .arguments import NO_TARGET, TARGETS, TargetValue, build_arguments
from .masking import masked_fields
from .shapes import int_at, is_list, part, text_at


class _ModuleFields(NamedTuple):
    id: int
    slug: str
    name: str
    type: str
    config: dict[str, Any]
    readme: str | None
    repo: str | None
    github_repo: str | None
    meta: dict[str, Any] | None
    created_at: str
    updated_at: str


class ModuleInfo(_ModuleFields):
    """A module (`ecosystem.info`). Its methods never change it."""

    raw: Mapping[str, Any] = MappingProxyType({})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ModuleInfo":
        """Read a module as the server sends it."""
        info = cls(
            id=int_at(data, "id"),
            slug=text_at(data, "slug"),
            name=text_at(data, "name"),
            type=text_at(data, "type"),
            config=_with_both_menus(data["config"]),
            readme=data.get("readme"),
            repo=data.get("repositoryModuleUrl"),
            github_repo=data.get("repo"),
            meta=data.get("meta"),
            created_at=data["createdAt"],
            updated_at=data["updatedAt"],
        )
        info.raw = data
        return info

    def get_latest_release(self, default: Any = "") -> Any:
        """Give the newest release, a dict with `version`; `default` when there is none."""
        releases = part({"meta": self.meta}, "meta").get("releases")
        return releases[0] if is_list(releases) and releases else default

    def get_context_menu_targets(self) -> list[str]:
        """Name the places of the platform from whose menu the app is started; empty for the ecosystem page only."""
        targets = part(self.config, "contextMenu").get("target")
        return list(targets) if is_list(targets) else []

    def get_modal_window_arguments(self) -> dict[str, Any]:
        """Give the app's options with their defaults, as a copy."""
        return deepcopy(dict(part(self.config, "modalTemplateState")))

    def get_arguments(self, **target: TargetValue) -> dict[str, Any]:
        """Give the arguments to start the app with: its options, and the target it is started from.

        The target is named as in `get_context_menu_targets`: `get_arguments(images_project=5)`. Raises
        `UnknownTargetError`, `TooManyTargets`, or `ArgumentError` when it is missing or has the wrong type.
        """
        targets = self.get_context_menu_targets()
        return build_arguments(self.name, targets, self.get_modal_window_arguments(), target)

    def arguments_help(self, *, file: TextIO | None = None) -> None:
        """Print the app's options and targets, to standard output unless told."""
        print(self._help_text(), file=file or sys.stdout)

    def _help_text(self) -> str:
        options = self.get_modal_window_arguments()
        lines = [f"{self.name}: options and their defaults" if options else f"{self.name}: no options"]
        if options:
            lines.append(json.dumps(options, indent=4, sort_keys=True, ensure_ascii=False))
        targets = self.get_context_menu_targets()
        lines.append(
            "Started from one of these targets, get_arguments(target=value):"
            if targets
            else "Started without a target."
        )
        lines += [f"{name} : {_target_help(name)}" for name in targets]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return masked_fields(self)


def _with_both_menus(config: Mapping[str, Any]) -> dict[str, Any]:
    """Give the config with its menu under the repository's spelling too, as the SDK does."""
    return {**config, "context_menu": config["contextMenu"]} if "contextMenu" in config else dict(config)


def _target_help(name: str) -> str:
    if name == NO_TARGET:
        return "started without a target"
    return TARGETS[name].help if name in TARGETS else "not known to this client; add the app's own key to the arguments"
