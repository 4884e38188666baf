"""What a start sends, where it looks when the answer is lost, and what it takes for its own; in both colours."""

import json
import pickle
import random
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import ArgumentError, BadRequest, ConnectionFailed, ServerError, StartUnconfirmed
from supervisely_ext.network import BlockingTransport
from supervisely_ext.start_marks import new_key
from supervisely_ext.start_search import WINDOW, pause_after
from tests.scripted import ScriptedTransport, answer, lost

from .samples import html, page

Connect = Callable[..., tuple[Any, ScriptedTransport]]
KEY = "80000000" * 4
"""The key that the scripted transport's chance makes."""
ARGUMENTS = {"workspace_id": 6, "module_id": 11, "app_version": "v1"}


def entry(task_id: int = 7, *, key: str | None = KEY, app: Any = None, **more: Any) -> dict[str, Any]:
    mark = {} if key is None else {"supervisely_ext": {"start": key}}
    meta = {"app": {"id": 3, "moduleId": 11} if app is None else app, "params": {"state": {}, **mark}}
    return {"id": task_id, "type": "app", "status": "queued", "createdBy": 4, "meta": meta, **more}


def bare(task_id: int = 7, **more: Any) -> dict[str, Any]:
    """An entry that shows nothing of how it was started."""
    return {"id": task_id, "type": "app", "status": "queued", **more}


class Server:
    """Answers by method: a body, a response, an exception, or an iterator of them; starts are lost."""

    def __init__(self, **answers: Any) -> None:
        self.answers: dict[str, Any] = {
            "tasks.run.app": lost(sent=True),
            "workspaces.info": {"id": 6, "teamId": 2},
            "users.me": {"id": 4},
            "apps.list": page({"id": 3}),
            "apps.tasks.list": page(),
            "tasks.list": page(),
        } | {name.replace("_", "."): given for name, given in answers.items()}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        found = self.answers[request.url.path.rpartition("/")[2]]
        found = next(found) if isinstance(found, Iterator) else found
        if callable(found):
            found = found(json.loads(request.content))
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, httpx.Response) else answer(found)


@pytest.fixture
def serve(connect: Connect) -> Connect:
    """Give a function that makes a client of a server that answers by method."""
    return lambda **answers: connect(Server(**answers), repeat=True)


def bodies(transport: ScriptedTransport, method: str) -> list[Any]:
    return [json.loads(r.content) for r in transport.requests if r.url.path.endswith(f"/{method}")]


def test_a_lost_start_is_found_in_the_tasks_of_the_app(serve: Connect) -> None:
    """At once, by its key, and is given as if it had been answered."""
    api, transport = serve(apps_tasks_list=page(entry(9, key="other"), entry(7)))
    session = api.app.start(5, **ARGUMENTS)
    assert tuple(session) == (7, 4, 11, 3, {})
    assert session.idempotency_key == KEY
    assert transport.methods == [
        "tasks.run.app", "workspaces.info", "apps.list", "apps.tasks.list", "tasks.list", "users.me",
    ]  # fmt: skip
    assert all(bodies(transport, method)[0]["withShared"] is True for method in ("apps.list", "apps.tasks.list"))
    assert bodies(transport, "apps.list")[0]["filter"] == [{"field": "moduleId", "operator": "=", "value": 11}]
    assert bodies(transport, "apps.tasks.list")[0].items() >= {"teamId": 2, "appId": 3, "sort_order": "desc"}.items()


def test_a_task_is_found_in_the_workspace_where_its_user_is_not_shown(serve: Connect) -> None:
    """Who started it, `tasks.info` says."""
    listed = {name: value for name, value in entry().items() if name != "createdBy"}
    api, transport = serve(apps_list=page(), tasks_list=page(listed), tasks_info=entry(userId=4))
    assert api.task.start(5, 3, workspace_id=6)["id"] == 7
    assert "tasks.info" in transport.methods


def test_tasks_whose_params_are_not_shown_are_asked_for_one_by_one_and_once(serve: Connect) -> None:
    """One that may not be seen says nothing, and one that is another's is not asked again."""
    infos = {7: entry(7, userId=4), 8: answer({}, 403), 9: bare(9), 10: bare(10)}
    lists = iter([page(bare(8), bare(9), bare(10)), page(bare(7), bare(8), bare(9), bare(10))])
    api, transport = serve(apps_tasks_list=lists, tasks_info=lambda body: infos[body["id"]])
    assert api.app.start(5, **ARGUMENTS).task_id == 7
    assert sorted(body["id"] for body in bodies(transport, "tasks.info")) == [7, 8, 9, 10]
    assert transport.sleeps == [1]


