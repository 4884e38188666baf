"""The bundled spec: which operations there are, and whether a body follows it.

jsonschema-rs (extra `mock`) says yes or no in microseconds; jsonschema finds the words when the answer is no, and is the only
judge where the extra is missing.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from attrs import frozen

Json = Any


@frozen
class Violation:
    """One broken rule: where in the body, which keyword, in words."""

    path: tuple[str | int, ...]
    keyword: str
    message: str
    missing: str | None = None
    """The name that is missing, for `required`."""

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer."""
        return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in self.path)


@frozen(eq=False)
class Schema:
    """One schema of a document, ready to judge."""

    document: Json
    pointer: str

    @cached_property
    def _accepts(self) -> Callable[[Json], bool]:
        try:
            from jsonschema_rs import Draft202012Validator
        except ImportError:
            return lambda value: next(self.violations(value), None) is None
        return Draft202012Validator(self._rooted).is_valid

    @cached_property
    def _rooted(self) -> Json:
        # The document's other keys are no keywords, so that local references resolve as they stand.
        return {**self.document, "$ref": self.pointer}

    @cached_property
    def _wordy(self) -> Any:
        from jsonschema import Draft202012Validator

        return Draft202012Validator(self._rooted)

    def accepts(self, value: Json) -> bool:
        """Tell whether the value follows the schema."""
        return self._accepts(value)

    def violations(self, value: Json) -> Iterator[Violation]:
        """Give every broken rule, one for each mistake."""
        errors = list(self._wordy.iter_errors(value))
        # A part that breaks a rule of its own counts as unevaluated as well: the same mistake again.
        own = [error for error in errors if error.validator != "unevaluatedProperties"]
        for error in own or errors:
            path = tuple(error.absolute_path)
            if error.validator == "required":
                yield Violation((*path, _missing(error)), "required", error.message, _missing(error))
            else:
                yield Violation(path, str(error.validator), error.message)


def _missing(error: Any) -> str:
    # jsonschema reports each missing name by itself and names it only in its message.
    names: list[str] = error.validator_value
    return next(name for name in names if error.message.startswith(f"{name!r} is"))


@frozen(eq=False)
class OperationSpec:
    """What the spec says of one operation."""

    name: str
    verb: str
    definition: Json
    request: Schema
    answer: Schema
    refusal: Schema

    @property
    def needs_token(self) -> bool:
        """Tell whether the operation is for known callers only."""
        return bool(self.definition.get("security", True))

    @property
    def filter_fields(self) -> frozenset[str]:
        """The fields that a `filter` may name (`x-filter-fields`)."""
        return frozenset(self.definition.get("x-filter-fields", ()))


class Contract:
    """The operations of a bundled document, by name."""

    def __init__(self, document: Json) -> None:
        self.document = document
        self.operations = {operation.name: operation for operation in self._operations()}

    def _operations(self) -> Iterator[OperationSpec]:
        for path, item in self.document["paths"].items():
            for verb, definition in item.items():
                here = f"#/paths/{path.replace('/', '~1')}/{verb}"
                success = next(code for code in definition["responses"] if code.startswith("2"))
                yield OperationSpec(
                    name=definition["operationId"],
                    verb=verb.upper(),
                    definition=definition,
                    request=self._schema(f"{here}/requestBody/content/application~1json/schema"),
                    answer=self._schema(f"{here}/responses/{success}/content/application~1json/schema"),
                    refusal=self._schema("#/components/schemas/Error"),
                )

    def _schema(self, pointer: str) -> Schema:
        return Schema(self.document, pointer)


@cache
def bundled() -> Contract:
    """Give the contract that the installed client was generated from."""
    return Contract(json.loads(files("supervisely_client").joinpath("openapi.json").read_text("utf-8")))
