"""Export projects at night: an app for each, once more for those that failed, a report at the end.

Set SERVER_ADDRESS, API_TOKEN, WORKSPACE_ID; give the projects' ids: `python nightly_export.py 76 77`.
"""

import asyncio
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import supervisely_ext as sly

MODULE = "supervisely-ecosystem/export-to-pascal-voc"
NIGHT = 24 * 3600


def export(api: sly.Api, workspace_id: int, project_ids: Iterable[int], report: Path) -> bool:
    """Export the projects, write the report, and tell whether all are exported."""
    module = api.app.get_ecosystem_module_info(slug=MODULE)
    results = run(api, module, workspace_id, project_ids)
    broken = [project_id for project_id, result in results.items() if result == "error"]
    results |= run(api, module, workspace_id, broken)
    write_report(report, results)
    return set(results.values()) == {"finished"}


def run(api: sly.Api, module: sly.ModuleInfo, workspace_id: int, project_ids: Iterable[int]) -> dict[int, str]:
    """Start an app for each project, wait for all, and say what became of them."""
    sessions = {project_id: start(api, module, workspace_id, project_id) for project_id in project_ids}
    started = {project_id: session for project_id, session in sessions.items() if session}
    ends = api.app.wait_all(list(started.values()), timeout=NIGHT, on_timeout="stop") if started else ()
    results = dict.fromkeys(sessions, "not known whether it was started")
    return results | {project_id: str(end.status) for project_id, end in zip(started, ends, strict=True)}


def start(api: sly.Api, module: sly.ModuleInfo, workspace_id: int, project_id: int) -> sly.SessionInfo | None:
    """Start the export of a project; None where nobody can say whether it runs: a second one would be worse than none."""
    arguments = module.get_arguments(images_project=project_id)
    try:
        return api.app.start(None, module_id=module.id, workspace_id=workspace_id, params=arguments)
    except sly.StartUnconfirmed:
        return None


def write_report(path: Path, results: dict[int, str]) -> None:
    """Write a line for each project."""
    path.write_text("".join(f"project {project_id}: {result}\n" for project_id, result in results.items()), "utf-8")


async def export_async(api: sly.AsyncApi, workspace_id: int, project_ids: Sequence[int]) -> list[str]:
    """Export the projects at once, from asyncio, and say what became of each."""
    module = await api.app.get_ecosystem_module_info(slug=MODULE)
    starts = (
        api.app.start(
            None, module_id=module.id, workspace_id=workspace_id, params=module.get_arguments(images_project=project_id)
        )
        for project_id in project_ids
    )
    ends = await api.app.wait_all(await asyncio.gather(*starts), timeout=NIGHT)
    return [str(end.status) for end in ends]


if __name__ == "__main__":
    with sly.Api.from_env() as client:
        is_complete = export(client, sly.env.workspace_id(), map(int, sys.argv[1:]), Path("report.txt"))
    sys.exit(not is_complete)
