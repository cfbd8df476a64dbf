"""What other programs take of the processors while something is measured.

A thread that waits for a processor waits for another program, or for its own kernel's other
threads. Only what the processors did meanwhile tells which.
"""

from __future__ import annotations

import os
import resource
import time
from dataclasses import dataclass
from pathlib import Path

from rooflab.measure.machine import ROOT

# The columns of a processor in /proc/stat whose time is somebody's: user, nice, system, irq,
# softirq, steal. The rest is idle, or counted twice.
SOMEBODYS = (0, 1, 2, 5, 6, 7)


@dataclass(frozen=True)
class Clocks:
    """Seconds: on the wall, of the processors that this process may use (None where that is not
    told), and of this process and its children that have ended."""

    wall_s: float
    busy_s: float | None
    own_s: float

    def others(self, later: Clocks) -> float | None:
        """How many processors others kept busy between the two, on average. Linux counts it in
        ticks of some milliseconds: over a second, it is right to some percent."""
        if self.busy_s is None or later.busy_s is None or later.wall_s <= self.wall_s:
            return None
        taken = (later.busy_s - self.busy_s) - (later.own_s - self.own_s)
        return max(0.0, taken / (later.wall_s - self.wall_s))


def clocks(root: Path = ROOT) -> Clocks:
    """As they stand now."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    own_s = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return Clocks(time.monotonic(), _busy_s(root), own_s)


def _busy_s(root: Path) -> float | None:
    try:
        lines = (root / "proc/stat").read_text(encoding="ascii").splitlines()
        ticks = {line.split()[0]: [int(n) for n in line.split()[1:]] for line in lines if line}
        ours = [ticks[f"cpu{number}"] for number in os.sched_getaffinity(0)]
        busy = sum(processor[column] for processor in ours for column in SOMEBODYS)
    except (OSError, ValueError, LookupError):
        return None
    return busy / os.sysconf("SC_CLK_TCK")
