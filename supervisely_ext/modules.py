"""A module of the ecosystem: what an app is called, what it is started from and with which options."""

import os
import sys
from collections.abc import Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any, NamedTuple, TextIO

from .app_config import module_of
from .argument_schema import Form, arguments_schema
from .arguments import build_arguments, check_arguments
from .arguments_help import print_help
from .masking import masked_fields
from .shapes import int_at, is_list, part, text_at
from .targets import TargetValue


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

    @classmethod
    def from_config(cls, config: Mapping[str, Any] | str | os.PathLike[str]) -> "ModuleInfo":
        """Read an app repository's own config.json, a path or its content, as the server would show it; nothing is sent.

        What is not in the file is empty: `id` 0, the dates, mostly the slug. Raises `ArgumentError`.
        """
        return cls.from_json(module_of(config))

    def get_latest_release(self, default: Any = "") -> Any:
        """Give the newest release, a dict with `version`; `default` when there is none."""
        releases = part({"meta": self.meta}, "meta").get("releases")
        return releases[0] if is_list(releases) and releases else default

    def get_context_menu_targets(self) -> list[str]:
        """Name the places of the platform from whose menu the app is started; empty for the ecosystem page only."""
        targets = part(self.config, "contextMenu").get("target")
        return [name for name in targets if isinstance(name, str)] if is_list(targets) else []

    def get_modal_window_arguments(self) -> dict[str, Any]:
        """Give the app's options with their defaults, as a copy."""
        return deepcopy(dict(part(self.config, "modalTemplateState")))

    def get_arguments(
        self, /, *, options: Mapping[str, Any] | None = None, key: str | None = None, **target: TargetValue | None
    ) -> dict[str, Any]:
        """Give the arguments to start the app with: its options, and the target it is started from.

        The target is named as in `get_context_menu_targets`: `get_arguments(images_project=5)`; its value is an id or a path.
        `options` take the place of their defaults, inside of objects too; what the app does not name raises `InvalidArguments`.
        `key` says which argument a target fills of which that is not known. Raises `UnknownTargetError`, `TooManyTargets`, or
        `ArgumentError` when the target is missing or has the wrong type.
        """
        return build_arguments(self._form, target, options, key)

    def arguments_schema(self) -> dict[str, Any]:
        """Give the JSON Schema (2020-12) of what `get_arguments` can give, with types from the defaults.

        It is a guess in what the defaults do not say: a default of null allows anything, and an app may take options that it does not name.
        """
        return arguments_schema(self._form)

    def validate_arguments(self, params: Mapping[str, Any]) -> None:
        """Hold arguments, as `get_arguments` gives them, to the schema; `InvalidArguments` has every mistake in `problems`.

        Options that are left out are no mistake, a missing target is one.
        """
        check_arguments(self._form, params)

    def arguments_help(self, *, file: TextIO | None = None) -> None:
        """Print the app's options and targets, to standard output unless told; as tables on a terminal where rich is installed."""
        print_help(self._form, file or sys.stdout)

    @property
    def _form(self) -> Form:
        return Form(
            self.name or "the app", part(self.config, "modalTemplateState"), tuple(self.get_context_menu_targets())
        )

    def __repr__(self) -> str:
        return masked_fields(self)


def _with_both_menus(config: Mapping[str, Any]) -> dict[str, Any]:
    """Give the config with its menu under the repository's spelling too, as the SDK does."""
    return {**config, "context_menu": config["contextMenu"]} if "contextMenu" in config else dict(config)
