"""An app's files as one archive."""

import gzip
import tarfile
from collections.abc import Mapping
from io import BytesIO


def archive(files: Mapping[str, bytes]) -> bytes:
    """Give a .tar.gz, the same bytes for the same files."""
    packed = BytesIO()
    with (
        gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0) as stream,
        tarfile.open(fileobj=stream, mode="w") as tar,
    ):
        for path in sorted(files):
            entry = tarfile.TarInfo(path)
            entry.size = len(files[path])
            tar.addfile(entry, BytesIO(files[path]))
    return packed.getvalue()
