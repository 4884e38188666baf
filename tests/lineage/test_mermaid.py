"""The Mermaid text; that Mermaid reads it is tested in a browser."""

from supervisely_ext.lineage_graph import LineageGraph

from .samples import edge, titled


def test_kinds_have_shapes_and_unsent_edges_dots() -> None:
    """Names of nodes are ours, so that no title can be a word of the language."""
    edges = [
        edge(5, "input", "project", 1, meta=titled("end")),
        edge(5, "output", "folder", "/a", state="off"),
        edge(5, "output", "app_session", 5),
        edge(5, "input", "job", 2),
    ]
    assert LineageGraph.from_edges(edges, {5: "started"}).to_mermaid() == (
        "flowchart LR\n"
        '  n0["end<br/>Task 5<br/>started"]\n'
        '  n1(["App session 5"])\n'
        '  n2("Folder #47;#8203;a")\n'
        '  n3{{"Job 2"}}\n'
        '  n4[("Project 1")]\n'
        "  n0 --> n1\n"
        "  n0 -.-> n2\n"
        "  n3 --> n0\n"
        "  n4 --> n0\n"
    )


def test_long_labels_are_cut() -> None:
    """A flowchart with a page of text in each node would not be one."""
    text = LineageGraph.from_edges([edge(5, "input", "project", 1, meta=titled("word " * 100))]).to_mermaid()
    assert max(map(len, text.splitlines())) < 120


def test_several_servers_are_named() -> None:
    """Their ids may be the same."""
    two = [edge(5, "input", "project", 1, server=server) for server in ("https://one.invalid", "two.invalid")]
    text = LineageGraph.from_edges(two).to_mermaid()
    assert text.count("Task 5<br/>one#46;#8203;invalid") == text.count("Project 1<br/>two#46;#8203;invalid") == 1
