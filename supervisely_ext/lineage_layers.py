"""Which layer each node of a drawing lies in, and in which order: sources first, few crossings. Pure, over numbers.

A cycle (a task may write into what it read) is drawn with one of its arcs turned round.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from attrs import define, field, frozen

Pair = tuple[int, int]

_FRUITLESS = 6
"""So many sweeps in a row without fewer crossings end the search."""

_MOST_LANES = 8000
"""The time of a drawing grows with the layers that its long arcs cross. The longest beyond so many pass straight, behind the cards."""


@frozen
class Layers:
    """The vertices of each layer in order. Those from `nodes` on stand for no node: long arcs pass through them."""

    order: tuple[tuple[int, ...], ...]
    chains: dict[Pair, tuple[int, ...]]
    """Of each arc the vertices that it passes, from its source to its target; of some arcs of a huge graph no others."""


def arrange(nodes: int, arcs: Sequence[Pair]) -> Layers:
    """Put the nodes into layers and order; an arc from a node to itself has no chain."""
    forward = _without_cycles(nodes, [arc for arc in arcs if arc[0] != arc[1]])
    layer = _layer_of_each(nodes, set(forward.values()))
    mesh = _Mesh(layer)
    winding = _winding(set(forward.values()), layer)
    chains = {arc: mesh.connect(*turned) if turned in winding else turned for arc, turned in forward.items()}
    order = _ordered(mesh)
    return Layers(order, {arc: chain if arc[0] == chain[0] else chain[::-1] for arc, chain in chains.items()})


def _winding(arcs: set[Pair], layer: Sequence[int]) -> set[Pair]:
    """Give the arcs that pass between the cards: the short ones first, while there is room."""
    short_first = sorted(arcs, key=lambda arc: (layer[arc[1]] - layer[arc[0]], arc))
    crossed = accumulate(layer[target] - layer[source] - 1 for source, target in short_first)
    return {arc for arc, lanes in zip(short_first, crossed, strict=True) if lanes <= _MOST_LANES}


def groups(nodes: int, arcs: Sequence[Pair]) -> list[tuple[list[int], list[Pair]]]:
    """Give the nodes and the arcs of each connected part."""
    root = list(range(nodes))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for source, target in arcs:
        low, high = sorted((find(source), find(target)))
        root[high] = low
    found: dict[int, tuple[list[int], list[Pair]]] = {}
    for node in range(nodes):
        found.setdefault(find(node), ([], []))[0].append(node)
    for arc in arcs:
        found[find(arc[0])][1].append(arc)
    return list(found.values())


def _without_cycles(nodes: int, arcs: Sequence[Pair]) -> dict[Pair, Pair]:
    """Give each arc, turned round where it would close a cycle."""
    after = _neighbours(nodes, arcs)
    entered = {target for _, target in arcs}
    starts = sorted(range(nodes), key=lambda node: node in entered)
    left: dict[int, int] = {}
    seen: set[int] = set()
    for start in starts:
        _walk(start, after, left, seen)
    return {(a, b): (a, b) if left[a] > left[b] else (b, a) for a, b in arcs}


def _walk(start: int, after: list[list[int]], left: dict[int, int], seen: set[int]) -> None:
    """Give each node its number as a depth-first search leaves them; an arc to one that is left later closes a cycle."""
    path = [(start, iter(after[start]))]
    seen.add(start)
    while start not in left:
        node, rest = path[-1]
        following = next((other for other in rest if other not in seen), None)
        if following is None:
            left[node] = len(left)
            path.pop()
        else:
            seen.add(following)
            path.append((following, iter(after[following])))


def _neighbours(nodes: int, arcs: Iterable[Pair]) -> list[list[int]]:
    after: list[list[int]] = [[] for _ in range(nodes)]
    for source, target in arcs:
        after[source].append(target)
    return after


def _layer_of_each(nodes: int, arcs: set[Pair]) -> list[int]:
    """Give the longest way from a source; a source itself moves up to the first that needs it."""
    after = _neighbours(nodes, sorted(arcs))
    waiting = [0] * nodes
    for _, target in arcs:
        waiting[target] += 1
    sources = [node for node in range(nodes) if not waiting[node]]
    layer, ready = [0] * nodes, list(sources)
    for node in ready:
        for following in after[node]:
            layer[following] = max(layer[following], layer[node] + 1)
            waiting[following] -= 1
            if not waiting[following]:
                ready.append(following)
    for node in sources:
        layer[node] = min((layer[following] - 1 for following in after[node]), default=0)
    return layer


@define
class _Mesh:
    """Vertices whose arcs join neighbouring layers only."""

    layer: list[int]
    before: list[list[int]] = field(init=False)
    after: list[list[int]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.before = [[] for _ in self.layer]
        self.after = [[] for _ in self.layer]

    def connect(self, source: int, target: int) -> tuple[int, ...]:
        chain = [source, *(self._add(level) for level in range(self.layer[source] + 1, self.layer[target])), target]
        for one, other in pairwise(chain):
            self.after[one].append(other)
            self.before[other].append(one)
        return tuple(chain)

    def _add(self, level: int) -> int:
        self.layer.append(level)
        self.before.append([])
        self.after.append([])
        return len(self.layer) - 1


def _ordered(mesh: _Mesh) -> tuple[tuple[int, ...], ...]:
    """Order each layer by the mean place of its neighbours, to and fro; keep the order with the fewest crossings."""
    rows: list[list[int]] = [[] for _ in range(max(mesh.layer, default=-1) + 1)]
    for vertex, level in enumerate(mesh.layer):
        rows[level].append(vertex)
    best, fewest = [list(row) for row in rows], _crossings(rows, mesh.after)
    forward, fruitless = True, 0
    while fewest and fruitless < _FRUITLESS:
        _sweep(rows, mesh, forward=forward)
        crossings = _crossings(rows, mesh.after)
        forward, fruitless = not forward, fruitless + 1
        if crossings < fewest:
            best, fewest, fruitless = [list(row) for row in rows], crossings, 0
    return tuple(map(tuple, best))


def _sweep(rows: list[list[int]], mesh: _Mesh, *, forward: bool) -> None:
    neighbours = mesh.before if forward else mesh.after
    levels = range(1, len(rows)) if forward else range(len(rows) - 2, -1, -1)
    for level in levels:
        fixed = rows[level - 1 if forward else level + 1]
        place = {vertex: float(index) for index, vertex in enumerate(fixed)}
        own = {vertex: float(index) for index, vertex in enumerate(rows[level])}
        rows[level].sort(key=lambda vertex: _mean([place[n] for n in neighbours[vertex]], own[vertex]))


def _mean(places: Sequence[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def _crossings(rows: list[list[int]], after: list[list[int]]) -> int:
    total = 0
    for row, following in pairwise(rows):
        place = {vertex: index for index, vertex in enumerate(following)}
        passed: list[int] = []
        for vertex in row:
            ends = sorted(place[other] for other in after[vertex])
            total += sum(len(passed) - bisect_right(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return total
