"""The mark that a start leaves in its task, so that it can be found again. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import frozen

from .checks import as_text
from .errors import ApiError, ArgumentError
from .shapes import is_object, part

MARKER = "supervisely_ext"
"""The mark is `params.supervisely_ext.start`, beside `params.state`: an agent hands `state` to the app, and nothing else by name."""
_KEY = "start"
_LONGEST_KEY = 128

Entry: TypeAlias = Mapping[str, Any]
"""A task as the server shows it."""


@frozen(kw_only=True)
class Wanted:
    """The start whose tasks are looked for."""

    key: str
    app_id: int | None
    module_id: int | None
    workspace_id: int
    users_ids: tuple[int, ...]
    """One task each; empty for the caller alone."""
    multi_user_session: bool
    """One task for all of them."""

    def settle(self, tasks: Sequence[Entry], users: Collection[int]) -> list[Entry]:
        """Give the tasks of these users in their order, empty when one is still missing. Raises `SeveralCarry`."""
        of_user = {user_of(task): task for task in tasks}
        if len(tasks) > (1 if self.multi_user_session else len(of_user)):
            raise SeveralCarry
        if self.multi_user_session:
            return list(tasks)
        return [of_user[user] for user in dict.fromkeys(users)] if set(users) <= set(of_user) else []


class SeveralCarry(Exception):
    """More tasks carry a key than one start can have made; somebody ran one of them again from the platform's page, perhaps."""


def new_key(random: Callable[[], float]) -> str:
    """Make a key of 128 random bits."""
    return "".join(f"{int(random() * 2**32):08x}" for _ in range(4))


def as_key(value: object) -> str:
    """Give a key, which must be a short printable text."""
    key = as_text("idempotency_key", value)
    if len(key) > _LONGEST_KEY or not key.isprintable():
        raise ArgumentError(
            argument="idempotency_key",
            problem=f"is {key[:_LONGEST_KEY]!r}, and it is a printable text of at most {_LONGEST_KEY} characters",
        )
    return key


def with_mark(params: Mapping[str, Any], key: str | None) -> dict[str, Any]:
    """Give the params with this mark instead of any other: one that was copied from another task would make two look like one start."""
    unmarked = {name: value for name, value in params.items() if name != MARKER}
    return unmarked if key is None else {**unmarked, MARKER: {_KEY: key}}


def has_params(task: Entry) -> bool:
    """Tell whether the entry of a list shows its `params`."""
    return is_object(part(task, "meta").get("params"))


def carries(task: Entry, key: str) -> bool:
    """Tell whether the task has this key."""
    return part(task, "meta", "params", MARKER).get(_KEY) == key


def user_of(task: Entry) -> Any:
    """Give the id of the task's user; lists call it `createdBy`."""
    return task.get("userId", task.get("createdBy"))


def names_marker(refusal: ApiError) -> bool:
    """Tell whether a refusal says that the mark is the reason."""
    return MARKER in f"{refusal.message}{refusal.details!r}{refusal.excerpt}"
