"""`api.task` and `api.app`, in both colours: what is sent and what comes back."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from supervisely_ext import (
    ApiError,
    AppInfo,
    ArgumentError,
    ConnectionFailed,
    Forbidden,
    NotFound,
    NotFoundInEcosystem,
    RateLimited,
    RedirectRefused,
    ServerError,
    Status,
    Unauthorized,
    UnexpectedAnswer,
)
from tests.scripted import ScriptedTransport, answer, lost

from .samples import app, html, module, page, task

Connect = Callable[..., tuple[Any, ScriptedTransport]]


def sent(transport: ScriptedTransport, index: int = -1) -> Any:
    return json.loads(transport.requests[index].content)


class TestTask:
    def test_list(self, connect: Connect) -> None:
        """The tasks of a workspace are asked for in order of id, with the filters as they are written."""
        api, transport = connect(answer(page(task(), task("finished", id=8))))
        wanted = {"field": "status", "operator": "in", "value": ["started"]}
        assert [info.status for info in api.task.get_list(2, [wanted])] == ["started", "finished"]
        assert transport.methods == ["tasks.list"]
        assert sent(transport) == {"workspaceId": 2, "filter": [wanted], "sort": "id", "sort_order": "asc"}

    def test_info(self, connect: Connect) -> None:
        """A task is asked for by id."""
        api, transport = connect(answer(task(meta={"name": "run"})))
        assert api.task.get_info_by_id(7).name == "run"
        assert (transport.methods, sent(transport)) == (["tasks.info"], {"id": 7})

    def test_constants(self, connect: Connect) -> None:
        """The official SDK's constants and its Status are there."""
        api, _ = connect()
        assert (api.task.MAX_WAIT_ATTEMPTS, api.task.WAIT_ATTEMPT_TIMEOUT_SEC) == (999, 1)
        assert api.task.Status is api.app.Status is Status


@pytest.mark.parametrize("namespace", ["task", "app"])
class TestBoth:
    def test_status(self, connect: Connect, namespace: str) -> None:
        """A status is looked up; one that nobody knows comes as text."""
        api, transport = connect(answer(task("deployed")), answer(task("sleeping")))
        actions = getattr(api, namespace)
        assert actions.get_status(7) is Status.DEPLOYED
        assert actions.get_status(7) == "sleeping"
        assert transport.methods == ["tasks.info", "tasks.info"]

    def test_stop(self, connect: Connect, namespace: str) -> None:
        """Stopping gives the status that the task has then."""
        api, transport = connect(answer({"status": "terminating"}))
        assert getattr(api, namespace).stop(7) is Status.TERMINATING
        assert (transport.methods, sent(transport)) == (["tasks.stop"], {"id": 7})

    @pytest.mark.parametrize("body", [[], {}, None, {"status": None}, {"status": 5}])
    def test_a_stop_of_another_shape(self, connect: Connect, namespace: str, body: Any) -> None:
        """A stop whose answer has no status is an error."""
        api, _ = connect(httpx.Response(200, text=json.dumps(body)))
        with pytest.raises(UnexpectedAnswer) as caught:
            getattr(api, namespace).stop(7)
        assert caught.value.operation == "tasks.stop"


