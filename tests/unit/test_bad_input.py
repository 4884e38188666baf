"""Arguments that cannot be right, in both colours: the error names them, and nothing is sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from supervisely_ext import ArgumentError, EnvFileError
from tests.scripted import ScriptedTransport

from .colours import Colour
from .samples import SERVER, TOKEN

Connect = Callable[..., tuple[Any, ScriptedTransport]]
Call = Callable[[Any], Any]

BAD_IDS = [0, -1, True, False, "5", 5.0, float("nan"), None, [5]]
ID_CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "task.get_list workspace_id": lambda api, value: api.task.get_list(value),
    "task.get_info_by_id id": lambda api, value: api.task.get_info_by_id(value),
    "task.get_status task_id": lambda api, value: api.task.get_status(value),
    "task.stop id": lambda api, value: api.task.stop(value),
    "task.wait id": lambda api, value: api.task.wait(value),
    "app.get_list team_id": lambda api, value: api.app.get_list(value),
    "app.get_status task_id": lambda api, value: api.app.get_status(value),
    "app.stop id": lambda api, value: api.app.stop(value),
    "app.wait id": lambda api, value: api.app.wait(value),
    "app.get_sessions team_id": lambda api, value: api.app.get_sessions(value, 11),
    "app.get_sessions module_id": lambda api, value: api.app.get_sessions(1, value),
}
OPTIONAL_ID_CALLS: dict[str, Callable[[Any, Any], Any]] = {
    "app.get_ecosystem_module_info module_id": lambda api, value: api.app.get_ecosystem_module_info(value),
    "task.start agent_id": lambda api, value: api.task.start(value, 3),
    "task.start app_id": lambda api, value: api.task.start(5, value),
    "task.start module_id": lambda api, value: api.task.start(5, module_id=value),
    "task.start workspace_id": lambda api, value: api.task.start(5, 3, value),
    "task.start users_ids": lambda api, value: api.task.start(5, 3, users_ids=[4, value]),
    "app.start agent_id": lambda api, value: api.app.start(value, 3, app_version="v1"),
    "app.start app_id": lambda api, value: api.app.start(5, value, app_version="v1"),
    "app.start module_id": lambda api, value: api.app.start(5, module_id=value),
    "app.start users_id": lambda api, value: api.app.start(5, 3, app_version="v1", users_id=value),
}
CALLS: dict[str, tuple[str, Call]] = {
    "neither app": ("app_id, module_id", lambda api: api.task.start(5)),
    "neither app, api.app": ("app_id, module_id", lambda api: api.app.start(5)),
    "both apps": ("app_id, module_id", lambda api: api.task.start(5, 3, module_id=11)),
    "both apps, api.app": ("app_id, module_id", lambda api: api.app.start(5, 3, module_id=11)),
    "no version": ("app_version", lambda api: api.app.start(5, 3)),
    "log level": ("log_level", lambda api: api.task.start(5, 3, log_level="debgu")),
    "log level, list": ("log_level", lambda api: api.task.start(5, 3, log_level=["debug"])),
    "log level, none": ("log_level", lambda api: api.task.start(5, 3, log_level=None)),
    "restart policy": ("restart_policy", lambda api: api.app.start(5, 3, app_version="v1", restart_policy="on-error")),
    "params": ("tasks.run.app", lambda api: api.task.start(5, 3, params={"a": object()})),
    "target": ("target_status", lambda api: api.task.wait(7, "finnished")),
    "target, list": ("target_status", lambda api: api.app.wait(7, ["started", "stoped"])),
    "no targets": ("target_status", lambda api: api.app.wait(7, [])),
    "target, number": ("target_status", lambda api: api.task.wait(7, 5)),
    "attempts 0": ("wait_attempts", lambda api: api.task.wait(7, None, 0)),
    "attempts negative": ("attempts", lambda api: api.app.wait(7, None, -1)),
    "pause negative": ("wait_attempt_timeout_sec", lambda api: api.task.wait(7, None, 1, -1)),
    "pause, no number": ("attempt_delay_sec", lambda api: api.app.wait(7, None, 1, float("nan"))),
    "time-out negative": ("timeout", lambda api: api.task.wait(7, timeout=-1)),
    "time-out, no number": ("timeout", lambda api: api.app.wait(7, timeout=float("nan"))),
    "polling": ("polling", lambda api: api.task.wait(7, polling=5)),
    "polling, api.app": ("polling", lambda api: api.app.wait(7, polling="often")),
    "on_status": ("on_status", lambda api: api.task.wait(7, on_status=5)),
    "cluster": ("kubernetes_settings", lambda api: api.app.start(5, 3, app_version="v1", kubernetes_settings={1: 2})),
    "folder": ("path", lambda api: api.app.workflow.add_input_folder("", 7)),
    "filters": ("filters[0]", lambda api: api.task.get_list(2, [{"field": "id"}])),
    "filters as one": ("filters", lambda api: api.task.get_list(2, {"field": "id", "operator": "=", "value": 1})),
    "operator": ("filter[0]['operator']", lambda api: api.app.get_list(1, [{"field": "id", "operator": "=="}])),
    "context": ("context", lambda api: api.app.get_list(1, context=["image_project"])),
    "integrated into": ("integrated_into", lambda api: api.app.get_list(1, integrated_into=["panle"])),
    "statuses": ("statuses", lambda api: api.app.get_sessions(1, 11, statuses=["finnished"])),
    "no statuses": ("statuses", lambda api: api.app.get_sessions(1, 11, statuses=[])),
    "body": ("images.add", lambda api: api.post("images.add", {"a": {1}})),
}


def refused(connect: Connect, call: Call) -> ArgumentError:
    api, transport = connect()
    with pytest.raises(ArgumentError) as caught:
        call(api)
    assert transport.requests == []
    assert isinstance(caught.value, ValueError)
    return caught.value


@pytest.mark.parametrize("name", ID_CALLS)
@pytest.mark.parametrize("value", BAD_IDS)
def test_an_id_that_is_none(connect: Connect, name: str, value: Any) -> None:
    """An id is a whole number from 1; anything else is refused by the argument's name."""
    error = refused(connect, lambda api: ID_CALLS[name](api, value))
    assert (error.argument, error.problem) == (
        name.split()[1],
        f"is {value!r}, and an id is a whole number from 1",
    )


