"""Where a drawing puts nodes and arcs."""

import timeit
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext.lineage_layers import arrange, groups
from supervisely_ext.lineage_layout import MARGIN, NODE_HEIGHT, NODE_WIDTH, ROW_GAP, lay_out

Pairs = list[tuple[int, int]]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Pairs]:
    nodes = draw(st.integers(1, 14))
    ends = st.integers(0, nodes - 1)
    return nodes, sorted(draw(st.sets(st.tuples(ends, ends), max_size=30)))


@given(graphs())
def test_nodes_never_overlap_and_lie_inside(graph: tuple[int, Pairs]) -> None:
    """In columns, with a gap between two of one column."""
    nodes, arcs = graph
    layout = lay_out(nodes, arcs)
    columns: dict[float, list[float]] = {}
    for x, y in layout.places:
        assert MARGIN <= x <= layout.width - NODE_WIDTH - MARGIN
        assert MARGIN - 0.1 <= y <= layout.height - NODE_HEIGHT - MARGIN + 0.1
        columns.setdefault(x, []).append(y)
    for tops in columns.values():
        ordered = sorted(tops)
        assert all(low - high >= NODE_HEIGHT + ROW_GAP - 0.2 for high, low in pairwise(ordered))


@given(graphs())
def test_every_arc_joins_its_nodes(graph: tuple[int, Pairs]) -> None:
    """From a side of its source to a side of its target, at half height; a loop stays at its node."""
    nodes, arcs = graph
    layout = lay_out(nodes, arcs)
    assert sorted(layout.routes) == arcs
    for (source, target), route in layout.routes.items():
        for node, (x, y) in ((source, route[0]), (target, route[-1])):
            left, top = layout.places[node]
            assert x in (left, left + NODE_WIDTH)
            assert top < y < top + NODE_HEIGHT


@given(graphs())
def test_without_a_cycle_all_arcs_go_to_the_right(graph: tuple[int, Pairs]) -> None:
    """Each at least one layer."""
    nodes, arcs = graph
    forward = [(one, other) for one, other in arcs if one < other]
    layout = lay_out(nodes, forward)
    assert all(layout.places[one][0] < layout.places[other][0] for one, other in forward)


@given(graphs())
def test_layers_hold_each_node_once(graph: tuple[int, Pairs]) -> None:
    """And the chain of an arc passes one vertex in each layer on its way."""
    nodes, arcs = graph
    layers = arrange(nodes, arcs)
    order = [vertex for row in layers.order for vertex in row]
    assert len(order) == len(set(order))
    assert set(range(nodes)) <= set(order)
    level = {vertex: index for index, row in enumerate(layers.order) for vertex in row}
    for (source, target), chain in layers.chains.items():
        assert (chain[0], chain[-1]) == (source, target)
        assert {abs(level[one] - level[other]) for one, other in pairwise(chain)} == {1}


def test_two_ladders_that_cross_are_untangled() -> None:
    """The order in which arcs came does not decide."""
    layers = arrange(6, [(0, 5), (1, 4), (2, 3)])
    first, second = layers.order
    assert [{0: 5, 1: 4, 2: 3}[vertex] for vertex in first] == list(second)


def test_crossings_that_cannot_be_avoided_are_accepted() -> None:
    """Each of three reads each of three: the search gives up, and all are drawn."""
    arcs = [(one, other) for one in range(3) for other in range(3, 6)]
    assert len(lay_out(6, arcs).routes) == 9


def test_a_source_lies_beside_what_needs_it() -> None:
    """Not at the left edge of all."""
    places = lay_out(4, [(0, 1), (1, 2), (3, 2)]).places
    assert places[3][0] == places[1][0]


def test_a_straight_chain_is_straight() -> None:
    """And long ones need no recursion."""
    layout = lay_out(3000, [(number, number + 1) for number in range(2999)])
    assert {y for _, y in layout.places} == {float(MARGIN)}


def test_parts_lie_below_each_other_the_largest_first() -> None:
    """With no node beside one of another part."""
    places = lay_out(5, [(0, 1), (2, 3), (3, 4)]).places
    assert max(places[node][1] for node in (2, 3, 4)) + NODE_HEIGHT < min(places[node][1] for node in (0, 1))


def test_nothing_is_a_drawing_too() -> None:
    """Of margins only."""
    assert lay_out(0, []).height == 2 * MARGIN


def _without_end(nodes: int, arcs: int) -> Pairs:
    chance = Random(1)
    return sorted({(chance.randrange(nodes), chance.randrange(nodes)) for _ in range(arcs)})


def _cost(nodes: int, arcs: Pairs) -> float:
    return min(timeit.repeat(lambda: lay_out(nodes, arcs), number=1, repeat=2))


@pytest.mark.alone
def test_a_tangle_of_thousands_is_drawn_in_time() -> None:
    """Its arcs cross hundreds of layers: the longest pass straight, and all are there."""
    small, tangle = _without_end(60, 180), _without_end(1000, 3000)
    assert _cost(1000, tangle) < 100 * _cost(60, small)
    layers = arrange(1000, tangle)
    assert sum(map(len, layers.order)) <= 1000 + 8000
    assert sorted(lay_out(1000, tangle).routes) == tangle
    spans = {len(chain) > 2 for chain in layers.chains.values()}
    assert spans == {True, False}


def test_each_part_has_its_own_arcs() -> None:
    """Loops too; and none looks at those of the others."""
    assert groups(5, [(0, 2), (1, 1), (2, 4)]) == [([0, 2, 4], [(0, 2), (2, 4)]), ([1], [(1, 1)]), ([3], [])]
