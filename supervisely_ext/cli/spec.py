"""`supervisely-ext spec`: what changed in the API, and whom it touches."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..contract.changes import Change

UNUSABLE_INPUT = 2
ACCEPTED = Path("spec/accepted-changes.yaml")
LINT = Path("spec/tools/lint.py")


@click.group()
def spec() -> None:
    """Compare two states of the API's description."""


def _compared(old: str, new: str, accepted: Path | None) -> "list[Change]":
    """Read both, compare, and say which changes are accepted; ends the process with 2 for what cannot be read."""
    from ..contract.accepted import read_accepted, with_acceptance, without_use
    from ..contract.diff import diff
    from ..contract.documents import read_document
    from ..contract.places import UnusableDocument
    from ..contract.python_names import with_names

    try:
        before, after = read_document(old), read_document(new)
        tags = {**_families(old, before), **_families(new, after)}
        changes = with_names(diff(before, after), tags)
        reasons = {} if accepted is None else read_accepted(accepted)
    except (UnusableDocument, OSError) as error:
        click.echo(f"Error: comparing {old} with {new}: {error}", err=True)
        sys.exit(UNUSABLE_INPUT)
    for change in without_use(changes, reasons):
        click.echo(f"accepted, but not there: {change}", err=True)
    return with_acceptance(changes, reasons)


def _families(source: str, document: Any) -> dict[str, str]:
    """Give the operations' tags; raises `UnusableDocument` that names the source."""
    from ..contract.diff import families
    from ..contract.places import UnusableDocument

    try:
        return families(document)
    except UnusableDocument as error:
        raise UnusableDocument(f"{source}: {error}") from error


def _accepted_file(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    return value or (ACCEPTED if ACCEPTED.is_file() else None)


_accepted_option = click.option(
    "--accepted",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_accepted_file,
    help=f"The changes that are accepted, each with a reason. [default: {ACCEPTED} if there]",
)


@spec.command()
@click.argument("old")
@click.argument("new")
@click.option("--format", "format_", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@_accepted_option
def diff(old: str, new: str, format_: str, accepted: Path | None) -> None:
    """Say what changed from OLD to NEW, each a bundled spec (JSON or YAML), a git revision, or revision:path.

    Exits with 0 when nothing breaks, 1 when something does that is not accepted, 2 when an input cannot be used.
    """
    from ..contract.diff_report import FORMATS, open_changes

    changes = _compared(old, new, accepted)
    click.echo(FORMATS[format_](changes))
    sys.exit(any(change.severity == "breaking" for change in open_changes(changes)))


@spec.command()
@click.argument("old")
@click.argument("new")
@_accepted_option
def changelog(old: str, new: str, accepted: Path | None) -> None:
    """Write the CHANGELOG's entries for what changed from OLD to NEW."""
    from ..contract.diff_report import as_changelog

    click.echo(as_changelog(_compared(old, new, accepted)))


@spec.command()
@click.argument("bundle", default="generated/supervisely_client/openapi.json")
def lint(bundle: str) -> None:
    """Hold a bundled spec to the authoring rules of spec/README.md; for a checkout of the repository.

    Exits with 0 when it keeps them, 1 when it breaks one, 2 when it cannot be read.
    """
    if not LINT.is_file():
        click.echo(f"Error: {LINT} is not here: run this in a checkout of the repository", err=True)
        sys.exit(UNUSABLE_INPUT)
    done = subprocess.run([sys.executable, str(LINT), bundle], check=False)  # noqa: S603 - our own tool
    sys.exit(done.returncode)
