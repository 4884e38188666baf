"""`supervisely-ext demo`: the platform's tutorial "start and stop an app", end to end."""

import json
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from .status_line import status_lines

TUTORIAL_SLUG = "supervisely-ecosystem/export-to-pascal-voc"
TERMINAL_SPEED = 6.0
"""How much faster than real time the mock runs where somebody looks; in a pipe its time is virtual."""


@frozen
class Place:
    """Where the demo starts its apps."""

    team_id: int
    workspace_id: int
    agent_id: int
    target_id: int


def _id_option(
    name: str, variable: str, default: int, help: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(name, envvar=variable, default=default, show_default=True, show_envvar=True, help=help)


@click.command()
@click.option(
    "--config",
    "configs",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Run the app of this config.json instead; may be given again.",
)
@click.option("--server", help="Run on this server, with the token in API_TOKEN; without it on a mock in this process.")
@_id_option("--team-id", "TEAM_ID", 447, "The team whose sessions are listed.")
@_id_option("--workspace-id", "WORKSPACE_ID", 23821, "Where the app runs.")
@_id_option("--agent-id", "AGENT_ID", 7, "What runs it.")
@_id_option("--target-id", "PROJECT_ID", 5, "The project, or whatever else the app is started from.")
def demo(
    configs: tuple[Path, ...], server: str | None, team_id: int, workspace_id: int, agent_id: int, target_id: int
) -> None:
    """Start an app, watch it, stop another session of it, list the sessions."""
    from ..errors import SuperviselyError
    from ..mock.configs import ConfigError

    place = Place(team_id, workspace_id, agent_id, target_id)
    try:
        with _connect(server, configs) as (api, slugs):
            for slug in slugs:
                _run(api, slug, place)
    except (SuperviselyError, ConfigError) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _connect(server: str | None, configs: tuple[Path, ...]) -> Generator[tuple[Any, list[str]]]:
    """Give a client and the slugs of the apps to run."""
    from ..api import Api
    from ..mock import FastClock, Platform, VirtualClock
    from ..mock.configs import read_config, slug_of
    from ..mock.inprocess import InProcess

    loaded = [(path, read_config(path)) for path in configs]
    slugs = [slug_of(config, path.stem) for path, config in loaded] or [TUTORIAL_SLUG]
    if server is not None:
        with Api(server) as api:
            yield api, slugs
        return
    platform = Platform(clock=FastClock(TERMINAL_SPEED) if sys.stdout.isatty() else VirtualClock())
    for (_, config), slug in zip(loaded, slugs, strict=False):
        platform.add_app(config, slug=slug)
    yield Api("https://mock.invalid", "demo", transport=InProcess(platform)), slugs


def _run(api: Any, slug: str, place: Place) -> None:
    module = api.app.get_ecosystem_module_info(api.app.get_ecosystem_module_id(slug))
    print("Start app: ", module.name)
    module.arguments_help()
    arguments = _arguments(module, place.target_id)
    print("Arguments:", json.dumps(arguments, ensure_ascii=False))

    serves = module.config.get("taskLocation") == "application_sessions"
    session = _start(api, module, arguments, place)
    with status_lines(f"task {session.task_id}") as show:
        reached = api.app.wait(session.task_id, "started" if serves else None, timeout=600, on_status=show)
    print(f"Task {session.task_id}: {reached}")

    other = _start(api, module, arguments, place)
    api.app.stop(other.task_id)
    with status_lines(f"task {other.task_id}") as show:
        reached = api.app.wait(other.task_id, "stopped", timeout=600, on_status=show)
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
    from ..arguments import TARGETS

    targets = module.get_context_menu_targets()
    for name in targets:
        if name in TARGETS:
            value = target_id if TARGETS[name].kind == "id" else f"/demo/{target_id}"
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
