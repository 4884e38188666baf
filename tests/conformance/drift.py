"""The installed SDK offers what was recorded of it: a name or a parameter that came, went or changed is told."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.conformance.record_signatures import RECORD, record


def changes(before: Any, now: Any, where: str = "") -> Iterator[str]:
    """Tell what is not the same, each with its place."""
    if isinstance(before, dict) and isinstance(now, dict):
        for name in sorted(before.keys() | now.keys()):
            place = f"{where}.{name}" if where else name
            if name not in now:
                yield f"{place} is gone"
            elif name not in before:
                yield f"{place} is new"
            else:
                yield from changes(before[name], now[name], place)
    elif before != now:
        yield f"{where} was {json.dumps(before)}, is {json.dumps(now)}"


def main() -> int:
    """Give 1 when the SDK has drifted."""
    found = list(changes(json.loads(RECORD.read_text("utf-8")), record()))
    for change in found:
        print("The official SDK has changed:", change)
    if not found:
        print("The official SDK offers what was recorded")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
