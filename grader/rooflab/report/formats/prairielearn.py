"""PrairieLearn's results.json (prairielearn.readthedocs.io, "External Grading").

The score is a share of what could be earned here, partial points included. A check that could not
be measured has 0 of 0 points: PrairieLearn shows it without colour, neither right nor wrong; left
out, its points would turn the display off for all (pl-external-grader-results.py).

`gradable: false` costs the student no attempt. It is for what does not build, and for a session
without a grade: the next try is free. Results may have 1 MB, so long texts are cut until all fits.
Names and errors are escaped by PrairieLearn, messages and output, too (it turns them from terminal
text to HTML), so that they are not escaped here.
"""

from __future__ import annotations

from collections.abc import Sequence

from rooflab.report.formats.shared import (
    Place,
    fitting,
    json_bytes,
    machine_line,
    name_of,
    no_grade,
    text_of,
    without_grade,
)
from rooflab.report.model import Check, CheckKind, CheckStatus, Report
from rooflab.report.wording import tally

MOST_BYTES = 900_000


def write(reports: Sequence[Report], place: Place) -> bytes:
    return fitting(lambda limit: json_bytes(_document(reports, limit)), MOST_BYTES)


def _document(reports: Sequence[Report], limit: int) -> dict[str, object]:
    if missing := without_grade(reports):
        return {"gradable": False, "format_errors": list(map(no_grade, missing))}
    broken = [check for report in reports for check in report.checks if _does_not_build(check)]
    if len(broken) == len(reports):
        return {"gradable": False, "format_errors": [_error(check, limit) for check in broken]}
    tallies = [tally(report) for report in reports]
    possible = sum(counted.possible for counted in tallies)
    earned = sum(counted.earned for counted in tallies)
    several = len(reports) > 1
    lines = [f"{report.lab}: {tally(report)}" for report in reports]
    return {
        "gradable": True,
        "score": min(max(earned / possible, 0.0), 1.0) if possible > 0 else 0.0,
        "message": "\n".join([*lines, machine_line(reports[0])]),
        "tests": [_test(r, check, several, limit) for r in reports for check in r.checks],
    }


def _does_not_build(check: Check) -> bool:
    return check.kind is CheckKind.BUILD and check.status is CheckStatus.FAIL


def _error(check: Check, limit: int) -> str:
    return text_of(check, limit) or "it does not build"


def _test(report: Report, check: Check, several: bool, limit: int) -> dict[str, object]:
    measured = check.points is not None
    return {
        "name": name_of(report, check, several),
        "points": check.points if measured else 0,
        "max_points": check.max_points if measured else 0,
        "output": text_of(check, limit),
    }
