"""The page at `/` that shows the platform live. It loads nothing: its policy allows its own style and script, and asking this server."""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from ..contract.spec import bundled
from .exchange import Reply, Request
from .platform import Platform

_SCRIPTS = ("elements.js", "tasks.js", "requests.js", "workflow.js", "page.js")


def reply(platform: Platform, request: Request) -> Reply:
    """Answer a request for `/`."""
    if request.verb not in ("GET", "HEAD"):
        return Reply(405, b"", headers=(("allow", "GET, HEAD"),))
    html, policy = _page()
    headers = (
        ("content-security-policy", policy),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    )
    return Reply(200, html if request.verb == "GET" else b"", "text/html; charset=utf-8", headers)


@cache
def _page() -> tuple[bytes, str]:
    """Give the page and its content security policy."""
    # a command or a test that never shows the page need not load what draws
    from .. import lineage_html

    style = lineage_html.style() + _resource("page.css")
    script = "\n".join((lineage_html.script(), *map(_resource, _SCRIPTS)))
    html = Template(_resource("page.html")).substitute(style=style, script=script, tones=escape(json.dumps(_tones())))
    return html.encode(), _policy(style, script)


def _resource(name: str) -> str:
    return (files("supervisely_ext.mock") / "live_page" / name).read_text("utf-8")


def _tones() -> dict[str, str]:
    from ..lineage_svg import tone

    statuses = bundled().document["components"]["schemas"]["TaskStatus"]["enum"]
    return {status: tone(status) for status in statuses}


def _policy(style: str, script: str) -> str:
    allowed = f"style-src {_source(style)}; script-src {_source(script)}; connect-src 'self'; img-src data:"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
