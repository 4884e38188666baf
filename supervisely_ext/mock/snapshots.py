"""What a platform holds, as JSON, and back. A seed has the same form; what it leaves out is as on a new instance."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, TypeVar

from attrs import Attribute, fields

from .clock import timestamp
from .configs import convert_config
from .instance import Instance
from .lifecycle import Life, Lifecycle, Moment, course, from_the_queue
from .state import Agent, App, Module, Task, Team, User, Workspace
from .tasklog import TaskLog

E = TypeVar("E")
Item = Mapping[str, Any]
Json = dict[str, Any]


def fill(instance: Instance, document: Item, given: Item, now: float) -> None:
    """Put what a document holds into an empty instance; `given` stands above what it says of the instance itself."""
    own = {**document.get("instance", {}), **given}
    instance.version = own.get("version", instance.version)
    instance.tokens = own.get("tokens", ())
    instance.unfit = own.get("unfit", instance.unfit)
    instance.lifecycle = own.get("lifecycle")
    instance.teams.update((item["id"], _read(Team, item)) for item in document["teams"])
    instance.workspaces.update((item["id"], _read(Workspace, item)) for item in document["workspaces"])
    instance.users.update((item["id"], _read(User, item)) for item in document["users"])
    instance.agents.update((item["id"], _agent_of(item, now)) for item in document.get("agents", ()))
    for kind in ("projects", "versions", "files", "models"):
        getattr(instance, kind).update((item["id"], deepcopy(dict(item))) for item in document.get(kind, ()))
    instance.contents.update((key, b64decode(text)) for key, text in document.get("contents", {}).items())
    instance.commands.update(deepcopy(dict(document.get("commands", {}))))
    for item in document.get("modules", ()):
        _fill_module(instance, item, now)
    for item in document.get("apps", ()):
        instance.apps[item["id"]] = _app_of(instance, item, now)
    for item in document.get("tasks", ()):
        instance.schedule.enrol(_task_of(instance, item, now))
    for item in document.get("workflow", ()):
        edge: Json = {"meta": {}, **deepcopy(dict(item))}
        instance.workflow.setdefault(edge.pop("teamId"), []).append(edge)
    instance.next_app_id = max(own.get("nextAppId", 578), *(app_id + 1 for app_id in (0, *instance.apps)))
    instance.next_task_id = max(own.get("nextTaskId", 21012), *(task_id + 1 for task_id in (0, *instance.known_tasks)))


def last_moment(document: Item) -> float:
    """Give the latest time of which a document knows, 0 for none: nothing in it may have begun later than now."""
    lives = [task["life"] for task in document.get("tasks", ()) if "life" in task]
    moments: list[float] = [document.get("instance", {}).get("time", 0.0)]
    moments += [moment["at"] for life in lives for moment in life["history"]]
    moments += [life[name] for life in lives for name in ("enteredAt", "lookedAt") if name in life]
    moments += [agent.get("goneAt") or 0.0 for agent in document.get("agents", ())]
    return max(moments)


def shown(instance: Instance, time: float | None) -> Json:
    """Give what an instance holds; commands that are answered by a function are left out, for that is code."""
    return {
        "instance": {
            "version": instance.version,
            "tokens": instance.tokens.shown(),
            "unfit": instance.unfit,
            **({} if instance.lifecycle is None else {"lifecycle": _steps(instance.lifecycle)}),
            **({} if time is None else {"time": time}),
            "nextTaskId": instance.next_task_id,
            "nextAppId": instance.next_app_id,
        },
        "teams": [_shown(team) for team in instance.teams.values()],
        "workspaces": [_shown(workspace) for workspace in instance.workspaces.values()],
        "users": [_shown(user) for user in instance.users.values()],
        "agents": [_shown(agent) for agent in instance.agents.values()],
        "modules": [_module(instance, module) for module in instance.modules.values()],
        "projects": deepcopy([*instance.projects.values()]),
        "versions": deepcopy([*instance.versions.values()]),
        "files": deepcopy([*instance.files.values()]),
        "models": deepcopy([*instance.models.values()]),
        "apps": [_app(app) for app in instance.apps.values()],
        "tasks": [_task(task) for task in instance.known_tasks.values()],
        "contents": _texts(instance.contents),
        "workflow": [{"teamId": team, **deepcopy(edge)} for team, edges in instance.workflow.items() for edge in edges],
        "commands": {name: deepcopy(answer) for name, answer in instance.commands.items() if not callable(answer)},
    }


def _fields_of(kind: type[Any]) -> dict[str, "Attribute[Any]"]:
    """Give a class's fields by their names on the wire."""
    return {re.sub(r"_(\w)", lambda found: found[1].upper(), field.name): field for field in fields(kind)}


