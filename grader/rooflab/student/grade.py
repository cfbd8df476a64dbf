"""`./lab grade`: grades what a student has, keeps the report, shows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from rooflab.base.files import write_atomically
from rooflab.course.course import Course
from rooflab.report import terminal
from rooflab.report.model import Report, ReportCollection, Status


def remember(course: Course, reports: Sequence[Report]) -> None:
    """Keeps the student's own last reports, which `./lab` alone shows."""
    for report in reports:
        if report.status is not Status.ERROR:
            write_atomically(course.find(report.lab).last_report, report.to_json().encode())


def write_files(
    reports: Sequence[Report], *, collection: bool, json: Path | None, html: Path | None
) -> None:
    """Writes the files that were asked for, each whole or not at all."""
    if json is not None:
        document = ReportCollection(labs=tuple(reports)) if collection else reports[0]
        write_atomically(json, document.to_json().encode())
    if html is not None:
        from rooflab.report import page  # jinja2 is slow to import

        write_atomically(html, page.render(reports).encode())


def show(reports: Sequence[Report], stream: TextIO) -> None:
    """Prints the reports, and under several a summary."""
    width, color = terminal.width_of(stream), terminal.color_on(stream)
    for report in reports:
        terminal.show(terminal.render(report, width=width, color=color) + "\n", stream)
    if len(reports) > 1:
        terminal.show(terminal.summary_of(reports, width=width, color=color), stream)
