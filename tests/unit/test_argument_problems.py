"""Every mistake in an app's arguments, once."""

import copy
import math
import pickle
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from supervisely_ext import ArgumentError, InvalidArguments
from supervisely_ext.argument_problems import find_problems
from supervisely_ext.argument_schema import Form, arguments_schema
from supervisely_ext.arguments import build_arguments, check_arguments
from supervisely_ext.targets import TARGETS, target_of

from .forms import built, forms, names, values

Built = tuple[Form, dict[str, Any], str | None]
Path = tuple[str | int, ...]
EXPORT = Form("Export", {"ratio": 0.8, "thickness": 3, "size": {"w": 1}}, ("images_project", "images_dataset"))
IMPORT = Form("Import", {"name": "", "remove": False}, ("files_folder", "agent_folder"))
_KINDS = {dict: "object", list: "array"}
KEYED = sorted(name for name, target in TARGETS.items() if target.key)
WRONG: list[Any] = [None, True, 0, 0.5, -3, "", "text", [], [[]], {}, {"a": 1}]


def pointer(path: Path) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in the arguments but the whole."""
    for name, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, name)
        if isinstance(item, dict | list):
            yield from places(item, (*path, name))


def at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


def schema_at(form: Form, path: Path) -> Any:
    """The part of the schema that judges a place; open where nothing is said."""
    schema: Any = arguments_schema(form)
    for part in path:
        inner = schema.get("properties", {}) if isinstance(part, str) else {}
        schema = inner.get(part, {}) if isinstance(part, str) else schema.get("items", {})
    return schema


def pointers(form: Form, arguments: Any) -> list[str]:
    return [problem.pointer for problem in find_problems(form, arguments)]


@settings(max_examples=1000)
@given(built())
def test_what_is_built_is_valid(case: Built) -> None:
    """Whatever the app, the target and the key."""
    form, arguments, _ = case
    assert find_problems(form, arguments) == []
    assert Draft202012Validator(arguments_schema(form)).is_valid(arguments)


@given(built(), st.data())
def test_a_wrong_type_is_reported_once_at_its_place(case: Built, data: st.DataObject) -> None:
    """At any depth, in lists too."""
    form, arguments, _ = case
    wrongs = [(path, wrong) for path in places(arguments) for wrong in WRONG if _is_wrong(form, path, wrong)]
    assume(wrongs)
    path, wrong = data.draw(st.sampled_from(wrongs))
    at(arguments, path[:-1])[path[-1]] = copy.deepcopy(wrong)
    assert pointers(form, arguments) == [pointer((*path, *_part(form, path, wrong)))]


def _is_wrong(form: Form, path: Path, value: Any) -> bool:
    schema = arguments_schema(form)
    # The name of an app's own target stands for a place, if for anything.
    judge = schema["additionalProperties"] if path[0] not in schema["properties"] else schema_at(form, path)
    return not Draft202012Validator(judge).is_valid(value)


def _part(form: Form, path: Path, wrong: Any) -> Path:
    """An object in the place of an object is wrong in its names, a list in the place of a list in its items."""
    allowed = schema_at(form, path).get("type", ())
    types = [allowed] if isinstance(allowed, str) else allowed
    return {"object": ("a",), "array": (0,)}[_KINDS[type(wrong)]] if _KINDS.get(type(wrong)) in types else ()


@given(built(), st.data(), names)
def test_another_name_is_reported_once_at_its_place(case: Built, data: st.DataObject, name: str) -> None:
    """Wherever names are known: at the top and in objects that are not empty; that the right one is missing is the same mistake."""
    form, arguments, key = case
    closed = [path for path in places(arguments) if isinstance(path[-1], str) and _is_closed(form, path[:-1])]
    assume(closed)
    path = data.draw(st.sampled_from(closed))
    assume(name not in schema_at(form, path[:-1])["properties"] and name not in arguments)
    # An app with a target whose key is not known takes that name from the arguments.
    assume(not (path == (key,) and key not in form.keys))
    parent = at(arguments, path[:-1])
    parent[name] = parent.pop(path[-1])
    reported = pointers(form, arguments)
    if len(path) == 1 and form.is_open and key not in form.keys:
        assert len(reported) == 1 or _may_be_its_target(form, key, parent[name])
    elif path == (key,) and form.is_open:
        assert reported in ([], [pointer((name,))])
    else:
        assert reported == [pointer((*path[:-1], name))]


def _may_be_its_target(form: Form, key: str | None, value: Any) -> bool:
    """Without a target a name too much may be the unknown one's."""
    return key is None and Draft202012Validator(arguments_schema(form)["additionalProperties"]).is_valid(value)


