"""Keeps pages of other sites, open in a browser on this machine, from steering a mock that asks for no token."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from .admin import AREA
from .exchange import Reply, Request, json_reply


def refuse_other_sites(request: Request, own_name: str) -> Reply | None:
    """Refuse what a browser asks of the admin for another site's page (CSRF), or under a name that such a site may own (DNS rebinding)."""
    if not request.path.startswith(AREA):
        return None
    host = request.headers.get("host", "")
    if not _is_ours(host, own_name):
        problem = f"the mock is not known as {host[:100]!r}; ask by its address, or start it with --host"
    elif _site(request.headers.get("origin", f"//{host}")) != host:
        problem = "the admin answers no pages of other sites"
    else:
        return None
    return json_reply(403, {"error": "Forbidden", "details": {"message": problem}})


def _is_ours(host: str, own_name: str) -> bool:
    """Tell whether nobody else can own it: no public name is an address, or without a dot."""
    name = _name(host)
    return "." not in name or name == own_name or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return "."


def _site(origin: str) -> str:
    """Give host and port of an origin, which is `null` for pages that have none."""
    return origin.partition("//")[2]
