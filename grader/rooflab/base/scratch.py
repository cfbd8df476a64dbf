"""Folders for what one command builds and measures; and turns, where commands must not overlap.

Each command locks its own folder under build/tmp for as long as it runs. A folder that nobody locks
was left by a command that was killed: the next one removes it.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusive_lock(path: Path) -> Iterator[None]:
    """Two commands at once take turns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def scratch(build: Path) -> Iterator[Path]:
    """An empty folder below the course's build folder, removed with all in it at the end."""
    home = build / "tmp"
    home.mkdir(parents=True, exist_ok=True)
    with exclusive_lock(build / "tmp.lock"):  # a folder is not locked yet when it is made
        for folder in home.iterdir():
            if not _in_use(folder):
                _remove(folder)
        own = Path(tempfile.mkdtemp(dir=home))
        handle = os.open(own, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield own
    finally:
        _remove(own)
        os.close(handle)


def _in_use(folder: Path) -> bool:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _remove(folder: Path) -> None:
    """Whatever kernels left there: folders that are closed to us, or nested deeper than Python's
    rmtree goes. What cannot be removed must not cost a grade; the next command tries again."""
    for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
        subprocess.run([*command, "--", str(folder)], capture_output=True, check=False)