class TestApp:
    def test_list(self, connect: Connect) -> None:
        """The apps of a team are asked for with everything that the official SDK sends."""
        api, transport = connect(answer(page(app())))
        wanted = {"field": "moduleId", "operator": "=", "value": 11}
        assert api.app.get_list(1, [wanted], ["images_project"], "key", True, ["panel"], ["tag"]) == [
            AppInfo.from_json(app())
        ]
        assert transport.methods == ["apps.list"]
        assert sent(transport) == {
            "teamId": 1,
            "filter": [wanted],
            "context": ["images_project"],
            "repositoryKey": "key",
            "showDisabled": True,
            "integratedInto": ["panel"],
            "sessionTags": ["tag"],
            "onlyRunning": False,
            "withShared": True,
            "forceAllSessions": True,
            "sort": "id",
            "sort_order": "asc",
        }

    def test_only_running_apps(self, connect: Connect) -> None:
        """Running apps only, is not also every session there ever was."""
        api, transport = connect(answer(page()))
        assert api.app.get_list(1, only_running=True) == []
        assert (sent(transport)["onlyRunning"], sent(transport)["forceAllSessions"]) == (True, False)

    def test_module_id(self, connect: Connect) -> None:
        """A slug gives the module's id, with one request."""
        api, transport = connect(answer(page(module())))
        assert api.app.get_ecosystem_module_id("supervisely-ecosystem/an-app") == 11
        assert transport.methods == ["ecosystem.list"]
        assert sent(transport)["filter"] == [
            {"field": "slug", "operator": "=", "value": "supervisely-ecosystem/an-app"}
        ]

    def test_a_misspelt_slug(self, connect: Connect) -> None:
        """An unknown slug is an error that names the nearest."""
        api, transport = connect(
            answer(page()),
            answer(page(module(id=12, slug="x/other"))),
            answer(page(module(), module(id=12, slug="x/other"))),
        )
        with pytest.raises(NotFoundInEcosystem) as caught:
            api.app.get_ecosystem_module_id("supervisely/an-app")
        assert caught.value.slug == "supervisely/an-app"
        assert caught.value.near == ("supervisely-ecosystem/an-app",)
        assert [sent(transport, index)["search"] for index in (1, 2)] == ["an", "app"]

    def test_nothing_is_near(self, connect: Connect) -> None:
        """A slug like no other gets no advice."""
        api, _ = connect(answer(page()), repeat=True)
        with pytest.raises(NotFoundInEcosystem) as caught:
            api.app.get_ecosystem_module_id("x/y")
        assert caught.value.near == ()

    def test_help_that_fails_is_no_failure(self, connect: Connect) -> None:
        """When looking for near slugs fails, the error is still that the slug is unknown."""
        api, transport = connect(answer(page()), answer({"error": "no"}, 403))
        with pytest.raises(NotFoundInEcosystem) as caught:
            api.app.get_ecosystem_module_id("supervisely/an-app")
        assert caught.value.near == ()
        assert len(transport.requests) == 2

    def test_an_ambiguous_slug(self, connect: Connect) -> None:
        """Several modules with a slug are an error with their ids."""
        api, _ = connect(answer(page(module(), module(id=12))))
        with pytest.raises(NotFoundInEcosystem) as caught:
            api.app.get_ecosystem_module_id("supervisely-ecosystem/an-app")
        assert caught.value.module_ids == (11, 12)

    @pytest.mark.parametrize(("arguments", "body"), [
        ({"module_id": 11}, {"id": 11}),
        ({"slug": "a/b", "version": "v1"}, {"slug": "a/b", "version": "v1"}),
    ])  # fmt: skip
    def test_module_info(self, connect: Connect, arguments: dict[str, Any], body: dict[str, Any]) -> None:
        """A module is asked for by id or by slug."""
        api, transport = connect(answer(module()))
        assert api.app.get_ecosystem_module_info(**arguments).name == "An app"
        assert (transport.methods, sent(transport)) == (["ecosystem.info"], body)

    @pytest.mark.parametrize("arguments", [{}, {"module_id": 11, "slug": "a/b"}])
    def test_which_module(self, connect: Connect, arguments: dict[str, Any]) -> None:
        """Neither and both of id and slug are refused."""
        api, transport = connect()
        with pytest.raises(ArgumentError) as caught:
            api.app.get_ecosystem_module_info(**arguments)
        assert caught.value.argument == "module_id, slug"
        assert transport.requests == []

    def test_sessions(self, connect: Connect) -> None:
        """The sessions of a module are those of all its apps in the team; names are compared here."""
        first = task(meta={"name": "a", "app": {"id": 3}})
        second = {**task(meta={"name": "b", "app": {"id": 4}}), "id": 8}
        script = [answer(page(app(), app(id=4))), answer(page(first)), answer(page(second))]
        api, transport = connect(*script, *script)
        found = api.app.get_sessions(1, 11, statuses=["started", Status.QUEUED])
        assert [(session.task_id, session.app_id, session.module_id) for session in found] == [(7, 3, 11), (8, 4, 11)]
        assert transport.methods == ["apps.list", "apps.tasks.list", "apps.tasks.list"]
        assert sent(transport, 0)["filter"] == [{"field": "moduleId", "operator": "=", "value": 11}]
        assert sent(transport, 1)["filter"] == [{"field": "status", "operator": "in", "value": ["started", "queued"]}]
        assert [session.task_id for session in api.app.get_sessions(1, 11, session_name="b")] == [8]
        assert "filter" not in sent(transport)


REFUSALS = {
    "400": (answer({"error": "x"}, 400), ApiError, 1),
    "401": (answer({"error": "x"}, 401), Unauthorized, 1),
    "403": (answer({"error": "x"}, 403), Forbidden, 1),
    "404": (answer({"error": "x"}, 404), NotFound, 1),
    "429": (answer({"error": "x"}, 429), RateLimited, 5),
    "500": (html(500), ServerError, 5),
    "502": (html(502), ServerError, 5),
    "520": (html(520), ServerError, 1),
    "redirect": (httpx.Response(301, headers={"location": "https://new/"}), RedirectRefused, 1),
    "refused": (lost(sent=False, cause=httpx.ConnectError("refused")), ConnectionFailed, 5),
    "reset": (lost(sent=True), ConnectionFailed, 5),
    "time-out": (lost(sent=True, cause=httpx.ReadTimeout("timed out")), ConnectionFailed, 5),
    "page": (html(), UnexpectedAnswer, 1),
    "empty": (httpx.Response(200), UnexpectedAnswer, 1),
    "cut off": (httpx.Response(200, text='{"id": 7, "ty'), UnexpectedAnswer, 1),
    "another shape": (answer([task()]), UnexpectedAnswer, 1),
    "status null": (answer(task(None)), UnexpectedAnswer, 1),
}


PASSING = {"429", "500", "502", "520"}
"""What a wait outlives."""
LOOKS: dict[str, Callable[[Any], Any]] = {
    "info": lambda api: api.task.get_info_by_id(7),
    "status": lambda api: api.app.get_status(7),
    "wait": lambda api: api.task.wait(7),
}


@pytest.mark.parametrize(("look", "step", "kind", "tries"), [
    pytest.param(look, *refusal, id=f"{how}-{name}")
    for how, look in LOOKS.items()
    for name, refusal in REFUSALS.items()
    if not (how == "wait" and name in PASSING)
])  # fmt: skip
def test_what_a_server_may_do(
    connect: Connect, look: Callable[[Any], Any], step: Any, kind: type[Exception], tries: int
) -> None:
    """Whatever the server does is a typed error after the right number of tries, and never a status."""
    api, transport = connect(*[step] * 6)
    with pytest.raises(kind) as caught:
        look(api)
    assert caught.value.operation == "tasks.info"  # type: ignore[attr-defined]
    assert len(transport.requests) == tries
