"""`supervisely-ext demo`: the platform's tutorial "start and stop an app", end to end."""

import json
import os
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from attrs import asdict, frozen

TUTORIAL_SLUG = "supervisely-ecosystem/export-to-pascal-voc"
_VARIABLES = {
    "--team-id": "TEAM_ID",
    "--workspace-id": "WORKSPACE_ID",
    "--agent-id": "AGENT_ID",
    "--target-id": "PROJECT_ID",
}
TERMINAL_SPEED = 6.0
"""How much faster than real time the mock runs where somebody looks; in a pipe its time is virtual."""


@frozen
class Place:
    """Where the demo starts its apps."""

    team_id: int
    workspace_id: int
    agent_id: int
    target_id: int


ON_THE_MOCK = Place(447, 23821, 7, 5)


def _place(ids: Mapping[str, int | None], environ: Mapping[str, str]) -> Place:
    """Take the options, else the variables, else the mock's ids."""
    from ..checks import as_id

    found = asdict(ON_THE_MOCK)
    for option, variable in _VARIABLES.items():
        name = option.removeprefix("--").replace("-", "_")
        value = ids[name] or environ.get(variable)
        if value:
            found[name] = as_id(variable, int(value) if str(value).isdecimal() else value)
    return Place(**found)


def _id_option(name: str, help: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(name, type=click.IntRange(1), help=f"{help} (with --server from {_VARIABLES[name]})")


@click.command()
@click.option(
    "--config",
    "configs",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Run the app of this config.json instead; may be given again.",
)
@click.option("--server", help="Run on this server, with the token in API_TOKEN; without it on a mock in this process.")
@_id_option("--team-id", "The team whose sessions are listed.")
@_id_option("--workspace-id", "Where the app runs.")
@_id_option("--agent-id", "What runs it.")
@_id_option("--target-id", "The project, or whatever else the app is started from.")
def demo(configs: tuple[Path, ...], server: str | None, **ids: int | None) -> None:
    """Start an app, watch it, stop another session of it, list the sessions."""
    from ..errors import SuperviselyError
    from ..mock.configs import ConfigError

    try:
        place = _place(ids, {} if server is None else os.environ)
        with _connect(server, configs) as (api, module_ids):
            for module_id in module_ids:
                _run(api, module_id, place)
    except (SuperviselyError, ConfigError) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _connect(server: str | None, configs: tuple[Path, ...]) -> Generator[tuple[Any, list[int]]]:
    """Give a client and the ids of the modules to run."""
    from ..api import Api
    from ..mock import FastClock, Platform, VirtualClock
    from ..mock.configs import read_config, slug_of
    from ..mock.inprocess import InProcess

    if server is not None:
        slugs = [slug_of(read_config(path), path.stem) for path in configs] or [TUTORIAL_SLUG]
        with Api(server) as api:
            yield api, [api.app.get_ecosystem_module_id(slug) for slug in slugs]
        return
    platform = Platform(clock=FastClock(TERMINAL_SPEED) if sys.stdout.isatty() else VirtualClock())
    api = Api("https://mock.invalid", "demo", transport=InProcess(platform))
    module_ids = [platform.add_app(path) for path in configs]
    yield api, module_ids or [api.app.get_ecosystem_module_id(TUTORIAL_SLUG)]


def _run(api: Any, module_id: int, place: Place) -> None:
    from ..progress import Progress

    module = api.app.get_ecosystem_module_info(module_id)
    print("Start app: ", module.name)
    module.arguments_help()
    arguments = _arguments(module, place.target_id)
    print("Arguments:", json.dumps(arguments, ensure_ascii=False))

    serves = module.config.get("taskLocation") == "application_sessions"
    session = _start(api, module, arguments, place)
    progress = Progress("auto" if sys.stdout.isatty() else "plain", sys.stdout)
    reached = api.app.wait(session.task_id, "started" if serves else None, timeout=600, progress=progress)
    print(f"Task {session.task_id}: {reached}")

    other = _start(api, module, arguments, place)
    api.app.stop(other.task_id)
    reached = api.app.wait(other.task_id, "stopped", timeout=600, progress=progress)
    print(f"Task {other.task_id}: {reached}")
    if serves:
        api.app.stop(session.task_id)
        api.app.wait(session.task_id, "stopped", timeout=600)
    _print_sessions(api.app.get_sessions(place.team_id, module.id))


def _start(api: Any, module: Any, arguments: dict[str, Any], place: Place) -> Any:
    session = api.app.start(
        agent_id=place.agent_id,
        module_id=module.id,
        workspace_id=place.workspace_id,
        params=arguments,
        task_name=f"demo of {module.name}",
    )
    print(f"Task {session.task_id} was started")
    return session


def _arguments(module: Any, target_id: int) -> dict[str, Any]:
    """Fill in the first of the app's targets whose argument is known."""
    from ..targets import target_of

    targets = module.get_context_menu_targets()
    for name in targets:
        if target_of(name).key:
            value = target_id if target_of(name).kind == "id" else f"/demo/{target_id}"
            arguments: dict[str, Any] = module.get_arguments(**{name: value})
            return arguments
        print(f"Target {name} is left out: which argument it fills is not known")
    options: dict[str, Any] = module.get_modal_window_arguments()
    return options


def _print_sessions(sessions: list[Any]) -> None:
    print("Sessions:")
    for session in sessions:
        status, started = session.details["status"], session.details["startedAt"] or "never started"
        print(f"  {session.task_id}  {status:<11}  {started:<24}  {session.name}")
