"""Server addresses: what a user may write, and what is meant. Pure."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from attrs import evolve, frozen

from .errors import ArgumentError

API_PATH = "/public/api"


@frozen
class ServerAddress:
    """Scheme, host and port of an instance, without a path."""

    scheme: str
    host: str
    """With the port when there is one."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}"

    @property
    def probed(self) -> bool:
        """Tell whether https is to be tried first: clear text to any host but this one is a risk."""
        return self.scheme == "http" and not _is_loopback(self.host)

    def secured(self) -> "ServerAddress":
        """Give the same host with https."""
        return evolve(self, scheme="https")


def parse_server_address(text: str, *, source: str = "server_address") -> ServerAddress:
    """Read an address; a bare host means https, a loopback host http."""
    parts = _split(text, source)
    if parts.path.strip("/"):
        raise ArgumentError(
            argument=source,
            problem=f"has the path {parts.path!r}",
            hint=f"Give the server alone: {parts.scheme}://{parts.netloc}",
        )
    return ServerAddress(scheme=parts.scheme, host=parts.netloc)


def parse_api_address(text: str) -> str:
    """Read what stands for `<server>/public/api`; here a path is right."""
    parts = _split(text, "SUPERVISELY_API_SERVER_ADDRESS")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _split(text: str, source: str) -> SplitResult:
    if not text:
        raise ArgumentError(argument=source, problem="is empty", hint="Example: https://app.supervisely.com")
    if any(character.isspace() for character in text):
        raise ArgumentError(argument=source, problem="contains a blank", hint="Example: https://app.supervisely.com")
    parts = urlsplit(text if "://" in text else f"{_bare_scheme(text)}://{text}")
    if parts.scheme not in ("http", "https"):
        raise ArgumentError(argument=source, problem=f"has the scheme {parts.scheme!r}", allowed=("https", "http"))
    if not _host_and_port_are_right(parts) or parts.username is not None or parts.query or parts.fragment:
        # The text itself may hold a password and is not repeated.
        raise ArgumentError(
            argument=source,
            problem="is not scheme, host and port alone",
            hint="Example: https://app.supervisely.com, or http://localhost:8080",
        )
    return parts


def _host_and_port_are_right(parts: SplitResult) -> bool:
    try:
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _bare_scheme(text: str) -> str:
    return "http" if _is_loopback(text.partition("/")[0]) else "https"


def _is_loopback(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
