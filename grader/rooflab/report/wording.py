"""What every rendering of a report says in the same words: figures, and why checks failed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rooflab.report.model import Cause, Check, CheckKind, CheckStatus, Reason, Report

STATUSES = {
    CheckStatus.PASS: ("✓", "passed"),
    CheckStatus.PARTIAL: ("◐", "partial"),
    CheckStatus.FAIL: ("✗", "failed"),
    CheckStatus.ERROR: ("!", "could not be checked"),
    CheckStatus.SKIPPED: ("–", "not run"),
    CheckStatus.UNMEASURED: ("–", "not measured"),
}
INDISTINGUISHABLE_P = 0.05
WITHOUT_FIGURES = {CheckStatus.ERROR, CheckStatus.SKIPPED, CheckStatus.UNMEASURED}


@dataclass(frozen=True)
class Explanation:
    """Why checks did not pass; they share a status and a cause."""

    status: CheckStatus
    cause: Cause
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """Points, and apart from them those that nobody could earn in this run."""

    earned: float
    possible: float
    hidden: float  # in hidden tests, which this copy of the course does not have
    unmeasured: float  # for any other reason

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.earned + other.earned,
            self.possible + other.possible,
            self.hidden + other.hidden,
            self.unmeasured + other.unmeasured,
        )

    @property
    def score(self) -> str:
        """ "60 of 65"; all points are told as such, to the last quarter."""
        everything = abs(self.earned - self.possible) < 1e-9
        earned = self.possible if everything else round(self.earned, 1)
        return f"{points_text(earned)} of {points_text(self.possible)}"

    @property
    def missing(self) -> str:
        """ "30 in hidden tests, 5 not measured"; empty when all could be earned."""
        hidden = f"{points_text(self.hidden)} in hidden tests" if self.hidden else ""
        unmeasured = f"{points_text(self.unmeasured)} not measured" if self.unmeasured else ""
        return ", ".join(filter(None, (hidden, unmeasured)))

    def __str__(self) -> str:
        if not self.missing:
            return self.score
        more = self.missing.replace(" in hidden", " more in hidden")
        return f"{self.score} that can be measured here; {more}"


def tally(report: Report) -> Tally:
    """What the report's points come to; without a grade, nothing is earned."""
    out = [check for check in report.checks if check.points is None]
    hidden = [c for c in out if c.cause is not None and c.cause.reason is Reason.NO_HIDDEN_TESTS]
    unmeasured = sum(check.max_points for check in out)
    in_hidden = sum(check.max_points for check in hidden)
    return Tally(
        earned=report.score or 0,
        possible=report.max_score - unmeasured,
        hidden=in_hidden,
        unmeasured=unmeasured - in_hidden,
    )


def explanations(report: Report) -> list[Explanation]:
    """One a cause, in the report's order: what concerns ten checks is said once.

    A measurement left out because its kernel is wrong says so in its line; the kernel's failure is
    what needs explaining.
    """
    titles: dict[tuple[CheckStatus, Cause], list[str]] = {}
    for check in report.checks:
        explained = check.status is not CheckStatus.PASS and not _kernel_wrong(check)
        if explained and check.cause is not None:
            titles.setdefault((check.status, check.cause), []).append(check.title)
    return [Explanation(*shared, tuple(names)) for shared, names in titles.items()]


def number(check: Check, key: str) -> float | None:
    """A finite number from the check's data, or None."""
    value = check.data.get(key)
    if isinstance(value, int | float) and math.isfinite(value):
        return float(value)
    return None


def note(cause: Cause) -> str:
    """What nobody loses points for, and should know."""
    return f"! {cause.rationale}\n    {cause.help}"


def points_text(points: float | None) -> str:
    """4, 4.5, or a dash for what could not be measured."""
    return "–" if points is None else f"{points:g}"


def times(ratio: float) -> str:
    """1.52, 6.8, 140: as many digits as a ratio of measured times is worth."""
    return f"{ratio:.{2 if ratio < 2 else 1 if ratio < 100 else 0}f}"


def mib(bytes: float) -> str:
    """ "0.3 MiB", "less than 0.1 MiB"."""
    return f"{bytes / (1 << 20):.1f} MiB" if bytes >= 0.05 * (1 << 20) else "less than 0.1 MiB"