def test_a_task_that_is_listed_and_not_there_yet_is_asked_for_again(serve: Connect) -> None:
    """Lists and tasks may come from two databases, one of which lags."""
    infos = iter([answer({}, 404), entry(7, userId=4)])
    api, transport = serve(apps_tasks_list=page(bare(7)), tasks_info=infos)
    assert api.app.start(5, **ARGUMENTS).task_id == 7
    assert transport.methods.count("tasks.info") == 2


def test_no_more_than_fifty_are_asked_for(serve: Connect) -> None:
    """The newest, of which the app's own come first."""
    api, transport = serve(
        apps_tasks_list=page(*(bare(number) for number in range(200, 160, -1))),
        tasks_list=page(*(bare(number) for number in range(300, 160, -1))),
        tasks_info=lambda body: bare(body["id"]),
    )
    with pytest.raises(StartUnconfirmed) as caught:
        api.app.start(5, **ARGUMENTS)
    assert {body["id"] for body in bodies(transport, "tasks.info")} == {*range(161, 201), *range(291, 301)}
    assert caught.value.tasks_seen == 140


STRANGERS = {
    "another key": entry(key="f" * 32),
    "no key": entry(key=None),
    "a key of another shape": {**entry(), "meta": {"params": {"supervisely_ext": KEY}}},
    "another user": entry(createdBy=5),
    "no user that is known": {**entry(), "createdBy": {}},
}


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_a_task_that_does_not_agree_is_not_taken(serve: Connect, stranger: Any) -> None:
    """Key and user must be those of the start."""
    api, _ = serve(apps_tasks_list=page(stranger))
    with pytest.raises(StartUnconfirmed) as caught:
        api.app.start(5, **ARGUMENTS)
    assert caught.value.found == ()


def test_a_task_of_another_app_is_not_taken(serve: Connect) -> None:
    """The workspace's list shows every app's tasks; one of this app is known by the app's id too."""
    other, same = entry(app={"id": 99, "moduleId": 12}), entry(app={"id": 3})
    for listed, is_taken in ((other, False), (entry(app={}), False), (same, True)):
        api, _ = serve(tasks_list=page(listed))
        if is_taken:
            assert api.app.start(5, **ARGUMENTS).task_id == 7
        else:
            with pytest.raises(StartUnconfirmed):
                api.app.start(5, **ARGUMENTS)


def test_two_tasks_with_the_key_are_none(serve: Connect) -> None:
    """Somebody ran it again from the page, perhaps: nobody knows which is meant, and looking on would not tell."""
    api, transport = serve(apps_tasks_list=page(entry(7), entry(8)))
    with pytest.raises(StartUnconfirmed, match="tasks 7, 8 carry the key") as caught:
        api.app.start(5, **ARGUMENTS)
    assert caught.value.found == (7, 8)
    assert transport.sleeps == []


def test_each_of_several_users_has_a_task(serve: Connect) -> None:
    """The start is found when all are there, in the order of the users, and not before."""
    first, second = entry(8, createdBy=5), entry(7, createdBy=9)
    api, transport = serve(apps_tasks_list=iter([page(first), page(second, first, entry(6, createdBy=4))]))
    sessions = api.app.start_sessions(5, **ARGUMENTS, users_id=[9, 5])
    assert [(session.task_id, session.user_id) for session in sessions] == [(7, 9), (8, 5)]
    assert transport.sleeps == [1]
    assert "users.me" not in transport.methods


def test_one_session_of_several_users_is_one_task(serve: Connect) -> None:
    """With `multi_user_session`, of whichever of them."""
    several = {**ARGUMENTS, "users_id": [9, 5], "multi_user_session": True}
    api, _ = serve(apps_tasks_list=page(entry(8, createdBy=5)))
    assert [session.task_id for session in api.app.start_sessions(5, **several)] == [8]
    api, _ = serve(apps_tasks_list=page(entry(8, createdBy=5), entry(7, createdBy=9)))
    with pytest.raises(StartUnconfirmed):
        api.app.start_sessions(5, **several)


