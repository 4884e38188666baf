"""Recorded edges as a graph."""

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.errors import ArgumentError
from supervisely_ext.lineage import KINDS, Edge, Ledger
from supervisely_ext.lineage_graph import LineageGraph
from supervisely_ext.lineage_nodes import Node, web_address

from .samples import SERVER, edge, pipeline, titled

OTHER = "https://other.invalid"


def graph(*edges: Edge, **statuses: Any) -> LineageGraph:
    return LineageGraph.from_edges(edges, **statuses)


def whole(graph: LineageGraph) -> Any:
    """Give all that a graph shows, descriptions too."""
    return [attrs.asdict(part) for part in (*graph.nodes, *graph.arcs)]


@st.composite
def edge_lists(draw: st.DrawFn) -> list[Edge]:
    numbers = st.integers(1, 6)
    one = st.builds(
        edge,
        numbers,
        st.sampled_from(["input", "output"]),
        st.sampled_from(sorted(KINDS)),
        st.one_of(numbers, st.sampled_from(["/a", "/a/", "5"])),
        server=st.sampled_from([SERVER, OTHER]),
        state=st.sampled_from(["sent", "off", "too_old", "failed"]),
        team_id=st.sampled_from([None, 447]),
        second=st.integers(0, 3),
        meta=st.sampled_from([{}, titled("x"), titled("y", "customRelationSettings")]),
    )
    return draw(st.lists(one, max_size=12))


@given(edge_lists(), st.randoms())
def test_the_order_of_edges_does_not_matter(edges: list[Edge], random: Any) -> None:
    """Nor how often each comes: ledgers of several processes may share some."""
    shuffled = [*edges, *edges[:3]]
    random.shuffle(shuffled)
    assert whole(LineageGraph.from_edges(shuffled)) == whole(LineageGraph.from_edges(edges))


@given(edge_lists(), st.integers(0, 12))
def test_merged_parts_are_the_whole(edges: list[Edge], at: int) -> None:
    """A graph of two ledgers is the merger of their graphs, whichever comes first."""
    one, other = LineageGraph.from_edges(edges[:at]), LineageGraph.from_edges(Ledger(edges[at:]))
    assert (
        whole(LineageGraph.merge(one, other))
        == whole(LineageGraph.merge(other, one))
        == whole(LineageGraph.from_edges(edges))
    )


@given(edge_lists())
def test_no_edge_is_lost(edges: list[Edge]) -> None:
    """Each is in one arc, and joins what it says."""
    made = LineageGraph.from_edges(edges)
    kept = [kept for arc in made.arcs for kept in arc.edges]
    assert sorted(map(repr, kept)) == sorted({repr(edge) for edge in edges})
    assert {node for arc in made.arcs for node in (arc.source, arc.target)} == set(made.nodes)


@given(edge_lists())
def test_upstream_and_downstream_are_two_sides_of_one(edges: list[Edge]) -> None:
    """Even in cycles, a node is upstream of those that are downstream of it, and never of itself."""
    made = LineageGraph.from_edges(edges)
    for node in made.nodes:
        assert node not in made.upstream(node)
        assert all(node in made.upstream(other) for other in made.downstream(node))
        assert all(node in made.downstream(other) for other in made.upstream(node))


@given(edge_lists(), edge_lists())
def test_a_diff_turns_one_into_the_other(one: list[Edge], other: list[Edge]) -> None:
    """And is nothing between equal graphs."""
    before, after = LineageGraph.from_edges(one), LineageGraph.from_edges(other)
    diff = before.diff(after)
    assert (set(before.nodes) - set(diff.removed_nodes)) | set(diff.added_nodes) == set(after.nodes)
    assert (set(before.arcs) - set(diff.removed_arcs)) | set(diff.added_arcs) == set(after.arcs)
    assert not set(diff.added_arcs) & set(before.arcs)
    assert not before.diff(before)
    assert bool(diff) == (set(before.arcs) != set(after.arcs))


@given(edge_lists())
def test_every_form_of_it_can_be_written(edges: list[Edge]) -> None:
    """As text in UTF-8."""
    made = LineageGraph.from_edges(edges)
    (made.to_html() + made.to_mermaid() + made.to_svg() + json.dumps(made.to_openlineage())).encode()


