"""Refusals as the server words them."""

from collections.abc import Iterable
from typing import Any

from attrs import evolve

from ..contract.spec import Schema, Violation


class Refusal(Exception):
    """The request is answered with an error."""

    def __init__(self, status: int, error: str, details: Any = None, headers: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(error)
        self.status = status
        self.headers = headers
        self.body: dict[str, Any] = {"error": error} if details is None else {"error": error, "details": details}


def not_found(what: str) -> Refusal:
    """Refuse because there is no such entity."""
    return Refusal(404, "Not Found", {"message": cut(f"{what} not found")})


def invalid(violations: Iterable[Violation]) -> Refusal:
    """Refuse a request that breaks the rules of its method, with the list that the server's validator gives."""
    return Refusal(400, "Validation error", [_detail(violation) for violation in violations])


MOST_TOLD = 100
"""Of more mistakes in one body only the first are looked for."""
_LONGEST_MESSAGE = 300


def cut(message: str) -> str:
    """Give the message, as far as a refusal quotes anything."""
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"


def told(schema: Schema, value: Any) -> list[Violation]:
    """Give what is wrong, as far as it is told; whole messages quote whole bodies."""
    return [evolve(found, message=cut(found.message)) for found in schema.violations(value, MOST_TOLD)]


def _detail(violation: Violation) -> dict[str, Any]:
    detail: dict[str, Any] = {
        "message": violation.message,
        "path": list(violation.path),
        "type": violation.keyword,
        "context": {"pointer": violation.pointer},
    }
    if violation.missing is not None:
        detail |= {"message": f'"{violation.missing}" is required', "type": "any.required"}
        detail["context"] |= {"key": violation.missing, "label": violation.missing}
    return detail


def wrong(name: str, problem: str) -> Refusal:
    """Refuse a request whose part of that name cannot be followed, though it keeps to the rules of its method.

    A rule that the spec does not have is a rule of the domain, whose details are no list.
    """
    return Refusal(400, "Bad Request", {"message": cut(f'"{name}": {problem}'), "path": [name]})
