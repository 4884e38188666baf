"""Where each node and arc of a drawing lies: layers from left to right, in pixels. Pure.

Made here and not in the browser, so that a page needs no library and is the same everywhere.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from .lineage_layers import Layers, Pair, arrange, groups

NODE_WIDTH, NODE_HEIGHT = 212, 56
COLUMN_GAP, ROW_GAP, LANE_HEIGHT, GROUP_GAP, MARGIN = 60, 18, 10, 44, 20
_PASSES = 12
_WEIGHT_OF_LANES = 4.0
"""Long arcs should be straight more than short ones."""

Point = tuple[float, float]


@frozen
class Layout:
    """`places` are the top left corners; `routes` the points of each arc, each pair of which a level curve joins."""

    width: float
    height: float
    places: tuple[Point, ...]
    routes: Mapping[Pair, tuple[Point, ...]]


def lay_out(nodes: int, arcs: Sequence[Pair]) -> Layout:
    """Place nodes that are numbered from 0; connected parts lie one below the other, the largest first."""
    places: list[Point] = [(0.0, 0.0)] * nodes
    routes: dict[Pair, tuple[Point, ...]] = {}
    width, top = 0.0, float(MARGIN)
    for members, inner in sorted(groups(nodes, arcs), key=lambda part: len(part[0]), reverse=True):
        part = _Part.of(members, inner)
        for number, node in enumerate(members):
            places[node] = part.corner(number, top)
        routes |= part.routes(members, top)
        width, top = max(width, part.width), top + part.height + GROUP_GAP
    height = top - GROUP_GAP + MARGIN if nodes else 2 * MARGIN
    return Layout(width + 2 * MARGIN, height, tuple(places), routes)


@frozen
class _Part:
    """A connected part; its vertices are numbered from 0, and their `middles` count from its upper edge."""

    layers: Layers
    level: Mapping[int, int]
    middles: Sequence[float]
    loops: tuple[Pair, ...]
    width: float
    height: float

    @classmethod
    def of(cls, members: Sequence[int], arcs: Sequence[Pair]) -> "_Part":
        number = {node: index for index, node in enumerate(members)}
        inner = [(number[source], number[target]) for source, target in arcs]
        layers = arrange(len(members), inner)
        level = {vertex: index for index, row in enumerate(layers.order) for vertex in row}
        middles, height = _aligned(layers, len(members))
        width = len(layers.order) * (NODE_WIDTH + COLUMN_GAP) - COLUMN_GAP
        return cls(layers, level, middles, tuple(arc for arc in inner if arc[0] == arc[1]), width, height)

    def corner(self, vertex: int, top: float) -> Point:
        left = MARGIN + self.level[vertex] * (NODE_WIDTH + COLUMN_GAP)
        return float(left), round(top + self.middles[vertex] - NODE_HEIGHT / 2, 1)

    def routes(self, members: Sequence[int], top: float) -> dict[Pair, tuple[Point, ...]]:
        chains = {arc: self._route(chain, top) for arc, chain in self.layers.chains.items()}
        chains |= {arc: self._loop(arc[0], top) for arc in self.loops}
        return {(members[source], members[target]): route for (source, target), route in chains.items()}

    def _route(self, chain: Sequence[int], top: float) -> tuple[Point, ...]:
        """Leave the first at the side that faces the last, cross the columns of the lanes, and arrive."""
        points: list[Point] = []
        forward = self.level[chain[0]] < self.level[chain[-1]]
        for vertex in chain:
            left, y = self.corner(vertex, top + NODE_HEIGHT / 2)
            sides = (left, left + NODE_WIDTH)
            points += [(x, y) for x in (sides if forward else sides[::-1])]
        return tuple(points[1:-1])

    def _loop(self, vertex: int, top: float) -> tuple[Point, ...]:
        left, upper = self.corner(vertex, top)
        right = left + NODE_WIDTH
        return (right, upper + NODE_HEIGHT * 0.3), (right, upper + NODE_HEIGHT * 0.7)


def _aligned(layers: Layers, nodes: int) -> tuple[list[float], float]:
    """Give the middle of each vertex, near those of its neighbours, and the height of all."""
    size = {vertex: NODE_HEIGHT if vertex < nodes else LANE_HEIGHT for row in layers.order for vertex in row}
    middles = [0.0] * len(size)
    for row in layers.order:
        _settle(row, size, middles, dict.fromkeys(row, (0.0, 1.0)))
    around = _weighted_neighbours(layers, nodes)
    levels = list(layers.order)
    for turn in range(_PASSES):
        for row in levels if turn % 2 else levels[::-1]:
            _settle(row, size, middles, {vertex: _pull(vertex, around, middles) for vertex in row})
    top = min(middles[vertex] - size[vertex] / 2 for vertex in size)
    height = max(middles[vertex] + size[vertex] / 2 for vertex in size) - top
    return [middle - top for middle in middles], height


def _weighted_neighbours(layers: Layers, nodes: int) -> dict[int, list[tuple[int, float]]]:
    around: dict[int, list[tuple[int, float]]] = {}
    for chain in layers.chains.values():
        for one, other in pairwise(chain):
            weight = _WEIGHT_OF_LANES if one >= nodes and other >= nodes else 1.0
            around.setdefault(one, []).append((other, weight))
            around.setdefault(other, []).append((one, weight))
    return around


def _pull(vertex: int, around: Mapping[int, list[tuple[int, float]]], middles: Sequence[float]) -> tuple[float, float]:
    """Give where the neighbours draw the vertex, and how strongly."""
    pulls = around.get(vertex, [(vertex, 1.0)])
    strength = sum(weight for _, weight in pulls)
    return sum(middles[other] * weight for other, weight in pulls) / strength, strength


def _settle(
    row: Sequence[int], size: Mapping[int, int], middles: list[float], wanted: Mapping[int, tuple[float, float]]
) -> None:
    """Move a layer as near as it can to where it is drawn, in its order and without overlap.

    Isotonic regression by pooling of neighbours that would overlap: the least squares among all such places.
    """
    offset, offsets = 0.0, [0.0]
    for one, other in pairwise(row):
        offset += (size[one] + size[other]) / 2 + ROW_GAP
        offsets.append(offset)
    pools: list[tuple[float, float, int]] = []
    for vertex, away in zip(row, offsets, strict=True):
        place, weight = wanted[vertex]
        pool = (place - away, weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            pool = _pooled(pools.pop(), pool)
        pools.append(pool)
    settled = [place for place, _, count in pools for _ in range(count)]
    for vertex, away, place in zip(row, offsets, settled, strict=True):
        middles[vertex] = place + away


def _pooled(one: tuple[float, float, int], other: tuple[float, float, int]) -> tuple[float, float, int]:
    weight = one[1] + other[1]
    return (one[0] * one[1] + other[0] * other[1]) / weight, weight, one[2] + other[2]
