"""Classroom 50's result.json (foundation50/classroom50, schemas/result-v1.schema.json).

It takes whole points only, and the score has to be the sum of its tests. Each check's points are
rounded to the nearest, so that rounding favours nobody in the sum, but what is not full stays below
full; `points` keeps the exact ones, for fields of a test that the schema does not know are kept.
What could not be measured is a test of 0 out of 0: neither earned nor lost. So is a lab without a
grade: its test says why, and adds nothing to max-score.

The environment that Classroom 50 gives an autograder says what is graded; without it those fields
are empty, and its own runner fills in what else it requires. `datetime` is when the work was handed
in and stays the same when it is graded again; where that is not known it is the time of grading,
which the runner replaces.
"""

from __future__ import annotations

from collections.abc import Sequence

from rooflab.report.formats.shared import (
    Place,
    harmless_name,
    in_utc,
    json_bytes,
    name_of,
    no_grade,
    passed,
    text_of,
    whole,
)
from rooflab.report.model import Check, Report

Test = dict[str, object]


def write(reports: Sequence[Report], place: Place) -> bytes:
    given = place.environment
    tests = [test for report in reports for test in _of_lab(report, several=len(reports) > 1)]
    first = reports[0]
    return json_bytes(
        {
            "schema": "classroom50/result/v1",
            "classroom": given.get("CLASSROOM", ""),
            "assignment": given.get("ASSIGNMENT", ""),
            "submission": given.get("SUBMISSION_TAG", ""),
            "commit": given.get("COMMIT_URL", ""),
            "release": given.get("RELEASE_URL", ""),
            "review": given.get("REVIEW_URL") or given.get("COMMIT_URL", ""),
            "datetime": in_utc(first.submitted_at or first.graded_at),
            "graded_at": in_utc(first.graded_at),
            "score": sum(score for score, _, _ in tests),
            "max-score": sum(most for _, most, _ in tests),
            "tests": [{**test, "score": score, "max-score": most} for score, most, test in tests],
        }
    )


def _of_lab(report: Report, several: bool) -> list[tuple[int, int, Test]]:
    """Score, highest score and the rest of each test."""
    if report.score is None:
        name = harmless_name(f"{report.lab}: no grade")
        return [(0, 0, {"test-name": name, "passed": False, "message": no_grade(report)})]
    return [_of_check(name_of(report, check, several), check) for check in report.checks]


def _of_check(name: str, check: Check) -> tuple[int, int, Test]:
    score, most = _whole_points(check)
    test = {"test-name": name, "passed": passed(check), "points": check.points}
    return score, most, test | {"message": "" if passed(check) else text_of(check, limit=4000)}


def _whole_points(check: Check) -> tuple[int, int]:
    """Earned, and the most."""
    most = whole(check.max_points)
    if check.points is None:
        return 0, 0
    if passed(check):
        return most, most
    return min(whole(check.points), max(most - 1, 0)), most
