"""A table for spreadsheets: a row per check, in UTF-8, with one head.

Points are numbers as the report has them. What could not be measured has an empty cell, which a sum
passes over. So have all checks of a lab without a grade, whose points are no grade; a lab that
could not be graded at all has a row without a check.

A cell that a spreadsheet would take as a formula gets an apostrophe (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from rooflab.base.text import sanitize_line
from rooflab.report.formats.shared import Place
from rooflab.report.model import Check, Report
from rooflab.report.wording import key_figure

OF_REPORT = ("student", "commit", "submitted_at", "graded_at", "tier", "lab", "status")
OF_CHECK = ("check", "kind", "title", "result", "points", "max_points", "visibility")
HEAD = (*OF_REPORT, *OF_CHECK, "figure", "reason")
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | float | None


def write(reports: Sequence[Report], place: Place) -> bytes:
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(HEAD)
    for report in reports:
        table.writerows([_cell(value) for value in row] for row in _rows(report))
    return file.getvalue().encode()


def _rows(report: Report) -> Iterator[list[Cell]]:
    known: list[Cell] = [getattr(report, name) for name in OF_REPORT]
    if not report.checks:
        yield [*known, *(None for _ in OF_CHECK), None, report.reason]
    for check in report.checks:
        yield [*known, *_of_check(report, check), key_figure(check), _reason(report, check)]


def _of_check(report: Report, check: Check) -> list[Cell]:
    graded = report.score is not None
    points = [check.points, check.max_points] if graded else [None, None]
    return [check.id, check.kind, check.title, check.status, *points, check.visibility]


def _reason(report: Report, check: Check) -> str:
    if report.score is None:
        return report.reason
    return check.cause.rationale if check.cause is not None else ""


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return f"{value:.15g}"
    text = sanitize_line(value, limit=1000)
    return f"'{text}" if text.startswith(FORMULA) else text
