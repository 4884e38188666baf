"""Joining the split spec into one document."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codegen.tools import ROOT, bundle, bundled, run_as_script, write_files

OPERATION = {"get": {"operationId": "a", "responses": {"200": {"description": "Fine."}}}}


def root_with(paths: Any, **more: Any) -> Any:
    return {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths, **more}


def root_needing(*references: str) -> Any:
    """Give a root document whose one path item leads to these."""
    content = {str(index): {"$ref": reference} for index, reference in enumerate(references)}
    return root_with({"/a": {"get": {"content": content}}})


def schemas(**entries: Any) -> Any:
    return {"components": {"schemas": entries}}


def test_a_ref_to_a_path_item_is_written_out(tmp_path: Path) -> None:
    """Because the generator ignores path items given by reference."""
    root = root_with({"/a.b": {"$ref": "tasks.yaml#/paths/~1a.b"}})
    document = bundled(write_files(tmp_path, root=root, tasks={"paths": {"/a.b": OPERATION}}))
    assert document == {**root_with({"/a.b": OPERATION}), "components": {}}


def test_components_of_other_files_come_into_the_root_in_order_of_name(tmp_path: Path) -> None:
    """With them comes what they refer to, over any number of files; what nothing refers to stays away."""
    root = write_files(
        tmp_path,
        root=root_needing("one.yaml#/components/schemas/Z"),
        one=schemas(Z={"items": {"$ref": "two.yaml#/components/schemas/B"}}, Unused={"type": "string"}),
        two=schemas(B={"anyOf": [{"$ref": "#/components/schemas/A"}]}, A={"type": "integer"}),
    )
    document = bundled(root)
    assert document["paths"]["/a"]["get"]["content"]["0"] == {"$ref": "#/components/schemas/Z"}
    assert list(document["components"]["schemas"].items()) == [
        ("A", {"type": "integer"}),
        ("B", {"anyOf": [{"$ref": "#/components/schemas/A"}]}),
        ("Z", {"items": {"$ref": "#/components/schemas/B"}}),
    ]


def test_kinds_of_components_are_kept_apart(tmp_path: Path) -> None:
    """A response and a schema of one name do not clash, even from two files."""
    root = write_files(
        tmp_path,
        root=root_needing("one.yaml#/components/schemas/X", "two.yaml#/components/responses/X"),
        one=schemas(X={"type": "string"}),
        two={"components": {"responses": {"X": {"description": "Refused."}}}},
    )
    expected = {"responses": {"X": {"description": "Refused."}}, "schemas": {"X": {"type": "string"}}}
    assert list(bundled(root)["components"].items()) == list(expected.items())


def test_components_of_the_root_are_kept_though_nothing_refers_to_them(tmp_path: Path) -> None:
    """Security schemes are named, not referred to."""
    components = {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "x"}}}
    document = bundled(write_files(tmp_path, root=root_with({}, components=components)))
    assert document["components"] == components


def test_recursion_ends(tmp_path: Path) -> None:
    """A schema may refer to itself, directly or by way of another file."""
    root = write_files(
        tmp_path,
        root=root_needing("one.yaml#/components/schemas/A"),
        one=schemas(A={"anyOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "two.yaml#/components/schemas/B"}]}),
        two=schemas(B={"items": {"$ref": "one.yaml#/components/schemas/A"}}),
    )
    assert bundled(root)["components"]["schemas"] == {
        "A": {"anyOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]},
        "B": {"items": {"$ref": "#/components/schemas/A"}},
    }


def test_files_are_found_from_the_file_that_names_them(tmp_path: Path) -> None:
    """And one file under two spellings of its path is one file."""
    (tmp_path / "sub").mkdir()
    write_files(tmp_path / "sub", one=schemas(A={"items": {"$ref": "../two.yaml#/components/schemas/B"}}))
    root = write_files(
        tmp_path,
        root=root_needing("sub/one.yaml#/components/schemas/A", "sub/../two.yaml#/components/schemas/B"),
        two=schemas(B={"type": "string"}),
    )
    assert bundled(root)["components"]["schemas"].keys() == {"A", "B"}


def test_a_ref_without_a_pointer_takes_the_whole_file(tmp_path: Path) -> None:
    """Written out where it stands, as every ref but one to a component."""
    root = write_files(tmp_path, root=root_with({"/a": {"$ref": "item.yaml"}}), item=OPERATION)
    assert bundled(root)["paths"] == {"/a": OPERATION}


@settings(deadline=None)
@given(st.text("~/01a", min_size=1))
def test_a_pointer_is_read_with_its_escapes(key: str) -> None:
    """`~1` is a slash, `~0` a tilde, whatever stands around them."""
    pointer = key.replace("~", "~0").replace("/", "~1")
    with tempfile.TemporaryDirectory() as name:
        root = root_with({"/a": {"$ref": f"one.yaml#/paths/{pointer}"}})
        assert bundled(write_files(Path(name), root=root, one={"paths": {key: OPERATION}}))["paths"]["/a"] == OPERATION


@pytest.mark.parametrize(
    ("references", "said"),
    [
        (["one.yaml#/components/schemas/A", "two.yaml#/components/schemas/A"], ["A", "one.yaml", "two.yaml"]),
        (["one.yaml#/components/schemas/Missing"], ["one.yaml", "#/components/schemas/Missing"]),
        (["#/components/schemas/Missing"], ["root.yaml", "#/components/schemas/Missing"]),
        (["one.yaml#/paths/~1a/get"], ["one.yaml", "#/paths//a/get"]),
        (["one.yaml#/components/schemas/A/type/string"], ["one.yaml", "#/components/schemas/A/type/string"]),
        (["three.yaml#/components/schemas/A"], ["three.yaml", "No such file"]),
    ],
    ids=["name clash", "component", "component of the root", "path", "beyond a leaf", "file"],
)
def test_what_cannot_be_joined_is_refused_with_the_files(
    tmp_path: Path, references: list[str], said: list[str]
) -> None:
    """A clash of names over two files, a pointer or a file that does not exist."""
    one = two = schemas(A={"type": "string"})
    with pytest.raises(bundle.BundleError) as caught:
        bundled(write_files(tmp_path, root=root_needing(*references), one=one, two=two))
    assert [word for word in said if word not in str(caught.value)] == []


def test_the_script_writes_bundle_and_view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As JSON, with the text of the spec in its own letters."""
    root = root_with({"/a": {"get": {"responses": {"200": {"description": "Größe"}, "default": {}}}}})
    outputs = tmp_path / "bundle.json", tmp_path / "view.json"
    assert run_as_script(monkeypatch, "bundle", write_files(tmp_path, root=root), *outputs) is None
    document, view = (json.loads(path.read_text("utf-8")) for path in outputs)
    assert "Größe" in outputs[0].read_text("utf-8")
    assert document == {**root, "components": {}}
    assert view == bundle.generator_view(document)


