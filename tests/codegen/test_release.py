"""`spec/tools/release.py` in a small checkout whose codegen.sh does nothing; with the real one it is in test_changing_the_api.py."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.codegen.tools import our_spec, release, run_as_script

BUNDLE = "generated/supervisely_client/openapi.json"
REMOVED = "property-removed answer /components/schemas/Task/properties/size"
FILES = {
    "pyproject.toml": '[build-system]\nrequires = []\n\n[project]\nname = "x"\nversion = "1.4.2"\nrequires-python = ">=3.11"\n',
    "spec/openapi.yaml": "openapi: 3.1.0\ninfo:\n  title: x\n  version: 1.4.2\npaths: {}\n",
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- A bug.\n\n## [1.4.2] - 2026-01-01\n",
    "codegen.sh": "#!/bin/sh\n",
}


class Checkout:
    """Files as text, and the tool run on them."""

    def __init__(self, home: Path, run: Callable[..., Any]) -> None:
        self.home = home
        self._run = run

    def release(self, *arguments: str) -> Any:
        """Give what the tool exits with: None when all went well."""
        return self._run("release", *arguments)

    def read(self, path: str) -> str:
        return (self.home / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        (self.home / path).write_text(text, "utf-8")

    def drop_size(self) -> None:
        """Break the API: a task has no size any more."""
        document = our_spec()
        del document["components"]["schemas"]["Task"]["properties"]["size"]
        self.write(BUNDLE, json.dumps(document))

    def contents(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.home.rglob("*") if path.is_file()}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A checkout whose released spec is ours, as it is now."""
    monkeypatch.chdir(tmp_path)
    for directory in ("spec", "generated/supervisely_client"):
        (tmp_path / directory).mkdir(parents=True)
    spec = json.dumps(our_spec())
    for path, text in {**FILES, BUNDLE: spec, "spec/released.json": spec}.items():
        (tmp_path / path).write_text(text, "utf-8")
    (tmp_path / "codegen.sh").chmod(0o755)
    return Checkout(tmp_path, lambda *arguments: run_as_script(monkeypatch, *arguments))


def test_the_first_release_takes_the_version_that_stands_there(checkout: Checkout) -> None:
    """There is nothing to compare with; the spec is kept for the next one."""
    (checkout.home / "spec/released.json").unlink()
    assert checkout.release("1.4.2") is None
    assert checkout.read("spec/released.json") == checkout.read(BUNDLE)
    assert checkout.read("pyproject.toml") == FILES["pyproject.toml"]


def test_an_api_that_is_as_it_was_needs_the_next_number_only(checkout: Checkout) -> None:
    """What was unreleased is under the version, without a word about the API; both places have the version and nothing else is changed."""
    assert checkout.release("1.4.3") is None
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    heading = f"## [Unreleased]\n\n## [1.4.3] - {today}\n\n### Fixed"
    assert checkout.read("CHANGELOG.md") == FILES["CHANGELOG.md"].replace("## [Unreleased]\n\n### Fixed", heading)
    for path in ("pyproject.toml", "spec/openapi.yaml"):
        assert checkout.read(path) == FILES[path].replace("1.4.2", "1.4.3")


def test_a_break_stops_it_before_anything_is_changed(checkout: Checkout) -> None:
    """With what the file of accepted changes wants; an entry without a reason does not do."""
    checkout.drop_size()
    before = checkout.contents()
    said = checkout.release("2.0.0")
    entry = f'- change: "{REMOVED}"\n  reason:'
    assert isinstance(said, str)
    assert said.endswith(f"spec/accepted-changes.yaml takes them, each with a reason:\n{entry}")
    assert checkout.contents() == before
    checkout.write("spec/accepted-changes.yaml", entry)
    assert checkout.release("2.0.0") == 2


def test_an_accepted_break_is_released_with_its_reason(checkout: Checkout) -> None:
    """As a major version; the reason is in the changelog, and the next release begins without it."""
    checkout.drop_size()
    checkout.write("spec/accepted-changes.yaml", f'- change: "{REMOVED}"\n  reason: it was never sent\n')
    assert checkout.release("1.5.0") == "release: 1.5.0 is too small after 1.4.2; the changes need 2.0.0"
    assert checkout.release("2.0.0") is None
    section = checkout.read("CHANGELOG.md").partition("## [2.0.0]")[2].partition("## [1.4.2]")[0]
    assert [line for line in section.splitlines() if line.startswith("###")] == ["### Breaking", "### Fixed"]
    assert (
        "of apps.info, apps.list, apps.tasks.list, tasks.info, tasks.list; it was never sent.\n\n### Fixed" in section
    )
    assert not (checkout.home / "spec/accepted-changes.yaml").exists()
    assert checkout.read("spec/released.json") == checkout.read(BUNDLE)


def test_what_was_not_generated_is_not_released(checkout: Checkout) -> None:
    """A break that appears only when codegen.sh is run has not been looked at; once it is accepted, the same version is released."""
    current = checkout.read(BUNDLE)
    checkout.drop_size()
    (checkout.home / BUNDLE).rename(checkout.home / "fresh.json")
    checkout.write(BUNDLE, current)
    checkout.write("codegen.sh", f"#!/bin/sh\ncp fresh.json {BUNDLE}\n")
    assert "spec/ had changed since ./codegen.sh was run" in checkout.release("2.0.0")
    assert all(checkout.read(path) == text for path, text in FILES.items() if path != "codegen.sh")
    checkout.write("spec/accepted-changes.yaml", f'- change: "{REMOVED}"\n  reason: it was never sent\n')
    assert checkout.release("2.0.0") is None


def test_a_release_that_codegen_stopped_can_be_tried_again(checkout: Checkout) -> None:
    """The version is as before until all has gone well."""
    before = checkout.contents()
    checkout.write("codegen.sh", "#!/bin/sh\nexit 1\n")
    assert "codegen.sh failed" in checkout.release("1.4.3")
    checkout.write("codegen.sh", FILES["codegen.sh"])
    assert checkout.contents() == before
    assert checkout.release("1.4.3") is None


def test_a_changelog_without_what_is_unreleased_is_refused(checkout: Checkout) -> None:
    """Before anything is changed."""
    checkout.write("CHANGELOG.md", "# Changelog\n")
    before = checkout.contents()
    assert checkout.release("1.4.3") == "release: CHANGELOG.md has no section '## [Unreleased]'"
    assert checkout.contents() == before


@pytest.mark.parametrize("text", ["1.5", "v1.5.0", "1.5.0rc1", "1.5.0\n", "١.٥.٠", ""])
def test_what_is_no_version_is_refused(checkout: Checkout, text: str) -> None:
    """Said with the form that is wanted."""
    assert checkout.release(text) == f"release: {text!r} is no version; it has three numbers, such as 1.2.0"


def test_without_a_version_it_says_how_it_is_used(checkout: Checkout) -> None:
    """And with more than one."""
    usage = "usage: python spec/tools/release.py VERSION"
    assert (checkout.release(), checkout.release("1.4.3", "1.4.4")) == (usage, usage)


@given(st.tuples(*[st.integers(0, 20)] * 3), st.lists(st.sampled_from(["breaking", "risky", "safe"])))
def test_the_next_version_raises_one_number(current: tuple[int, int, int], severities: list[str]) -> None:
    """The first for a break, from 1.0 on; the second for any other change; the third for none. Those behind it begin anew."""
    raised = release.next_version(current, [{"severity": severity} for severity in severities])
    place = 2 if not severities else 0 if "breaking" in severities and current[0] else 1
    assert raised == (*current[:place], current[place] + 1, *[0] * (2 - place))
