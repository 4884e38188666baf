"""From an app's options and a context-menu target to the arguments that it is started with. Pure.

An app that is started from a menu of the platform (a project's, a folder's, …) expects that place in its arguments,
under a key that depends on the kind of place.
"""

import operator
import os
from collections.abc import Mapping
from difflib import get_close_matches
from numbers import Real
from typing import Any

from attrs import evolve

from .argument_problems import find_problems, plain
from .argument_schema import Form
from .checks import as_mapping, as_text
from .errors import ArgumentError, InvalidArguments, TooManyTargets, UnknownTargetError
from .masking import shown
from .shapes import is_list, is_object, is_path
from .targets import NO_TARGET, TargetValue, as_place, target_of


def build_arguments(
    form: Form,
    given: Mapping[str, TargetValue | None],
    options: Mapping[str, Any] | None = None,
    key: str | None = None,
) -> dict[str, Any]:
    """Give the app's options, those given in place of their defaults, with the target filled in; the result shares nothing."""
    place = _place(form, given, key)
    chosen = _as_json(plain(as_mapping("options", options)))
    _check_options(form, chosen, place)
    return {**_merged(plain(form.options), chosen), **place}


def check_arguments(form: Form, arguments: object) -> None:
    """Raise `InvalidArguments` unless the arguments can be right."""
    problems = find_problems(form, as_mapping("arguments", arguments))
    if problems:
        raise InvalidArguments(
            argument="arguments",
            problem=f"{form.app} cannot be started with them",
            problems=tuple(problems),
        )


def _check_options(form: Form, chosen: Mapping[str, Any], place: Mapping[str, Any]) -> None:
    twice = [name for name in chosen if name in place]
    if twice:
        raise ArgumentError(argument="options", problem=f"{twice[0]} is given by the target already")
    problems = find_problems(evolve(form, targets=()), chosen)
    if problems:
        targets = [name for name in form.targets if target_of(name).key in chosen]
        raise InvalidArguments(
            argument="options",
            problem=f"{form.app} does not take them",
            hint=f"A target is no option: get_arguments({targets[0]}=…)" if targets else "",
            problems=tuple(problems),
        )


def _merged(defaults: Mapping[str, Any], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Put what is chosen in place of the defaults, inside of objects too."""
    merged = dict(defaults)
    for name, value in chosen.items():
        default = defaults.get(name)
        merged[name] = _merged(default, value) if is_object(default) and is_object(value) else value
    return merged


def _as_json(value: Any) -> Any:
    """Turn what is as good as a number or a text into one."""
    if is_object(value):
        return {name: _as_json(item) for name, item in value.items()}
    if is_list(value):
        return [_as_json(item) for item in value]
    if is_path(value):
        return os.fspath(value)
    return value if isinstance(value, bool) else _as_number(value)


def _as_number(value: Any) -> Any:
    try:
        return operator.index(value)
    except TypeError:
        return _as_float(value) if isinstance(value, Real) else value


def _as_float(value: Real) -> Any:
    try:
        return float(value)
    except OverflowError:
        return value


def _place(form: Form, given: Mapping[str, TargetValue | None], key: str | None) -> dict[str, Any]:
    if len(given) > 1:
        raise TooManyTargets(
            argument=", ".join(given), problem=f"{form.app} is started from one target", allowed=form.targets
        )
    for name, value in given.items():
        _check_known(form, name)
        return _no_place(name, value, key) if name == NO_TARGET else _filled(form, name, value, key)
    if form.targets and NO_TARGET not in form.targets:
        raise ArgumentError(argument="target", problem=f"{form.app} is started from a target", allowed=form.targets)
    return _no_place(NO_TARGET, None, key)


def _check_known(form: Form, name: str) -> None:
    if name in form.targets:
        return
    near = get_close_matches(name, form.targets, n=1)
    raise UnknownTargetError(
        argument=name,
        problem=f"{form.app} is not started from this target",
        allowed=form.targets,
        hint=f"Did you mean {near[0]}?" if near else "",
    )


def _no_place(name: str, value: object, key: str | None) -> dict[str, Any]:
    if value is not None and value is not True:
        raise ArgumentError(
            argument=name, problem=f"is {shown(value)}, and it is no place", hint="Write True or leave it out"
        )
    if key is not None:
        raise ArgumentError(argument="key", problem=f"is {key!r}, and no target is given that could fill it")
    return {}


def _filled(form: Form, name: str, value: Any, key: str | None) -> dict[str, Any]:
    target = target_of(name)
    if target.key is not None and key not in (None, target.key):
        raise ArgumentError(argument="key", problem=f"is {key!r}, and {name} fills {target.key}", hint="Leave it out")
    filled = target.key or key
    if filled is None:
        raise UnknownTargetError(
            argument=name,
            problem=f"it is not known which argument of {form.app} this target fills",
            hint=f"Name it: get_arguments({name}=…, key='…'), as the app reads it",
        )
    if target.key is None and as_text("key", filled) in form.options:
        raise ArgumentError(argument="key", problem=f"is {key!r}, and that is an option of {form.app}")
    return {filled: as_place(name, value, target.kind if target.key else form.keys.get(filled, target.kind))}