def test_the_script_ends_with_the_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, no traceback."""
    root = write_files(tmp_path, root=root_needing("#/nothing"))
    message = run_as_script(monkeypatch, "bundle", root, tmp_path / "bundle.json", tmp_path / "view.json")
    assert message == "bundle: root.yaml has no #/nothing"
    assert not (tmp_path / "bundle.json").exists()


def rebundled(document: Any) -> Any:
    with tempfile.TemporaryDirectory() as name:
        return bundled(write_files(Path(name), root=yaml.safe_dump(document, sort_keys=False, allow_unicode=True)))


def test_bundling_our_bundle_changes_nothing() -> None:
    """Written as one file, it gives the same text again."""
    document = bundled(ROOT / "spec/openapi.yaml")
    assert json.dumps(rebundled(document)) == json.dumps(document)


FILES = ("root", "one", "two")


@st.composite
def split_specs(draw: st.DrawFn) -> dict[str, Any]:
    """Schemas spread over three files that refer to each other at will."""
    homes = {f"S{index}": draw(st.sampled_from(FILES)) for index in range(draw(st.integers(1, 6)))}
    some = st.lists(st.sampled_from(sorted(homes)), max_size=3)

    def content(home: str) -> Any:
        names = draw(some)
        files = [homes[name] for name in names]
        references = [
            f"{'' if file == home else file + '.yaml'}#/components/schemas/{name}"
            for file, name in zip(files, names, strict=True)
        ]
        return {"anyOf": [{"$ref": reference} for reference in references]}

    documents: dict[str, Any] = {
        home: {"paths": {f"/{home}": content(home)}, "components": {"schemas": {}}} for home in FILES
    }
    for name, home in homes.items():
        documents[home]["components"]["schemas"][name] = content(home)
    for file in FILES[1:]:
        documents["root"]["paths"][f"/{file}"] = {"$ref": f"{file}.yaml#/paths/~1{file}"}
    return documents


def references_in(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(references_in, node))
    if isinstance(node, dict):
        return {node["$ref"]} if "$ref" in node else references_in(list(node.values()))
    return set()


@settings(max_examples=60, deadline=None)
@given(split_specs())
def test_a_bundle_is_whole_and_bundling_it_again_changes_nothing(documents: dict[str, Any]) -> None:
    """Every ref is local and leads to a component; nothing is there but what the root has or reaches."""
    with tempfile.TemporaryDirectory() as name:
        document = bundled(write_files(Path(name), **documents))
    found = document["components"].get("schemas", {})
    reached = {reference.removeprefix("#/components/schemas/") for reference in references_in(document)}
    assert reached <= found.keys() <= reached | documents["root"]["components"]["schemas"].keys()
    assert json.dumps(rebundled(document)) == json.dumps(document)
