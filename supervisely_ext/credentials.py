"""Who calls whom: address, token and task id, from arguments, the environment or an env file.

The token lives in a `Secret` and nowhere else.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar, cast

from attrs import frozen

from .address import ServerAddress, parse_api_address, parse_server_address
from .env import is_development
from .errors import ArgumentError, EnvFileError
from .masking import shown
from .shapes import is_list, is_object

T = TypeVar("T")

_SHORTEST_SECRET = 8
_ID = re.compile(r"0*[1-9][0-9]{0,17}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")

DEFAULT_ENV_FILE = Path("~/supervisely.env")


class Secret:
    """A text that no repr, log or pickle shows; `reveal` gives it."""

    __slots__ = ("_reveal",)

    def __init__(self, text: str) -> None:
        self._reveal: Callable[[], str] = lambda: text

    def reveal(self) -> str:
        """Give the text, to send it."""
        return self._reveal()

    def remove_from(self, value: T) -> T:
        """Give decoded JSON, or a text, without the secret, for what a server may have echoed."""
        return cast(T, self._cleaned(value))

    def _cleaned(self, value: object) -> object:
        if isinstance(value, str):
            secret = self._reveal()
            # A word of a few letters is a test's: it is no secret, and stands in other words.
            return value if len(secret) < _SHORTEST_SECRET else value.replace(secret, "***")
        if is_object(value):
            return {self.remove_from(key): self._cleaned(item) for key, item in value.items()}
        return [self._cleaned(item) for item in value] if is_list(value) else value

    def __repr__(self) -> str:
        return "Secret('***')"


@frozen
class Credentials:
    """Address, token and task id of a client."""

    server: ServerAddress
    token: Secret
    task_id: int | None = None
    """Sent as `x-task-id`."""
    api_address: str | None = None
    """Replaces `<server>/public/api`."""

    @classmethod
    def find(
        cls,
        server_address: str | None = None,
        token: str | None = None,
        *,
        ignore_task_id: bool = False,
        api_server_address: str | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> "Credentials":
        """Take what is not given from `SERVER_ADDRESS`, `API_TOKEN`, `SUPERVISELY_TASK_ID`, `SUPERVISELY_API_SERVER_ADDRESS`."""
        api_address = api_server_address or environ.get("SUPERVISELY_API_SERVER_ADDRESS")
        return cls(
            server=_server(server_address, environ),
            token=_token(token if token is not None else environ.get("API_TOKEN")),
            task_id=None if ignore_task_id else _task_id(environ),
            api_address=parse_api_address(api_address) if api_address else None,
        )

    @classmethod
    def from_env(
        cls,
        *,
        env_file: str | os.PathLike[str] = DEFAULT_ENV_FILE,
        ignore_task_id: bool = False,
        environ: Mapping[str, str] = os.environ,
    ) -> "Credentials":
        """Take all from the environment; in development what is missing there from `env_file`, which is not exported."""
        missing = not environ.get("SERVER_ADDRESS") or not environ.get("API_TOKEN")
        if missing and is_development(environ):
            environ = {**read_env_file(env_file), **{name: value for name, value in environ.items() if value}}
        return cls.find(ignore_task_id=ignore_task_id, environ=environ)

    def headers(self) -> dict[str, str]:
        """Give the headers that say who calls."""
        headers = {"x-api-key": self.token.reveal()}
        if self.task_id is not None:
            headers["x-task-id"] = str(self.task_id)
        return headers


def _server(given: str | None, environ: Mapping[str, str]) -> ServerAddress:
    if given is not None:
        return parse_server_address(given)
    found = environ.get("SERVER_ADDRESS")
    if found is None:
        raise ArgumentError(
            argument="server_address",
            problem="is not given, and SERVER_ADDRESS is not set",
            hint="Example: https://app.supervisely.com",
        )
    return parse_server_address(found, source="SERVER_ADDRESS")


def _token(found: str | None) -> Secret:
    if not found or not isinstance(cast(object, found), str):
        raise ArgumentError(
            argument="token",
            problem="is not given, and API_TOKEN is not set",
            hint="The token stands in the account settings of the platform",
        )
    if any(character.isspace() or not character.isprintable() or ord(character) > 126 for character in found):
        raise ArgumentError(argument="token", problem="contains a character that no token has (it is not shown here)")
    return Secret(found)


def _task_id(environ: Mapping[str, str]) -> int | None:
    found = environ.get("SUPERVISELY_TASK_ID")
    if not found:
        return None
    if not _ID.fullmatch(found):
        problem = f"is {shown(found)}, and an id is a whole number from 1"
        raise ArgumentError(argument="SUPERVISELY_TASK_ID", problem=problem)
    return int(found)


def read_env_file(path: str | os.PathLike[str]) -> dict[str, str]:
    """Read `NAME=value` lines; comments, blank lines, `export` and quotes are understood. Values never stand in an error."""
    try:
        file = Path(path).expanduser()
        content = file.read_bytes()
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise EnvFileError(
            argument="env_file",
            problem=f"{path} cannot be read ({reason})",
            hint="Set SERVER_ADDRESS and API_TOKEN, or write them into this file",
            path=str(path),
        ) from error
    text = content.decode("utf-8-sig", "replace")
    if "\ufffd" in text:
        raise EnvFileError(argument="env_file", problem=f"{file} is not UTF-8 text", path=str(file))
    return dict(_pairs(text, file))


def _pairs(text: str, file: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        content = re.sub(r"^export\s+", "", line.strip())
        if not content or content.startswith("#"):
            continue
        name, equals, value = content.partition("=")
        unquoted = _unquote(value.strip())
        if not equals or not _VARIABLE.fullmatch(name.strip()) or unquoted is None:
            raise EnvFileError(
                argument="env_file",
                problem=f"{file}, line {number}, is not NAME=value, or a quote is left open",
                path=str(file),
                line=number,
            )
        yield name.strip(), unquoted


def _unquote(value: str) -> str | None:
    """Give the value without quotes and comment; None when a quote is not closed or something follows it."""
    if value[:1] not in ("'", '"'):
        return re.split(r"(?:^|\s)#", value, maxsplit=1)[0].rstrip()
    inside, closed, rest = value[1:].partition(value[0])
    rest = rest.strip()
    return inside if closed and (not rest or rest.startswith("#")) else None