def _is_closed(form: Form, path: Path) -> bool:
    schema = schema_at(form, path)
    return "properties" in schema and (not path or schema.get("additionalProperties") is False)


@given(st.data(), st.lists(st.sampled_from(KEYED), min_size=1, max_size=4, unique=True), st.booleans(), st.booleans())
def test_a_wrong_target_is_reported_once(data: st.DataObject, targets: list[str], ecosystem: bool, open: bool) -> None:
    """One that is missing, one of another app, a second one."""
    more = ["ecosystem"] * ecosystem + ["agent_file"] * open
    form = Form("An app", data.draw(st.dictionaries(names, values, max_size=2)), (*targets, *more))
    key, *others = form.keys
    place = {each: "/a" if kind == "path" else 5 for each, kind in form.keys.items()}
    arguments = build_arguments(form, {targets[0]: place[key]})
    assert pointers(form, dict(form.options)) == ([""] if form.needs_target else [])
    other = data.draw(st.sampled_from(sorted({str(TARGETS[name].key) for name in KEYED} - {*form.keys})))
    assert pointers(form, {**arguments, other: 5}) == [pointer((other,))]
    assert [pointers(form, {**arguments, each: place[each]}) for each in others] == [[""]] * len(others)


@given(forms, st.dictionaries(names | st.sampled_from(["slyProjectId", "slyFolder"]), values, max_size=4))
def test_the_schema_and_the_report_agree(form: Form, arguments: dict[str, Any]) -> None:
    """Where the schema finds a mistake there is a report; where it finds none there is none, but of names that it cannot count."""
    valid = Draft202012Validator(arguments_schema(form)).is_valid(arguments)
    reported = pointers(form, arguments)
    assert len(reported) == len(set(reported))
    if valid and reported:
        assert form.is_open
    if not valid:
        assert reported


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"slyProjectId": 5, "ration": 0.7}, ["/ration: is no name that the app knows; allowed: ratio, thickness, size, slyProjectId, slyDatasetId. Did you mean ratio?"]),
        ({"slyProjectId": 5, "thickness": 3.0}, []),
        ({"slyProjectId": 5, "thickness": 3.5}, ["/thickness: is 3.5; allowed: a whole number"]),
        ({"slyProjectId": 5, "ratio": True}, ["/ratio: is True; allowed: a number"]),
        ({"slyProjectId": 0.5}, ["/slyProjectId: is 0.5; allowed: a whole number from 1"]),
        ({"slyProjectId": 5, "size": {"w": [], "h": 1}}, ["/size/h: is no name that the app knows; allowed: w", "/size/w: is []; allowed: a whole number"]),
        ({"slyProjectID": 5}, ["/slyProjectID: is no name that the app knows; allowed: ratio, thickness, size, slyProjectId, slyDatasetId. Did you mean slyProjectId?"]),
        ({"qqq": 5}, ["/qqq: is no name that the app knows; allowed: ratio, thickness, size, slyProjectId, slyDatasetId"]),
        ({"qqq": []}, ["/qqq: is no name that the app knows; allowed: ratio, thickness, size, slyProjectId, slyDatasetId", "as a whole: no target is given; allowed: slyProjectId, slyDatasetId. Give it to get_arguments: images_project, images_dataset"]),
        ({"slyProjectId": 5, "slyDatasetId": 6}, ["as a whole: slyProjectId, slyDatasetId are given, and an app is started from one target; allowed: slyProjectId, slyDatasetId"]),
    ],
)  # fmt: skip
def test_what_is_said(arguments: dict[str, Any], expected: list[str]) -> None:
    """Place, what is wrong, what is allowed, what was meant."""
    assert sorted(map(str, find_problems(EXPORT, arguments))) == sorted(expected)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"name": "a", "slyFolder": "/a"}, []),
        ({"name": "a", "slyMine": "/a"}, []),
        ({"nam": "a", "slyMine": "/a"}, ["/nam"]),
        ({"name": "a", "slyFolder": ""}, ["/slyFolder"]),
        ({"name": "a", "slyFolder": "/a", "slyMine": "/b"}, ["/slyMine"]),
        ({"name": "a", "slyMine": "/a", "qqq": "b"}, [""]),
        ({"name": "a", "slyMine": "/a", "qqq": None}, ["/qqq"]),
        ({"name": "a"}, [""]),
    ],
)
def test_a_target_whose_name_only_the_app_knows(arguments: dict[str, Any], expected: list[str]) -> None:
    """One name too much may be its, as long as no other target is given."""
    assert pointers(IMPORT, arguments) == expected


@pytest.mark.parametrize("value", [5, 5.0, True, None, ""])
def test_a_target_on_an_agent_is_a_path(value: Any) -> None:
    """Whatever its name: other values are of names that are not known."""
    assert pointers(IMPORT, {"name": "a", "slyMine": value}) == ["/slyMine"]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("default", [0.5, 3])
