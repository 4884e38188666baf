"""What a platform begins with, as JSON in the form of a snapshot (`seed.schema.json`).

A module is given by its app's own config.json under `config`. Projects, their versions and the teams' files stand as the server shows them. Everything but teams,
workspaces and users may be left out; a task without a `life` begins its course when the platform begins.
"""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ..contract.reading import decoded
from .configs import check_module, read_config, slug_of
from .seed_checks import Problem, problems_of
from .snapshots import module_of

_SHOWN = 5


class SeedError(ValueError):
    """A seed that no platform can begin with; `problems` are all that is wrong with it, each with its JSON pointer."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:_SHOWN]]
        more = len(self.problems) - _SHOWN
        return "; ".join([*lines, *([f"and {more} more"] if more > 0 else [])])


def _as_json(data: Any) -> Any:
    try:
        # as what comes in requests: 83.0 is the whole number 83, of which an id may be one
        return decoded(json.dumps(data, ensure_ascii=False, allow_nan=False).encode())
    except (TypeError, ValueError, RecursionError) as error:
        raise SeedError([Problem("", f"it is no JSON ({error})")]) from error


@frozen
class Seed:
    """All that stands at the beginning. Raises `SeedError` for what the spec or `seed.schema.json` forbids, and for ids of nothing."""

    document: Mapping[str, Any] = field(converter=_as_json, repr=False)

    def __attrs_post_init__(self) -> None:
        problems = problems_of(self.document)
        if problems:
            raise SeedError(problems)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Seed":
        """Read a seed, or what `Platform.snapshot` gives."""
        return cls(data)

    @classmethod
    def from_file(cls, path: str | Path) -> "Seed":
        """Read a file of JSON. Raises `SeedError` also when it is none, `OSError` when it cannot be read."""
        try:
            data = json.loads(Path(path).read_bytes())
        except (ValueError, RecursionError) as error:
            raise SeedError([Problem("", f"{path} is no JSON ({error})")]) from error
        return cls(data)

    def with_app(self, path: Path) -> "Seed":
        """Give a seed that has one app more, by its config.json. Raises `ConfigError`, and `OSError` where the file cannot be read."""
        config = read_config(path)
        modules = [*self.document.get("modules", ())]
        item = {
            "id": max((module["id"] for module in modules), default=0) + 1,
            "slug": slug_of(config, path.stem),
            "config": config,
            **({"releases": [config["release"]]} if "release" in config else {}),
        }
        check_module(module_of(item, 0.0), str(path))
        return Seed({**self.document, "modules": [*modules, item]})

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON, as it was read."""
        return deepcopy(dict(self.document))


@cache
def default_seed() -> Seed:
    """Give the seed of a platform that is given none: team 447 with workspace 23821, agent 7, three apps, two projects."""
    text = files(__package__ or "").joinpath("default_seed.json").read_text("utf-8")
    return Seed.from_json(json.loads(text))
