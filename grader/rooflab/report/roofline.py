"""The roofline of the machine that measured, with kernels on it: where to draw what.

Williams, Waterman and Patterson, "Roofline: an insightful visual performance model for multicore
architectures", Communications of the ACM 52 (4), 2009. Both axes are logarithmic. Work and bytes
of a call are the least that it takes: every input read once, every output written once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rooflab.report.model import Check, Report
from rooflab.report.wording import number

WIDTH, HEIGHT = 640, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 28, 44  # around the axes
LABEL_APART = 14  # of two labels, one above the other


@dataclass(frozen=True)
class Point:
    """A measured kernel. `intensity` in flops per byte; `share` of the roof above it. x, y and
    `label_y` are where it is drawn; so is `baseline_y`, if there is a baseline."""

    label: str
    intensity: float
    gflops: float
    share: float
    baseline_gflops: float | None
    x: float
    y: float
    label_y: float
    baseline_y: float | None
    to_the_left: bool  # of the point is its label


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Roofline:
    """`roof` is a list of points as SVG has it."""

    peak_gflops: float
    bandwidth_gbs: float
    ridge: float
    roof: str
    points: tuple[Point, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    top: int = TOP
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM
    right: int = WIDTH - RIGHT


@dataclass(frozen=True)
class Mark:
    """What is drawn on a roofline. `intensity` in flops per byte, speeds in GFLOP/s; `baseline` is
    the baseline's at the same work, or None."""

    label: str
    intensity: float
    gflops: float
    baseline: float | None = None


def roofline(report: Report) -> Roofline | None:
    """That of a report's checks. None where the roof was not measured, or nothing under it."""
    peak, bandwidth = report.machine.peak_gflops, report.machine.bandwidth_gbs
    if not peak or not bandwidth:
        return None
    return draw(
        [mark for check in report.checks if (mark := mark_of(check, peak))], peak, bandwidth
    )


def mark_of(check: Check, peak: float) -> Mark | None:
    """Where a measured kernel lies, next to its baseline; None where its speed is not known. The
    roof is that of one core, so kernels on several threads are left out."""
    gflops, gbs, share = (number(check, key) for key in ("gflops", "gbs", "roof_share"))
    if not gflops or not gbs or not share or min(gflops, gbs, share) <= 0:
        return None
    if round(gflops / (share * peak)) > 1:  # threads
        return None
    speedup = number(check, "speedup")
    label = check.title.replace(": speedup at ", " ")
    return Mark(label, gflops / gbs, gflops, gflops / speedup if speedup else None)


def draw(marks: Sequence[Mark], peak: float, bandwidth: float) -> Roofline | None:
    """Those marks under a roof of `peak` GFLOP/s and `bandwidth` GB/s, both above 0; None without
    marks."""
    if not marks:
        return None
    ridge = peak / bandwidth
    across = _Axis([ridge, *(m.intensity for m in marks)], LEFT, WIDTH - RIGHT)
    speeds = [s for m in marks for s in (m.gflops, m.baseline) if s]
    up = _Axis([peak, *speeds], HEIGHT - BOTTOM, TOP)
    begin = max(across.low, up.low / bandwidth)  # left of the ridge: both axes begin below the peak
    corners = [(begin, begin * bandwidth), (ridge, peak), (across.high, peak)]
    roof = " ".join(f"{across.place(x):g},{up.place(y):g}" for x, y in corners)
    return Roofline(
        peak_gflops=peak,
        bandwidth_gbs=bandwidth,
        ridge=ridge,
        roof=roof,
        points=_points(marks, peak, bandwidth, across, up),
        across=across.ticks(),
        up=up.ticks(),
    )


class _Axis:
    """Powers of two around the values, from one pixel to another."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self.first = math.floor(math.log2(min(values)) - 0.3)
        self.last = math.ceil(math.log2(max(values)) + 0.3)
        self.start, self.end = start, end

    @property
    def low(self) -> float:
        return 2.0**self.first

    @property
    def high(self) -> float:
        return 2.0**self.last

    def place(self, value: float) -> float:
        part = (math.log2(value) - self.first) / (self.last - self.first)
        return round(self.start + part * (self.end - self.start), 1)

    def ticks(self) -> tuple[Tick, ...]:
        step = max(1, math.ceil((self.last - self.first) / 8))
        powers = range(self.first, self.last + 1, step)
        return tuple(Tick(self.place(2.0**p), _power(p)) for p in powers)


def _power(exponent: int) -> str:
    """ "8", "1/4"."""
    return f"{2**exponent}" if exponent >= 0 else f"1/{2**-exponent}"


def _points(
    marks: Sequence[Mark], peak: float, bandwidth: float, across: _Axis, up: _Axis
) -> tuple[Point, ...]:
    """From the top down."""
    ordered = sorted(marks, key=lambda m: -m.gflops)
    places = [up.place(one.gflops) for one in ordered]
    return tuple(
        Point(
            label=one.label,
            intensity=one.intensity,
            gflops=one.gflops,
            share=one.gflops / min(peak, one.intensity * bandwidth),
            baseline_gflops=one.baseline,
            x=(x := across.place(one.intensity)),
            y=y,
            label_y=label_y,
            baseline_y=up.place(one.baseline) if one.baseline else None,
            to_the_left=x > WIDTH / 2,
        )
        for one, y, label_y in zip(ordered, places, _labels(places), strict=True)
    )


def _labels(places: Sequence[float]) -> list[float]:
    """Where labels are written, apart from each other, of points from the top down: beside the
    point or below, but not below the picture."""
    labels: list[float] = []
    for y in places:
        labels.append(max(y + 4, labels[-1] + LABEL_APART) if labels else y + 4)
    lowest = HEIGHT - BOTTOM - LABEL_APART * (len(labels) - 1)
    return [round(min(y, lowest + LABEL_APART * rank), 1) for rank, y in enumerate(labels)]
