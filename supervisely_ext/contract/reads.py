"""The operations that only read, and where their ids come from: given, or found in answers that came before.

`x-retry: safe` says less: to stop a task twice is as good as once, but it is no read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice, product

from attrs import field, frozen

from ..shapes import is_list, is_object
from .exchanges import JSON_TYPE, request_node
from .forms import forms
from .kinds import KINDS
from .places import Document, Json
from .spec import OperationSpec
from .survey import ABSENT, Survey

SAMPLES = 3
"""How many things of a kind are looked at."""


@frozen
class Read:
    """How to call an operation. Its required fields whose name is that of a kind, as `teamId`, are not written here."""

    operation: str
    id: str = ""
    """Which kind of thing its `id` names."""
    fixed: Mapping[str, Json] = field(factory=dict[str, Json])
    gives: Mapping[str, str] = field(factory=dict[str, str])
    """Where its answer names things of a kind: `entities/*/id`."""


READS = (
    Read("instance.version"),
    Read("ecosystem.list", fixed={"per_page": 20}, gives={"module": "entities/*/id"}),
    Read("ecosystem.info", "module"),
    Read("ecosystem.models.list"),
    Read("projects.info", "project", gives={"workspace": "workspaceId", "team": "teamId"}),
    Read("tasks.list", gives={"task": "entities/*/id"}),
    Read("workspaces.info", "workspace", gives={"team": "teamId"}),
    Read("users.me"),
    Read("GetTaskContext", "task", gives={"team": "team/id", "workspace": "workspace/id"}),
    Read("tasks.info", "task"),
    Read("tasks.data.get", fixed={"fields": ["data", "state"]}),
    Read("tasks.log.download", "task", fixed={"limit": 100}),
    Read("apps.list", gives={"app": "entities/*/id"}),
    Read("apps.info", "app"),
    Read("apps.tasks.list", gives={"task": "entities/*/id"}),
    Read("file-storage.list", fixed={"path": "/"}, gives={"file": "*/id"}),
    Read("file-storage.info", "file"),
    Read("projects.versions.list"),
)


@frozen
class Reply:
    """What a server answered."""

    status: int
    content_type: str
    body: Json
    """Decoded JSON, or `ABSENT`."""


class TokenRefused(Exception):
    """The server does not know the token."""


class Unreachable(Exception):
    """There was no answer."""

    def __init__(self, operation: str, why: str) -> None:
        super().__init__(f"{operation}: {why}")
        self.why = why


Ask = Callable[[OperationSpec, Json], Reply]
"""Sends a request with these fields. Raises `Unreachable`."""


def survey(document: Document, ask: Ask, known: Mapping[str, Sequence[int]]) -> Survey:
    """Make every read for which there are ids. Raises `TokenRefused`, and `Unreachable` when not even the first is answered."""
    found = Survey(document)
    operations = found.contract.operations
    ids = {kind: list(known.get(kind, ())) for kind in KINDS}
    waiting = [read for read in READS if read.operation in operations]
    # One answer may name what another read has been waiting for.
    while ready := [read for read in waiting if not _missing(found, read, ids)]:
        _make(found, ready[0], ask, ids)
        waiting.remove(ready[0])
    for read in waiting:
        for kind in _missing(found, read, ids):
            found.gap(read.operation, f"no {kind} is known: give --{kind}-id")
    return found


def _missing(found: Survey, read: Read, ids: Mapping[str, Sequence[int]]) -> list[str]:
    kinds = needed(found.document, found.contract.operations[read.operation], read).values()
    return [kind for kind in kinds if not ids[kind]]


def _make(found: Survey, read: Read, ask: Ask, ids: dict[str, list[int]]) -> None:
    operation = found.contract.operations[read.operation]
    needs = needed(found.document, operation, read)
    for values in islice(product(*(ids[kind][:SAMPLES] for kind in needs.values())), SAMPLES):
        body = {**read.fixed, **dict(zip(needs, values, strict=True))}
        try:
            reply = ask(operation, body)
        except Unreachable as error:
            if not (found.judged or found.gaps):
                raise
            found.gap(operation.name, error.why)
            return
        if reply.status == 401:
            raise TokenRefused(f"the server refused the token at {operation.name} (HTTP 401)")
        found.answer(operation, reply.status, reply.content_type, reply.body)
        for kind, path in read.gives.items() if reply.status < 300 and reply.body is not ABSENT else ():
            ids[kind] += [id for id in _at(reply.body, path.split("/")) if id not in ids[kind]]


def needed(document: Document, operation: OperationSpec, read: Read) -> dict[str, str]:
    """Give the fields that must be filled with ids, and the kind of each."""
    own = {"id": read.id} if read.id else {}
    named = {name: name.removesuffix("Id") for name in sorted(_required(document, operation))}
    return {**own, **{name: kind for name, kind in named.items() if kind in KINDS and kind != name}}


def _required(document: Document, operation: OperationSpec) -> Iterable[str]:
    if operation.request_type != JSON_TYPE:
        names: list[str] = operation.request.schema.get("required", [])
        return names
    node = request_node(document, operation)
    return {name for form in forms(node) for name in form.required} if node else ()


def _at(value: Json, steps: Sequence[str]) -> Iterator[int]:
    """Give the ids at a path, `*` being every item."""
    if not steps:
        if isinstance(value, int) and not isinstance(value, bool):
            yield value
    elif steps[0] == "*" and is_list(value):
        for item in value:
            yield from _at(item, steps[1:])
    elif is_object(value):
        yield from _at(value.get(steps[0]), steps[1:])
