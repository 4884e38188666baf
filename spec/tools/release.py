"""Make a release of the checkout, up to the commit.

    python spec/tools/release.py VERSION

Exits with 1 before anything is changed while a break since the last release (`spec/released.json`) is not accepted, or VERSION
is too small for what has changed. Else raises the version, puts the changes of the API into CHANGELOG.md, keeps the
spec as `spec/released.json`, to be compared with from now on, and removes `spec/accepted-changes.yaml`. The first release takes the version that stands there.
"""

import json
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Version = tuple[int, ...]

BUNDLE = Path("generated/supervisely_client/openapi.json")
RELEASED = Path("spec/released.json")
ACCEPTED = Path("spec/accepted-changes.yaml")
CHANGELOG = Path("CHANGELOG.md")
# Where the version stands, and the text before it.
VERSIONED = {Path("pyproject.toml"): '\nversion = "', Path("spec/openapi.yaml"): "\n  version: "}
UNRELEASED = "## [Unreleased]\n"


def main(text: str) -> None:
    """Check, then write."""
    version, current = numbers(text), numbers(current_version())
    changes = changes_since_release()
    stop_on_breaks(changes)
    if UNRELEASED not in CHANGELOG.read_text("utf-8"):
        sys.exit(f"release: {CHANGELOG} has no section {UNRELEASED.strip()!r}")
    least = next_version(current, changes) if RELEASED.is_file() else current
    if version < least:
        sys.exit(f"release: {text} is too small after {written(current)}; the changes need {written(least)}")
    write_version(text)
    if problem := problem_of_codegen(changes):
        write_version(written(current))
        sys.exit(f"release: {problem}, and release again")
    enter_in_changelog(text, f"{ask('changelog')}\n" if changes else "")
    shutil.copyfile(BUNDLE, RELEASED)
    ACCEPTED.unlink(missing_ok=True)
    print(f"{text} is ready: read `git diff`, then commit and tag it")


def problem_of_codegen(changes: list[Any]) -> str:
    """Generate all with the new version, which must change nothing else."""
    if subprocess.run(["./codegen.sh"], stdout=subprocess.DEVNULL, check=False).returncode:
        return "./codegen.sh failed; mend what it says"
    if changes_since_release() != changes:
        return "spec/ had changed since ./codegen.sh was run; run it, see what it prints"
    return ""


def numbers(text: str) -> Version:
    if not re.fullmatch(r"\d+\.\d+\.\d+", text, re.ASCII):
        sys.exit(f"release: {text!r} is no version; it has three numbers, such as 1.2.0")
    return tuple(map(int, text.split(".")))


def written(version: Version) -> str:
    return ".".join(map(str, version))


def current_version() -> str:
    path, before = next(iter(VERSIONED.items()))
    return path.read_text("utf-8").partition(before)[2].partition('"')[0]


def changes_since_release() -> list[Any]:
    """Ask `spec diff`, which knows what is accepted; none before the first release."""
    return json.loads(ask("diff", "--format", "json"))["changes"] if RELEASED.is_file() else []


def ask(command: str, *options: str) -> str:
    """Run a command of `supervisely-ext spec` on both specs; 1 says that something breaks, and the answer too."""
    line = [sys.executable, "-m", "supervisely_ext.cli", "spec", command, RELEASED, BUNDLE, *options]
    done = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.returncode)
    return done.stdout


def stop_on_breaks(changes: list[Any]) -> None:
    ids = [change["id"] for change in changes if change["severity"] == "breaking" and not change["accepted"]]
    if ids:
        entries = "\n".join(f"- change: {json.dumps(id, ensure_ascii=False)}\n  reason:" for id in ids)
        sys.exit(f"release: breaks that nobody has accepted; {ACCEPTED} takes them, each with a reason:\n{entries}")


def next_version(current: Version, changes: list[Any]) -> Version:
    """Give what semver asks for at least: before 1.0 a break raises the second number."""
    major, minor, patch = current
    if major and any(change["severity"] == "breaking" for change in changes):
        return major + 1, 0, 0
    return (major, minor + 1, 0) if changes else (major, minor, patch + 1)


def write_version(text: str) -> None:
    for path, before in VERSIONED.items():
        changed = re.sub(rf"({before})[\d.]+", rf"\g<1>{text}", path.read_text("utf-8"), count=1)
        path.write_text(changed, "utf-8")


def enter_in_changelog(text: str, entries: str) -> None:
    """Make a section of what is unreleased, the changes of the API first."""
    before, heading, rest = CHANGELOG.read_text("utf-8").partition(UNRELEASED)
    section = f"## [{text}] - {datetime.now(UTC):%Y-%m-%d}\n\n{entries}{rest.lstrip()}"
    CHANGELOG.write_text(f"{before}{heading}\n{section}", "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python spec/tools/release.py VERSION")
    main(sys.argv[1])
