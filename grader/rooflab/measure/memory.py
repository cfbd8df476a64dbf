"""Measures the memory that one call needs beyond its inputs and outputs: the peak, from outside.

The harness (grader/harness/programs/memory_main.cpp) reads the peak of the worker's address space,
and verifies the output of that very call.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rooflab.measure.estimates import Estimate
from rooflab.measure.one_call import Unmeasured, ask
from rooflab.report.model import Cause

MIB = 1 << 20
PAGE = 4096  # what is less than that is not seen


@dataclass(frozen=True)
class MemoryUse:
    """Of one call."""

    bytes: int

    @property
    def estimate(self) -> Estimate:
        """In MiB. What the operating system counts has no noise."""
        return Estimate.exact(max(self.bytes, PAGE) / MIB)


def look(
    program: Path, worker: Path, beside: Path, case: str, work: Path, key: str
) -> MemoryUse | Unmeasured | Cause:
    """What one call of `case` by `worker` needs; a Cause when the kernel failed. `beside` is a
    worker of the course's own: how large one is that does nothing."""
    arguments = [f"--case={case}", f"--worker={worker}", f"--beside={beside}"]
    output = ask(program, arguments, "its memory was measured", work, key)
    if isinstance(output, Cause | Unmeasured):
        return output
    return MemoryUse(int(output["bytes"]))
