"""What a hand that edits the spec gets wrong must be refused or kept, not lost without a word."""

from pathlib import Path
from typing import Any

import pytest

from tests.codegen.test_bundle import OPERATION, root_needing, root_with, schemas
from tests.codegen.tools import bundle, bundled, write_files


def test_text_that_is_no_yaml_is_refused_with_its_file(tmp_path: Path) -> None:
    """The spec has six files, so the message must say which."""
    root = write_files(tmp_path, root=root_needing("one.yaml#/components/schemas/A"), one="a: [1\nb: 2")
    with pytest.raises(bundle.BundleError, match=r"one\.yaml"):
        bundled(root)


def test_a_name_that_stands_twice_in_one_file_is_refused(tmp_path: Path) -> None:
    """YAML would take the later one and forget the earlier."""
    one = "components:\n  schemas:\n    A: {type: string}\n    A: {type: integer}\n"
    root = write_files(tmp_path, root=root_needing("one.yaml#/components/schemas/A"), one=one)
    with pytest.raises(bundle.BundleError, match=r"one\.yaml.*A"):
        bundled(root)


def test_refs_beside_a_ref_are_localised_too(tmp_path: Path) -> None:
    """What stands beside `$ref` belongs to the schema in OpenAPI 3.1."""
    item = {"$ref": "#/components/schemas/A", "allOf": [{"$ref": "one.yaml#/components/schemas/B"}]}
    root = root_with({"/a": {"get": {"schema": item}}}, **schemas(A={"type": "object"}))
    document = bundled(write_files(tmp_path, root=root, one=schemas(B={"type": "object"})))
    assert document["paths"]["/a"]["get"]["schema"]["allOf"] == [{"$ref": "#/components/schemas/B"}]
    assert document["components"]["schemas"].keys() == {"A", "B"}


def test_what_stands_beside_a_ref_that_is_written_out_is_kept_or_refused(tmp_path: Path) -> None:
    """A summary beside a path item's `$ref`, for example."""
    root = root_with({"/a": {"$ref": "one.yaml#/paths/~1a", "summary": "Beside."}})
    write_files(tmp_path, root=root, one={"paths": {"/a": OPERATION}})
    try:
        item: Any = bundled(tmp_path / "root.yaml")["paths"]["/a"]
    except bundle.BundleError:
        return
    assert item == {**OPERATION, "summary": "Beside."}