def test_a_start_that_is_only_half_there_says_so(serve: Connect) -> None:
    """What was found is named."""
    api, _ = serve(apps_tasks_list=page(entry(8, createdBy=5)))
    with pytest.raises(StartUnconfirmed, match="task 8 carries the key") as caught:
        api.app.start_sessions(5, **ARGUMENTS, users_id=[9, 5])
    assert (caught.value.found, caught.value.users_ids) == ((8,), (9, 5))


def test_the_app_of_the_team_is_searched_by_its_own_id(serve: Connect) -> None:
    """With `app_id` there is no module to look up."""
    api, transport = serve(apps_tasks_list=page(entry(app={})))
    started = api.task.start(5, 3, workspace_id=6)
    assert started == {"taskId": 7, "id": 7, "userId": 4, "moduleId": None, "appId": 3}
    assert "apps.list" not in transport.methods


@pytest.mark.parametrize(
    "failure",
    [answer({}, 500), answer({}, 401), answer({}, 429), html(), lost(sent=True), lost(sent=False), answer([1]), {}],
)
@pytest.mark.parametrize("method", ["workspaces_info", "users_me", "apps_list", "apps_tasks_list", "tasks_list"])
def test_the_search_goes_on_through_failures(serve: Connect, method: str, failure: Any) -> None:
    """Whatever fails in it; each look sends a request once."""
    good = {
        "apps_list": page({"id": 3}),
        "apps_tasks_list": page(entry()),
        "users_me": {"id": 4},
        "workspaces_info": {"id": 6, "teamId": 2},
    }
    answers = {"apps_tasks_list": page(entry()), method: iter([failure, failure, good.get(method, page())])}
    api, transport = serve(**answers)
    assert api.app.start(5, **ARGUMENTS).task_id == 7
    assert transport.sleeps == [1, 2]
    assert transport.methods.count(method.replace("_", ".")) == 3
    assert transport.methods.count("tasks.run.app") == 1


def test_a_search_that_never_succeeds_says_why(serve: Connect) -> None:
    """After the window, with all that is needed to look again."""
    api, transport = serve(apps_list=answer({"error": "down"}, 502))
    with pytest.raises(StartUnconfirmed) as caught:
        api.app.start(5, **ARGUMENTS, task_name="mine")
    error = caught.value
    assert isinstance(error.__cause__, ConnectionFailed)
    assert (error.team_id, error.workspace_id, error.module_id, error.app_id) == (2, 6, 11, None)
    assert (error.idempotency_key, error.users_ids, error.multi_user_session) == (KEY, (), False)
    assert (error.looks, error.searched, error.tasks_seen, error.found) == (10, WINDOW, 0, ())
    assert error.obstacle == "apps.list failed: down (HTTP 502)"
    assert transport.sleeps == [1, 2, 4, 8, 10, 10, 10, 10, 5]
    assert str(error) == (
        "it is not known whether module 11 was started (tasks.run.app: no answer from https://sly.example.com (connection reset)): "
        f"none of 0 tasks carries the key '{KEY}' (10 looks in 60 s, the last of which failed (apps.list failed: down (HTTP 502))). "
        "Look again with api.app.find_start(error) before you start it again"
    )
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.__dict__) == (str(error), error.__dict__)


def test_an_unconfirmed_start_is_looked_for_again(serve: Connect) -> None:
    """Once, also by another client: the error has what is needed."""
    api, _ = serve()
    with pytest.raises(StartUnconfirmed) as caught:
        api.app.start(5, **ARGUMENTS)
    assert api.app.find_start(caught.value) is None
    later, transport = serve(apps_tasks_list=page(entry()))
    session = later.app.find_start(pickle.loads(pickle.dumps(caught.value)))
    assert (session.task_id, session.idempotency_key) == (7, KEY)
    assert transport.sleeps == []
    twice, _ = serve(apps_tasks_list=page(entry(7), entry(8)))
    with pytest.raises(StartUnconfirmed) as again:
        twice.app.find_start(caught.value)
    assert (again.value.found, again.value.reason) == ((7, 8), caught.value.reason)


def test_without_workspace_or_mark_there_is_no_search(serve: Connect) -> None:
    """The error comes at once, and nothing can be looked for later."""
    for arguments, lacks in (
        ({**ARGUMENTS, "workspace_id": None}, "no workspace_id was given"),
        ({**ARGUMENTS, "reconcile": False}, "its tasks carry no mark"),
    ):
        api, transport = serve()
        with pytest.raises(StartUnconfirmed, match=lacks) as caught:
            api.app.start(5, **arguments)
        assert transport.methods == ["tasks.run.app"]
        with pytest.raises(ArgumentError, match="cannot be found"):
            api.app.find_start(caught.value)


