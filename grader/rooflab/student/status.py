"""Where the student stands in each lab, and the next step: what `./lab` alone shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from rooflab import __version__
from rooflab.base.errors import ManifestError
from rooflab.base.text import sanitize_line
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import ANSWERS
from rooflab.report.model import Check, CheckKind, CheckStatus, Report, Status
from rooflab.report.wording import tally


@dataclass(frozen=True)
class Standing:
    """`changed` says that a file of the lab is newer than the report."""

    lab: Lab
    report: Report | None
    changed: bool = False

    @property
    def done(self) -> bool:
        """Whether every point that can be earned on this machine is."""
        return (
            self.report is not None
            and not self.changed
            and self.report.status is Status.GRADED
            and all(c.points == c.max_points for c in self.report.checks if c.points is not None)
        )


def standing(lab: Lab) -> Standing:
    """From the last report; one that is missing or broken counts as none."""
    try:
        report = Report.model_validate_json(lab.last_report.read_bytes())
        graded = lab.last_report.stat().st_mtime
    except (OSError, ValidationError):
        return Standing(lab, None)
    return Standing(lab, report, changed=_edited(lab) > graded)


def next_command(place: Standing) -> str:
    """What brings this lab forward."""
    number, report = place.lab.id, place.report
    if report is None:
        return f"./lab test {number} {_first_kernel(place.lab)}".rstrip()
    if place.changed or report.status is not Status.GRADED:
        return f"./lab grade {number}"
    lost = _lost(report)
    correct = {CheckKind.BUILD, CheckKind.CORRECTNESS}
    if any(c.kind in correct for c in lost) or any(
        c.kind is CheckKind.BUILD and c.status is not CheckStatus.PASS for c in report.checks
    ):
        return f"./lab test {number}"
    if _answers_are_left(report):
        return f"./lab grade {number}"
    return f"./lab bench {number}"


def _lost(report: Report) -> list[Check]:
    return [c for c in report.checks if c.points is not None and c.points < c.max_points]


def _answers_are_left(report: Report) -> bool:
    """Whether nothing else can earn more points."""
    lost = _lost(report)
    return bool(lost) and all(check.kind is CheckKind.ANSWER for check in lost)


def overview(course: Course) -> str:
    """A line a lab, then the next command."""
    places = [standing(lab) for lab in course.labs]
    width = max((len(place.lab.topic) for place in places), default=0)
    lines = [f"  {place.lab.id}  {place.lab.topic:<{width}}  {_result(place)}" for place in places]
    return "\n".join(
        [f"Rooflab {__version__}", "", *lines, "", *_next(course, places), "help: ./lab --help", ""]
    )


def _next(course: Course, places: Sequence[Standing]) -> list[str]:
    open_ = next((place for place in places if not place.done), None)
    if open_ is None:
        return ["Every lab has all the points that this machine can measure."]
    lines = []
    if open_.report is None:
        handout = open_.lab.handout.relative_to(course.root)
        if open_.lab.handout.is_file():
            lines.append(f"read: {handout}")
        lines.append(f"edit: {', '.join(_files(open_.lab))}")
    elif _answers_are_left(open_.report):
        lines.append(f"edit: {open_.lab.directory.relative_to(course.root) / ANSWERS}")
    return [*lines, f"next: {next_command(open_)}"]


def _result(place: Standing) -> str:
    report = place.report
    if report is None:
        return "not graded yet"
    if report.score is None:
        return f"{report.status.value}: {sanitize_line(report.reason, limit=60)}"
    score = str(tally(report))
    return f"{score}, before your last change" if place.changed else score


def _files(lab: Lab) -> list[str]:
    folder = lab.directory.relative_to(lab.root)
    try:
        return [str(folder / name) for name in lab.manifest.files]
    except ManifestError:  # `verify` and `grade` say what is wrong with it
        return [str(folder)]


def _earlier_files(lab: Lab) -> list[str]:
    try:
        return [name for earlier in lab.earlier for name in _files(earlier.lab)]
    except ManifestError:
        return []


def _first_kernel(lab: Lab) -> str:
    """The one to begin with: the manifest names them in the order in which they are written."""
    try:
        return lab.manifest.kernels[0].name
    except ManifestError:
        return ""


def _edited(lab: Lab) -> float:
    """When a file that the student edits last changed, of the lab or of one whose kernels it
    uses."""
    times = [0.0]
    for name in [*_files(lab), *_earlier_files(lab)]:
        try:
            times.append((lab.root / name).stat().st_mtime)
        except OSError:
            continue
    return max(times)