def key_figure(check: Check) -> str:
    """ "6.8× (6.6–7.0), 12.1 GFLOP/s"; what happened instead where there is no figure."""
    figures = {
        CheckKind.SPEEDUP: _speedup,
        CheckKind.CACHE_MISSES: _cache_misses,
        CheckKind.BANDWIDTH: _bandwidth,
        CheckKind.VECTOR: _vector,
        CheckKind.EFFICIENCY: _efficiency,
        CheckKind.MEMORY: _memory,
        CheckKind.ANSWER: _answer,
    }
    found = figures[check.kind](check) if check.kind in figures else []
    if found or check.status not in WITHOUT_FIGURES:
        return ", ".join(found)
    why = ": the kernel is not right yet" if _kernel_wrong(check) else ""
    return STATUSES[check.status][1] + why


def _kernel_wrong(check: Check) -> bool:
    return check.cause is not None and check.cause.reason is Reason.KERNEL_WRONG


def _speedup(check: Check) -> list[str]:
    speedup, low, high = (number(check, key) for key in ("speedup", "ci_low", "ci_high"))
    if speedup is None:
        return []
    interval = f" ({times(low)}–{times(high)})" if low is not None and high is not None else ""
    figures = [f"{times(speedup)}×{interval}"]
    if (gflops := number(check, "gflops")) is not None:
        figures.append(f"{times(gflops)} GFLOP/s")
    if (wall := number(check, "wall_speedup")) is not None:
        figures.append(f"{times(wall)}× by wall time")
    if (p := number(check, "mann_whitney_p")) is not None and p > INDISTINGUISHABLE_P:
        figures.append(f"cannot be distinguished from the baseline (p = {p:.2f})")
    return figures


def _bandwidth(check: Check) -> list[str]:
    share, mine, copy = (number(check, key) for key in ("share", "gbs", "copy_gbs"))
    if share is None or mine is None or copy is None:
        return []
    return [f"{share:.0%} of the bandwidth of a copy ({mine:.1f} of {copy:.1f} GB/s)"]


def _vector(check: Check) -> list[str]:
    share, work = number(check, "share"), number(check, "floating_point")
    mine, baseline = number(check, "instructions"), number(check, "baseline_instructions")
    if share is None or not work or not mine or not baseline:
        return []
    return [
        f"{share:.0%} of {work:,.0f} floating-point instructions on vectors of 256 bits",
        f"{times(baseline / mine)}× fewer instructions",
    ]


def _efficiency(check: Check) -> list[str]:
    share, low, high = (number(check, key) for key in ("efficiency", "ci_low", "ci_high"))
    threads = number(check, "threads")
    if share is None or threads is None:
        return []
    interval = f" ({low:.0%}–{high:.0%})" if low is not None and high is not None else ""
    figures = [f"{share:.0%}{interval} of what {threads:.0f} threads can gain here"]
    norm, alone = number(check, "norm"), number(check, "alone_ms")
    if norm is not None:
        figures.append(f"which is {norm * threads:.2f}×")
    if alone is not None:
        figures += [f"{n} threads {alone / ms:.2f}× ({ms:.3g} ms)" for n, ms in _scaling(check)[1:]]
    return figures


def _memory(check: Check) -> list[str]:
    needed = number(check, "memory_bytes")
    return [] if needed is None else [f"{mib(needed)} beyond its inputs and outputs"]


def _scaling(check: Check) -> list[tuple[int, float]]:
    """Milliseconds by number of threads, fewest first."""
    counts = [key.split("_")[1] for key in check.data if key.startswith("scaling_")]
    times = [(int(n), number(check, f"scaling_{n}_ms")) for n in counts if n.isdigit()]
    return sorted((n, ms) for n, ms in times if ms is not None and ms > 0)


def _answer(check: Check) -> list[str]:
    """Of what was answered; an empty field must not tell what belongs there."""
    if unknown := check.data.get("unknown"):
        return [f"no question is called {unknown}"]
    intensity, ridge = number(check, "intensity"), number(check, "ridge")
    if intensity is not None and ridge is not None:
        where = f"{intensity:.3g} flop per byte, the ridge is at {ridge:.3g}"
        return [f"{check.data.get('answer')}: {where}"]
    predicted, measured = number(check, "answer"), number(check, "measured")
    if predicted is not None and measured is not None:
        return [f"{predicted:.3g} predicted, {measured:.3g} measured"]
    return []


def _cache_misses(check: Check) -> list[str]:
    misses, baseline = number(check, "misses"), number(check, "baseline_misses")
    if misses is None or not baseline:
        return []
    if misses == 0:
        change = "no misses"
    elif misses <= baseline:
        change = f"{times(baseline / misses)}× fewer misses"
    else:
        change = f"{times(misses / baseline)}× more misses"
    return [f"{change} ({baseline:,.0f} → {misses:,.0f})"]
