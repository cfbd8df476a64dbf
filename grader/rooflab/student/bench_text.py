"""What `./lab bench` prints: a table, row by row as it is measured, and the next command; or JSON.

case                        baseline    yours  over the baseline         over your last run
matmul_blocked/64x1024x1024   277 ms  12.1 ms  22.9× (20.9–24.3)         2.4× (2.2–3.1)
    graded: 8 of 8 points
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from rooflab.course.course import Lab
from rooflab.course.manifest import MeasurementKind
from rooflab.measure.estimates import Estimate
from rooflab.measure.scoring import judge, range_of_points, undecided
from rooflab.report.model import Cause
from rooflab.report.wording import key_figure, points_text, times
from rooflab.student.bench import LOOKS_CHANGED, Row

UNITS = (("ns", 1.0), ("µs", 1e3), ("ms", 1e6), ("s", 1e9))
TIME = len("  baseline") - 1
RATIO = len("0.70× (0.69–0.71) slower")
RATE = len("  99.9 GFLOP/s")
TOO_WIDE = 0.15  # an interval around 1 in which a difference worth having could hide


class Table:
    """Its lines take at most `width` columns, as far as the names of the cases let them. Where it
    is narrow, the rate is left out first, then the last run stands below its case."""

    def __init__(self, lab: Lab, cases: Sequence[str], compared: bool, width: int) -> None:
        self._lab = lab
        self._width = width
        self._name = max(map(len, cases))
        room = width - self._name - 2 * TIME - 2 - RATIO
        self._compared = compared and room >= RATIO + 2
        self._rate = room >= RATE + (RATIO + 2 if compared else 0)

    def head(self) -> str:
        titles = ("baseline", "yours", "over the baseline", "over your last run", "rate")
        return self._line("case", *titles) + "\n"

    def row(self, row: Row) -> str:
        if row.speedup is None:
            text = self._line(row.case, "–", "–", row.failure or "not timed", "", "")
            text = text if len(text) <= self._width else f"{text[: self._width - 1]}…"
            return "".join(f"{part}\n" for part in (text, *_below(_memory(row))))
        change = ratio_text(row.change) if row.change is not None else ""
        line = self._line(
            row.case,
            time_text(row.baseline_ns or 0),
            time_text(row.yours_ns or 0),
            ratio_text(row.speedup),
            change,
            _rate(row),
        )
        baseline = self._lab.manifest.baseline_case(row.case)
        below = [f"baseline: {baseline}"] if baseline != row.case else []
        below += [] if self._compared or not change else [f"over your last run: {change}"]
        below += self._graded(row, row.speedup)
        return "".join(f"{part}\n" for part in (line, *_below(below)))

    def end(self, rows: Sequence[Row]) -> str:
        clock = "CPU" if self._lab.manifest.threads == 1 else "Wall"
        wrong = [row.kernel for row in rows if row.failure]
        command = f"test {self._lab.id} {wrong[0]}" if wrong else f"grade {self._lab.id}"
        return f"\n{clock} time of a call, with 95 % intervals. next: ./lab {command}\n"

    def _line(self, name: str, baseline: str, yours: str, over: str, change: str, rate: str) -> str:
        line = f"{name:<{self._name}}{baseline:>{TIME}}{yours:>{TIME}}  {over:<{RATIO}}"
        if self._compared:
            line += f"  {change:<{RATIO}}"
        return (line + (f"{rate:>{RATE}}" if self._rate else "")).rstrip()

    def _graded(self, row: Row, speedup: Estimate) -> Iterator[str]:
        if row.graded is not None:
            of = f"of {points_text(row.graded.points)} points"
            if row.graded.kind is MeasurementKind.BANDWIDTH:
                of += ", over a copy of as many bytes in place of the baseline"
            if row.noisy or undecided(speedup, row.graded):
                low, high = map(points_text, range_of_points(speedup, row.graded))
                yield f"graded: undecided, {low} to {high} {of}; close other programs"
            else:
                yield f"graded: {points_text(judge(speedup, row.graded).points)} {of}"
        if row.misses_graded:
            command = f"./lab misses {self._lab.id} {row.kernel} {row.size}"
            yield f"graded by cache misses: {command}"
        yield from _memory(row)


def _below(lines: Iterable[str]) -> Iterator[str]:
    return (f"    {line}" for line in lines)


def _memory(row: Row) -> Iterator[str]:
    check = row.memory
    if check is None:
        return
    if figure := key_figure(check):
        points = f"{points_text(check.points)} of {points_text(check.max_points)} points"
        yield f"graded by memory: {points}, {figure}"
    elif check.cause is not None:
        yield f"graded by memory: {check.cause.rationale.splitlines()[0]}"


def time_text(ns: float) -> str:
    """Three digits, in the unit that fits: 51.3 µs, 2.04 ms, 173 ms."""
    shown = float(f"{ns:.3g}")  # 999.7 µs are 1.00 ms
    unit, size = [found for found in UNITS if shown >= found[1]][-1] if shown >= 1 else UNITS[0]
    value = shown / size
    return f"{value:.{2 if value < 10 else 1 if value < 100 else 0}f} {unit}"


def ratio_text(ratio: Estimate) -> str:
    """ "1.42× (1.40–1.44)", and in words where this one is slower or nobody can tell."""
    low, high = times(ratio.low), times(ratio.high)
    if alike(ratio):
        known = ratio.high - ratio.low <= TOO_WIDE and abs(ratio.value - 1) <= LOOKS_CHANGED
        return f"{'no difference' if known else 'cannot tell'}, {low}–{high}"
    return f"{times(ratio.value)}× ({low}–{high}){' slower' if ratio.value < 1 else ''}"


def alike(ratio: Estimate) -> bool:
    """Whether the interval, as it is shown, holds 1."""
    return float(times(ratio.low)) <= 1 <= float(times(ratio.high))


def _rate(row: Row) -> str:
    if row.gflops is not None:
        return f"{times(row.gflops)} GFLOP/s"
    return f"{times(row.gbs)} GB/s" if row.gbs is not None else ""


def as_json(rows: Sequence[Row] | Cause) -> str:
    """A list of rows; or an object, the cause why there are none."""
    if isinstance(rows, Cause):
        return rows.model_dump_json(indent=2) + "\n"
    return json.dumps([_data(row) for row in rows], indent=2) + "\n"


def _data(row: Row) -> dict[str, object]:
    points = {}
    if row.graded is not None:
        judged = (
            row.speedup is not None and not row.noisy and not undecided(row.speedup, row.graded)
        )
        points = {
            "points": judge(row.speedup, row.graded).points if judged and row.speedup else None,
            "max_points": row.graded.points,
        }
    return {
        "case": row.case,
        "kernel": row.kernel,
        "failure": row.failure,
        "baseline_ms": row.baseline_ns and row.baseline_ns / 1e6,
        "yours_ms": row.yours_ns and row.yours_ns / 1e6,
        "gflops": row.gflops,
        "gbs": row.gbs,
        **_ratio("speedup", row.speedup),
        **_ratio("over_last_run", row.change),
        "rounds": row.speedup and row.speedup.rounds,
        **points,
        "cache_misses_graded": row.misses_graded,
        **({"memory": row.memory.model_dump(mode="json")} if row.memory is not None else {}),
    }


def _ratio(name: str, ratio: Estimate | None) -> dict[str, float | None]:
    value, low, high = (ratio.value, ratio.low, ratio.high) if ratio else (None, None, None)
    return {name: value, f"{name}_low": low, f"{name}_high": high}
