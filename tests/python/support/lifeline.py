"""Tells when programs that a test started have begun, and when all of them have ended."""

import os
import select
from pathlib import Path

PATIENCE_S = 60  # longer than any program takes to begin, or to die


class Lifeline:
    """A named pipe. A program opens it for writing, writes to tell that it has begun, and holds it
    open, as do its children, until they have ended."""

    def __init__(self, path: Path) -> None:
        self.path = path
        os.mkfifo(path)
        self._reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def wait_until_held(self) -> None:
        assert self._read(), f"nobody wrote to {self.path}"

    def wait_until_released(self) -> None:
        os.close(os.open(self.path, os.O_WRONLY))  # a pipe that nobody ever held is released, too
        while self._read():
            pass

    def close(self) -> None:
        os.close(self._reader)

    def _read(self) -> bytes:
        readable, _, _ = select.select([self._reader], [], [], PATIENCE_S)
        assert readable, f"somebody still holds {self.path}"
        return os.read(self._reader, 1000)
