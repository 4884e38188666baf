"""What an app accepts when it is started, as JSON Schema, from the defaults of its options and from its targets. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import cached_property
from typing import Any

from attrs import frozen

from .shapes import is_list, is_object
from .targets import NO_TARGET, Kind, target_of

Json = Any

_PLACES: Mapping[Kind, Json] = {
    "id": {"type": "integer", "minimum": 1},
    "path": {"type": "string", "minLength": 1},
    "id or path": {"type": ["integer", "string"], "minimum": 1, "minLength": 1},
}
_SAMPLES: Mapping[Kind, Json] = {"id": 1, "path": "/"}


@frozen(slots=False)
class Form:
    """What an app asks for: its options with their defaults, and the targets that its menu names."""

    app: str
    options: Mapping[str, Any]
    targets: tuple[str, ...] = ()

    @cached_property
    def keys(self) -> Mapping[str, Kind]:
        """The arguments that the targets fill, with what each takes."""
        targets = [target_of(name) for name in self.targets if name != NO_TARGET]
        return {target.key: target.kind for target in targets if target.key is not None}

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Those of the keys that are no options too: who gives one of these gives a target."""
        return tuple(key for key in self.keys if key not in self.options)

    @cached_property
    def open_kind(self) -> Kind | None:
        """What the targets take that fill an argument whose name is not known; None when there are none."""
        targets = [target_of(name) for name in self.targets if name != NO_TARGET]
        kinds: set[Kind] = {target.kind for target in targets if target.key is None}
        return kinds.pop() if len(kinds) == 1 else "id or path" if kinds else None

    @property
    def is_open(self) -> bool:
        """Tell whether a target fills an argument whose name is not known."""
        return self.open_kind is not None

    @property
    def needs_target(self) -> bool:
        """Tell whether arguments without a target are surely wrong."""
        return bool(self.targets) and NO_TARGET not in self.targets and len(self.places) == len(self.keys)


def arguments_schema(form: Form) -> dict[str, Json]:
    """Give the schema of the arguments, in JSON Schema 2020-12."""
    options = {name: _option(form, name, default) for name, default in form.options.items()}
    places = {key: dict(_PLACES[form.keys[key]]) for key in form.places}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.app,
        "type": "object",
        "properties": {**options, **places},
        "additionalProperties": dict(_PLACES[form.open_kind]) if form.open_kind else False,
        **_one_target(form),
    }


def _option(form: Form, name: str, default: Json) -> Json:
    samples = [default, _SAMPLES[form.keys[name]]] if name in form.keys else [default]
    return {**schema_of(samples), "default": deepcopy(default)}


def _one_target(form: Form) -> dict[str, Json]:
    alternatives: list[Json] = [{"required": [key]} for key in form.places]
    if form.is_open:
        alternatives.append({"not": {"propertyNames": {"enum": [*form.options, *form.places]}}})
    if not alternatives:
        return {}
    if not form.needs_target:
        alternatives.append({"propertyNames": {"enum": list(form.options)}})
    return {"oneOf": alternatives}


def schema_of(samples: Sequence[Json]) -> dict[str, Json]:
    """Give the schema of values like these; null says nothing, an empty list or object nothing of its content."""
    if not samples or any(sample is None for sample in samples):
        return {}
    types = sorted({_type(sample) for sample in samples})
    if types == ["integer", "number"]:
        types = ["number"]
    return {
        "type": types[0] if len(types) == 1 else types,
        **_object_part([sample for sample in samples if is_object(sample)]),
        **_list_part([sample for sample in samples if is_list(sample)]),
    }


def _type(sample: Json) -> str:
    if isinstance(sample, bool):
        return "boolean"
    names = {int: "integer", float: "number", str: "string"}
    plain = next((name for kind, name in names.items() if isinstance(sample, kind)), None)
    return plain or ("object" if is_object(sample) else "array")


def _object_part(objects: Sequence[Mapping[str, Json]]) -> dict[str, Json]:
    if not objects or not all(objects):
        return {}
    names = _once(name for each in objects for name in each)
    properties = {name: schema_of([each[name] for each in objects if name in each]) for name in names}
    return {"properties": properties, "additionalProperties": False}


def _list_part(lists: Sequence[Sequence[Json]]) -> dict[str, Json]:
    if not lists or not all(lists):
        return {}
    return {"items": schema_of([item for each in lists for item in each])}


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
