"""The picture that stands for a project. Pure."""

from collections.abc import Mapping
from typing import Any

from .env import is_development, server_address
from .shapes import text_at

_FIXED = "https://user-images.githubusercontent.com/12828725/199022135-4161917c-05f8-4681-9dc1-b5e10ee8bb0f.png"
"""The platform's own picture for projects that have no image of theirs."""
_WITHOUT_IMAGES = frozenset({"point_clouds", "point_cloud_episodes", "meshes"})


def preview_of(project: Mapping[str, Any]) -> str | None:
    """Give the address of the picture; None for a project without one."""
    if project.get("type") in _WITHOUT_IMAGES:
        return _FIXED
    if project.get("referenceImageUrl") is None:
        return None
    url = text_at(project, "referenceImageUrl").replace("/image-converter", "/previews/x200,jpeg,q70/image-converter")
    here = server_address() if is_development() and url.startswith("/") else None
    return f"{here.rstrip('/')}{url}" if here else url
