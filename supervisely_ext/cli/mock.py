"""`supervisely-ext mock`: the platform's stand-in on a port."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .time_option import read_clock

if TYPE_CHECKING:
    from ..mock.clock import Clock


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--config",
    "configs",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An app's own config.json to add to the ecosystem; may be given again.",
)
@click.option(
    "--time",
    "clock",
    default="real",
    show_default=True,
    callback=read_clock,
    help="real, or fast:N for N times as fast.",
)
def mock(host: str, port: int, configs: tuple[Path, ...], clock: "Clock") -> None:
    """Serve a mock of the platform; any token is right. Prints its URL, and the apps on standard error. Stop it with Ctrl-C."""
    if find_spec("uvicorn") is None or find_spec("httptools") is None:
        raise click.ClickException("the mock on a port needs the extra: pip install 'supervisely-ext[mock]'")
    from ..mock import Platform
    from ..mock.configs import ConfigError
    from ..mock.server import listen, serve, url_of

    platform = Platform(clock=clock)
    try:
        for path in configs:
            platform.add_app(path)
        listening = listen(host, port)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port} ({error.strerror})") from error
    for module in platform.modules.values():
        click.echo(f"module {module.id}: {module.slug}", err=True)
    click.echo(url_of(listening))
    with listening:
        serve(platform, listening)