@pytest.mark.parametrize("name", OPTIONAL_ID_CALLS)
@pytest.mark.parametrize("value", [value for value in BAD_IDS if value is not None])
def test_an_optional_id_that_is_none(connect: Connect, name: str, value: Any) -> None:
    """An id that may be missing is, when it is given, a whole number from 1."""
    if name.endswith("users_id") and isinstance(value, list):
        return  # several users, which may be
    error = refused(connect, lambda api: OPTIONAL_ID_CALLS[name](api, value))
    assert error.argument == name.split()[1]


@pytest.mark.parametrize(("argument", "call"), CALLS.values(), ids=CALLS)
def test_an_argument_that_cannot_be_right(connect: Connect, argument: str, call: Call) -> None:
    """The error names the argument as the method does."""
    assert refused(connect, call).argument == argument


@pytest.mark.parametrize(("name", "hint"), [
    ("log level", "Did you mean debug?"),
    ("restart policy", "Did you mean on_error?"),
    ("target", "Did you mean finished?"),
    ("target, list", "Did you mean stopped?"),
    ("context", "Did you mean images_project?"),
    ("integrated into", "Did you mean panel?"),
    ("statuses", "Did you mean finished?"),
    ("both apps", "Give one of them; module_id is the usual one"),
    ("no version", "With app_id it is needed; module_id finds the latest release"),
])  # fmt: skip
def test_what_was_meant(connect: Connect, name: str, hint: str) -> None:
    """A misspelt name is answered with the nearest, other mistakes with what to do."""
    error = refused(connect, CALLS[name][1])
    assert error.hint == hint
    assert str(error).endswith(hint)


class TestMakingAClient:
    @pytest.mark.parametrize(("arguments", "argument"), [
        ({"token": TOKEN}, "server_address"),
        ({"server_address": SERVER}, "token"),
        ({"server_address": "", "token": TOKEN}, "server_address"),
        ({"server_address": SERVER, "token": ""}, "token"),
        ({"server_address": "sly example.com", "token": TOKEN}, "server_address"),
        ({"server_address": f"{SERVER}/projects", "token": TOKEN}, "server_address"),
        ({"server_address": "ftp://sly.example.com", "token": TOKEN}, "server_address"),
        ({"server_address": "https://[::1", "token": TOKEN}, "server_address"),
    ])  # fmt: skip
    def test_address_and_token(self, colour: Colour, arguments: dict[str, str], argument: str) -> None:
        """A client without a proper address and token is not made, and the token is not shown."""
        transport = ScriptedTransport()
        with pytest.raises(ArgumentError) as caught:
            colour(**arguments, transport=transport)
        assert caught.value.argument == argument
        assert TOKEN not in f"{caught.value!r} {vars(caught.value)}"
        assert transport.requests == []

    def test_a_password_in_the_address(self, colour: Colour) -> None:
        """User and password in an address are refused and not shown."""
        with pytest.raises(ArgumentError) as caught:
            colour("https://user:pa55word@sly.example.com", TOKEN)
        assert "pa55word" not in f"{caught.value!r} {vars(caught.value)}"

    @pytest.mark.parametrize(("given", "meant"), [
        ("sly.example.com", "https://sly.example.com"),
        ("sly.example.com:8443/", "https://sly.example.com:8443"),
        ("localhost:8080", "http://localhost:8080"),
        ("127.0.0.1", "http://127.0.0.1"),
    ])  # fmt: skip
    def test_an_address_without_a_scheme(self, colour: Colour, given: str, meant: str) -> None:
        """A bare host means https, this machine http."""
        assert colour(given, TOKEN).server_address == meant

    def test_a_malformed_env_file(self, colour: Colour, tmp_path: Path) -> None:
        """A line that is not NAME=value is named by its number, without what stands there."""
        file = tmp_path / "supervisely.env"
        file.write_text(f"SERVER_ADDRESS={SERVER}\nAPI_TOKEN: {TOKEN}\n")
        transport = ScriptedTransport()
        with pytest.raises(EnvFileError) as caught:
            colour.from_env(env_file=file, transport=transport)
        assert (caught.value.line, caught.value.path) == (2, str(file))
        assert TOKEN not in f"{caught.value!r} {vars(caught.value)}"
        assert transport.requests == []
