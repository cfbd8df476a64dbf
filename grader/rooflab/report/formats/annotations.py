"""Workflow commands that GitHub Actions shows beside the source: `::error file=…,line=…::…`.

Checks that failed are errors, partial points are warnings: worth a look, and no mistake. What could
not be measured is not the student's doing and gets none. A session without a grade is a warning of
its own. Notices at the end tell each lab's score, and what graded it.

GitHub shows 10 annotations of each kind for a step (docs.github.com, "Workflow commands"; limits of
check-run annotations): the ones that lost most points come first, and the last notice tells how
many were left out. Data are escaped as that page says: % and line ends, in properties : and , too.
"""

from __future__ import annotations

from collections.abc import Sequence

from rooflab.base.text import sanitize_line
from rooflab.report.formats.shared import Place, machine_line, name_of, no_grade, text_of
from rooflab.report.model import Check, CheckKind, CheckStatus, Report
from rooflab.report.wording import tally

SHOWN = 10
LONGEST = 4000  # of a message, in characters
LEVELS = {
    CheckStatus.FAIL: "error",
    CheckStatus.ERROR: "error",
    CheckStatus.PARTIAL: "warning",
}


def write(reports: Sequence[Report], place: Place) -> bytes:
    several = len(reports) > 1
    found = [(r, check) for r in reports for check in r.checks if check.status in LEVELS]
    found.sort(key=lambda pair: _loss(pair[1]), reverse=True)
    problems: dict[str, list[str]] = {"error": [], "warning": []}
    for report in reports:
        if report.score is None:
            problems["warning"].append(_command("warning", "no grade", no_grade(report)))
    for report, check in found:
        level = LEVELS[check.status]
        problems[level].append(_of_check(level, name_of(report, check, several), check))
    scores = [_score(report) for report in reports]
    left_out = {level: len(lines) - SHOWN for level, lines in problems.items()}
    left_out["notice"] = len(scores) + 1 - SHOWN
    more = ", ".join(f"{n} more {level}s" for level, n in left_out.items() if n > 0)
    last = machine_line(reports[0]) + (f"; {more} are not shown here" if more else "")
    lines = [line for kind in problems.values() for line in kind[:SHOWN]]
    lines += [*scores[: SHOWN - 1], _command("notice", "Rooflab", last)]
    return "".join(f"{line}\n" for line in lines).encode()


def _loss(check: Check) -> float:
    """Points lost; a submission that does not build loses all."""
    if check.kind is CheckKind.BUILD:
        return float("inf")
    return check.max_points - (check.points or 0)


def _of_check(level: str, title: str, check: Check) -> str:
    file, line = (check.location.file, check.location.line) if check.location else ("", None)
    return _command(level, title, text_of(check, LONGEST) or check.status.value, file, line)


def _score(report: Report) -> str:
    score = "no grade" if report.score is None else str(tally(report))
    return _command("notice", f"{report.lab[:2]} {report.title}", score)


def _command(level: str, title: str, message: str, file: str = "", line: int | None = None) -> str:
    """Precondition: the message is harmless."""
    where = {"file": file, "line": str(line or "")} if file else {}
    properties = {**where, "title": title}
    given = ",".join(f"{key}={_property(text)}" for key, text in properties.items() if text)
    return f"::{level} {given}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(sanitize_line(text, limit=200)).replace(":", "%3A").replace(",", "%2C")
