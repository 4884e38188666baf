"""The files that `supervisely-ext mock` is given: read, or found unusable before anything listens."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..mock import Seed
    from ..mock.faults import Plan


def read_seed(context: click.Context, option: click.Parameter, path: Path | None) -> "Seed | None":
    """Read the seed."""
    from ..mock import Seed, SeedError

    if path is None:
        return None
    try:
        return Seed.from_file(path)
    except SeedError as error:
        raise click.BadParameter(f"{path}: {error}") from error
    except OSError as error:
        raise click.BadParameter(f"{path}: {error.strerror}") from error


def add_apps(seed: "Seed | None", paths: Sequence[Path]) -> "Seed | None":
    """Add apps by their configs to the seed, or to the usual one; so they are there after a reset too."""
    from ..mock import SeedError
    from ..mock.configs import ConfigError
    from ..mock.seeds import default_seed

    for path in paths:
        try:
            seed = (seed or default_seed()).with_app(path)
        except ConfigError as error:
            raise click.BadParameter(str(error), param_hint="--config") from error
        except SeedError as error:
            raise click.BadParameter(f"{path}: {error}", param_hint="--config") from error
        except OSError as error:
            raise click.BadParameter(f"{path}: {error.strerror}", param_hint="--config") from error
    return seed


def read_faults(context: click.Context, option: click.Parameter, path: Path | None) -> "Plan | None":
    """Read the plan of faults."""
    from ..mock.faults import PlanError, read_plan

    if path is None:
        return None
    try:
        return read_plan(json.loads(path.read_bytes()))
    except PlanError as error:
        raise click.BadParameter(f"{path}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise click.BadParameter(f"{path} is no JSON ({error})") from error
    except OSError as error:
        raise click.BadParameter(f"{path}: {error.strerror}") from error


def check_snapshot(context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    """Give the path, if a file can be written there."""
    from ..mock.replacing import check_replaceable

    if path is not None:
        try:
            check_replaceable(path)
        except OSError as error:
            raise click.BadParameter(f"cannot write {path} ({error.strerror})") from error
    return path
