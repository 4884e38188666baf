"""What the bytes of a body hold."""

from .places import Json
from .reading import Unreadable, media_type, read_json
from .survey import ABSENT


def json_or_absent(content_type: str, body: bytes) -> Json:
    """Give the JSON that a body holds, or `ABSENT`."""
    if not media_type(content_type).endswith("json"):
        return ABSENT
    try:
        return read_json(body)
    except Unreadable:
        return ABSENT
