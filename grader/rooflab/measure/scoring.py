"""From measured figures to points. Noise never costs a student: an interval's better end counts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from rooflab.course.manifest import Measurement
from rooflab.measure.estimates import MIN_ROUNDS, Estimate, narrow_enough
from rooflab.report.model import Check, CheckStatus, Status

MAX_POINTS_IN_DOUBT = 2.0  # of one check


def ramp(x: float, zero: float, full: float) -> float:
    """The share of the points that x earns: 0 up to `zero`, 1 from `full`, log-linear between.
    Where less is better, `full` is below `zero`.

    Each doubling is worth the same. NaN is no measurement and raises.
    """
    if zero == full or not (0 < zero < math.inf and 0 < full < math.inf):
        raise ValueError(f"a ramp needs two ends that are positive and finite: {zero} and {full}")
    if math.isnan(x):
        raise ValueError("NaN earns neither points nor none: the check is unmeasured")
    better = math.copysign(1, full - zero)
    if better * x <= better * zero:
        return 0.0
    if better * x >= better * full:
        return 1.0
    return min(max(math.log(x / zero) / math.log(full / zero), 0.0), 1.0)


def points(max_points: float, x: float, zero: float, full: float) -> float:
    """The points that x earns, to one decimal; all of `max_points` only from `full` on."""
    share = ramp(x, zero, full)
    if share == 1.0:
        return max_points
    return math.floor(max_points * share * 10 + 0.5) / 10 if share else 0.0


@dataclass(frozen=True)
class Outcome:
    status: CheckStatus
    points: float


def judge(estimate: Estimate, measurement: Measurement) -> Outcome:
    """What the estimate earns: pass for all the points, fail for none, else partial."""
    _, earned = range_of_points(estimate, measurement)
    if earned >= measurement.points:
        return Outcome(CheckStatus.PASS, measurement.points)
    return Outcome(CheckStatus.PARTIAL if earned > 0 else CheckStatus.FAIL, earned)


def range_of_points(estimate: Estimate, measurement: Measurement) -> tuple[float, float]:
    """What the ends of the interval are worth, the worse one first."""
    worse, better = sorted(
        points(measurement.points, x, measurement.zero, measurement.full)
        for x in (estimate.low, estimate.high)
    )
    return worse, better


def undecided(estimate: Estimate, measurement: Measurement) -> bool:
    """Whether noise would decide: the interval is worth more than MAX_POINTS_IN_DOUBT, or hides if
    the kernel is faster than the baseline at all. Nobody may be graded by such a measurement."""
    low, high = range_of_points(estimate, measurement)
    no_gain = measurement.kind.is_factor and estimate.low <= 1
    return round(high - low, 1) > MAX_POINTS_IN_DOUBT or (no_gain and high > 0)


def settled(estimate: Estimate, measurement: Measurement, within_points: float = 0.5) -> bool:
    """Whether more rounds could no longer change the points by more than `within_points`."""
    low, high = range_of_points(estimate, measurement)
    return not undecided(estimate, measurement) and (
        narrow_enough(estimate) or (estimate.rounds >= MIN_ROUNDS and high - low <= within_points)
    )


def status_of(references: Iterable[tuple[Measurement, Estimate]]) -> tuple[Status, str]:
    """Whether this machine may grade now, and why not: the reference must earn full marks."""
    slow = [
        f"{measurement.case}: {estimate.high:.2g}{measurement.kind.unit} of the "
        f"{measurement.full:g}{measurement.kind.unit} it needs"
        for measurement, estimate in references
        if judge(estimate, measurement).status is not CheckStatus.PASS
    ]
    if slow:
        return Status.INCONCLUSIVE, "the reference solution is too slow here: " + "; ".join(slow)
    return Status.GRADED, ""


def total(checks: Iterable[Check]) -> float | None:
    """The sum of the points that could be measured, to one decimal; None when none could."""
    earned = [check.points for check in checks if check.points is not None]
    return round(math.fsum(earned), 1) if earned else None
