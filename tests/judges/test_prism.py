"""Our client against Prism, a mock that no one here wrote: every operation's request passes its validation."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, get_type_hints

import httpx
import pytest
import supervisely_client.api
from supervisely_client import AuthenticatedClient
from supervisely_client.operation import Operation

from supervisely_ext import Api
from supervisely_ext.completing import complete
from supervisely_ext.contract.spec import bundled
from supervisely_ext.mock.gateway import PREFIX
from tests.judges.prism_server import PRISM, serving, violations
from tests.parity.deviations import read
from tests.parity.recorded import calls
from tests.parity.replay import replayed

pytestmark = pytest.mark.skipif(not PRISM.exists(), reason="Prism is not installed: make prism")

_FOUND = [
    import_module(info.name)
    for info in walk_packages(supervisely_client.api.__path__, "supervisely_client.api.")
    if not info.ispkg
]
MODULES: dict[str, Any] = {module.OPERATION.name: module for module in _FOUND}
OPERATIONS: dict[str, Operation[..., Any]] = {name: module.OPERATION for name, module in MODULES.items()}
FORMS = {name for name, operation in bundled().operations.items() if operation.request_type == "multipart/form-data"}
QUERY = {"tasks.log.download": {"id": 101, "since_time": "2026-03-30T14:28:58.816Z", "limit": 5}}
_SENT = ("content-type", "x-api-key", "x-task-id")
LISTS = {"images.internal.hashes.list": ["kTvqXC9blNfu3npN3skRDTEmgpF8vBFOtPcpomQo0Cw="]}


@pytest.fixture(scope="module")
def prism(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("prism")) as url:
        yield url


def arguments(name: str) -> dict[str, Any]:
    """Give what the operation is asked for in its example."""
    if name in QUERY:
        return QUERY[name]
    return {"body": LISTS[name] if name in LISTS else _model(name)}


def _model(name: str) -> Any:
    request = bundled().operations[name].request
    schema = request.document["components"]["schemas"][request.schema["$ref"].rpartition("/")[2]]
    ours = {key: value.encode() if _is_file(schema, key) else value for key, value in schema["examples"][0].items()}
    return get_type_hints(OPERATIONS[name].build)["body"].from_dict(ours)


def _is_file(schema: dict[str, Any], name: str) -> bool:
    of_any = schema.get("additionalProperties") or {}
    return schema.get("properties", {}).get(name, of_any).get("format") == "binary"


def test_the_client_has_every_operation() -> None:
    assert OPERATIONS.keys() == bundled().operations.keys()


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - FORMS))
def test_a_request_passes(prism: str, name: str) -> None:
    """Sent by our client as its methods send it, and answered: Prism would answer 422 instead."""
    with Api(prism, "token") as api:
        answer = complete(api._caller.once().call(OPERATIONS[name], **arguments(name)))
    assert answer.status == 200


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_form_passes(prism: str, name: str) -> None:
    """Sent by the low-level client."""
    with AuthenticatedClient(
        f"{prism}{PREFIX.rstrip('/')}", "token", prefix="", auth_header_name="x-api-key"
    ) as client:
        response = MODULES[name].sync_detailed(client=client, **arguments(name))
    assert response.status_code == 200


ASKED_BY_A_SEARCH = {"users.me", "workspaces.info"}
"""Only the search for a start asks them, and the official SDK has none: they are sent with every operation above."""


def test_what_the_methods_send_passes(prism: str, tmp_path: Path) -> None:
    """Every request that the layer's methods make of the recorded calls; together all operations that they call."""
    seen: dict[tuple[bytes, bytes], str] = {}
    with httpx.Client(trust_env=False) as client:
        for call in calls():
            for request in replayed(call, tmp_path):
                key = (request.url.raw_path, request.content)
                if key not in seen:
                    seen[key] = request.url.path.removeprefix(PREFIX)
                    response = client.send(_to_prism(request, prism))
                    assert (response.status_code, list(violations(response))) == (200, []), (
                        f"{call}: {request.content!r}"
                    )
    assert set(seen.values()) >= OPERATIONS.keys() - read("low_level_only.json").keys() - ASKED_BY_A_SEARCH


def _to_prism(request: httpx.Request, prism: str) -> httpx.Request:
    """Give the same request for another server."""
    # RFC 7578 lets a file go without its type, as the official SDK sends it too, but Prism's parser dies of it.
    content = re.sub(rb'(; filename="[^"]*"\r\n)(\r\n)', rb"\1Content-Type: text/plain\r\n\2", request.content)
    headers = {name: request.headers[name] for name in _SENT if name in request.headers}
    return httpx.Request(request.method, f"{prism}{request.url.raw_path.decode()}", content=content, headers=headers)


@pytest.mark.parametrize("body", [{}, {"id": "x"}, {"id": 1, "nonsense": 1}, [1]])
def test_it_would_refuse_what_is_wrong(prism: str, body: Any) -> None:
    """Prism is awake: a missing field, a wrong type, an unknown field, and a list are told."""
    response = httpx.post(f"{prism}/public/api/v3/tasks.info", json=body, headers={"x-api-key": "t"}, trust_env=False)
    assert (response.status_code, bool(violations(response))) == (422, True)
