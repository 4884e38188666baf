"""Each template of ours is right where the generator's own is wrong; spec/templates/README.md lists the reasons."""

import copy
import pickle
from collections.abc import Callable
from io import BytesIO
from typing import Any

import httpx
import pytest

from tests.codegen.conftest import Generated
from tests.codegen.tools import ROOT

INJECTION = b'start\r\n--+++\r\nContent-Disposition: form-data; name="injected"\r\n\r\nevil\r\n--+++--\r\nend'


def client_for(probe: Generated, answer: Callable[[httpx.Request], httpx.Response], **options: Any) -> Any:
    """Give a client of the probe whose requests go to this function."""
    client = probe.module("client").AuthenticatedClient(base_url="http://probe", token="the-token", **options)
    return client.set_httpx_client(httpx.Client(transport=httpx.MockTransport(answer), base_url="http://probe"))


def sent_upload(probe: Generated, content: bytes) -> httpx.Request:
    """Give the request that uploads a file of these bytes."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        requests.append(request)
        return httpx.Response(200, json=[])

    upload = probe.model("Upload")()
    upload["0"] = probe.module("types").File(BytesIO(content), "name.bin", "application/octet-stream")
    probe.endpoint("things.upload").sync_detailed(client=client_for(probe, answer), body=upload)
    return requests[0]


def parts_of(request: httpx.Request) -> list[bytes]:
    """Give the parts of a multipart body, as a server finds them by the boundary of the header."""
    boundary = request.headers["Content-Type"].partition("boundary=")[2].strip('"').encode()
    first, *parts = (b"\r\n" + request.content).split(b"\r\n--" + boundary)
    closing = next(index for index, part in enumerate(parts) if part.startswith(b"--"))
    assert first == b""
    return parts[:closing]


def parts_of_a_file_that_contains_a_part(probe: Generated) -> int:
    return len(parts_of(sent_upload(probe, INJECTION)))


def two_uploads_have_one_boundary(probe: Generated) -> bool:
    first, second = (sent_upload(probe, b"").headers["Content-Type"] for _ in range(2))
    return bool(first == second)


def status_520(probe: Generated) -> Any:
    client = client_for(probe, lambda _: httpx.Response(520, text="<html>"))
    try:
        response = probe.endpoint("things.settings").sync_detailed(client=client)
    except ValueError as error:
        return type(error)
    return response.status_code, response.parsed


def layer_finds_the_operation(probe: Generated) -> bool:
    return hasattr(probe.endpoint("things.find"), "OPERATION")


def copied_unset(probe: Generated) -> bool:
    unset = probe.module("types").UNSET
    return copy.copy(unset) is unset


def deep_copied_unset(probe: Generated) -> bool:
    unset = probe.module("types").UNSET
    return copy.deepcopy([unset])[0] is unset


def unpickled_unset(probe: Generated) -> list[bool]:
    unset = probe.module("types").UNSET
    return [pickle.loads(pickle.dumps(unset, protocol)) is unset for protocol in (0, pickle.HIGHEST_PROTOCOL)]


def is_json(value: object) -> bool:
    return all(map(is_json, value.values())) if isinstance(value, dict) else isinstance(value, int | str)


def thing_with_unset_fields(probe: Generated) -> Any:
    return probe.model("Thing")(id=7, owner=probe.model("Owner")(login="jo"))


def deep_copied_model_gives_json(probe: Generated) -> bool:
    return is_json(copy.deepcopy(thing_with_unset_fields(probe)).to_dict())


def unpickled_model_gives_json(probe: Generated) -> bool:
    return is_json(pickle.loads(pickle.dumps(thing_with_unset_fields(probe))).to_dict())


def default_timeout(probe: Generated) -> list[httpx.Timeout]:
    client = probe.module("client").Client(base_url="http://probe")
    return [client.get_httpx_client().timeout, client.get_async_httpx_client().timeout]


def token_in_repr(probe: Generated) -> bool:
    return "the-token" in repr(probe.module("client").AuthenticatedClient(base_url="http://probe", token="the-token"))


def token_in_repr_of_a_used_client(probe: Generated) -> bool:
    client = probe.module("client").AuthenticatedClient(base_url="http://probe", token="the-token")
    client.get_httpx_client()
    client.get_async_httpx_client()
    return "the-token" in repr(client)


def header_that_only_another_client_was_given(probe: Generated) -> list[str | None]:
    client = probe.module("client").Client(base_url="http://probe")
    used = [client.get_httpx_client(), client.get_async_httpx_client()]
    client.with_headers({"x-extra": "1"})
    return [each.headers.get("x-extra") for each in used]


def models_loaded_with_one(probe: Generated) -> set[str]:
    prefix = f"{probe.name}.models."
    loaded = probe.loaded_after("from PKG.models import Owner")
    return {name.removeprefix(prefix) for name in loaded if name.startswith(prefix)}


def reading_the_package_loads_httpx(probe: Generated) -> bool:
    return "httpx" in probe.loaded_after(
        "import importlib.resources as r; r.files('PKG').joinpath('types.py').read_text()"
    )


ALL_MODELS = {"owner", "state", "thing", "upload"}
# What is looked at, what our client shows, what the generator's own shows.
OBSERVATIONS: list[tuple[str, Callable[[Generated], Any], Any, Any]] = [
    ("endpoint_module", parts_of_a_file_that_contains_a_part, 1, 2),
    ("endpoint_module", two_uploads_have_one_boundary, False, True),
    ("endpoint_module", status_520, (520, None), ValueError),
    ("endpoint_module", layer_finds_the_operation, True, False),
    ("types", copied_unset, True, False),
    ("types", deep_copied_unset, True, False),
    ("types", unpickled_unset, [True, True], [False, False]),
    ("types", deep_copied_model_gives_json, True, False),
    ("types", unpickled_model_gives_json, True, False),
    ("client", default_timeout, [httpx.Timeout(60, connect=10)] * 2, [httpx.Timeout(None)] * 2),
    ("client", token_in_repr, False, True),
    ("client", token_in_repr_of_a_used_client, False, True),
    ("client", header_that_only_another_client_was_given, [None, None], ["1", "1"]),
    ("models_init", models_loaded_with_one, {"owner"}, ALL_MODELS),
    ("package_init", reading_the_package_loads_httpx, False, True),
]
NAMES = [observe.__name__ for _, observe, _, _ in OBSERVATIONS]


@pytest.mark.parametrize(("observe", "right"), [(row[1], row[2]) for row in OBSERVATIONS], ids=NAMES)
def test_our_template_is_right(ours: Generated, observe: Callable[[Generated], Any], right: Any) -> None:
    """Our template gives what is wanted."""
    assert observe(ours) == right


@pytest.mark.parametrize(("observe", "wrong"), [(row[1], row[3]) for row in OBSERVATIONS], ids=NAMES)
def test_the_generators_own_template_is_wrong(
    stock: Generated, observe: Callable[[Generated], Any], wrong: Any
) -> None:
    """Without our template it goes wrong in the known way; when this fails, the template may have become superfluous."""
    assert observe(stock) == wrong


def test_every_template_has_its_observation_and_its_reason() -> None:
    """Templates, the table above and the table of the README name the same files."""
    templates = {path.name for path in (ROOT / "spec/templates").glob("*.jinja")}
    assert templates == {f"{row[0]}.py.jinja" for row in OBSERVATIONS}
    rows = (ROOT / "spec/templates/README.md").read_text("utf-8").splitlines()
    assert templates == {row.split("`")[1] for row in rows if row.startswith("| `")}
