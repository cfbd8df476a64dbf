"""`./lab report`: the last grade as a web page."""

from __future__ import annotations

from pathlib import Path

from rooflab.base.errors import UsageError
from rooflab.base.files import write_atomically
from rooflab.course.course import Lab
from rooflab.student import status


def write(lab: Lab, file: Path | None) -> status.Standing:
    """Writes the page to `file`, or beside the kept report (`file_of`); says what it shows."""
    last = status.standing(lab)
    if last.report is None:
        raise UsageError(f"lab {lab.id} has not been graded yet", f"./lab grade {lab.id}")
    from rooflab.report import page  # jinja2 is slow to import

    write_atomically(file or file_of(lab), page.render([last.report]).encode())
    return last


def file_of(lab: Lab) -> Path:
    return lab.last_report.with_suffix(".html")
