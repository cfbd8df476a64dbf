"""Files that are written whole or not at all, and files that somebody else made."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

from rooflab.base.errors import SetupError

STANDARD_OUTPUT = Path("/dev/stdout")


def write_atomically(path: Path, content: bytes) -> None:
    """Writes beside `path`, then renames. What is under /dev, such as /dev/stdout, is written into
    and not replaced. SetupError when the disk does not let it."""
    temporary: str | None = None
    try:
        # Opened by its path, standard output would lose what a file already has of it.
        if path == STANDARD_OUTPUT:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        if path.is_relative_to("/dev"):
            path.write_bytes(content)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        raise SetupError(
            f"{path} cannot be written: {error.strerror}", "name another file, or make room"
        ) from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def read_start(path: Path, limit: int) -> bytes:
    """The first `limit` bytes of a file that a kernel could have reached: nothing if it is missing,
    a link or not a regular file."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            return b""
        with open(file, "rb", closefd=False) as stream:
            return stream.read(limit)
    except OSError:
        return b""
    finally:
        os.close(file)