def test_the_mark_stands_beside_the_state(serve: Connect) -> None:
    """One that comes with the params, copied from another task, is replaced; with `reconcile=False` there is none."""
    params = {"state": {"a": 1}, "autostart": True, "supervisely_ext": {"start": "old"}}
    for reconcile, mark in ((True, {"supervisely_ext": {"start": KEY}}), (False, {})):
        api, transport = serve(tasks_run_app=[{"taskId": 7}])
        api.app.start(5, **ARGUMENTS, params=params, reconcile=reconcile)
        assert bodies(transport, "tasks.run.app")[0]["params"] == {"state": {"a": 1}, "autostart": True, **mark}
    assert params["supervisely_ext"] == {"start": "old"}


REFUSED = answer(
    {"error": "Validation error", "details": [{"message": '"params.supervisely_ext" is not allowed'}]}, 400
)


def test_a_server_that_refuses_the_mark_gets_none(serve: Connect) -> None:
    """Once more without, and from then on; that the next one is lost cannot be helped."""
    api, transport = serve(
        tasks_run_app=iter([REFUSED, answer([{"taskId": 7}]), answer([{"taskId": 8}]), answer({}, 502)])
    )
    session = api.app.start(5, **ARGUMENTS)
    assert (session.task_id, session.idempotency_key) == (7, None)
    assert api.task.start(5, 3, workspace_id=6)["id"] == 8
    with pytest.raises(StartUnconfirmed, match="no mark"):
        api.app.start(5, **ARGUMENTS)
    marked = ["supervisely_ext" in body["params"] for body in bodies(transport, "tasks.run.app")]
    assert marked == [True, False, False, False]


def test_a_refusal_for_another_reason_leaves_the_mark(serve: Connect) -> None:
    """A server may repeat the whole request in its refusal."""
    api, transport = serve(tasks_run_app=iter([REFUSED, answer({}, 400), answer([{"taskId": 7}])]))
    with pytest.raises(BadRequest):
        api.app.start(5, **ARGUMENTS)
    api.app.start(5, **ARGUMENTS)
    marked = ["supervisely_ext" in body["params"] for body in bodies(transport, "tasks.run.app")]
    assert marked == [True, False, True]


def test_a_plain_refusal_is_sent_once(serve: Connect) -> None:
    """A 400 that does not speak of the mark is the answer."""
    api, transport = serve(tasks_run_app=answer({"error": "no such agent"}, 400))
    with pytest.raises(BadRequest, match="no such agent"):
        api.app.start(5, **ARGUMENTS)
    assert transport.methods == ["tasks.run.app"]


def test_a_key_of_ones_own_is_searched_for_before_anything_is_sent(serve: Connect) -> None:
    """Two requests more, and two once a client: the team of the workspace, and whose token it is."""
    api, transport = serve(
        tasks_run_app=[{"taskId": 8}],
        apps_tasks_list=iter([page(entry(key="mine", status="error")), page(entry(key="mine")), page()]),
    )
    mine = {**ARGUMENTS, "idempotency_key": "mine"}
    session = api.app.start(5, **mine)
    assert (session.task_id, session.idempotency_key) == (7, "mine")
    assert transport.methods == ["workspaces.info", "apps.list", "apps.tasks.list", "users.me"]
    del transport.requests[:]
    assert api.app.start(5, **mine).task_id == 7
    assert transport.methods == ["apps.list", "apps.tasks.list"]
    del transport.requests[:]
    assert api.app.start(5, **mine).task_id == 8
    assert transport.methods == ["apps.list", "apps.tasks.list", "tasks.run.app"]
    assert bodies(transport, "tasks.run.app")[0]["params"]["supervisely_ext"] == {"start": "mine"}


def test_a_key_is_searched_for_in_the_workspace_where_the_team_has_no_such_app(serve: Connect) -> None:
    """It may be shared, and not be listed."""
    api, _ = serve(apps_list=page(), tasks_list=page(entry(key="mine")))
    assert api.task.start(5, module_id=11, workspace_id=6, idempotency_key="mine")["id"] == 7