def test_data_flows_in_by_inputs_and_out_by_outputs() -> None:
    """A task that reads another's result is joined to it, whichever of the two recorded it."""
    made = graph(
        edge(5, "input", "project", 1),
        edge(5, "output", "dataset", 2),
        edge(6, "input", "task", 5),
        edge(5, "output", "task", 6),
    )
    assert [(arc.source.name, arc.target.name) for arc in made.arcs] == [
        ("Task 5", "Task 6"),
        ("Task 5", "Dataset 2"),
        ("Project 1", "Task 5"),
    ]
    assert len(made.arcs[0].edges) == 2
    assert [node.name for node in made.upstream(6)] == ["Task 5", "Project 1"]
    assert [node.name for node in made.downstream(made.node("project", 1))] == ["Task 5", "Task 6", "Dataset 2"]
    assert repr(made) == "<LineageGraph: 2 tasks, 2 data nodes, 3 edges>"


def test_a_weight_is_the_file_it_is() -> None:
    """Made as a weight and read as a file, or the other way: one node, called a weight."""
    for first, second in (("model_weight", "file"), ("file", "model_weight")):
        made = graph(edge(5, "output", first, 9), edge(6, "input", second, 9, second=1))
        assert made.node("file", 9).name == "Model weight 9"
        assert made.node("task", 5) in made.upstream(6)
    assert made.arcs[1].kinds == ("model_weight",)


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_path_means_something_in_its_team(kind: str) -> None:
    """With or without a slash at its end; in another team it is another."""
    made = graph(
        edge(5, "output", kind, "/a/"), edge(6, "input", kind, "/a"), edge(7, "input", kind, "/a", team_id=448)
    )
    assert [node.id for node in made.nodes if not node.is_task] == ["/a", "/a"]
    assert [node.id for node in made.downstream(5)] == [6, "/a"]
    assert made.node(kind, "/a", team_id=448).team_id == 448
    with pytest.raises(ArgumentError, match="2 nodes are"):
        made.node(kind, "/a")


def test_an_id_may_be_text() -> None:
    """As it is when it comes from the environment."""
    assert graph(edge(5, "input", "task", "6"), edge(6, "input", "project", 1)).upstream(5)[0].id == 6


def test_the_root_folder_keeps_its_slash() -> None:
    """Which is all that it has."""
    assert graph(edge(5, "input", "folder", "/")).node("folder", "/").name == "Folder /"


def test_servers_do_not_mix() -> None:
    """The same ids on two servers are different things; a slash at the end of an address is nothing."""
    made = graph(edge(5, "input", "project", 1), edge(5, "input", "project", 1, server=f"{OTHER}/"))
    assert len(made.nodes) == 4
    assert made.node("task", 5, server=f"{OTHER}/").server == OTHER
    assert [node.server for node in made.upstream(made.node("task", 5, server=SERVER))] == [SERVER]
    with pytest.raises(ArgumentError, match="Give server and team_id"):
        made.upstream(5)


def test_what_is_not_there_is_an_error() -> None:
    """That says what is."""
    made = graph(edge(5, "input", "project", 1))
    with pytest.raises(ArgumentError, match=r"0 nodes are project 2; allowed: 1 of https://mock\.invalid"):
        made.node("project", 2)
    with pytest.raises(ArgumentError, match=r"Project 2 of .* is not in this graph"):
        made.upstream(Node(SERVER, "project", 2))