def test_numbers_that_json_has_not(value: float, default: float) -> None:
    """They cannot be sent."""
    form = Form("App", {"sizes": [default], "one": default})
    assert sorted(pointers(form, {"one": value, "sizes": [default, value]})) == ["/one", "/sizes/1"]
    assert pointers(form, {"one": default, "sizes": []}) == []


OPEN = Form("App", {"any": None, "list": [], "object": {}, "names": {"a": None}, "text": ""})


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"any": math.nan, "list": [1, math.inf]}, ["/any", "/list/1"]),
        ({"any": object(), "object": {"x": {1, 2}}}, ["/any", "/object/x"]),
        ({"any": [{"deep": b"bytes"}], "names": {"a": math.nan}}, ["/any/0/deep", "/names/a"]),
        ({"any": {1: 2}, "object": {None: 3}}, ["/any/1", "/object/None"]),
        ({"any": "\ud800", "text": "half \udfff", "object": {"\ud800": 1}}, ["/any", "/text", "/object/\ud800"]),
        ({"any": [True, None, 10**30, 0.5, "ä", [], {}]}, []),
        ({"text": object(), "names": {"b": object()}, "other": object()}, ["/other", "/text", "/names/b"]),
    ],
)
def test_what_cannot_be_written_as_json(arguments: dict[str, Any], expected: list[str]) -> None:
    """Whatever the default allows: it could not be sent. Each is reported once."""
    assert sorted(pointers(OPEN, arguments)) == sorted(expected)
    with pytest.raises(InvalidArguments) if expected else nullcontext():
        check_arguments(OPEN, arguments)


def test_a_place_that_cannot_be_written_as_json() -> None:
    """A target's path, under its own name or another."""
    assert pointers(IMPORT, {"name": "a", "slyFolder": "/\ud800"}) == ["/slyFolder"]
    assert pointers(IMPORT, {"name": "a", "slyMine": "/\ud800"}) == ["/slyMine"]


def test_defaults_that_are_nested_without_measure() -> None:
    """What a server may send must not end a start that only warns."""
    options: dict[str, Any] = {}
    for _ in range(450):
        options = {"again": options}
    with pytest.raises(ArgumentError, match="nested too deeply"):
        check_arguments(Form("App", options), {"again": 5})


def test_an_option_that_a_target_fills() -> None:
    """Its default is as good as a value of the target; that no target is given cannot be told."""
    form = Form("App", {"slyProjectId": None, "slyFolder": ""}, ("images_project", "files_folder"))
    assert find_problems(form, form.options) == []
    assert find_problems(form, {"slyProjectId": 5}) == []
    assert pointers(form, {"slyFolder": 5}) == ["/slyFolder"]


def test_the_error_has_all_of_them() -> None:
    """One error, each mistake as an object; a session token is not shown, a long value is cut; it pickles."""
    form = Form("Export", {"token": 1, "text": 2, "mode": "a"})
    arguments = {"token": "s3cret", "text": "x" * 500, "Mode": "b"}
    with pytest.raises(InvalidArguments) as caught:
        check_arguments(form, arguments)
    error: InvalidArguments = pickle.loads(pickle.dumps(caught.value))
    assert [problem.pointer for problem in error.problems] == ["/Mode", "/token", "/text"]
    assert [problem.given for problem in error.problems] == ["b", "s3cret", "x" * 500]
    assert "s3cret" not in str(error)
    assert max(map(len, str(error).splitlines())) < 150
    assert str(error).startswith("arguments: Export cannot be started with them:\n  /Mode: is no name")


@pytest.mark.parametrize("arguments", [5, "text", ["a"]])
def test_arguments_that_are_no_dict(arguments: Any) -> None:
    """They are refused by name."""
    with pytest.raises(ArgumentError, match=r"arguments: is .*, and it is a dict"):
        check_arguments(Form("App", {}), arguments)


def test_names_that_are_no_text() -> None:
    """A dict of Python may have them; they are not known."""
    assert pointers(Form("App", {"a": 1}), {5: 1}) == ["/5"]


def test_tuples_are_lists() -> None:
    """As they are sent."""
    assert find_problems(Form("App", {"sizes": [1]}), {"sizes": (2, 3)}) == []


def test_targets_that_fill_the_same_argument() -> None:
    """Projects of five kinds are one argument."""
    assert {target_of(name).key for name in ("images_project", "mesh_project")} == {"slyProjectId"}
    assert find_problems(Form("App", {}, ("images_project", "mesh_project")), {"slyProjectId": 5}) == []
