"""A seed made of a recording: what answers have shown of apps, tasks, projects and files, with stand-ins for what was redacted.

Tasks keep the status that they were last seen in.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, field

from ..contract.drift import is_of_type
from ..contract.exchanges import answer_node
from ..contract.forms import forms
from ..contract.places import Document, Form, Json, Node
from ..contract.recording import Recorded
from ..contract.redaction import STAND_IN
from ..contract.spec import Contract
from ..contract.survey import ABSENT
from ..shapes import is_list, is_object, part

Item = dict[str, Any]

_KINDS = {
    "App": "apps",
    "EcosystemModel": "models",
    "InstanceVersion": "instance",
    "Module": "modules",
    "Project": "projects",
    "ProjectVersion": "versions",
    "StoredFile": "files",
    "Task": "tasks",
    "TaskContext": "contexts",
}
_PLACES = {f"/components/schemas/{component}": kind for component, kind in _KINDS.items()}
_OWNERS = {"teamId": "teams", "userId": "users", "createdBy": "users", "agentId": "agents", "workspaceId": "workspaces"}
_POINTERS = {
    "teamFileId": "files",
    "previewProjectId": "projects",
    "trainModuleId": "modules",
    "serveModuleId": "modules",
}
"""What may be named without being there: then it is not named."""
_NEEDED = {"projects": "workspaceId", "versions": "projectId", "files": "teamId", "models": "id"}
"""What must be known of each; owners stand before what they own."""
_KIND_OF = {"projectId": "projects"}


def shown(document: Document, exchanges: Iterable[Recorded]) -> Iterator[tuple[str, Item]]:
    """Give (kind, object) of everything that an answer has shown; fields that the spec does not know are left out."""
    operations = Contract(document.json).operations
    for each in exchanges:
        operation = operations.get(each.operation or "")
        if operation is None or each.status is None or each.status >= 300 or each.answer is ABSENT:
            continue
        node = answer_node(document, operation, each.status)
        if node is not None:
            yield from _objects(node, each.answer)


def _objects(node: Node, value: Json) -> Iterator[tuple[str, Item]]:
    for form in (form for form in forms(node) if is_of_type(form, value)):
        if is_list(value) and form.items is not None:
            for item in value:
                yield from _objects(form.items, item)
        elif is_object(value):
            known: Item = _described(node, value)
            yield from ((_PLACES[place], known) for place in form.places if place in _PLACES)
            for name, inner in known.items():
                yield from _objects(form.properties[name], inner)


def _described(node: Node, value: Json) -> Json:
    """Leave out what the spec does not know: of that a recording keeps no more than the types."""
    form = next((form for form in forms(node) if is_of_type(form, value)), Form("any"))
    if is_list(value) and form.items is not None:
        return [_described(form.items, item) for item in value]
    if is_object(value) and form.properties:
        return {name: _described(place, value[name]) for name, place in form.properties.items() if name in value}
    return value


@define
class _Gathered:
    """What is known, by kind and id; a later answer says more."""

    items: dict[str, dict[int, Item]] = field(factory=dict[str, dict[int, Item]])
    left_out: list[str] = field(factory=list[str])

    def add(self, kind: str, item: Item) -> None:
        known = self.items.setdefault(kind, {})
        id = item.get("id", 0)
        known[id] = {**known.get(id, {}), **item}

    def all(self, kind: str) -> list[Item]:
        known = self.items.get(kind, {})
        return [known[id] for id in sorted(known)]

    def knows(self, kind: str, id: int | None) -> bool:
        return id in self.items.get(kind, {})

    def leave_out(self, kind: str, item: Item, why: str) -> None:
        del self.items[kind][item.get("id", 0)]
        self.left_out.append(f"{kind.removesuffix('s')} {item.get('id', 'without an id')}: {why}")


def seed_of(document: Document, exchanges: Iterable[Recorded]) -> tuple[Item, list[str]]:
    """Give the seed, for `Seed.from_json`, and what was left out with the reason."""
    gathered = _Gathered()
    for kind, item in shown(document, exchanges):
        gathered.add(kind, item)
    for context in gathered.all("contexts"):
        gathered.add("teams", context["team"])
        gathered.add("workspaces", {**context["workspace"], "teamId": context["team"]["id"]})
    for task in gathered.all("tasks"):
        _add_app_of(gathered, task)
    for item in [*gathered.all("tasks"), *gathered.all("projects")]:
        _add_workspace_of(gathered, item)
    for kind, needed in _NEEDED.items():
        _leave_out_without(gathered, kind, needed)
    seed = {
        "instance": {name: text for item in gathered.all("instance") for name, text in item.items()},
        "modules": [_module(item) for item in gathered.all("modules")],
        "apps": [*_apps(gathered)],
        "tasks": [*_tasks(gathered)],
        **{kind: [*_whole(gathered, kind)] for kind in _NEEDED},
    }
    return {**_owners(gathered, seed), **seed}, gathered.left_out


def _add_app_of(gathered: _Gathered, task: Item) -> None:
    """Take what a task says of its app and module, where nobody has asked for them."""
    app = part(task, "meta", "app")
    if {"id", "moduleId"} <= app.keys() and "teamId" in task:
        gathered.add("apps", {"id": app["id"], "moduleId": app["moduleId"], "teamId": task["teamId"]})
        if not gathered.knows("modules", app["moduleId"]):
            slug = f"recorded/module-{app['moduleId']}"
            gathered.add("modules", {"id": app["moduleId"], "slug": slug, "name": app.get("name", slug), "config": {}})


def _add_workspace_of(gathered: _Gathered, item: Item) -> None:
    if {"teamId", "workspaceId"} <= item.keys():
        gathered.add("workspaces", {"id": item["workspaceId"], "teamId": item["teamId"]})
        gathered.add("teams", {"id": item["teamId"]})


def _module(item: Item) -> Item:
    config = {**item["config"], "name": item["name"], "type": item.get("type", "app")}
    releases = [*part(item, "meta").get("releases", [])]
    return {
        "id": item["id"],
        "slug": item["slug"],
        "config": config,
        **({"releases": releases} if releases else {}),
    }


def _apps(gathered: _Gathered) -> Iterator[Item]:
    for item in gathered.all("apps"):
        if "teamId" in item and gathered.knows("modules", item.get("moduleId")):
            yield {name: item[name] for name in ("id", "moduleId", "teamId", "createdBy", "createdAt") if name in item}
        else:
            gathered.leave_out("apps", item, "its team or its module was not seen")


def _tasks(gathered: _Gathered) -> Iterator[Item]:
    for item in gathered.all("tasks"):
        app_id = part(item, "meta", "app").get("id")
        if not gathered.knows("apps", app_id) or "workspaceId" not in item:
            gathered.leave_out("tasks", item, "its app, team or workspace was not seen")
            continue
        status = item["status"]
        life = {"steps": [[status]], "enteredAt": 0, "history": [{"status": status, "at": 0}]}
        # Lists name agent and user in another way (spec/README.md).
        owners = {
            "userId": item.get("userId", item.get("createdBy")),
            "agentId": item.get("agentId", item.get("nodeId")),
        }
        known = {name: id for name, id in owners.items() if id is not None}
        yield {"id": item["id"], "workspaceId": item["workspaceId"], **known, "appId": app_id, "life": life}


def _leave_out_without(gathered: _Gathered, kind: str, needed: str) -> None:
    owner = _KIND_OF.get(needed)
    for item in gathered.all(kind):
        unseen = [name for name in ("id", needed) if name not in item]
        if unseen or (owner and not gathered.knows(owner, item[needed])):
            gathered.leave_out(kind, item, f"its {(unseen or [needed])[0]} was not seen")


def _whole(gathered: _Gathered, kind: str) -> Iterator[Item]:
    """Give what the seed holds as the server shows it; what is not there is not named."""
    for item in gathered.all(kind):
        dangling = {name for name, other in _POINTERS.items() if not gathered.knows(other, item.get(name))}
        if not gathered.knows("versions", part(item, "version").get("id")):
            dangling |= {"version"} if kind == "projects" else set()
        yield _named(kind, {name: value for name, value in item.items() if name not in dangling})


def _named(kind: str, item: Item) -> Item:
    name = f"{kind.removesuffix('s')} {item['id']}"
    stand_ins = {"name": name, "path": f"/{name}"}
    return {**item, **{key: text for key, text in stand_ins.items() if item.get(key) == STAND_IN}}


def _owners(gathered: _Gathered, seed: Item) -> dict[str, list[Item]]:
    """Give the teams, workspaces, users and agents that the rest names; of most nothing but the id is known."""
    for kind in ("tasks", "projects", "apps", "versions", "files"):
        for item in seed[kind]:
            for name, owner in _OWNERS.items():
                if item.get(name) is not None:
                    gathered.add(owner, {"id": item[name]})
    _complete(gathered)
    return {
        "teams": [_owner("team", item) for item in gathered.all("teams")],
        "workspaces": [{**_owner("workspace", item), "teamId": item["teamId"]} for item in gathered.all("workspaces")],
        "users": [{"id": item["id"], "login": f"user {item['id']}"} for item in gathered.all("users")],
        "agents": [_owner("agent", item) for item in gathered.all("agents")],
    }


def _complete(gathered: _Gathered) -> None:
    """Add what every platform has: a team, a workspace whose team is known, and a user."""
    for kind in ("teams", "users"):
        if not gathered.all(kind):
            gathered.add(kind, {"id": 1})
    team = gathered.all("teams")[0]["id"]
    if not gathered.all("workspaces"):
        gathered.add("workspaces", {"id": 1})
    for item in gathered.all("workspaces"):
        item.setdefault("teamId", team)


def _owner(kind: str, item: Item) -> Item:
    return {"id": item["id"], "name": f"{kind} {item['id']}"}
