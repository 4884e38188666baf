"""What every namespace of a client has: the way to call the server."""

from .call import Caller


class Namespace:
    """Holds the caller of its client."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
