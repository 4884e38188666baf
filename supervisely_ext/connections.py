"""Connections as httpx makes them, and what is known of a request that got no answer."""

from functools import cache
from typing import Any, TypeVar
from urllib.request import getproxies, proxy_bypass

import httpx

from .transport import Unanswered

K = TypeVar("K", httpx.HTTPTransport, httpx.AsyncHTTPTransport)

NO_ANSWER = (httpx.RequestError, UnicodeError, OSError)
"""What a lost request raises; on asyncio a broken TLS record comes as the `ssl.SSLError` that it is."""
_KEEP_ALIVE_SECONDS = 60.0


class Trace:
    """Notes whether a request's first byte was about to leave, as httpcore reports it."""

    def __init__(self) -> None:
        self._sent = False

    def sent(self) -> bool:
        """Tell whether it may have left."""
        return self._sent

    def note(self, event: str, info: dict[str, Any]) -> None:
        """Take an event, as httpcore's extension `trace` in the blocking colour."""
        if event.endswith(".send_request_headers.started"):
            # To a proxy, httpcore first sends a request of its own.
            self._sent = self._sent or info["request"].method != b"CONNECT"

    async def note_async(self, event: str, info: dict[str, Any]) -> None:
        """Take an event on asyncio."""
        self.note(event, info)


def take_for_sent() -> bool:
    """On a kept connection nobody knows what the server saw, so take it for sent."""
    return True


def origin(url: httpx.URL) -> str:
    """Give what connections and proxies depend on."""
    return f"{url.scheme}://{url.netloc.decode()}"


def opened(kind: type[K], url: httpx.URL) -> K:
    """Give a pool of one kind for the origin of an address. Raises `Unanswered`."""
    try:
        return kind(**_options(url))
    except (ValueError, ImportError) as error:  # a proxy variable that httpx cannot use
        raise Unanswered(error, sent=False) from error


def _options(url: httpx.URL) -> dict[str, Any]:
    proxies = {} if proxy_bypass(url.netloc.decode()) else getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"
    return {
        # Building a TLS context takes 25 ms: one for all, and none where none is used.
        "verify": _tls_context() if url.scheme == "https" else False,
        "proxy": httpx.Proxy(proxy) if proxy else None,
        "limits": httpx.Limits(max_keepalive_connections=20, keepalive_expiry=_KEEP_ALIVE_SECONDS),
    }


@cache
def _tls_context() -> Any:
    return httpx.create_ssl_context()