def test_a_key_that_several_tasks_carry_starts_nothing(serve: Connect) -> None:
    """Nor does one that only some of its users' tasks carry."""
    for users, tasks in (([4], (entry(7, key="mine"), entry(8, key="mine"))), ([4, 5], (entry(7, key="mine"),))):
        api, transport = serve(apps_tasks_list=page(*tasks))
        with pytest.raises(StartUnconfirmed, match="nothing was sent") as caught:
            api.app.start(5, **ARGUMENTS, users_id=users, idempotency_key="mine")
        assert caught.value.found == tuple(task["id"] for task in tasks)
        assert "tasks.run.app" not in transport.methods


def test_a_search_before_that_fails_starts_nothing(serve: Connect) -> None:
    """Its failure is a clean error, after the usual tries."""
    api, transport = serve(apps_list=answer({}, 503))
    with pytest.raises(ServerError):
        api.app.start(5, **ARGUMENTS, idempotency_key="mine")
    assert transport.methods == ["workspaces.info", *["apps.list"] * 5]


def test_a_server_that_refuses_ones_own_key_has_refused_the_start(serve: Connect) -> None:
    """To start without it would break what the key promises."""
    api, transport = serve(tasks_run_app=REFUSED)
    for _ in range(2):
        with pytest.raises(BadRequest):
            api.app.start(5, **ARGUMENTS, idempotency_key="mine")
    assert transport.methods.count("tasks.run.app") == 2


@pytest.mark.parametrize("key", ["", "x" * 129, "two\nlines", 7, b"mine", "\ud800"])
def test_a_key_is_a_short_printable_text(serve: Connect, key: Any) -> None:
    """Else nothing is sent."""
    api, transport = serve()
    with pytest.raises(ArgumentError, match="idempotency_key"):
        api.app.start(5, **ARGUMENTS, idempotency_key=key)
    assert transport.requests == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [({**ARGUMENTS, "workspace_id": None}, "workspace_id"), ({**ARGUMENTS, "reconcile": False}, "reconcile")],
)
def test_a_key_that_could_not_be_found_again_is_refused(serve: Connect, arguments: Any, named: str) -> None:
    """It would promise what nobody can keep."""
    api, transport = serve()
    with pytest.raises(ArgumentError) as caught:
        api.app.start(5, **arguments, idempotency_key="mine")
    assert caught.value.argument == named
    assert transport.requests == []


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("during", ["tasks_run_app", "tasks_list"])
def test_an_interrupted_start_leaves_at_once(serve: Connect, interrupt: Any, during: str) -> None:
    """Also during the search: nothing more is sent."""

    def stop(body: Any) -> None:
        raise interrupt

    api, transport = serve(**{during: stop})
    with pytest.raises(interrupt):
        api.app.start(5, **ARGUMENTS)
    assert transport.methods[-1] == during.replace("_", ".")
    assert transport.methods.count("tasks.run.app") == 1


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=20, max_size=20), st.floats(0, 50))
def test_looks_become_rarer_and_the_last_is_at_the_end_of_the_window(chances: list[float], slow: float) -> None:
    """At once, then after 1, 2, 4, 8 and 10 seconds, each up to a fifth more or less."""
    searched, pauses = slow, list[float]()
    for looks, chance in enumerate(chances, start=1):
        pause = pause_after(looks, searched, chance)
        if pause is None:
            break
        pauses.append(pause)
        searched += pause
    assert WINDOW - 0.01 <= searched <= WINDOW  # a shorter pause would be none
    assert all(pause <= 1.2 * min(2.0**number, 10) for number, pause in enumerate(pauses))
    assert all(pause >= 0.8 * min(2.0**number, 10) for number, pause in enumerate(pauses[:-1]))


def test_every_start_has_a_key_of_its_own_even_where_chance_is_seeded() -> None:
    """Scripts seed `random` for their experiments: two runs of one must not share a key."""
    keys = set()
    for _ in range(100):
        random.seed(42)
        keys.add(new_key(BlockingTransport().random))
    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}


def test_a_task_of_no_module_is_not_of_every_app(serve: Connect) -> None:
    """A start that names an app has no module either; one that carries the same key is of another app."""
    other = entry(8, app={"id": 99, "moduleId": None})
    api, _ = serve(tasks_list=page(other))
    with pytest.raises(StartUnconfirmed):
        api.app.start(5, app_id=3, workspace_id=6, app_version="v1")
