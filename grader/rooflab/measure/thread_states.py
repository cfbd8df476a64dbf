"""What the threads of a call that hangs were doing, in words.

The harness (session/thread_states.cpp) tells of each thread the system call that it slept in and
addresses from its stack; here they become lines of the submission. Stack and line table are the
worker's own: it can make these words wrong, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rooflab.compile.trusted import LabBuild
from rooflab.measure.source_lines import Code, Frame, frames, innermost
from rooflab.report.model import Cause

THREAD = re.compile(r"(?P<doing>\w+)(?P<addresses>(?: 0x[0-9a-f]{1,16})*)")
SHOWN = 8
# What students write, by what the libraries call it.
WAITS = {
    "pthread_mutex_lock": "for a mutex",
    "pthread_cond_wait": "for a condition variable",
    "pthread_cond_clockwait": "for a condition variable, for some time",
    "pthread_cond_timedwait": "for a condition variable, for some time",
    "pthread_clockjoin_ex": "for a thread to end",
    "pthread_join": "for a thread to end",
    "std::thread::join": "for a thread to end",
    "std::condition_variable::wait": "for a condition variable",
    "std::atomic_futex_unsigned_base::_M_futex_wait_until": "for a future",
    "syscall": "for an atomic to change",
    "pthread_rwlock_wrlock": "for a shared mutex",
    "pthread_rwlock_rdlock": "for a shared mutex",
}


def explained(trusted: LabBuild, worker: Path, cause: Cause, work: Path) -> Cause:
    """The same cause, with what it says of threads in words."""
    if not cause.threads:
        return cause
    lines = in_words(trusted, worker, cause.threads, work)
    rationale = f"{cause.rationale}\n{lines}" if lines else cause.rationale
    return cause.model_copy(update={"rationale": rationale, "threads": ""})


def in_words(trusted: LabBuild, worker: Path, threads: str, work: Path) -> str:
    """A line per thread; empty where nothing is known. `worker` lies beside the files that it was
    compiled from (rooflab.compile.worker)."""
    found = [match for match in map(THREAD.fullmatch, threads.split("; ")) if match][:SHOWN]
    stacks = [[int(word, 16) for word in match["addresses"].split()] for match in found]
    files = dict.fromkeys(trusted.lab.manifest.sources, b"")
    code = Code(worker, worker.parent, files)
    addresses = sorted({address for stack in stacks for address in stack})
    places = frames(trusted, code, addresses, work)
    lines = []
    for number, (match, stack) in enumerate(zip(found, stacks, strict=True), start=1):
        where = _where([places.get(address, []) for address in stack])
        if where:
            doing = "computed" if match["doing"] == "computing" else "waited"
            lines.append(f"thread {number} {doing} {where}")
    return "\n".join(lines)


def _where(stack: Sequence[Sequence[Frame]]) -> str:
    """The first line of the submission, and what it called there."""
    called = ""
    for at in stack:
        frame = innermost(at)
        if frame is not None:
            inside = f", in {frame.function}" if frame.function not in ("", "operator") else ""
            waits = f"{WAITS[called]} " if called in WAITS else ""
            return f"{waits}at {frame.file}:{frame.number}{inside}"
        called = at[-1].function.strip("_").replace("::__", "::") if at else called
    return ""
