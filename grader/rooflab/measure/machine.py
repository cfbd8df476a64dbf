"""The facts about this machine that a measurement depends on, read from /proc and /sys.

What a file does not say is None or "unmeasured: why", never a guess.
"""

from __future__ import annotations

import functools
import json
import math
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.base.process import Finished, run, trusted_limits
from rooflab.base.text import sanitize_line
from rooflab.report.model import Cache, Machine

ROOT = Path("/")
# What x86-64-v3, the graded instruction set, adds; /proc/cpuinfo calls lzcnt "abm".
X86_64_V3 = ("avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe")
SHOWN = (
    *("avx2", "fma", "f16c", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16", "avx_vnni"),
    *("amx_int8", "asimd", "asimddp", "i8mm", "sve", "sve2"),
)
CLEAR_NORM = 0.95  # of threads that have a core each, or nearly
MORE_PEAKS = 3
ARM_NAMES = {"asimd": "neon", "asimddp": "dotprod"}
# glibc's numbers for sysconf: level, type, then the first of size, ways, line size.
SYSCONF_CACHES = ((1, "Data", 188), (2, "Unified", 191), (3, "Unified", 194))


@dataclass(frozen=True)
class Counters:
    """What PAPI can count on this machine."""

    events: tuple[str, ...]  # the processor's own
    reason: str  # why its first-level misses cannot be counted; empty when they can
    self_test: str  # empty: PAPI counted a modelled cache's misses right; else what was wrong

    def __str__(self) -> str:
        """As the report tells it."""
        if self.reason:
            return f"unmeasured: {self.reason}"
        return f"available: {', '.join(self.events)}"


@dataclass(frozen=True)
class Measured:
    """What the harness measured here: one core's roof, whether the sandbox holds, what PAPI can
    count."""

    peak_gflops: float
    bandwidth_gbs: float
    sandbox: dict[str, str]
    counters: Counters

    @property
    def confined(self) -> bool:
        return self.sandbox.get("tier") == "complete"


def measure(program: Path, probe: Path, counters: Path) -> Measured:
    """Runs grader/harness/programs/machine_main.cpp, a fifth of a second, and counters_main.cpp.
    SetupError when the sandbox cannot be tried out."""
    done = run([program, probe], trusted_limits(wall_s=60), directory=program.parent)
    try:
        output = json.loads(done.stdout)
        sandbox = {str(name): sanitize_line(str(text)) for name, text in output["sandbox"].items()}
        peak, bandwidth = float(output["peak_gflops"]), float(output["bandwidth_gbs"])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise SetupError(
            f"the sandbox cannot be tried out here: {_why(done)}", "./lab doctor"
        ) from error
    return Measured(peak, bandwidth, sandbox, count(counters))


def processors() -> int:
    """Those that this process, and so a worker, may run on."""
    return len(os.sched_getaffinity(0))


@dataclass(frozen=True)
class Peaks:
    """What one thread reaches in GFLOP/s, and what `threads` of them reach together."""

    one: float
    together: float
    threads: int

    @property
    def norm(self) -> float:
        """What an ideal kernel gains by its threads here, of what it would if each had a core of
        its own. Noise alone makes it more than 1."""
        return min(1.0, self.together / (self.threads * self.one))

    @property
    def without_gain(self) -> float:
        """The efficiency of a kernel that its threads make no faster."""
        return 1 / (self.threads * self.norm)


@functools.cache
def peaks(program: Path, threads: int) -> Peaks:
    """Once in a session, a quarter of a second; where threads gain little, the best of a few: a
    neighbour that came for a moment would be worth points in every measurement."""
    best = _peaks(program, threads)
    for _ in range(MORE_PEAKS):
        if best.norm >= CLEAR_NORM:
            break
        best = max(best, _peaks(program, threads), key=lambda found: found.norm)
    return best


def _peaks(program: Path, threads: int) -> Peaks:
    """Runs grader/harness/programs/machine_main.cpp."""
    done = run(
        [program, f"--threads={threads}"], trusted_limits(wall_s=60), directory=program.parent
    )
    try:
        output = json.loads(done.stdout)
        found = Peaks(float(output["one_gflops"]), float(output["all_gflops"]), threads)
        if not (0 < found.one < math.inf and 0 < found.together < math.inf):
            raise ValueError("not a speed")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise SetupError(
            f"threads cannot be measured here: {_why(done)}", "./lab doctor"
        ) from error
    return found


def count(program: Path) -> Counters:
    """Runs grader/harness/programs/counters_main.cpp. Whatever goes wrong is a reason to have no
    counts."""
    done = run([program], trusted_limits(wall_s=60), directory=program.parent)
    try:
        output = json.loads(done.stdout)
        hardware, test = output["hardware"], output["self_test"]
        events = tuple(sanitize_line(str(event)) for event in hardware["events"])
        reason = sanitize_line(str(hardware["reason"]))
        if not hardware["available"]:
            reason = reason or "PAPI gives no reason"
        counted = "" if test["counted"] is None else f"counted {test['counted']}, "
        expected = f"{counted}expected {test['expected']}. {test.get('reason', '')}"
        return Counters(
            events, reason, "" if test["status"] == "pass" else sanitize_line(expected.strip())
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        why = f"PAPI cannot be tried out here: {_why(done)}"
        return Counters((), why, why)


def _why(done: Finished) -> str:
    return sanitize_line(done.stderr) or f"it {done.ending.value} ({done.code})"


def read(
    measured: Measured | None = None,
    root: Path = ROOT,
    cores: int | None = None,
    sysconf: Callable[[int], int] = os.sysconf,
) -> Machine:
    """This machine, or the one whose /proc and /sys lie under `root`."""
    facts = _cpuinfo(root)
    flags = cpu_flags(root)
    return Machine(
        cpu=sanitize_line(facts.get("model name") or _arm_name(facts), limit=100),
        cores=processors() if cores is None else cores,
        isa=_isa(flags),
        caches=tuple(_caches(root)) or tuple(_caches_of_libc(sysconf)),
        virtualized="hypervisor" in flags if "flags" in facts else None,
        hardware_counters=str(measured.counters) if measured else "unmeasured: not tried",
        sandbox=measured.sandbox if measured else {"tier": "not tried"},
        peak_gflops=measured.peak_gflops if measured else None,
        bandwidth_gbs=measured.bandwidth_gbs if measured else None,
    )


def cpu_flags(root: Path = ROOT) -> frozenset[str]:
    """The features of the first processor; empty where /proc/cpuinfo has none."""
    facts = _cpuinfo(root)
    return frozenset((facts.get("flags") or facts.get("Features") or "").split())


def missing_for_x86_64_v3(flags: frozenset[str]) -> tuple[str, ...]:
    return tuple(flag for flag in X86_64_V3 if flag not in flags)


def _isa(flags: frozenset[str]) -> tuple[str, ...]:
    level = () if missing_for_x86_64_v3(flags) else ("x86-64-v3",)
    return level + tuple(ARM_NAMES.get(name, name) for name in SHOWN if name in flags)


def _cpuinfo(root: Path) -> dict[str, str]:
    """The first processor's lines, and those that ARM writes once for all."""
    facts: dict[str, str] = {}
    for line in (_text(root / "proc/cpuinfo") or "").splitlines():
        key, _, value = line.partition(":")
        facts.setdefault(key.strip(), value.strip())
    return facts


def _arm_name(facts: dict[str, str]) -> str:
    if "CPU implementer" in facts:
        return f"ARM implementer {facts['CPU implementer']} part {facts.get('CPU part', '?')}"
    return "unmeasured: /proc/cpuinfo does not name it"


def _caches(root: Path) -> Iterator[Cache]:
    for index in sorted((root / "sys/devices/system/cpu/cpu0/cache").glob("index*")):
        level, kind, size, line, ways = (
            _text(index / name)
            for name in ("level", "type", "size", "coherency_line_size", "ways_of_associativity")
        )
        bytes_ = _bytes(size)
        if kind and bytes_ and all(_is_number(text) for text in (level, line, ways)):
            yield Cache(
                level=int(level or 0),
                type=kind,
                size_bytes=bytes_,
                line_bytes=int(line or 0),
                ways=int(ways or 0),
            )


def _caches_of_libc(sysconf: Callable[[int], int]) -> Iterator[Cache]:
    """glibc asks the processor itself: for containers that show no /sys."""
    for level, kind, first in SYSCONF_CACHES:
        try:
            size, ways, line = (sysconf(first + offset) for offset in range(3))
        except (OSError, ValueError):
            continue
        if min(size, ways, line) > 0:
            yield Cache(level=level, type=kind, size_bytes=size, line_bytes=line, ways=ways)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None


def _is_number(text: str | None) -> bool:
    return text is not None and re.fullmatch(r"[0-9]+", text) is not None


def _bytes(size: str | None) -> int | None:
    """32768 from "32K"."""
    match = re.fullmatch(r"([0-9]+)([KMG]?)", size or "")
    return int(match[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[match[2]] if match else None
