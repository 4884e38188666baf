"""Writing a file as a whole or not at all."""

import errno
import os
import secrets
import stat
import tempfile
from pathlib import Path


def check_replaceable(path: Path) -> None:
    """Raise the `OSError` that `replace_file` would, where it is known beforehand."""
    target, _ = _target(path)
    with tempfile.TemporaryFile(dir=target.parent):
        return


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that at every moment there is the old content or the new one. Links are followed, and the mode stays."""
    target, mode = _target(path)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    with temporary.open("xb") as file:
        try:
            if mode is not None:
                temporary.chmod(mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            temporary.replace(target)
        except BaseException:
            temporary.unlink()
            raise


def _target(path: Path) -> tuple[Path, int | None]:
    """Give the file that is meant, and its mode if it is there."""
    target = Path(os.path.realpath(path))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return target, None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "not a regular file, which alone is replaced", str(path))
    return target, stat.S_IMODE(mode)
