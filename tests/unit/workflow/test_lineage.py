"""Edges as JSON, and the ledger's file."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from supervisely_ext import Edge, Ledger, errors
from supervisely_ext.lineage import KINDS

EDGE = Edge(
    server="https://sly.example.com",
    task_id=7,
    direction="input",
    kind="dataset",
    target=9,
    meta={"customNodeSettings": {"title": "<h4>T</h4>"}},
    team_id=447,
    at="2026-01-01T00:00:00.000Z",
    state="sent",
)
TEXTS = st.text(max_size=20)
EDGES = st.builds(
    Edge,
    server=TEXTS,
    task_id=st.integers(1),
    direction=st.sampled_from(["input", "output"]),
    kind=st.sampled_from(sorted(KINDS)),
    target=st.integers(1) | TEXTS,
    meta=st.dictionaries(TEXTS, TEXTS | st.dictionaries(TEXTS, TEXTS)),
    team_id=st.none() | st.integers(1),
    at=st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
    state=st.sampled_from(["sent", "off", "too_old", "failed"]),
    reason=TEXTS,
)


@given(st.lists(EDGES))
def test_a_ledger_is_the_same_after_saving_and_loading(tmp_path_factory: pytest.TempPathFactory, edges: Any) -> None:
    """Whatever its texts hold: line breaks, quotes, any script."""
    path = tmp_path_factory.mktemp("ledger") / "lineage.jsonl"
    Ledger(edges).save(path)
    assert list(Ledger.load(path)) == edges
    assert path.read_bytes().count(b"\n") == len(edges)


def test_names_that_are_no_unicode_are_kept(tmp_path: Path) -> None:
    """As Python reads them from a disk: such an edge fails, and the others must not be lost with it."""
    odd = evolve(EDGE, kind="folder", target="/data/\udce9t\u00e9 \u0434", state="failed", reason="\udce9")
    path = tmp_path / "lineage.jsonl"
    for append in (False, True):
        Ledger([EDGE, odd]).save(path, append=append)
    assert list(Ledger.load(path)) == [EDGE, odd] * 2
    assert "t\u00e9 \u0434" in path.read_text("utf-8")


def test_an_edge_is_json_under_its_own_names() -> None:
    data = json.loads(json.dumps(EDGE.to_json()))
    assert data["task_id"] == 7
    assert (Edge.from_json(data), hash(Edge.from_json(data))) == (EDGE, hash(EDGE))


@pytest.mark.parametrize(
    "change",
    [
        {"task_id": "7"},
        {"direction": "inout"},
        {"kind": "planet"},
        {"target": None},
        {"meta": []},
        {"team_id": "447"},
        {"state": "lost"},
        {"state": []},
        {"more": 1},
        {"task_id": True},
        {"task_id": 0},
        {"target": True},
        {"target": -5},
        {"team_id": True},
        {"at": ""},
        {"at": "yesterday"},
        {"at": "2026-01-01"},
        {"at": "2026-01-01T00:00:00"},
        {"at": "2026-01-01T05:00:00+05:00"},
        {"at": "2026-13-01T00:00:00Z"},
        {"at": "2026-01-01T00:00:00Z\n"},
    ],
)
def test_what_is_no_edge_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        Edge.from_json({**EDGE.to_json(), **change})


@pytest.mark.parametrize("broken", [b"", b"{", b"[1]", b"5", b"{}", b'"\xff"', b'{"server": 5}', b"[" * 100_000])
def test_a_broken_line_is_named(tmp_path: Path, broken: bytes) -> None:
    """By file and number, also as attributes; nothing is skipped."""
    path = tmp_path / "lineage.jsonl"
    Ledger([EDGE]).save(path)
    path.write_bytes(path.read_bytes() + broken + b"\n")
    with pytest.raises(errors.LedgerFileError, match="line 2 is no edge") as caught:
        Ledger.load(path)
    assert (caught.value.path, caught.value.line) == (str(path), 2)


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Ledger.load(tmp_path / "nothing.jsonl")


def test_saving_takes_the_place_of_the_file(tmp_path: Path) -> None:
    """Whole or not at all: nothing else is left in the folder."""
    path = tmp_path / "lineage.jsonl"
    Ledger([EDGE, EDGE]).save(path)
    Ledger([EDGE]).save(str(path))
    assert len(Ledger.load(path)) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["lineage.jsonl"]


def test_who_reads_the_old_file_reads_it_whole(tmp_path: Path) -> None:
    """It is replaced and not written over; a link to it stays a link."""
    path, link = tmp_path / "lineage.jsonl", tmp_path / "latest.jsonl"
    Ledger([EDGE, EDGE]).save(path)
    link.symlink_to(path)
    with path.open("rb") as reader:
        Ledger([EDGE]).save(link)
        assert reader.read().count(b"\n") == 2
    assert link.is_symlink()
    assert len(Ledger.load(path)) == 1


def test_a_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "lineage.jsonl"
    Ledger([EDGE]).save(path)
    before = path.read_bytes()
    with pytest.raises(TypeError):
        Ledger([evolve(EDGE, meta={"no JSON": {1, 2}})]).save(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["lineage.jsonl"]


def test_appending_adds_lines(tmp_path: Path) -> None:
    """To a file that need not be there; what a crash cut off stays a line of its own, and is named."""
    path = tmp_path / "lineage.jsonl"
    for target in (1, 2):
        Ledger([evolve(EDGE, target=target)]).save(path, append=True)
    assert [edge.target for edge in Ledger.load(path)] == [1, 2]
    path.write_bytes(path.read_bytes()[:-5])
    Ledger([evolve(EDGE, target=3)]).save(path, append=True)
    with pytest.raises(errors.LedgerFileError, match="line 2"):
        Ledger.load(path)
    assert json.loads(path.read_text("utf-8").splitlines()[-1])["target"] == 3


def test_a_ledger_may_grow_while_it_is_read() -> None:
    """A reader sees what was there when it began, and threads lose nothing."""
    ledger = Ledger([EDGE])
    for _ in ledger:
        ledger.append(EDGE)
    assert len(ledger) == 2
    threads = [threading.Thread(target=lambda: [ledger.append(EDGE) for _ in range(500)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    seen = [len(list(ledger)) for _ in range(50)]
    for thread in threads:
        thread.join()
    assert (len(ledger), seen == sorted(seen), repr(ledger)) == (2002, True, "Ledger(2002 edges)")
