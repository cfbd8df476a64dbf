"""Counts the cache misses of one call with the processor's own counters, where it has some.

The emulator's count (cache_misses.py) is what earns points: it is the same everywhere. This one
stands beside it in the report, so that a student sees what the real cache made of the kernel. The
harness (grader/harness/programs/hardware_main.cpp) opens the counters on the worker and verifies
the output of that very call.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rooflab.base.process import run, trusted_limits
from rooflab.base.text import sanitize_line
from rooflab.measure.machine import Counters
from rooflab.measure.timing import Role
from rooflab.report.model import Data

# What an event is called in the data of a check.
EVENTS = {"PAPI_L1_DCM": "misses", "PAPI_L2_DCM": "l2_misses"}


def count(
    program: Path,
    workers: Mapping[Role, Path],
    case: str,
    threads: int,
    counters: Counters,
    work: Path,
    key: str,
) -> Data:
    """For the data of a check: `hardware` says that PAPI counted, or why nothing is counted;
    `hardware_misses` is the submission's count, `hardware_baseline_misses` the baseline's."""
    if counters.reason:
        return {"hardware": str(counters)}
    data: Data = {"hardware": "papi"}
    for role, worker in workers.items():
        counts = _count(program, worker, case, threads, counters, work, key)
        if isinstance(counts, str):
            return {"hardware": f"unmeasured: {role}: {counts}"}
        whose = "" if role is Role.SUBMISSION else f"{role}_"
        data |= {f"hardware_{whose}{EVENTS[event]}": number for event, number in counts.items()}
    return data


def _count(
    program: Path,
    worker: Path,
    case: str,
    threads: int,
    counters: Counters,
    work: Path,
    key: str,
) -> dict[str, int] | str:
    """The counts of one call by `worker`, or why there are none."""
    events = [event for event in EVENTS if event in counters.events]
    done = run(
        [
            program,
            f"--case={case}",
            f"--worker={worker}",
            f"--threads={threads}",
            f"--events={','.join(events)}",
        ],
        trusted_limits(wall_s=300),
        directory=work,
        environment={"ROOFLAB_KEY": key},
    )
    if not done.succeeded:
        return sanitize_line(done.stderr) or f"it {done.ending.value} ({done.code})"
    try:
        output = json.loads(done.stdout)
        if "unmeasured" in output:
            return sanitize_line(str(output["unmeasured"]))
        return {event: int(output["counts"][event]) for event in events}
    except (ValueError, LookupError, TypeError):
        return "the counts cannot be read"
