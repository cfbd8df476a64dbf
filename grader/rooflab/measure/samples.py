"""Samples where a kernel spends its time: at random moments, the instruction that it is at.

The harness (grader/harness/programs/hot_main.cpp) interrupts calls in a worker, and verifies their
outputs. Samples tell where time goes; they prove nothing, and earn no points.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.base.text import sanitize_line
from rooflab.compile.trusted import LabBuild
from rooflab.measure.one_call import Unmeasured, ask
from rooflab.report.model import Cause

WANTED = 400


@dataclass(frozen=True)
class HotSite:
    """An instruction, and how often it was found. `text` is the disassembler's, made harmless."""

    address: int
    samples: int
    kind: str
    text: str


@dataclass(frozen=True)
class Samples:
    """`sites` are in the order of their addresses."""

    samples: int
    calls: int
    call_ns: float
    sites: tuple[HotSite, ...]


def take(trusted: LabBuild, worker: Path, case: str, work: Path, key: str) -> Samples | Cause:
    """Samples calls of `case` by `worker`. SetupError where workers cannot be traced."""
    arguments = [
        f"--case={case}",
        f"--worker={worker}",
        f"--threads={trusted.lab.manifest.threads}",
        f"--samples={WANTED}",
    ]
    output = ask(trusted.hot, arguments, "its calls were sampled", work, key)
    if isinstance(output, Cause):
        return output
    if isinstance(output, Unmeasured):
        raise SetupError(output.why, "./lab doctor")
    sites = tuple(
        HotSite(int(address), int(samples), str(kind), sanitize_line(str(text)))
        for address, samples, kind, text in output["sites"]
    )
    return Samples(int(output["samples"]), int(output["calls"]), float(output["call_ns"]), sites)
