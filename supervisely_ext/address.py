"""Server addresses: what a user may write, and what is meant. Pure."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import cast
from urllib.parse import SplitResult, urlsplit

from attrs import evolve, frozen

from .errors import ArgumentError

API_PATH = "/public/api"

_EXAMPLE = "Example: https://app.supervisely.com, or http://localhost:8080"
_LABEL = "[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_DIGITS_AND_DOTS = re.compile(r"[0-9.]+")


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

    @property
    def place(self) -> str:
        """The host without the ports that http and https imply: the same for both of one server, however it is written."""
        return self.host.removesuffix(":80").removesuffix(":443")

    def secured(self) -> "ServerAddress":
        """Give the same host with https."""
        return evolve(self, scheme="https")


def parse_server_address(text: str, *, source: str = "server_address") -> ServerAddress:
    """Read an address; a bare host means https, a loopback host http."""
    parts = _split(text, source)
    address = ServerAddress(scheme=parts.scheme, host=parts.netloc)
    if parts.path.strip("/"):
        raise ArgumentError(
            argument=source, problem=f"has the path {parts.path!r}", hint=f"Give the server alone: {address}"
        )
    return address


def parse_api_address(text: str) -> str:
    """Read what stands for `<server>/public/api`; here a path is right."""
    parts = _split(text, "SUPERVISELY_API_SERVER_ADDRESS")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _split(text: str, source: str) -> SplitResult:
    """Give the parts, the host and port in their plain form."""
    if not isinstance(cast(object, text), str):
        raise ArgumentError(argument=source, problem=f"is {text!r}, and an address is text", hint=_EXAMPLE)
    if not text:
        raise ArgumentError(argument=source, problem="is empty", hint=_EXAMPLE)
    if any(character.isspace() for character in text):
        raise ArgumentError(argument=source, problem="contains a blank", hint=_EXAMPLE)
    parts = _parts(text)
    if parts is not None and parts.scheme not in ("http", "https"):
        raise ArgumentError(argument=source, problem=f"has the scheme {parts.scheme!r}", allowed=("https", "http"))
    host = None if parts is None else _plain_host(parts)
    if parts is None or host is None:
        # The text itself may hold a password and is not repeated.
        raise ArgumentError(argument=source, problem="is not scheme, host and port alone", hint=_EXAMPLE)
    return parts._replace(netloc=host)


def _parts(text: str) -> SplitResult | None:
    bare_scheme = "http" if _is_loopback(text.partition("/")[0]) else "https"
    try:
        return urlsplit(text if "://" in text else f"{bare_scheme}://{text}")
    except ValueError:
        return None


def _plain_host(parts: SplitResult) -> str | None:
    """Give host and port; None when there is more, or it is none. International names are written in ASCII (xn--…)."""
    if parts.username is not None or parts.query or parts.fragment:
        return None
    try:
        name, port = parts.hostname or "", parts.port
        host = f"[{IPv6Address(name)}]" if ":" in name else name
        if _DIGITS_AND_DOTS.fullmatch(host):
            IPv4Address(host)
    except ValueError:
        return None
    if port == 0 or not (host.startswith("[") or _HOST.fullmatch(host)) or "%" in host:
        return None
    return host if port is None else f"{host}:{port}"


def _is_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or name.endswith(".localhost") or ip_address(name).is_loopback
    except ValueError:
        return False
