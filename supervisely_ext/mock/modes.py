"""What becomes of requests, and of the mock's own answers, that the spec forbids.

`strict`: a request is a 400 with the JSON pointer, an own answer a 500 that names the rule. `warn`: both are logged, and served as far as possible.
`off`: nothing is judged. The journal has what was found.
"""

from typing import Literal, TypeAlias, cast, get_args

Mode: TypeAlias = Literal["strict", "warn", "off"]


def checked_mode(mode: str) -> Mode:
    """Give the mode, or raise `ValueError` where there is no such one."""
    if mode not in get_args(Mode):
        raise ValueError(f"validate must be one of {', '.join(get_args(Mode))} (is {mode!r})")
    return cast(Mode, mode)
