"""What the layer must know of an operation besides its request and its answer; written from the spec."""

from collections.abc import Callable
from typing import Any, Generic, Literal, ParamSpec, TypeVar

from attrs import frozen

P = ParamSpec("P")
T = TypeVar("T")

RETRY: dict[str, Literal["safe", "never"]] = {
    "tasks.list": "safe",
    "tasks.info": "safe",
    "tasks.run.app": "never",
    "tasks.run.plugin": "never",
    "tasks.run.deploy": "never",
    "tasks.run.python": "never",
    "tasks.stop": "safe",
    "tasks.resume": "never",
    "tasks.status.update": "safe",
    "tasks.meta.update": "safe",
    "tasks.logs.add": "never",
    "tasks.log.download": "safe",
    "tasks.files.bulk.add-by-hash": "safe",
    "tasks.files.bulk.upload": "safe",
    "tasks.data.set": "safe",
    "tasks.data.get": "safe",
    "tasks.app-v2.data.set": "never",
    "tasks.output.set": "safe",
    "tasks.request.direct": "never",
    "tasks.sharing.set": "safe",
    "tasks.users.add": "safe",
    "tasks.users.remove": "safe",
    "GetTaskContext": "safe",
    "apps.list": "safe",
    "apps.info": "safe",
    "apps.tasks.list": "safe",
    "ecosystem.list": "safe",
    "ecosystem.info": "safe",
    "ecosystem.file.download": "safe",
    "ecosystem.release": "never",
    "ecosystem.add": "never",
    "ecosystem.item.update": "safe",
    "ecosystem.change-owner": "never",
    "ecosystem.check-for-updates": "safe",
    "ecosystem.models.list": "safe",
    "ecosystem.models.add": "never",
    "ecosystem.models.update": "safe",
    "workflow.node.add-input": "safe",
    "workflow.node.add-output": "safe",
    "instance.version": "safe",
    "instance.get-render-previews-session-token": "safe",
    "images.internal.hashes.list": "safe",
    "file-storage.info": "safe",
    "file-storage.list": "safe",
    "projects.info": "safe",
    "projects.editInfo": "safe",
    "projects.versions.list": "safe",
    "workspaces.info": "safe",
    "users.me": "safe",
}
"""Whether an operation may be sent twice (`x-retry`), by its name."""

MIN_INSTANCE_VERSION: dict[str, str] = {"workflow.node.add-input": "6.9.31", "workflow.node.add-output": "6.9.31"}
"""The first version of the instance that has an operation (`x-min-instance-version`); what is not here all have."""

MIN_INSTANCE_VERSION_OF_TYPE: dict[str, dict[str, str]] = {
    "workflow.node.add-input": {"job": "6.11.11"},
    "workflow.node.add-output": {"job": "6.11.11"},
}
"""The same of values that an operation's `type` has gained since (`x-min-instance-version-of-type`)."""


@frozen
class Operation(Generic[P, T]):
    """The two halves of an operation that do no I/O."""

    name: str
    build: Callable[P, dict[str, Any]]
    """Give the request as keyword arguments of `httpx.Request`, its URL relative to the API's."""
    parse: Callable[[Any], T]
    """Turn the decoded answer into models; raises what a wrong shape provokes."""
    answer: Literal["json", "text", "bytes", "unspecified"] = "json"
    """What `parse` takes; of an unspecified answer nothing is known and nothing is to be read."""

    @property
    def retry(self) -> Literal["safe", "never"]:
        """Tell whether the operation may be sent twice."""
        return RETRY[self.name]
