"""`supervisely-ext mock`: the platform's stand-in on a port."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .mock_files import add_apps, check_snapshot, read_faults, read_seed
from .mock_modes import read_clock, read_mode

if TYPE_CHECKING:
    from ..mock import Platform, Seed
    from ..mock.clock import Clock
    from ..mock.faults import Plan
    from ..mock.modes import Mode


def _file_option(
    name: str, read: Callable[..., Any], help: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(name, type=click.Path(path_type=Path), callback=read, help=help)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--config",
    "configs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="An app's own config.json to add to the ecosystem; may be given again.",
)
@click.option(
    "--time",
    "clock",
    default="real",
    show_default=True,
    callback=read_clock,
    help="real, fast:N for N times as fast, or virtual, which moves by the admin alone.",
)
@_file_option("--seed", read_seed, "What it begins with, as JSON; also a snapshot.")
@_file_option("--snapshot-on-exit", check_snapshot, "Where to write, when it is stopped, what it holds then.")
@_file_option("--faults", read_faults, "What goes wrong on purpose, as JSON.")
@click.option(
    "--validate",
    default="strict",
    show_default=True,
    callback=read_mode,
    help="What becomes of what the spec forbids: strict refuses it, warn logs it, off judges nothing.",
)
def mock(
    host: str,
    port: int,
    configs: tuple[Path, ...],
    clock: "Clock",
    seed: "Seed | None",
    snapshot_on_exit: Path | None,
    faults: "Plan | None",
    validate: "Mode",
) -> None:
    """Serve a mock of the platform. Prints its URL, and the apps on standard error. Stop it with Ctrl-C.

    Any token is right, unless the seed lists some. Exits with 2 for an option or a file that cannot be used, with 1 for an address that it cannot have.
    """
    if find_spec("uvicorn") is None or find_spec("httptools") is None:
        raise click.ClickException("the mock on a port needs the extra: pip install 'supervisely-ext[mock]'")
    from ..mock import Platform
    from ..mock.server import serve
    from ..port import listen, url_of

    platform = Platform(clock=clock, seed=add_apps(seed, configs), faults=faults, validate=validate)
    try:
        listening = listen(host, port)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port} ({error.strerror})") from error
    for module in platform.modules.values():
        click.echo(f"module {module.id}: {module.slug}", err=True)
    with listening:
        serve(platform, listening, host, announce=lambda: click.echo(url_of(listening)))
    if snapshot_on_exit is not None:
        _save(platform, snapshot_on_exit)


def _save(platform: "Platform", path: Path) -> None:
    try:
        platform.save_snapshot(path)
    except OSError as error:
        raise click.ClickException(f"the snapshot cannot be written to {path} ({error.strerror})") from error
