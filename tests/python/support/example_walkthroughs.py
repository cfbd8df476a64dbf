"""A walkthrough that nobody measured."""

from datetime import UTC, datetime

from example_reports import FASTER, MACHINE, MISSES

from rooflab.classroom.walkthrough import KernelWalk, Step, Walkthrough
from rooflab.report.model import Check

SLOW = FASTER.model_copy(update={"points": 0, "data": {**FASTER.data, "speedup": 1.0}})
BEST = FASTER.model_copy(update={"points": 10, "data": {**FASTER.data, "speedup": 3.3}})


def step(name: str, *checks: Check, text: str = "") -> Step:
    return Step(name, f"the idea of {name}{text}", f"void f() {{}}{text}", checks)


def walkthrough(*steps: Step, took_s: float = 12.0, solution: str = "") -> Walkthrough:
    """Of one kernel, with those steps, or three of them; `solution` is the whole source."""
    steps = steps or (
        step("the baseline", SLOW, MISSES),
        step("tiles", FASTER, MISSES),
        step("the solution", BEST, MISSES),
    )
    return Walkthrough(
        lab="02_blocking",
        title="Cache blocking",
        kernels=(KernelWalk("matmul_reordered", steps, ()),),
        files=(("kernels.cpp", solution or "// all of it"),),
        machine=MACHINE,
        measured_at=datetime(2026, 11, 26, 8, 30, tzinfo=UTC),
        took_s=took_s,
    )
