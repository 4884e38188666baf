"""The root of the tree of errors; `errors` has the tree."""

from typing import TYPE_CHECKING, Any

from .masking import printable_lines

if TYPE_CHECKING:
    from .outcomes import Outcomes


class SuperviselyError(Exception):
    """What every error of this package is."""

    outcomes: "Outcomes | None" = None
    """What was known of all tasks when this ended a wait for many of them."""

    def __str__(self) -> str:
        # Servers and the authors of apps wrote some of it: that may steer a terminal, or not be writable at all.
        return printable_lines(self._text())

    def _text(self) -> str:
        return super().__str__()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        # Apart from the arguments, since an error may stand in its own table of outcomes.
        return _blank, (type(self),), self.__dict__


def _blank(kind: type[SuperviselyError]) -> SuperviselyError:
    return kind.__new__(kind)
