"""The root of the tree of errors; `errors` has the tree."""

from typing import Any


class SuperviselyError(Exception):
    """What every error of this package is."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.__dict__)


def _restore(kind: type[SuperviselyError], attributes: dict[str, Any]) -> SuperviselyError:
    error = kind.__new__(kind)
    error.__dict__.update(attributes)
    return error
