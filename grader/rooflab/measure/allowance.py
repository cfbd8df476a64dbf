"""The time that one submission may take, whatever it does with it and however many programs run it.

Each call has a deadline, but there are many calls. Beside the submission's worker lies a file with
the nanoseconds that are left, and the harness (grader/harness/session/allowance.h) charges every
call to it: what the worker ran or slept, not what it waited for a processor, so that a busy machine
costs nobody a grade. Compiler and emulator are charged by wall time. Baseline and reference have no
such file, and no such limit.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NANOSECONDS = struct.Struct("=q")


class Allowance:
    """What is left for the submission that was built into `worker`."""

    def __init__(self, worker: Path) -> None:
        self._file = worker.with_name(f"{worker.name}.allowance")

    def grant(self, seconds: float) -> None:
        """From now on; until then, there is no limit."""
        self._file.unlink(missing_ok=True)  # whatever a compiler may have left there
        with self._file.open("xb") as file:
            file.write(_NANOSECONDS.pack(round(seconds * 1e9)))

    @property
    def left_s(self) -> float:
        """Below zero when the last call could not be ended in time."""
        nanoseconds: int = _NANOSECONDS.unpack(self._file.read_bytes())[0]
        return nanoseconds / 1e9

    def charge(self, seconds: float) -> None:
        self.grant(self.left_s - seconds)

    @contextmanager
    def charging(self) -> Iterator[None]:
        """Charges the wall time of what the harness does not charge by itself."""
        started = time.monotonic()
        yield
        self.charge(time.monotonic() - started)

    @contextmanager
    def more(self, seconds: float) -> Iterator[None]:
        """Adds time for one purpose; what is left of it at the end is taken back."""
        before = self.left_s
        self.grant(before + seconds)
        yield
        self.grant(min(before, self.left_s))
