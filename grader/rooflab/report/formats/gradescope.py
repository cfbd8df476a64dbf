"""Gradescope's results.json (gradescope-autograders.readthedocs.io, "Autograder Specifications").

Partial points are scores like any other; a test is "passed" only with all of them. A check that
could not be measured has no score, no highest score and no status, and Gradescope counts it for
nothing: the score of all stands at the top, where it goes before the sum.

The specification wants a score, at the top or in each test. Where a lab has no grade there is none
anywhere, and no test that one could be summed from: no number may be recorded that nobody measured.
Gradescope then has a submission without a score, and `output` tells the student to submit again.

Hidden tests are shown once grades are published (`after_published`). `hidden` ones never would be,
and while tests are hidden, students do not see their total either. Where the time it took is not
known, `execution_time` is left out. All is text, never HTML or Markdown; what the grader printed
(`stdout_visibility`) is for instructors.
"""

from __future__ import annotations

from collections.abc import Sequence

from rooflab.report.formats.shared import (
    Place,
    json_bytes,
    machine_line,
    name_of,
    no_grade,
    passed,
    text_of,
    without_grade,
)
from rooflab.report.model import Check, Report
from rooflab.report.wording import tally

VISIBILITY = {"public": "visible", "hidden": "after_published"}


def write(reports: Sequence[Report], place: Place) -> bytes:
    document: dict[str, object] = {
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "stdout_visibility": "hidden",
        "extra_data": {"rooflab": [_identity(report) for report in reports]},
    }
    if missing := without_grade(reports):
        reasons = "\n\n".join(map(no_grade, missing))
        output = f"No grade was recorded. Submit again, or ask for a new run.\n\n{reasons}"
        return json_bytes({**document, "output": output})
    several = len(reports) > 1
    lines = [f"{report.lab}: {tally(report)}" for report in reports]
    return json_bytes(
        {
            **document,
            "score": round(sum(report.score or 0 for report in reports), 1),
            "output": "\n".join([*lines, machine_line(reports[0])]),
            "tests": [_test(r, check, several) for r in reports for check in r.checks],
        }
    )


def _test(report: Report, check: Check, several: bool) -> dict[str, object]:
    test: dict[str, object] = {
        "name": name_of(report, check, several),
        "output": text_of(check),
        "visibility": VISIBILITY[check.visibility],
        "tags": [check.kind.value],
    }
    if check.points is None:
        return test
    status = "passed" if passed(check) else "failed"
    return {**test, "score": check.points, "max_score": check.max_points, "status": status}


def _identity(report: Report) -> dict[str, object]:
    keys = ("lab", "tier", "status", "graded_at", "rooflab_version", "seed_commitment")
    return {key: getattr(report, key) for key in keys}
