"""The bundled spec: which operations there are, and whether a body follows it.

jsonschema-rs (extra `mock`) says yes or no in microseconds; jsonschema finds the words when the answer is no, and is the only
judge where the extra is missing.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice
from typing import Any

from attrs import frozen

from .security import needs_token

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
    schema: Json
    """Its references are the document's."""

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
        return {**self.document, **self.schema}

    @cached_property
    def _wordy(self) -> Any:
        from jsonschema import Draft202012Validator

        return Draft202012Validator(self._rooted)

    def accepts(self, value: Json) -> bool:
        """Tell whether the value follows the schema."""
        return self._accepts(value)

    def violations(self, value: Json, most: int | None = None) -> Iterator[Violation]:
        """Give every broken rule, one for each mistake; of more than `most` only the first."""
        errors: list[Any] = list(islice(self._wordy.iter_errors(value), most))
        # A part that breaks a rule of its own counts as unevaluated as well: the same mistake again.
        own = [tuple(error.absolute_path) for error in errors if error.validator != "unevaluatedProperties"]
        for error in errors:
            if error.validator == "unevaluatedProperties" and _is_above(tuple(error.absolute_path), own):
                continue
            path = tuple(error.absolute_path)
            if error.validator == "required":
                yield Violation((*path, _missing(error)), "required", error.message, _missing(error))
            else:
                yield Violation(path, str(error.validator), error.message)


def _is_above(place: tuple[str | int, ...], places: list[tuple[str | int, ...]]) -> bool:
    return any(other[: len(place)] == place for other in places)


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
    """Judges the JSON body, or the query of a GET; of a multipart body, what the parts are called and hold."""
    request_type: str
    """The body's media type; empty for a GET."""
    answer: Schema | None
    """None where the spec promises no JSON."""
    answer_type: str
    """The answer's media type; empty where nothing is known of it."""
    refusal: Schema
    needs_token: bool
    """Whether the operation is for known callers only."""

    @property
    def filter_fields(self) -> frozenset[str]:
        """The fields that a `filter` may name (`x-filter-fields`)."""
        return frozenset(self.definition.get("x-filter-fields", ()))


class Contract:
    """The operations of a bundled document, by name."""

    def __init__(self, document: Json) -> None:
        self.document = document
        self.operations = {operation.name: operation for operation in self._operations()}

    def schema(self, name: str) -> Schema:
        """Give a component's schema."""
        return Schema(self.document, {"$ref": f"#/components/schemas/{name}"})

    def _operations(self) -> Iterator[OperationSpec]:
        refusal = self.schema("Error")
        for item in self.document["paths"].values():
            for verb, definition in item.items():
                request_type, request = _request(definition)
                answer = _json_answer(definition)
                yield OperationSpec(
                    name=definition["operationId"],
                    verb=verb.upper(),
                    definition=definition,
                    request=Schema(self.document, request),
                    request_type=request_type,
                    answer=None if answer is None else Schema(self.document, answer),
                    answer_type=next(iter(_success(definition).get("content", {})), ""),
                    refusal=refusal,
                    needs_token=needs_token(self.document, definition),
                )


def _request(definition: Json) -> tuple[str, Json]:
    if "requestBody" in definition:
        ((media_type, content),) = definition["requestBody"]["content"].items()
        return str(media_type), content["schema"]
    parameters = [parameter for parameter in definition.get("parameters", ()) if parameter["in"] == "query"]
    return "", {
        "type": "object",
        "additionalProperties": False,
        "required": [parameter["name"] for parameter in parameters if parameter.get("required")],
        "properties": {parameter["name"]: parameter["schema"] for parameter in parameters},
    }


def _json_answer(definition: Json) -> Json | None:
    return _success(definition).get("content", {}).get("application/json", {}).get("schema")


def _success(definition: Json) -> Json:
    return next(answer for code, answer in definition["responses"].items() if code.startswith("2"))


@cache
def bundled() -> Contract:
    """Give the contract that the installed client was generated from."""
    return Contract(json.loads(files("supervisely_client").joinpath("openapi.json").read_text("utf-8")))
