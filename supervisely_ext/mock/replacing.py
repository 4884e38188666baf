"""Writing a file as a whole or not at all."""

import errno
import os
import tempfile
from pathlib import Path


def check_replaceable(path: Path) -> None:
    """Raise the `OSError` that `replace_file` would, where it is known beforehand."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with tempfile.TemporaryFile(dir=path.parent):
        return


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that at every moment there is the old content or the new one."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as temporary:
        try:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
            Path(temporary.name).replace(path)
        except BaseException:
            Path(temporary.name).unlink()
            raise
