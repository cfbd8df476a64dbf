"""Runs a program that may crash, hang, flood its output or eat memory, and always comes back.

The program gets a process group, no standard input, an environment that is written here, and
limits. Past a limit its whole group is ended: SIGTERM first, so that doctest can say which test was
running, SIGKILL half a second later. The group is led by a guardian, a shell that waits for us to
end: should we be killed outright, it kills the group. Its own status is collected last of all, so
that the group's number cannot belong to anybody else by the time it is signalled.
"""

from __future__ import annotations

import contextlib
import math
import os
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from rooflab.base.errors import SetupError

GRACE_S = 0.5
STEP_S = 0.05  # how long an end that closes no pipe may go unnoticed
CHUNK_BYTES = 1 << 16
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}


class Ending(Enum):
    EXITED = "ended by itself"
    SIGNALLED = "was ended by a signal"
    TIMED_OUT = "did not end in time"
    TOO_MUCH_OUTPUT = "printed too much"
    TOO_MUCH_MEMORY = "took too much memory"


@dataclass(frozen=True)
class Limits:
    """What a run may use. `memory_bytes` bounds the address space; None leaves it free."""

    wall_s: float
    memory_bytes: int | None = 4 << 30
    output_bytes: int = 1 << 20
    file_bytes: int = 64 << 20
    resident_bytes: int | None = None  # of memory in use, looked at now and then

    def within(self, wall_s: float) -> Limits:
        """The same, in no more than that time."""
        return replace(self, wall_s=min(self.wall_s, wall_s))


def trusted_limits(wall_s: float) -> Limits:
    """For the harness's own programs: they hold the shared memory of workers, and limit those."""
    return Limits(wall_s=wall_s, memory_bytes=None, file_bytes=1 << 40)


@dataclass(frozen=True)
class Finished:
    """How a run ended. `code` is the exit status, or the signal's number when it was signalled."""

    ending: Ending
    code: int
    stdout: bytes
    stderr: bytes
    wall_s: float

    @property
    def succeeded(self) -> bool:
        return self.ending is Ending.EXITED and self.code == 0

    @property
    def signal_name(self) -> str:
        """SIGSEGV, …; empty when no signal ended it."""
        if self.ending is not Ending.SIGNALLED:
            return ""
        try:
            return signal.Signals(self.code).name
        except ValueError:
            return f"signal {self.code}"


def run(
    command: Sequence[str | Path],
    limits: Limits,
    *,
    directory: Path,
    environment: Mapping[str, str] | None = None,
) -> Finished:
    """Runs `command` in `directory`, which is made anew should an earlier run have removed it. A
    program that is not there ends with exit status 127."""
    directory.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with _guarded_group() as group:
        process = subprocess.Popen(
            [*_limiting(limits), *map(str, command)],
            cwd=directory,
            env={**ENVIRONMENT, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            process_group=group,
        )
        return _wait(process, group, limits, started)


def _wait(process: subprocess.Popen[bytes], group: int, limits: Limits, started: float) -> Finished:
    try:
        with _Output(process, limits.output_bytes) as output:
            ending = output.collect(started + limits.wall_s, limits.resident_bytes)
            if ending is not None:
                _signal_group(group, signal.SIGTERM)
                output.drop_until_end(time.monotonic() + GRACE_S)
            _signal_group(group, signal.SIGKILL)
            output.drain()
    finally:
        _signal_group(group, signal.SIGKILL)  # also what it left running in the background
        process.wait()
    if ending is None and output.overflowed:
        ending = Ending.TOO_MUCH_OUTPUT
    if ending is None:
        ending = Ending.EXITED if process.returncode >= 0 else Ending.SIGNALLED
    return Finished(
        ending,
        abs(process.returncode),
        bytes(output.stdout),
        bytes(output.stderr),
        time.monotonic() - started,
    )


@contextlib.contextmanager
def _guarded_group() -> Iterator[int]:
    """The number of a process group that is killed at the end, whatever becomes of us."""
    with subprocess.Popen(
        ["/bin/sh", "-c", 'trap "" TERM; read -r _; kill -KILL 0'],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,  # closed by our end, whichever way we end
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    ) as guardian:
        yield guardian.pid


def _limiting(limits: Limits) -> list[str]:
    """The prefix that ties the program to its limits, and to the life of whoever waits for it."""
    tools = [shutil.which(name, path=ENVIRONMENT["PATH"]) for name in ("setpriv", "prlimit")]
    if None in tools:
        raise SetupError("setpriv or prlimit is missing, which limit kernels", "install util-linux")
    setpriv, prlimit = map(str, tools)
    # Whatever else should fail, CPU time ends it.
    cpu_s = math.ceil(limits.wall_s * (os.cpu_count() or 1)) + 1
    options = ["--core=0", f"--fsize={limits.file_bytes}", f"--cpu={cpu_s}"]
    if limits.memory_bytes is not None:
        options.append(f"--as={limits.memory_bytes}")
    return [setpriv, "--pdeathsig", "KILL", prlimit, *options, "--"]


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


class _Output:
    """Both pipes of a process, read as it runs; what is over the limit is dropped."""

    def __init__(self, process: subprocess.Popen[bytes], limit: int) -> None:
        self.stdout = bytearray()
        self.stderr = bytearray()
        self.overflowed = False
        self._process = process
        self._limit = limit
        self._selector = selectors.DefaultSelector()
        for stream, kept in ((process.stdout, self.stdout), (process.stderr, self.stderr)):
            assert stream is not None
            os.set_blocking(stream.fileno(), False)
            self._selector.register(stream, selectors.EVENT_READ, kept)

    def __enter__(self) -> _Output:
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()

    def collect(self, deadline: float, resident_bytes: int | None = None) -> Ending | None:
        """Reads until the process has ended; or says why it must be ended."""
        while not self._has_ended():
            if self.overflowed:
                return Ending.TOO_MUCH_OUTPUT
            if time.monotonic() >= deadline:
                return Ending.TIMED_OUT
            if resident_bytes is not None and self._resident_bytes() > resident_bytes:
                return Ending.TOO_MUCH_MEMORY
            self._read(STEP_S)
        return None

    def drop_until_end(self, deadline: float) -> None:
        """Keeps the pipes from filling up until the process has ended, or time is up."""
        while not self._has_ended() and time.monotonic() < deadline:
            self._read(STEP_S)

    def drain(self) -> None:
        """Reads what is left in the pipes."""
        while self._read(0) and not self.overflowed:
            pass

    def _has_ended(self) -> bool:
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, flags) is not None

    def _resident_bytes(self) -> int:
        """What the process has in memory; 0 when it has ended."""
        with contextlib.suppress(OSError, IndexError):
            pages = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1]
            return int(pages) * os.sysconf("SC_PAGE_SIZE")
        return 0

    def _read(self, wait_s: float) -> bool:
        """Takes what is there; whether there was anything."""
        if not self._selector.get_map():  # it closed its pipes
            time.sleep(min(wait_s, 0.01))
            return False
        taken = False
        for key, _ in self._selector.select(wait_s):
            try:
                chunk = os.read(key.fd, CHUNK_BYTES)
            except BlockingIOError:
                continue
            if not chunk:
                self._selector.unregister(key.fileobj)
                continue
            taken = True
            kept: bytearray = key.data
            room = self._limit - len(kept)
            kept += chunk[:room]
            self.overflowed |= len(chunk) > room
        return taken
