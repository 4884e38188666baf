"""`supervisely-ext contract`: does a server keep to the spec, and what has it answered."""

import json
import logging
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..contract.kinds import KINDS

if TYPE_CHECKING:
    from ..contract.places import Document
    from ..contract.survey import Survey

UNUSABLE = 2
_TIMEOUT = 60.0

_recording = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def contract() -> None:
    """Hold a server against the API's description, and record what passes between it and a client."""


def _id_options(command: Callable[..., None]) -> Callable[..., None]:
    for kind in reversed(KINDS):
        variable = f"{kind.upper()}_ID" if kind in ("team", "workspace", "task", "project") else None
        help = f"A {kind} to look at{f' (else {variable})' if variable else ''}; may be given again."
        option = click.option(f"--{kind}-id", kind, type=click.IntRange(1), multiple=True, envvar=variable, help=help)
        command = option(command)
    return command


@contextmanager
def _unusable() -> Generator[None]:
    """End the process with 2, and say why, for what cannot be used."""
    from ..contract.places import UnusableDocument
    from ..contract.reads import TokenRefused, Unreachable
    from ..contract.recording import RecordingError
    from ..errors import ArgumentError

    try:
        yield
    except (UnusableDocument, TokenRefused, RecordingError, Unreachable, ArgumentError, OSError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(UNUSABLE)


def _document(spec: str | None) -> "Document":
    from ..contract.documents import read_document
    from ..contract.spec import bundled
    from ..contract.supported import usable

    return usable(bundled().document if spec is None else read_document(spec))


_spec_option = click.option("--spec", help="Another spec than the bundled one: a file, or a git revision.")


@contract.command()
@click.option("--server", help="The server to ask, with the token in API_TOKEN.")
@click.option("--recording", type=_recording, help="What `contract record` has written, instead of a server.")
@_id_options
@_spec_option
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option(
    "--patch", type=click.Path(dir_okay=False, path_type=Path), help="Write the change of the spec here, as JSON Patch."
)
def check(
    server: str | None,
    recording: Path | None,
    spec: str | None,
    format_: str,
    patch: Path | None,
    **ids: tuple[int, ...],
) -> None:
    """Say where the spec is wrong: new fields, missing ones, contradictions. Nothing is changed on the server.

    Exits with 0 when answers only say more than the spec, 1 when they miss or contradict something, 2 when nothing could be judged.
    """
    if (server is None) == (recording is None):
        raise click.UsageError("give either --server or --recording")
    from ..contract.drift_report import FORMATS

    with _unusable():
        document = _document(spec)
        survey = _recorded(document, recording) if recording else _asked(document, server or "", ids)
        click.echo(FORMATS[format_](survey))
        if patch is not None:
            _write_patch(survey, patch)
    if not survey.judged:
        click.echo("Error: no answer could be judged", err=True)
        sys.exit(UNUSABLE)
    sys.exit(any(each.tier != "new field" for each in survey.deviations))


def _recorded(document: "Document", recording: Path) -> "Survey":
    from ..contract.recording import read_recording, survey_of

    return survey_of(document, read_recording(recording))


def _asked(document: "Document", server: str, ids: dict[str, Any]) -> "Survey":
    import httpx

    from ..contract.reads import survey
    from ..contract.server import asking
    from ..credentials import Credentials

    credentials = Credentials.find(server)
    _keep_quiet()
    with httpx.Client(base_url=str(credentials.server), timeout=_TIMEOUT) as client:
        return survey(document, asking(client, credentials.token.reveal), ids)


def _keep_quiet() -> None:
    """Silence what logs the network: it would show addresses and headers."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _write_patch(survey: "Survey", path: Path) -> None:
    from ..contract.drift_patch import patch, source_of
    from ..contract.drift_report import SPEC

    steps = patch(survey.document.json, survey.deviations)
    path.write_text(json.dumps(steps, indent=2, ensure_ascii=False) + "\n", "utf-8")
    for step in steps:
        source = source_of(step["path"], SPEC)
        click.echo(f"patch: {step['op']} {step['path']}{f' in {source}' if source else ''}", err=True)


@contract.command()
@click.option("--server", required=True, help="The server to pass everything on to.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=0, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to append to.")
def record(server: str, host: str, port: int, out: Path) -> None:
    """Stand between any client and a server, and write down what passes, checked and redacted. Prints the URL for the client.

    Tokens, logins, contents of files and texts that people wrote, but for names of apps, are not kept. Stop it with Ctrl-C.
    """
    if find_spec("uvicorn") is None or find_spec("httptools") is None:
        raise click.ClickException("recording needs the extra: pip install 'supervisely-ext[mock]'")
    from ..address import parse_server_address
    from ..contract.recorder import serve
    from ..contract.recording import Recorder
    from ..port import listen, url_of

    _keep_quiet()
    with _unusable():
        upstream = str(parse_server_address(server))
        recorder = Recorder(_document(None), out)
        listening = listen(host, port)
    with listening:
        serve(upstream, recorder, listening, lambda: click.echo(url_of(listening)))


@contract.command()
@click.argument("recording", type=_recording)
def seed(recording: Path) -> None:
    """Write a seed for the mock, of what a RECORDING has shown. What the mock cannot hold is named on standard error."""
    from ..contract.recording import read_recording
    from ..mock.recorded_seed import seed_of
    from ..mock.seeds import Seed, SeedError

    with _unusable():
        found, left_out = seed_of(_document(None), read_recording(recording))
    for each in left_out:
        click.echo(f"left out: {each}", err=True)
    try:
        Seed.from_json(found)
    except SeedError as error:
        raise click.ClickException(f"{recording} makes no seed: {error}") from error
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))
