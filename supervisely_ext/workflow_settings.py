"""How an edge of the lineage is shown: title, icon, link. Pure."""

import logging
from collections.abc import Mapping
from copy import deepcopy
from html import escape
from typing import Any, TypeAlias

from attrs import evolve, frozen

from .contract.spec import Violation, bundled
from .errors import ArgumentError
from .shapes import is_object

log = logging.getLogger("supervisely_ext")

_TOGETHER = (("icon", "icon_color", "icon_bg_color"), ("url", "url_title"))
_LONGEST = 120


@frozen
class WorkflowSettings:
    """How a card of the workflow is shown.

    `title` and `description` are plain text: what is HTML in them is shown, not interpreted. `icon` is a name of the Material
    Design Iconic Font, with or without `zmdi-`, and goes with both colours; `url`, a path on the instance, goes with `url_title`.
    """

    title: str | None = None
    icon: str | None = None
    icon_color: str | None = None
    icon_bg_color: str | None = None
    url: str | None = None
    url_title: str | None = None
    description: str | None = None

    @property
    def as_dict(self) -> dict[str, Any]:
        """The settings as they are sent. Raises `ArgumentError` for an icon without its colours, or a url without its title."""
        for names in self._incomplete():
            given = [name for name in names if getattr(self, name)]
            raise ArgumentError(argument=", ".join(given), problem=f"is given without the rest of {', '.join(names)}")
        shown: dict[str, Any] = {}
        if self.title is not None:
            shown["title"] = f"<h4>{escape(str(self.title), quote=False)}</h4>"
        if self.description is not None:
            shown["description"] = f"<small>{escape(str(self.description), quote=False)}</small>"
        if self.icon:
            name = f"zmdi-{str(self.icon).removeprefix('zmdi-')}"
            shown["icon"] = {"icon": name, "color": self.icon_color, "backgroundColor": self.icon_bg_color}
        if self.url:
            shown["mainLink"] = {"url": self.url, "title": self.url_title}
        return shown

    def without_incomplete(self) -> "WorkflowSettings":
        """Give the settings without what is incomplete; a warning says what was dropped."""
        dropped = [name for names in self._incomplete() for name in names]
        if dropped:
            log.warning("of the workflow's settings %s are dropped: they go together", ", ".join(dropped))
        return evolve(self, **dict.fromkeys(dropped))

    def _incomplete(self) -> list[tuple[str, ...]]:
        return [names for names in _TOGETHER if len({bool(getattr(self, name)) for name in names}) > 1]


@frozen
class WorkflowMeta:
    """How an edge is shown: the card of the data (`relation_settings`, ignored for projects and datasets), and the task."""

    relation_settings: WorkflowSettings | None = None
    node_settings: WorkflowSettings | None = None

    @property
    def as_dict(self) -> dict[str, Any] | None:
        """The settings as they are sent, None when there are none. Raises `ArgumentError` as they do."""
        parts = {"customRelationSettings": self.relation_settings, "customNodeSettings": self.node_settings}
        return {name: settings.as_dict for name, settings in parts.items() if settings is not None} or None

    @classmethod
    def create_as_dict(cls, **kwargs: WorkflowSettings | None) -> dict[str, Any] | None:
        """Give `as_dict` of what the class would be made of."""
        return cls(**kwargs).as_dict

    def without_incomplete(self) -> "WorkflowMeta":
        """Give the settings without what is incomplete."""
        parts = (self.relation_settings, self.node_settings)
        return WorkflowMeta(
            *(part.without_incomplete() if isinstance(part, WorkflowSettings) else part for part in parts)
        )


Meta: TypeAlias = WorkflowMeta | Mapping[str, Any]


def as_meta(meta: object, *, lenient: bool) -> dict[str, Any]:
    """Give the settings of an edge as they are sent, checked by the spec; empty for None.

    Takes the official SDK's objects too. Lenient means: what is wrong is dropped with a warning.
    """
    if lenient and isinstance(meta, WorkflowMeta):
        meta = meta.without_incomplete()
    shown = dict(meta) if is_object(meta) else getattr(meta, "as_dict", meta)
    broken = [] if shown is None else list(bundled().schema("WorkflowMeta").violations(shown))
    if not broken:
        return deepcopy(dict(shown)) if is_object(shown) else {}
    problem = "; ".join(map(_in_words, broken))
    if not lenient:
        raise ArgumentError(argument="meta", problem=problem, hint="Use a WorkflowMeta")
    log.warning("the settings of an edge are dropped: %s", problem)
    return {}


def _in_words(broken: Violation) -> str:
    text = broken.message if len(broken.message) <= _LONGEST else f"{broken.message[:_LONGEST]}…"
    return f"{broken.pointer or 'the whole'}: {text}"
