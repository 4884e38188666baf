"""The generated models keep everything that an answer or a request holds."""

from typing import Any

import pytest
import supervisely_client.models as models
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.contract.forms import forms
from supervisely_ext.contract.python_names import class_name
from supervisely_ext.contract.spec import Schema, bundled
from supervisely_ext.contract.strategies import node_of, valid

from .effort import effort

CONTRACT = bundled()
INLINE = {
    "ModuleConfig": ("Module", "config"),
    "TaskMetaApp": ("TaskMeta", "app"),
    "TasksRunAppRequestRedirectRequests": ("TasksRunAppRequest", "redirectRequests"),
}
"""Models of schemas that stand inside others: whose, under which name."""


def schema_of(model: str) -> Schema:
    if model in INLINE:
        owner, name = INLINE[model]
        return Schema(CONTRACT.document, CONTRACT.document["components"]["schemas"][owner]["properties"][name])
    names = {class_name(name): name for name in CONTRACT.document["components"]["schemas"]}
    return CONTRACT.schema(names[model])


FORMS = {"EcosystemReleaseRequest", "TasksFilesBulkUploadRequest"}
"""Multipart bodies: their files are no JSON, and are written once."""
MODELS = sorted({name for name in models.__all__ if hasattr(getattr(models, name), "from_dict")} - FORMS)
OPEN = [
    name
    for name in MODELS
    if any(form.type == "object" and not form.closed for form in forms(node_of(schema_of(name))))
]
"""Models of answers: they may have properties that the spec does not know yet."""


def test_the_models_left_out_are_forms() -> None:
    """All of them, and no others."""
    forms = [each for each in CONTRACT.operations.values() if each.request_type == "multipart/form-data"]
    assert {class_name(f"{operation.name}.request") for operation in forms} == FORMS


@pytest.mark.parametrize("name", MODELS)
def test_models_lose_nothing(name: str) -> None:
    """What is read and written again is what was there, unknown properties and values of open enums included."""
    model = getattr(models, name)

    @effort(10)
    @given(valid(schema_of(name)).filter(lambda value: isinstance(value, dict)))
    def check(value: Any) -> None:
        assert model.from_dict(value).to_dict() == value

    check()


@pytest.mark.parametrize("name", OPEN)
def test_what_a_later_server_adds_is_kept(name: str) -> None:
    """Under whatever name, with whatever value."""
    model = getattr(models, name)
    schema = schema_of(name)
    later = st.dictionaries(st.text(min_size=1, max_size=9).map("later {}".format), st.integers() | st.lists(st.none()), min_size=1, max_size=2)  # fmt: skip

    @effort(5)
    @given(valid(schema).filter(lambda value: isinstance(value, dict)), later)
    def check(value: Any, more: Any) -> None:
        assert schema.accepts({**value, **more})
        assert model.from_dict({**value, **more}).to_dict() == {**value, **more}

    check()


@pytest.mark.parametrize("status", ["new", "", "Started", "später"])
def test_a_status_of_a_later_server_is_kept(status: str) -> None:
    """As text: an answer's enum is open."""
    task = {"id": 7, "type": "app", "status": status}
    assert models.Task.from_dict(task).to_dict() == task