def test_the_last_titles_count() -> None:
    """A task's own settings before those of an edge that leads to it; the platform shows no card for projects and datasets."""
    made = graph(
        edge(5, "input", "project", 1, meta={**titled("first"), **titled("no", "customRelationSettings")}),
        edge(
            5,
            "input",
            "file",
            2,
            meta={**titled("Train &lt;1&gt;"), **titled("best.pt", "customRelationSettings")},
            second=1,
        ),
        edge(6, "output", "task", 5, meta=titled("seen from 6", "customRelationSettings"), second=2),
        edge(6, "output", "task", 7, meta=titled("named by 6", "customRelationSettings"), second=3),
        edge(6, "output", "job", 8, meta={"customRelationSettings": {"title": 5}}, second=4),
    )
    assert [node.label for node in made.nodes] == ["Train <1>", "Task 6", "named by 6", "best.pt", "Job 8", "Project 1"]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("/files/7?a=b", f"{SERVER}/files/7?a=b"),
        ("https://other.invalid/x", "https://other.invalid/x"),
        ("//other.invalid/x", "https://other.invalid/x"),
        ("javascript:alert(1)", None),
        ("javascript://host/%0Aalert(1)", None),
        ("ftp://host/x", None),
        (" JaVaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
        ("https://:80/x", None),
        ("", None),
        (None, None),
    ],
)
def test_links_are_web_addresses(url: Any, address: str | None) -> None:
    """On the task's server unless they say otherwise; anything else is no link."""
    assert web_address(SERVER, url) == address
    node = graph(edge(5, "input", "project", 1, meta=titled("x", mainLink={"url": url, "title": "Go"}))).node("task", 5)
    assert (node.link and (node.link.title, node.link.url)) == (address and ("Go", address))


def test_a_server_that_is_no_web_address_has_no_links() -> None:
    """A ledger may say anything."""
    made = graph(edge(5, "input", "project", 1, server="somewhere"))
    assert web_address("somewhere", "/apps/sessions/5") is None
    assert "Open the task" not in made.to_html()


@pytest.mark.parametrize("key", ["5", ("https://a.example.com",), (5, "https://a.example.com"), None, True])
def test_statuses_of_what_is_no_task(key: Any) -> None:
    """Ids that JSON has made texts would be lost without a word."""
    with pytest.raises(ArgumentError, match=r"statuses: has the key .*, and a key is a task id or \(server, task id\)"):
        graph(edge(5, "input", "project", 1), statuses={key: "finished"})


def test_a_status_that_is_not_known() -> None:
    """It may be None, which is no text."""
    assert graph(edge(5, "input", "project", 1), statuses={5: None}).node("task", 5).status is None


def test_statuses_are_of_tasks() -> None:
    """By id, or by server and id, which several servers need; ids that are not in the graph do no harm."""
    edges = [edge(5, "input", "task", 6), edge(5, "input", "project", 5)]
    made = graph(*edges, statuses={5: "finished", 99: "error"})
    assert [node.status for node in made.nodes] == ["finished", None, None]
    two = [*edges, edge(5, "input", "task", 6, server=OTHER)]
    with pytest.raises(ArgumentError, match="task 5 may be of any of 2 servers"):
        graph(*two, statuses={5: "finished"})
    both = graph(*two, statuses={(SERVER, 5): "finished", (f"{OTHER}/", 5): "error"})
    assert [both.node("task", 5, server=server).status for server in (SERVER, OTHER)] == ["finished", "error"]
    assert (
        LineageGraph.merge(both, graph(*edges, statuses={5: "error"})).node("task", 5, server=SERVER).status == "error"
    )


def test_one_record_that_was_sent_is_enough() -> None:
    """Else the last one says why it was not."""
    lost = edge(5, "input", "project", 1, state="failed", reason="HTTP 503", second=2)
    (arc,) = graph(lost, edge(5, "input", "project", 1, state="off", reason="development", second=1)).arcs
    assert (arc.state, arc.reason) == ("failed", "HTTP 503")
    (arc,) = graph(lost, edge(5, "input", "project", 1)).arcs
    assert (arc.state, arc.reason) == ("sent", "")


def test_a_page_replaces_a_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or not at all; nothing is left beside it."""
    target = tmp_path / "lineage.html"
    graph(*pipeline(1)[0]).save_html(target, title="First & only")
    assert "<title>First &amp; only</title>" in target.read_text("utf-8")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    before = target.read_bytes()
    with pytest.raises(OSError, match="full"):
        graph().save_html(str(target))
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_the_last_title_counts_by_time_and_not_by_its_text() -> None:
    """A time without a fraction is before the same one with it."""
    first = edge(5, "input", "file", 1, at="2026-01-01T00:00:00Z", meta=titled("first"))
    last = edge(5, "input", "file", 2, at="2026-01-01T00:00:00.500Z", meta=titled("last"))
    assert graph(last, first).node("task", 5).title == "last"
