"""Every mistake in the arguments of an app, once each.

The schema judges the values. Names at the top are judged here, since one mistake there would break several of its rules: a misspelt
name is a name too much, an option that is missing, and perhaps no target.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, cast

from .argument_schema import Form, arguments_schema
from .errors import ArgumentError, ArgumentProblem
from .masking import shown
from .shapes import is_list, is_object
from .targets import Kind

Json = Any
Path = tuple[str | int, ...]

_WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "an object",
    "string": "text",
}


def find_problems(form: Form, given: Mapping[str, Any]) -> list[ArgumentProblem]:
    """Give every mistake; none when the arguments can be right."""
    arguments = plain(given)
    try:
        problems = [*_Names(form, arguments).problems(), *_value_problems(form, arguments)]
        return [*problems, *_unwritable((), arguments, {problem.pointer for problem in problems})]
    except RecursionError:
        raise _too_deep() from None


def plain(value: Any) -> Any:
    """Give a value whose objects are dicts and whose lists are lists, as JSON will have them; nothing of it is shared."""
    try:
        return _plain(value)
    except RecursionError:
        raise _too_deep() from None


def _too_deep() -> ArgumentError:
    return ArgumentError(argument="arguments", problem="are nested too deeply")


def _plain(value: Any) -> Any:
    if is_object(value):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if is_list(value) else value


class _Names:
    """The names at the top: which are no options, and what they stand for."""

    def __init__(self, form: Form, arguments: Mapping[str, Any]) -> None:
        self.form = form
        self.arguments = arguments
        self.targets = [key for key in form.places if key in arguments]
        self.missing = [name for name in form.options if name not in arguments]
        self.unknown = [name for name in arguments if name not in form.options and name not in form.places]

    def problems(self) -> Iterator[ArgumentProblem]:
        misspelt = {name: near for name in self.unknown if (near := _nearest(name, self.missing))}
        for name, near in misspelt.items():
            yield self._unknown(name, near)
        rest = [name for name in self.unknown if name not in misspelt]
        if self.form.is_open and not self.targets:
            yield from self._place_among(rest)
            return
        for name in rest:
            yield self._unknown(name, _nearest(name, [*self.form.places, *self.form.options]))
        yield from self._target(rest)

    def _place_among(self, rest: list[str]) -> Iterator[ArgumentProblem]:
        """Judge the names that are left when one of them may be the target's, whose name is not known."""
        places = [name for name in rest if self._may_be_place(name)]
        for name in rest:
            if name not in places:
                yield self._unknown(name, _nearest(name, self.form.options))
        if len(places) > 1:
            names = tuple(str(name) for name in places)
            yield ArgumentProblem(
                pointer="",
                problem=f"at most one of {', '.join(names)} can be the target's, the others are not known",
                given=names,
                allowed=self._names(),
            )
        elif not rest and self.form.needs_target:
            yield self._no_target()

    def _target(self, rest: list[str]) -> Iterator[ArgumentProblem]:
        valid = [key for key in self.targets if _fits(self.form.keys[key], self.arguments[key])]
        if len(valid) > 1:
            yield ArgumentProblem(
                pointer="",
                problem=f"{', '.join(valid)} are given, and an app is started from one target",
                given=tuple(valid),
                allowed=self.form.places,
            )
        # A name that is not known may be the target's, misspelt: that is reported already.
        elif self.form.needs_target and not self.targets and not any(map(self._may_be_place, rest)):
            yield self._no_target()

    def _may_be_place(self, name: str) -> bool:
        return _fits(self.form.open_kind or "id or path", self.arguments[name])

    def _no_target(self) -> ArgumentProblem:
        hint = f"Give it to get_arguments: {', '.join(self.form.targets)}"
        return ArgumentProblem(pointer="", problem="no target is given", allowed=self.form.places, hint=hint)

    def _unknown(self, name: str, near: str | None) -> ArgumentProblem:
        return _unknown((name,), self.arguments[name], self._names(), near)

    def _names(self) -> tuple[str, ...]:
        return (*self.form.options, *self.form.places)


def _value_problems(form: Form, arguments: Json) -> Iterator[ArgumentProblem]:
    schema = arguments_schema(form)
    seen: set[Path] = set()
    for error in _validator()(schema).iter_errors(arguments):
        path = tuple(error.absolute_path)
        # What breaks two rules of its place, such as 0.5 for an id, is one mistake.
        if path and path[0] in schema["properties"] and path not in seen:
            seen.add(path)
            yield from (
                _unknown_below(path, error) if error.validator == "additionalProperties" else [_wrong(path, error)]
            )


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator, validators  # takes longer to import than all the rest

    types: Any = Draft202012Validator.TYPE_CHECKER
    checker = types.redefine("number", _is_json_number)
    return cast("Any", validators).extend(Draft202012Validator, type_checker=checker)


def _is_json_number(_: object, value: Json) -> bool:
    """JSON has no NaN, no infinity and no fractions; Python counts them among its numbers."""
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _unwritable(path: Path, value: Json, reported: Collection[str]) -> Iterator[ArgumentProblem]:
    """Give what no request can hold, in places where the app's defaults allow anything."""
    if is_object(value) or is_list(value):
        for name, item in value.items() if is_object(value) else enumerate(value):
            inner = (*path, name)
            if _pointer(inner) not in reported:
                is_named = is_list(value) or _is_text(name)
                yield from _unwritable(inner, item, reported) if is_named else [_no_json(inner, name)]
    elif not (value is None or isinstance(value, bool) or _is_text(value) or _is_json_number(None, value)):
        yield _no_json(path, value)


def _is_text(value: Json) -> bool:
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_json(path: Path, value: Json) -> ArgumentProblem:
    return ArgumentProblem(
        pointer=_pointer(path), problem=f"is {shown(value, path[-1])}, which JSON cannot express", given=value
    )


def _unknown_below(path: Path, error: Any) -> Iterator[ArgumentProblem]:
    known = tuple(error.schema["properties"])
    missing = [name for name in known if name not in error.instance]
    for name, value in error.instance.items():
        if name not in known:
            yield _unknown((*path, name), value, known, _nearest(name, missing) or _nearest(name, known))


def _unknown(path: Path, value: Json, known: tuple[str, ...], near: str | None) -> ArgumentProblem:
    return ArgumentProblem(
        pointer=_pointer(path),
        problem="is no name that the app knows",
        given=value,
        allowed=known,
        hint=f"Did you mean {near}?" if near else "",
    )


def _wrong(path: Path, error: Any) -> ArgumentProblem:
    return ArgumentProblem(
        pointer=_pointer(path),
        problem=f"is {shown(error.instance, path[-1])}",
        given=error.instance,
        allowed=tuple(_in_words(error.schema)),
    )


def _in_words(schema: Json) -> Iterator[str]:
    types = schema["type"]
    for name in types if is_list(types) else [types]:
        minimum = f" from {schema['minimum']}" if name == "integer" and "minimum" in schema else ""
        yield f"{_WORDS[name]}{minimum}{' that is not empty' if name == 'string' and 'minLength' in schema else ''}"


def _fits(kind: Kind, value: Json) -> bool:
    if isinstance(value, str):
        return kind != "id" and bool(value)
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return kind != "path" and is_whole and not isinstance(value, bool) and value >= 1


def _nearest(name: object, names: Collection[str]) -> str | None:
    return next(iter(get_close_matches(str(name), [str(each) for each in names], n=1)), None)


def _pointer(path: Path) -> str:
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
