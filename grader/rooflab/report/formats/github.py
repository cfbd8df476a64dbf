"""The result of a runner of GitHub's autograding workflow, as plain JSON: the workflow encodes it
in base64 and hands it to classroom-resources/autograding-grading-reporter.

That reporter has shown two totals, one by the share of tests that passed and one by their scores
(src/helpers/test-helpers.js, src/notify-classroom.js), and tests know no partial points. So each
check becomes as many tests of one point as it has points, and both totals are the same. Those of a
measurement are tiers, each named by what it takes to reach it; which are reached, the check's
points decide. Below the next whole point a tier is not reached, so partial points round down.

What could not be measured here has no tests: nobody can earn it, and max_score is less. Where a lab
has no grade, there is no total to record: max_score is 0, which the reporter records nothing for,
and the only tests are of status "error" and say why. Times are not measured: `duration` is 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rooflab.report.formats.shared import (
    Place,
    harmless_name,
    json_bytes,
    name_of,
    no_grade,
    text_of,
    whole,
    without_grade,
)
from rooflab.report.model import Check, CheckKind, Report
from rooflab.report.wording import number

FACTOR, PERCENT = (1, "×"), (100, "%")
# What a threshold is multiplied by and what stands behind it.
UNITS = {
    CheckKind.SPEEDUP: FACTOR,
    CheckKind.CACHE_MISSES: (1, "× fewer"),
    CheckKind.BANDWIDTH: PERCENT,
    CheckKind.VECTOR: PERCENT,
    CheckKind.EFFICIENCY: PERCENT,
    CheckKind.MEMORY: (1, " MiB"),
}
EPSILON = 1e-9
Test = dict[str, object]


def write(reports: Sequence[Report], place: Place) -> bytes:
    errors = [_error(f"{r.lab}: no grade", no_grade(r)) for r in without_grade(reports)]
    several = len(reports) > 1
    tests = [] if errors else [test for r in reports for test in _of_lab(r, several)]
    counted = len(tests)
    tests = tests or errors or [_error("nothing could be measured here", "")]
    _make_unique(tests)
    statuses = {test["status"] for test in tests}
    return json_bytes(
        {
            "version": 1,
            "status": next(s for s in ("error", "fail", "pass") if s in statuses),
            "max_score": counted,
            "tests": tests,
        }
    )


def _of_lab(report: Report, several: bool) -> Iterator[Test]:
    for check in report.checks:
        if check.points is not None and check.max_points > 0:
            yield from _of_check(name_of(report, check, several), check, check.points)


def _of_check(name: str, check: Check, points: float) -> Iterator[Test]:
    parts = max(1, whole(check.max_points))
    reached = int(parts * points / check.max_points + EPSILON)
    message = text_of(check, limit=4000)
    for part, tier in enumerate(_tiers(check, parts), start=1):
        test = _test(f"{name}{tier}", "pass" if part <= reached else "fail")
        if part > reached:
            test["message"] = message if part == reached + 1 else "see the first that failed"
            if (found := check.location) is not None:
                test |= {"filename": found.file, "line_no": found.line or 0}
        yield test


def _tiers(check: Check, parts: int) -> list[str]:
    """What distinguishes the tests of a check: " ≥ 2.4×", " (2 of 3)", or nothing for one."""
    zero, full = number(check, "zero"), number(check, "full")
    if check.kind in UNITS and zero is not None and full is not None and zero > 0 and full > 0:
        scale, unit = UNITS[check.kind]
        sign = "≥" if full > zero else "≤"
        needed = [scale * zero * (full / zero) ** (k / parts) for k in range(1, parts + 1)]
        return [f" {sign} {figure}{unit}" for figure in _figures(needed)]
    return [""] if parts == 1 else [f" ({k} of {parts})" for k in range(1, parts + 1)]


def _figures(values: Sequence[float]) -> list[str]:
    """With as few decimals as tell them apart, within 1 % of what they are."""
    for decimals in range(7):
        figures = [f"{value:.{decimals}f}" for value in values]
        near = all(abs(float(f) - v) <= 0.01 * v for f, v in zip(figures, values, strict=True))
        if near and len(set(figures)) == len(values):
            break
    return figures


def _error(name: str, message: str) -> Test:
    return _test(harmless_name(name), "error") | {"message": message}


def _test(name: str, status: str) -> Test:
    return {
        "name": name,
        "status": status,
        "score": int(status == "pass"),
        "message": "",
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "duration": 0,
    }


def _make_unique(tests: Sequence[Test]) -> None:
    seen: Counter[object] = Counter()
    for test in tests:
        name = test["name"]
        seen[name] += 1
        if seen[name] > 1:
            test["name"] = f"{name}, number {seen[name]}"
