"""Types from defaults."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from supervisely_ext.argument_schema import Form, arguments_schema, schema_of

from .forms import forms, values

OPEN: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("samples", "schema"),
    [
        ([True], {"type": "boolean"}),
        ([5], {"type": "integer"}),
        ([0.5], {"type": "number"}),
        (["a"], {"type": "string"}),
        ([None], OPEN),
        ([5, None], OPEN),
        ([5, 0.5], {"type": "number"}),
        ([True, 5], {"type": ["boolean", "integer"]}),
        ([{}], {"type": "object"}),
        ([[]], {"type": "array"}),
        ([[[]]], {"type": "array", "items": {"type": "array"}}),
        ([[None, 1]], {"type": "array", "items": OPEN}),
        ([{"a": 1}, {}], {"type": "object"}),
        (
            [{"a": 1}, {"a": "x", "b": True}],
            {
                "type": "object",
                "properties": {"a": {"type": ["integer", "string"]}, "b": {"type": "boolean"}},
                "additionalProperties": False,
            },
        ),
        (
            [[1, {"a": 0.5}]],
            {
                "type": "array",
                "items": {
                    "type": ["integer", "object"],
                    "properties": {"a": {"type": "number"}},
                    "additionalProperties": False,
                },
            },
        ),
    ],
)
def test_what_defaults_say(samples: list[Any], schema: dict[str, Any]) -> None:
    """Null says nothing, an empty list or object nothing of its content, several say what any of them says."""
    assert schema_of(samples) == schema


@given(st.lists(values, min_size=1, max_size=3))
def test_samples_follow_their_own_schema(samples: list[Any]) -> None:
    """Each of them; and a whole number may be written with a point."""
    validator = Draft202012Validator(schema_of(samples))
    for sample in samples:
        assert validator.is_valid(sample)
        if isinstance(sample, int) and not isinstance(sample, bool) and abs(sample) < 2**53:
            assert validator.is_valid(float(sample))


@given(forms)
def test_every_schema_is_one(form: Form) -> None:
    """Of JSON Schema 2020-12; and the defaults in it are copies."""
    schema = arguments_schema(form)
    Draft202012Validator.check_schema(schema)
    for name, default in form.options.items():
        assert schema["properties"][name]["default"] == default
        if isinstance(default, dict | list):
            assert schema["properties"][name]["default"] is not default


@pytest.mark.parametrize(
    ("targets", "right", "wrong"),
    [
        ((), [{}], [{"slyProjectId": 5}]),
        (("ecosystem",), [{}], [{"slyProjectId": 5}]),
        (("images_project",), [{"slyProjectId": 5}], [{}, {"slyProjectId": 0}, {"slyProjectId": "5"}, {"x": 5}]),
        (("images_project", "ecosystem"), [{}, {"slyProjectId": 5}], [{"slyDatasetId": 5}]),
        (
            ("images_project", "images_dataset"),
            [{"slyProjectId": 5}, {"slyDatasetId": 5}],
            [{}, {"slyProjectId": 5, "slyDatasetId": 5}],
        ),
        (
            ("agent_folder", "files_folder"),
            [{"slyFolder": "/a"}, {"slyMine": "/a"}],
            [{}, {"slyFolder": "/a", "slyMine": "/a"}, {"slyMine": ""}, {"slyMine": 5}],
        ),
        (("agent_folder", "something_new"), [{"slyMine": "/a"}, {"slyMine": 5}], [{}, {"slyMine": 0.5}]),
        (("agent_folder", "ecosystem"), [{}, {"slyMine": "/a"}], [{"slyMine": None}]),
    ],
)
def test_targets_in_a_schema(targets: tuple[str, ...], right: list[Any], wrong: list[Any]) -> None:
    """One of them, or none where the app is started from the ecosystem; an app with a target of unknown name takes any name."""
    validator = Draft202012Validator(arguments_schema(Form("App", {"a": 1}, targets)))
    assert [each for each in right if not validator.is_valid(each)] == []
    assert [each for each in wrong if validator.is_valid(each)] == []
