"""What a whole run of an app came to, and when a block that runs one stops it."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from attrs import frozen

from .entities import SessionInfo, Status
from .shapes import part

StopWhen: TypeAlias = Literal["always", "on_error"]


@frozen(kw_only=True)
class RunResult:
    """A run that reached what it was waited for."""

    status: Status | str
    session: SessionInfo
    """With `details`: the whole task as it was then."""
    waited: float
    """Seconds from the start's answer on."""

    @property
    def outputs(self) -> Mapping[str, Any]:
        """What the app set last with `set_output_…`: `{"project": …}`, `{"general": …}` or `{"experiment": …}`; empty when it set nothing."""
        return part(self.session.details, "meta", "output")
