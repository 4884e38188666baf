"""Files that appear under their names whole, or not at all."""

import secrets
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

BUFFER = 1 << 20


@contextmanager
def taking_the_place_of(target: Path) -> Generator[BinaryIO]:
    """Give a file that only its owner can read; in the end it is the target, with the rights of any new file, or gone."""
    beside = target.with_name(f".{secrets.token_hex(16)}.part")
    try:
        with beside.open("xb", buffering=BUFFER) as file:
            usual = stat.S_IMODE(beside.stat().st_mode)  # the only way to know the umask that harms no other thread
            beside.chmod(0o600)
            yield file
        beside.chmod(usual)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
