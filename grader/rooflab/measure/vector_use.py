"""Counts the instructions that one call executes, by kind: the proof that a kernel uses vectors.

The harness (grader/harness/programs/instructions_main.cpp) steps the worker through one call, and
verifies the output of that very call. So what counts was executed, and led to the right answer.

Dummy vector work beside a scalar kernel has a good share of packed instructions, but it does not
make the scalar ones fewer: vectors of eight do. So a share counts only for a kernel that gets by
with TIMES_FEWER fewer instructions than the baseline, on the same case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.base.text import sanitize_line
from rooflab.measure.estimates import Estimate
from rooflab.measure.one_call import Unmeasured, ask
from rooflab.report.model import Cause

MAX_STEPS = 200_000  # some ten microseconds each
# Half of what vectors of eight give. Who uses one number of each vector still needs an instruction
# that loads and works and one that stores, per element; a plain loop has five to seven.
TIMES_FEWER = 4.0
NARROWEST_BITS = 256  # that count as vectors
WIDTHS = (128, 256, 512)


@dataclass(frozen=True)
class Executed:
    """By one call. `cut_short` says why not all of it was counted; empty when it was."""

    instructions: int
    kinds: Mapping[str, int]
    cut_short: str = ""

    def packed(self, narrowest_bits: int) -> int:
        """Floating-point instructions on vectors that are so wide, or wider."""
        return sum(self.kinds[f"packed_{bits}"] for bits in WIDTHS if bits >= narrowest_bits)

    @property
    def floating_point(self) -> int:
        """All floating-point instructions."""
        return self.packed(0) + self.kinds["scalar"]

    @property
    def share(self) -> float:
        """Of floating-point instructions, how many work on vectors."""
        return self.packed(NARROWEST_BITS) / max(1, self.floating_point)


def count(
    program: Path, worker: Path, case: str, work: Path, key: str
) -> Executed | Unmeasured | Cause:
    """Steps one call of `case` by `worker`; a Cause when the kernel failed."""
    arguments = [f"--case={case}", f"--worker={worker}", f"--max={MAX_STEPS}"]
    output = ask(program, arguments, "its instructions were counted", work, key)
    if isinstance(output, Cause | Unmeasured):
        return output
    return Executed(
        int(output["instructions"]),
        {str(kind): int(number) for kind, number in output["kinds"].items()},
        sanitize_line(str(output["cut_short"])),
    )


def count_baseline(
    program: Path, worker: Path, case: str, work: Path, key: str
) -> Executed | Unmeasured:
    """The baseline's count. SetupError when the case is too large to be stepped through."""
    counted = count(program, worker, case, work, key)
    if isinstance(counted, Unmeasured):
        return counted
    if isinstance(counted, Cause) or counted.cut_short:
        why = counted.rationale if isinstance(counted, Cause) else counted.cut_short
        raise SetupError(
            f"the baseline's instructions in {case} cannot be counted: {why}",
            f"choose a case in which the baseline executes less than {MAX_STEPS:,} instructions",
        )
    return counted


@dataclass(frozen=True)
class VectorUse:
    """A worker's count beside the baseline's, of the same case."""

    mine: Executed
    baseline: Executed

    @property
    def not_proven(self) -> str:
        """Why the share of packed instructions does not count; empty when it does."""
        mine, baseline = self.mine, self.baseline
        if mine.cut_short:
            return f"not all that a call executes can be counted: {mine.cut_short}"
        if mine.floating_point == 0:
            return f"none of its {mine.instructions:,} instructions works on floating-point numbers"
        if mine.instructions * TIMES_FEWER > baseline.instructions:
            return (
                f"a call executes {mine.instructions:,} instructions, and the baseline's "
                f"{baseline.instructions:,}: vectors of eight make them {TIMES_FEWER:g} times "
                "fewer at least"
            )
        return ""

    @property
    def estimate(self) -> Estimate:
        """The share that counts. A count has no noise."""
        return Estimate.exact(0.0 if self.not_proven else self.mine.share)


def compare(
    program: Path, worker: Path, baseline: Executed, case: str, work: Path, key: str
) -> VectorUse | Unmeasured | Cause:
    """What `worker` executes in the case, beside the baseline."""
    mine = count(program, worker, case, work, key)
    return VectorUse(mine, baseline) if isinstance(mine, Executed) else mine
