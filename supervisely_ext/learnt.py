"""What a client has found out of its server, and need not ask again. Pure."""

from attrs import define, field


@define
class Learnt:
    """Kept for the life of a client; each entry is written whole, so that threads need no lock."""

    marker_is_refused: bool = False
    """The server takes no key beside `state` in the `params` of a start."""
    user_id: int | None = None
    """Whose token it is."""
    teams: dict[int, int] = field(factory=dict[int, int])
    """The team of each workspace."""
