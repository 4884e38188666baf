"""Which Python names a change touches."""

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import supervisely_client.models as models
from openapi_python_client.strings import PythonIdentifier

from supervisely_ext import AsyncApi
from supervisely_ext.contract.changes import Change
from supervisely_ext.contract.diff import families
from supervisely_ext.contract.places import escape
from supervisely_ext.contract.python_names import callers, class_name, snake_case, with_names
from supervisely_ext.contract.spec import bundled

SPEC: Any = bundled().document
FAMILIES = families(SPEC)


def test_every_endpoint_module_is_where_its_name_says() -> None:
    """For each operation of the spec."""
    for operation, family in FAMILIES.items():
        importlib.import_module(f"supervisely_client.api.{snake_case(family)}.{snake_case(operation)}")


def test_every_schema_has_the_class_that_its_name_says() -> None:
    """Those that the generator makes a class of."""
    names = {class_name(name) for name in SPEC["components"]["schemas"]}
    made = {name for name in models.__all__ if inspect.isclass(getattr(models, name))}
    assert made <= names | {name for name in made if any(name.startswith(known) for known in names)}
    assert {"Task", "TasksRunAppRequest", "WorkflowMeta"} <= names & made


def test_names_of_properties_are_written_as_the_generator_writes_them() -> None:
    """Every property in the spec."""
    for schema in SPEC["components"]["schemas"].values():
        for name in schema.get("properties", {}):
            assert snake_case(name) == PythonIdentifier(name, "field_")


def test_a_change_names_model_endpoint_and_methods() -> None:
    """From the schema's name, the operation's, and what calls it."""
    change = Change(
        kind="became-required", direction="request", operations=("tasks.run.app",), place="", old=None,
        new="/components/schemas/TasksRunAppRequest/properties/workspaceId",
    )  # fmt: skip
    (named,) = with_names([change], FAMILIES)
    assert named.touches[:2] == (
        "supervisely_client.models.TasksRunAppRequest.workspace_id",
        "supervisely_client.api.tasks.tasks_run_app",
    )
    assert {"api.app.start", "api.task.start"} <= set(named.touches[2:])


def _pointers(node: Any, pointer: str) -> Iterator[str]:
    """Every property of every schema, wherever it stands inside."""
    if isinstance(node, dict):
        yield from (f"{pointer}/properties/{escape(name)}" for name in node.get("properties", {}))
        for key, part in node.items():
            if key not in ("example", "examples"):
                yield from _pointers(part, f"{pointer}/{escape(key)}")
    for index, part in enumerate(node) if isinstance(node, list) else ():
        yield from _pointers(part, f"{pointer}/{index}")


def test_every_model_and_attribute_that_is_named_is_there() -> None:
    """Of each schema and each property, those of schemas inside of schemas too; what the generator makes no class of has no name."""
    for name, schema in SPEC["components"]["schemas"].items():
        place = f"/components/schemas/{name}"
        for pointer in [place, *_pointers(schema, place)]:
            for named in _models_at(pointer):
                model, _, attribute = named.removeprefix("supervisely_client.models.").partition(".")
                made = getattr(models, model)
                assert not attribute or attribute in made.__annotations__, named
                assert attribute or pointer == place
    assert _models_at("/components/schemas/TaskId") == ()


def _models_at(pointer: str, *used: str) -> tuple[str, ...]:
    change = Change(
        kind="opened", direction="answer", operations=(), place="", old=pointer, new=pointer, used=frozenset(used)
    )
    (named,) = with_names([change], FAMILIES)
    return named.touches


def test_a_shared_schema_touches_whatever_refers_to_it() -> None:
    """Its class where there is one, and the attributes."""
    place = "/components/schemas/Task/properties/status"
    assert _models_at("/components/schemas/TaskStatus", place) == (
        "supervisely_client.models.TaskStatus",
        "supervisely_client.models.Task.status",
    )


@pytest.mark.parametrize(
    ("inner", "name"),
    [
        ("/properties/a/items/properties/b", "ThingAItem.b"),
        ("/properties/a/additionalProperties/properties/b", "ThingAAdditionalProperty.b"),
        ("/properties/a/anyOf/1/properties/b", "ThingAType1.b"),
        ("/allOf/1/properties/a/items", "Thing.a"),
        ("/properties/someList/properties/b~1c", "ThingSomeList.b_c"),
    ],
)
def test_schemas_inside_of_schemas_are_classes_of_their_own(inner: str, name: str) -> None:
    """Named as the generator names them."""
    assert _models_at(f"/components/schemas/Thing{inner}") == (f"supervisely_client.models.{name}",)


def test_a_schema_written_in_place_names_no_model() -> None:
    """Nor does an operation that nobody knows name an endpoint."""
    change = Change(kind="opened", direction="answer", operations=("no.such",), place="", old="/paths/x", new=None)
    assert with_names([change], FAMILIES)[0].touches == ()


@pytest.mark.parametrize(
    ("endpoint", "method"),
    [
        ("tasks_stop", "api.task.stop"),
        ("tasks_info", "api.app.wait"),
        ("ecosystem_list", "api.app.get_list_ecosystem_modules"),
        ("instance_version", "api.get_instance_version"),
        ("tasks_files_bulk_upload", "api.task.upload_files"),
        ("tasks_data_set", "api.task.set_field"),
        ("workflow_node_add_output", "api.app.workflow.add_output_project"),
        ("file_storage_list", "api.app.workflow.add_input_file"),
    ],
)
def test_methods_are_found_through_what_they_call(endpoint: str, method: str) -> None:
    """Through private methods, functions of other modules, objects that a constructor was given, and tables."""
    assert method in callers()[endpoint]


@pytest.mark.parametrize(
    ("endpoint", "method"),
    [
        ("tasks_files_bulk_upload", "api.task.wait_all"),
        ("ecosystem_info", "api.task.upload_files"),
        ("projects_versions_list", "api.app.wait_any"),
        ("tasks_stop", "api.task.get_status"),
        ("workflow_node_add_input", "api.app.workflow.enable"),
        ("instance_version", "api.app.workflow.disable"),
    ],
)
def test_methods_that_do_not_come_to_it_are_not_named(endpoint: str, method: str) -> None:
    """A variable that is called as a method is, is not that method."""
    assert method not in callers()[endpoint]


def test_every_name_that_is_given_is_there() -> None:
    """No method is invented."""
    api = AsyncApi("https://mock.invalid", "token-of-nobody")
    for names in callers().values():
        for name in names:
            target: Any = api
            for step in name.split(".")[1:]:
                target = inspect.getattr_static(target, step, None) or getattr(target, step)
            assert target is not None


def test_functions_of_one_name_are_told_apart_by_their_modules() -> None:
    """Making a client asks nothing, though other modules have a `_split` too; waiting uploads nothing, though `servers` has a `wait_all` too."""
    assert "api.from_env" not in {name for names in callers().values() for name in names}
    assert callers()["tasks_files_bulk_upload"] == ("api.task.upload_files",)


def test_every_operation_that_the_layer_names_is_reached_by_a_method() -> None:
    """None of them would change for nobody."""
    layer = (path.read_text("utf-8") for path in (Path(__file__).parents[2] / "supervisely_ext").glob("*.py"))
    named = {name for text in layer for name in re.findall(r"\b([a-z_]+)\.OPERATION\b", text)}
    assert named == set(callers())
