"""A session as a short text, to be kept while its process is not; nothing in it is secret. Pure."""

import json

from attrs import asdict, frozen

from .address import parse_server_address
from .errors import ArgumentError
from .shapes import id_at, int_at, is_object, text_at

_VERSION = 1
_LONGEST = 4096


@frozen(kw_only=True)
class SessionToken:
    """What is needed to find a session again."""

    server: str
    task_id: int
    module_id: int | None = None
    key: str | None = None

    def text(self) -> str:
        """Write it as JSON."""
        known = {name: value for name, value in asdict(self).items() if value is not None}
        return json.dumps({"v": _VERSION, **known}, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: object) -> "SessionToken":
        """Read what `text` has written; anything else is an `ArgumentError`."""
        try:
            return cls._read(json.loads(text) if isinstance(text, str) and len(text) <= _LONGEST else None)
        except (LookupError, TypeError, ValueError, RecursionError) as error:
            raise ArgumentError(
                argument="token", problem=f"is no session token ({error})", hint="session.token() gives one"
            ) from error

    @classmethod
    def _read(cls, data: object) -> "SessionToken":
        if not is_object(data):
            raise TypeError("it is not the JSON text of an object")
        if data.get("v") != _VERSION:
            raise ValueError(f"its version is {data.get('v')!r}, and this client reads {_VERSION}")
        return cls(
            server=str(parse_server_address(text_at(data, "server"))),
            task_id=id_at(data, "task_id"),
            module_id=int_at(data, "module_id") if "module_id" in data else None,
            key=text_at(data, "key") if "key" in data else None,
        )

    def check_server(self, own: str) -> None:
        """Refuse another server; http and https of one host are the same."""
        if _place(self.server) != _place(own):
            raise ArgumentError(
                argument="token",
                problem=f"is of a session on {self.server}, and this client is of {own}",
                hint="Attach with a client of that server",
            )

    def check_module(self, module_id: object) -> None:
        """Refuse a task that runs something else: the server was set up anew, and gives its ids a second time."""
        if None not in (self.module_id, module_id) and module_id != self.module_id:
            raise ArgumentError(
                argument="token",
                problem=f"is of module {self.module_id}, and task {self.task_id} runs module {module_id}",
                hint="The server is not the one that it was",
            )


def _place(address: str) -> str:
    return parse_server_address(address).place