def _read(kind: type[E], item: Item) -> E:
    return kind(**{field.name: item[name] for name, field in _fields_of(kind).items() if name in item})


def _shown(entity: Any) -> Json:
    fields_of = _fields_of(entity.__class__)
    values = {name: (getattr(entity, field.name), field.default) for name, field in fields_of.items()}
    return {name: value for name, (value, default) in values.items() if value != default}


def _texts(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {name: b64encode(content).decode() for name, content in contents.items()}


def _steps(steps: Lifecycle) -> list[Json]:
    return [_shown(step) for step in steps]


def _agent_of(item: Item, now: float) -> Agent:
    agent = _read(Agent, item)
    if not agent.online and agent.gone_at is None:
        agent.gone_at = now
    return agent


def module_of(item: Item, now: float) -> Module:
    """Read a module from its app's own config, or from what the server makes of it."""
    config = convert_config(item["config"])
    files = {name: b64decode(text) for name, text in item.get("files", {}).items()}
    return Module(
        id=item["id"],
        slug=item["slug"],
        config=config,
        releases=tuple(deepcopy(item.get("releases", [{"version": "v1.0.0"}]))),
        created_at=item.get("createdAt", timestamp(now)),
        files={"config.json": json.dumps(item["config"]).encode(), **files},
    )


def _fill_module(instance: Instance, item: Item, now: float) -> None:
    module = instance.modules[item["id"]] = module_of(item, now)
    if "lifecycle" in item:
        instance.lifecycles[module.id] = course(item["lifecycle"])
    if "scripts" in item:
        instance.scripts[module.id] = [course(script) for script in item["scripts"]]


def _module(instance: Instance, module: Module) -> Json:
    usual = instance.lifecycles.get(module.id)
    return {
        "id": module.id,
        "slug": module.slug,
        "config": deepcopy(module.config),
        "releases": deepcopy([dict(release) for release in module.releases]),
        "createdAt": module.created_at,
        "files": _texts(module.files),
        **({} if usual is None else {"lifecycle": _steps(usual)}),
        "scripts": [_steps(script) for script in instance.scripts.get(module.id, ())],
    }


def _app_of(instance: Instance, item: Item, now: float) -> App:
    creator = instance.users[item["createdBy"]] if "createdBy" in item else instance.caller
    created_at = item.get("createdAt", timestamp(now))
    return App(item["id"], instance.modules[item["moduleId"]], item["teamId"], creator, created_at)


def _app(app: App) -> Json:
    return {
        "id": app.id,
        "moduleId": app.module.id,
        "teamId": app.team_id,
        "createdBy": app.created_by.id,
        "createdAt": app.created_at,
    }


def _task_of(instance: Instance, item: Item, now: float) -> Task:
    app = instance.apps[item["appId"]]
    life = _life_of(item["life"]) if "life" in item else _new_life(instance, app.module, item, now)
    plain = deepcopy(
        {name: item[name] for name in ("meta", "data", "files", "placed", "shared", "users") if name in item}
    )
    return Task(
        id=item["id"],
        app=app,
        workspace=instance.workspaces[item["workspaceId"]],
        user=instance.users[item["userId"]] if "userId" in item else instance.caller,
        agent=instance.agents.get(item.get("agentId") or 0),
        version=item.get("version") or app.module.release("") or "",
        request=deepcopy(item.get("request", {})),
        life=life,
        log=TaskLog(item["id"], life, deepcopy(item.get("log"))),
        **plain,
    )


def _task(task: Task) -> Json:
    return {
        "id": task.id,
        "appId": task.app.id,
        "workspaceId": task.workspace.id,
        "userId": task.user.id,
        "agentId": task.agent and task.agent.id,
        "version": task.version,
        "request": deepcopy(task.request),
        "life": _life(task.life),
        "placed": task.placed,
        "meta": deepcopy(task.meta),
        "data": deepcopy(task.data),
        "files": dict(task.files),
        "log": deepcopy(task.log.lines()),
        "shared": task.shared,
        "users": [*task.users],
    }


def _new_life(instance: Instance, module: Module, item: Item, now: float) -> Life:
    steps = course(item["lifecycle"]) if "lifecycle" in item else instance.usual_course(module)
    return Life(from_the_queue(steps), now)


def _life_of(item: Item) -> Life:
    history = [_read(Moment, moment) for moment in item["history"]]
    return Life(course(item["steps"]), item["enteredAt"], item.get("looks", 0), item.get("lookedAt"), history)


def _life(life: Life) -> Json:
    return {
        "steps": _steps(life.steps),
        "enteredAt": life.entered_at,
        **({"looks": life.looks} if life.looks else {}),
        **({} if life.looked_at is None else {"lookedAt": life.looked_at}),
        "history": [_shown(moment) for moment in life.history],
    }
