"""Arguments are checked before a start, in both colours."""

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from supervisely_ext import ArgumentError, InvalidArguments, ModuleInfo, UnexpectedAnswer
from supervisely_ext.known_modules import KnownModules
from tests.scripted import ScriptedTransport, answer

from .samples import app, module

Connect = Callable[..., tuple[Any, ScriptedTransport]]
STARTED = [{"taskId": 7, "userId": 4, "moduleId": 11, "appId": 3}]
SHOWN = answer(module(targets=["images_project"]))
RIGHT = {"size": {"w": 2}, "slyProjectId": 5}
WRONG = {"siz": {"w": 2}, "slyProjectId": 5}


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


def test_a_wrong_start_is_warned_of_and_sent(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """What the start itself looked up is enough; the arguments are sent as they are."""
    api, transport = connect(SHOWN, answer(STARTED))
    api.app.start(5, module_id=11, params=WRONG)
    assert transport.methods == ["ecosystem.info", "tasks.run.app"]
    assert json.loads(transport.requests[1].content)["params"]["state"] == WRONG
    (warning,) = warnings(caplog)
    assert "/siz: is no name that the app knows; allowed: size, slyProjectId. Did you mean size?" in warning
    assert warning.startswith("arguments: An app cannot be started with them")


def test_a_right_start_is_quiet(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """Options that are left out are no mistake."""
    api, _ = connect(SHOWN, answer(STARTED), SHOWN, answer(STARTED))
    api.app.start(5, module_id=11, params=RIGHT)
    api.app.start(5, module_id=11, params={"slyProjectId": 5})
    assert warnings(caplog) == []


def test_both_namespaces_know_what_one_has_fetched(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """For that very version, and never with a request more."""
    api, transport = connect(SHOWN, SHOWN, *[answer(STARTED)] * 5)
    api.app.get_ecosystem_module_info(11)
    api.app.get_ecosystem_module_info(11, "v0")
    for version in ("v2", "v0"):
        api.task.start(5, module_id=11, app_version=version, params={"state": WRONG})
        assert "Did you mean size?" in warnings(caplog)[-1]
    for options in ({"app_version": "v1"}, {"app_version": ""}, {"app_version": "v2", "is_branch": True}):
        api.task.start(5, module_id=11, params={"state": WRONG}, **options)
    assert len(warnings(caplog)) == 2
    assert transport.methods == ["ecosystem.info"] * 2 + ["tasks.run.app"] * 5


def test_an_app_by_its_id_is_not_known(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """It does not say which module it is."""
    api, transport = connect(SHOWN, answer(STARTED))
    api.app.get_ecosystem_module_info(11)
    api.app.start(5, 3, app_version="v2", params=WRONG)
    assert (warnings(caplog), transport.methods[-1]) == ([], "tasks.run.app")


def test_another_client_knows_nothing(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """What is fetched belongs to one client, with its server and user."""
    connect(SHOWN)[0].app.get_ecosystem_module_info(11)
    api, _ = connect(answer(STARTED))
    api.app.start(5, module_id=11, app_version="v2", params=WRONG)
    assert warnings(caplog) == []


@pytest.mark.parametrize("params", [RIGHT, {"state": "CA", "size": {"w": 2}}, {"state": None}])
def test_arguments_that_are_not_below_state_are_warned_of(
    connect: Connect, caplog: pytest.LogCaptureFixture, params: Any
) -> None:
    """`task.start` sends them as they are, and the app would not find them; for that no module need be known."""
    api, transport = connect(answer(STARTED), answer(STARTED))
    api.task.start(5, module_id=11, params=params)
    api.task.start(5, module_id=11, app_version="main", is_branch=True, params=params)
    assert len(warnings(caplog)) == 2
    assert warnings(caplog)[0].startswith(
        "params: have no object named state, which is where an app finds its arguments."
        ' Give {"state": arguments}\nThey are sent as they are'
    )
    sent = json.loads(transport.requests[0].content)["params"]
    assert {name: sent[name] for name in params} == params


def test_arguments_that_are_not_below_state_are_refused(connect: Connect) -> None:
    """With validate=True, before anything is looked up; with False nobody looks."""
    api, transport = connect(answer(STARTED))
    with pytest.raises(ArgumentError, match=r'^params: have no object named state.* Give \{"state": arguments\}$'):
        api.task.start(5, module_id=11, params=RIGHT, validate=True)
    assert transport.methods == []
    api.task.start(5, module_id=11, params=RIGHT, validate=False)
    assert transport.methods == ["tasks.run.app"]


@pytest.mark.parametrize("params", [None, {}, {"state": {}}, {"state": RIGHT, "more": 1}])
def test_a_start_without_arguments_is_quiet(connect: Connect, caplog: pytest.LogCaptureFixture, params: Any) -> None:
    """There is nothing to be found."""
    api, _ = connect(answer(STARTED))
    api.task.start(5, module_id=11, params=params)
    assert warnings(caplog) == []


@pytest.mark.parametrize("state", ["CA", None, 5, ["a"]])
def test_an_option_named_state_is_an_argument_like_others(connect: Connect, state: Any) -> None:
    """Only an object under that name holds the arguments."""
    api, transport = connect(answer(STARTED))
    api.app.start(5, module_id=11, app_version="v1", params={"state": state, "size": 5}, reconcile=False)
    assert json.loads(transport.requests[0].content)["params"] == {"state": {"state": state, "size": 5}}


@pytest.mark.parametrize("state", [5, None, ["a"]])
def test_a_state_that_is_none(connect: Connect, caplog: pytest.LogCaptureFixture, state: Any) -> None:
    """Is warned of like other mistakes, or found to lack the target."""
    api, _ = connect(SHOWN, answer(STARTED))
    api.app.start(5, module_id=11, params={"state": state})
    assert len(warnings(caplog)) == 1


def test_a_wrong_start_is_refused(connect: Connect) -> None:
    """With validate=True nothing is started."""
    api, transport = connect(SHOWN)
    with pytest.raises(InvalidArguments) as caught:
        api.app.start(5, module_id=11, params=WRONG, validate=True)
    assert [problem.pointer for problem in caught.value.problems] == ["/siz"]
    assert transport.methods == ["ecosystem.info"]


def test_what_is_needed_is_fetched_once(connect: Connect) -> None:
    """With validate=True, and only when it is not known."""
    api, transport = connect(SHOWN, answer(STARTED), answer(STARTED))
    for _ in range(2):
        api.task.start(5, module_id=11, app_version="v1", params={"state": RIGHT}, validate=True)
    assert transport.methods == ["ecosystem.info", "tasks.run.app", "tasks.run.app"]
    assert json.loads(transport.requests[0].content) == {"id": 11, "version": "v1"}


def test_a_version_that_the_server_chooses_is_the_latest(connect: Connect) -> None:
    """It may be another the next time, so it is looked up each time."""
    api, transport = connect(SHOWN, answer(STARTED), SHOWN)
    api.task.start(5, module_id=11, params={"state": RIGHT}, validate=True)
    with pytest.raises(InvalidArguments, match="no target is given"):
        api.task.start(5, module_id=11, validate=True)
    assert json.loads(transport.requests[2].content) == {"id": 11}


def test_the_module_of_an_app_is_looked_up(connect: Connect) -> None:
    """By the app's id."""
    api, transport = connect(answer(app()), SHOWN, answer(STARTED))
    api.app.start(5, 3, app_version="v2", params=RIGHT, validate=True)
    assert transport.methods == ["apps.info", "ecosystem.info", "tasks.run.app"]


def test_an_app_without_a_module(connect: Connect) -> None:
    """The answer is not what it must be."""
    api, _ = connect(answer(app(moduleId=None)))
    with pytest.raises(UnexpectedAnswer, match=r"apps\.info"):
        api.app.start(5, 3, app_version="v2", params=RIGHT, validate=True)


def test_a_branch_cannot_be_looked_up(connect: Connect) -> None:
    """The error says how it can be checked."""
    api, transport = connect()
    with pytest.raises(ArgumentError, match=r"validate: is True, .*Check with ModuleInfo\.from_config"):
        api.task.start(5, module_id=11, app_version="main", is_branch=True, validate=True)
    assert transport.methods == []


def test_no_check(connect: Connect, caplog: pytest.LogCaptureFixture) -> None:
    """With validate=False nothing is looked at."""
    api, _ = connect(SHOWN, answer(STARTED))
    api.app.start(5, module_id=11, params=WRONG, validate=False)
    assert warnings(caplog) == []


@pytest.mark.parametrize("validate", ["True", "yes", 1, None])
def test_what_validate_is_not(connect: Connect, validate: Any) -> None:
    """It is refused with what it may be."""
    api, _ = connect()
    with pytest.raises(ArgumentError, match="allowed: auto, True, False"):
        api.task.start(5, module_id=11, validate=validate)


def test_neither_app_nor_module(connect: Connect) -> None:
    """Is refused before it is looked up."""
    api, transport = connect()
    with pytest.raises(ArgumentError, match="app_id, module_id: neither is given"):
        api.task.start(5, validate=True)
    assert transport.methods == []


def test_the_memory_is_bounded() -> None:
    """The oldest are forgotten."""
    known = KnownModules()
    info = ModuleInfo.from_json(module())
    for number in range(1000):
        known.remember(info, f"v{number}")
    kept = [number for number in range(1000) if known.find(11, f"v{number}")]
    assert kept == list(range(936, 1000))


@pytest.mark.parametrize("releases", [(), ({},), ({"version": 5},), ("v1",)])
def test_a_module_whose_version_is_not_known(releases: Any) -> None:
    """Is not remembered."""
    known = KnownModules()
    known.remember(ModuleInfo.from_json(module(releases=releases)), None)
    assert known.find(11, "v1") is None
    assert known.find(11, None) is None


def test_threads_share_the_memory() -> None:
    """What many remember and look up at once breaks nothing."""
    known = KnownModules()
    info = ModuleInfo.from_json(module())

    def work(start: int) -> None:
        for number in range(start, start + 300):
            known.remember(info, f"v{number}")
            known.find(11, "v1")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(0, 8000, 1000)))
    assert sum(known.find(11, f"v{number}") is info for number in range(8000)) == 64
