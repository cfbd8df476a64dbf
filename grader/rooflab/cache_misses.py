"""Counts the cache misses of one call in Valgrind's cache simulator.

The simulated cache is the manifest's, so the count is the same on every machine, and it repeats
bit for bit: the worker has an empty environment and nothing in it depends on time. The harness
(grader/harness/misses_main.cpp) starts the worker under Valgrind, has it do one call, all of it
counted, and verifies the output of that very call. Valgrind and the kernel share one process, so
the count itself is the kernel's word: it is held against what an honest call must at least do.
"""

from __future__ import annotations

import platform
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from rooflab.errors import SetupError
from rooflab.files import read_start
from rooflab.manifest import CacheGeometry, SimulatedCaches
from rooflab.plausibility import scan_for_client_requests, too_few_events
from rooflab.process import ENVIRONMENT, Ending, run, trusted_limits
from rooflab.report import Cause, Reason
from rooflab.text import key_values, plain

LIMIT_S = 600.0  # the harness itself waits 240 s for each of two stops
LAST_WORDS_BYTES = 4000  # the harness's own, behind what the kernel printed
MAX_COUNTS_BYTES = 8 << 20
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}  # as Valgrind calls them


@dataclass(frozen=True)
class MissCounts:
    """Of one call: first-level data misses (reads and writes), data references, instructions."""

    d1_misses: int
    references: int
    instructions: int


def simulator() -> Path | None:
    """Valgrind's cache simulator itself, which the command `valgrind` would start."""
    launcher = shutil.which("valgrind", path=ENVIRONMENT["PATH"])
    if launcher is None:
        return None
    system = Path(launcher).resolve().parents[1]
    name = f"valgrind/callgrind-{ARCHITECTURES.get(platform.machine(), '')}-linux"
    tools = (system / folder / name for folder in ("libexec", "lib", "lib64"))
    multiarch = sorted((system / "lib").glob(f"*-linux-gnu/{name}"))
    return next((tool for tool in (*tools, *multiarch) if tool.is_file()), None)


def available() -> bool:
    return simulator() is not None


def count(
    misses: Path,
    worker: Path,
    case: str,
    caches: SimulatedCaches,
    work: Path,
    key: str,
    limit_s: float = LIMIT_S,
) -> MissCounts | Cause:
    """Simulates one call of `case` by `worker`. `work` is a folder for Valgrind's output file."""
    program = simulator()
    if program is None:
        return _failed(Reason.TOOL_MISSING, "Valgrind is not installed", "./lab doctor")
    if scan_for_client_requests(worker):
        why = "the compiled kernels hold requests to the simulator, which could switch it off"
        return _failed(Reason.IMPLAUSIBLE, why, "leave Valgrind's client requests out")
    # The length of a program's name moves its stack, and with it the count by a few misses: a
    # link makes it the same for every worker.
    output, link = work / "callgrind.out", work / "worker"
    for old in (output, link):
        old.unlink(missing_ok=True)
    link.symlink_to(worker)
    done = run(
        [
            misses,
            f"--case={case}",
            f"--worker={link}",
            f"--simulator={program}",
            f"--out={output}",
            f"--d1={_geometry(caches.d1)}",
            f"--ll={_geometry(caches.ll)}",
        ],
        trusted_limits(wall_s=limit_s),
        directory=work,
        environment={"ROOFLAB_KEY": key},
    )
    if done.ending is Ending.TIMED_OUT:
        why = f"the simulated run was still going on after {done.wall_s:.0f} s"
        return _failed(Reason.TIMED_OUT, why, "")
    told, last_words = _facts(done.stdout), _facts(done.stderr[-LAST_WORDS_BYTES:])
    if done.ending is Ending.EXITED and done.code == 1 and last_words.get("reason") in list(Reason):
        what = last_words.get("what", "it failed")
        return _failed(Reason(last_words["reason"]), f"in the simulated run: {what}", "")
    if not done.succeeded or not told.keys() >= {"flops", "bytes"}:
        words = plain(done.stderr[-LAST_WORDS_BYTES:])[-400:]
        raise SetupError(f"the cache cannot be simulated here: {words}", "./lab doctor")
    counts = parse(read_start(output, MAX_COUNTS_BYTES).decode("utf-8", errors="replace"))
    if counts is None:
        return _failed(Reason.IMPLAUSIBLE, "the simulated run left no counts behind", "")
    why = too_few_events(
        counts.instructions, counts.references, float(told["flops"]), float(told["bytes"])
    )
    if why:
        return _failed(Reason.IMPLAUSIBLE, f"not all of the call was simulated: {why}", "")
    return counts


def _facts(told: bytes) -> dict[str, str]:
    """The "key: value" lines; what is said last counts."""
    return key_values(plain(told))


def parse(callgrind: str) -> MissCounts | None:
    """The totals of a callgrind file; None when they are not there or count nothing. Between them
    stand the program's own names, which may hold whole lines: who tells twice is not believed."""
    events = re.findall(r"^events:(.*)$", callgrind, re.MULTILINE)
    totals = re.findall(r"^totals:(.*)$", callgrind, re.MULTILINE)
    if len(events) != 1 or len(totals) != 1 or not re.fullmatch("( [0-9]{1,18})+", totals[0]):
        return None
    names = events[0].split()
    numbers = [int(number) for number in totals[0].split()]
    if len(numbers) > len(names):
        return None
    # Trailing zeros are left out.
    found = dict(zip(names, numbers + [0] * (len(names) - len(numbers)), strict=True))
    if not {"Ir", "Dr", "Dw", "D1mr", "D1mw"} <= found.keys() or found["Ir"] == 0:
        return None
    return MissCounts(found["D1mr"] + found["D1mw"], found["Dr"] + found["Dw"], found["Ir"])


def _geometry(cache: CacheGeometry) -> str:
    return f"{cache.size_bytes},{cache.ways},{cache.line_bytes}"


def _failed(reason: Reason, rationale: str, help: str) -> Cause:
    return Cause(reason=reason, rationale=rationale, help=help)
