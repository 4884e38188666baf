"""Edges for the tests of the lineage."""

from typing import Any

from supervisely_ext.lineage import Edge

SERVER = "https://mock.invalid"


def edge(task_id: int, direction: Any, kind: Any, target: int | str, **more: Any) -> Edge:
    second = more.pop("second", 0)
    known: dict[str, Any] = {
        "server": SERVER,
        "meta": {},
        "team_id": 447,
        "at": f"2026-11-21T06:{second // 60:02}:{second % 60:02}+00:00",
        "state": "sent",
    }
    return Edge(task_id=task_id, direction=direction, kind=kind, target=target, **{**known, **more})


def titled(title: str, key: str = "customNodeSettings", **more: Any) -> dict[str, Any]:
    return {key: {"title": f"<h4>{title}</h4>", **more}}


_STEPS = ("Import", "Clean", "Split", "Train", "Evaluate", "Serve")
_ENDS = ("finished", "finished", "finished", "started", "error", "queued")


def pipeline(runs: int = 5) -> tuple[list[Edge], dict[int, str]]:
    """Six tasks a run, 30 by default: import, clean, split, train, evaluate and serve; the runs share the source project."""
    edges: list[Edge] = []
    statuses: dict[int, str] = {}
    for run in range(runs):
        first = 121230 + 10 * run
        ids = [first + step for step in range(len(_STEPS))]
        statuses |= {task: "finished" if run < runs - 1 else end for task, end in zip(ids, _ENDS, strict=True)}
        edges += _run(run, *ids)
    return edges, statuses


def _run(run: int, load: int, clean: int, split: int, train: int, evaluate: int, serve: int) -> list[Edge]:
    project, version, weights = 5000 + run, 900 + run, 77000 + run
    folder = f"/experiments/{run}_road_damage/detectron2/checkpoints"
    named = {
        task: titled(f"{name} #{run + 1}")
        for task, name in zip((load, clean, split, train, evaluate, serve), _STEPS, strict=True)
    }
    lost = {"state": "failed", "reason": "HTTP 503"} if run == 2 else {}
    rows: list[tuple[int, str, str, int | str, dict[str, Any]]] = [
        (load, "input", "folder", "/uploads/drone", {}),
        (load, "output", "project", project, {}),
        (clean, "input", "project", project, {}),
        (clean, "output", "project", project, {}),
        (clean, "output", "project_version", version, {}),
        (split, "input", "project_version", version, {}),
        (split, "output", "dataset", 10 * project + 1, {}),
        (split, "output", "dataset", 10 * project + 2, {}),
        (train, "input", "dataset", 10 * project + 1, {}),
        (train, "output", "model_weight", weights, {"meta": titled("best.pt", "customRelationSettings")}),
        (train, "output", "folder", folder, {}),
        (evaluate, "input", "dataset", 10 * project + 2, {}),
        (evaluate, "input", "file", weights, {}),
        (evaluate, "input", "task", train, {}),
        (evaluate, "output", "file", 88000 + run, lost),
        (serve, "input", "model_weight", weights, {}),
        (serve, "output", "app_session", serve, {}),
    ]
    return [
        edge(task, direction, kind, target, **{"meta": named[task], "second": 20 * run + at, **more})
        for at, (task, direction, kind, target, more) in enumerate(rows)
    ]


HOSTILE = [
    "end",
    "subgraph x",
    'say "hi"',
    "it's",
    "a[b](c){d}|e|>f]",
    "--> n1",
    "%%{init: {}}%%",
    "%% comment",
    "style: a#b;c",
    "classDef x:#fff;",
    "#quot;#35;",
    "&quot;&#35;",
    "`**bold** _it_`",
    "1. list",
    "- list",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><b>",
    "javascript:alert(1)",
    "click n0 href 'x'",
    "$$x^2$$",
    "データセット 数据",
    "Ünïcödé ß €",
    "🚗 damage 🛣️",
    "שלום",
    "two\nlines",
    "\u202eturned\u202c",
    "back\\slash \\n",
    ":::class",
    "@{ shape: circle }",
    "fa:fa-car",
]
