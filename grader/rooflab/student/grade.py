"""`./lab grade`: grades what a student has, keeps the report, shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rooflab.base.errors import UsageError
from rooflab.base.files import STANDARD_OUTPUT, write_atomically
from rooflab.course.course import Course
from rooflab.report import terminal
from rooflab.report.formats import FORMATS
from rooflab.report.formats.shared import Place
from rooflab.report.model import Report, Status


def remember(course: Course, reports: Sequence[Report]) -> None:
    """Keeps the student's own last reports, which `./lab` alone shows."""
    for report in reports:
        if report.status is not Status.ERROR:
            write_atomically(course.find(report.lab).last_report, report.to_json().encode())


@dataclass(frozen=True)
class Output:
    """A file that was asked for."""

    format: str  # of report.formats.FORMATS
    file: Path

    @property
    def comes_last(self) -> bool:
        """Whether it goes below the report that is shown: a service reads the last line."""
        return self.file == STANDARD_OUTPUT


def output_of(argument: str) -> Output:
    """Of "NAME=FILE". UsageError when there is no such format, or no file."""
    name, _, file = argument.partition("=")
    if name not in FORMATS or not file:
        raise UsageError(
            f'"{argument}" is no format and file; the formats are: {", ".join(FORMATS)}',
            "--format NAME=FILE, for example --format markdown=grade.md",
        )
    return Output(name, Path(file))


def write_files(reports: Sequence[Report], outputs: Iterable[Output], place: Place) -> None:
    """Writes each file whole or not at all. One that cannot be written does not cost the others;
    afterwards the first failure is raised."""
    failures: list[Exception] = []
    for output in outputs:
        try:
            write_atomically(output.file, FORMATS[output.format](reports, place))
        except Exception as error:
            failures.append(error)
    if failures:
        raise failures[0]


def show(reports: Sequence[Report], stream: TextIO) -> None:
    """Prints the reports, and under several a summary."""
    width, color = terminal.width_of(stream), terminal.color_on(stream)
    for report in reports:
        terminal.show(terminal.render(report, width=width, color=color) + "\n", stream)
    if len(reports) > 1:
        terminal.show(terminal.summary_of(reports, width=width, color=color), stream)
