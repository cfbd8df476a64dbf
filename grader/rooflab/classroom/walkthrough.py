"""The walkthrough of a lab: each kernel's way from the baseline to the solution, measured now.

The steps are the lab's stages (grader/hidden/NN_topic/stages/). Each is timed beside the baseline
as a submission would be, in one session on one machine, and earns the points that a grade would
give it. A step that cannot be measured says why; it does not keep the others from the page.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from markupsafe import Markup, escape

from rooflab import __version__
from rooflab.base.errors import SetupError
from rooflab.base.progress import Progress
from rooflab.base.scratch import scratch
from rooflab.base.text import sanitize
from rooflab.compile.trusted import LabBuild
from rooflab.compile.variant import build_variant
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.course.stages import Stage, stages_of
from rooflab.grading import checks
from rooflab.grading.grade import open_grader
from rooflab.grading.measurement import check_of
from rooflab.measure import machine
from rooflab.measure.machine import Measured
from rooflab.report.model import Cause, Check, CheckKind, CheckStatus, Machine, Reason, Tier
from rooflab.report.page import templates
from rooflab.report.roofline import Roofline, draw, mark_of
from rooflab.report.wording import key_figure, number

TEMPLATES = Path(__file__).parent / "templates"
BUDGET_S = 4.0  # to time one step in one case, where its points are not settled before
MAX_SOURCE = 1 << 18  # characters of a file that the page shows
# Where a check of time has its ratio.
TIMED = {
    CheckKind.SPEEDUP: "speedup",
    CheckKind.EFFICIENCY: "efficiency",
    CheckKind.BANDWIDTH: "share",
}
BASELINE, SOLUTION = "the baseline", "the solution"
HEADER = re.compile(r"(?:// (?:idea|earns): .*\n)+")
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """A version of a kernel: `source` is its code, and `beside` the headers of its own by name.
    `checks` has what each of the kernel's measurements found, in the manifest's order."""

    name: str
    idea: str
    source: str
    checks: tuple[Check, ...]
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def points(self) -> float:
        return sum(check.points or 0 for check in self.checks)

    @property
    def speed(self) -> tuple[float, float]:
        """What steps are ordered by: the first ratio of times, and then the points."""
        ratios = [number(check, TIMED[check.kind]) for check in self.checks if check.kind in TIMED]
        return next((ratio for ratio in ratios if ratio is not None), 0.0), self.points


@dataclass(frozen=True)
class Chart:
    """The steps of one measurement under the roof."""

    case: str
    roofline: Roofline


@dataclass(frozen=True)
class KernelWalk:
    """Steps from the baseline, number 0, to the solution."""

    kernel: str
    steps: tuple[Step, ...]
    charts: tuple[Chart, ...]

    @property
    def possible(self) -> float:
        return sum(check.max_points for check in self.steps[-1].checks)


@dataclass(frozen=True)
class Walkthrough:
    """`files` are those of the solution, by name. `took_s` is how long all of it was measured."""

    lab: str
    title: str
    kernels: tuple[KernelWalk, ...]
    files: tuple[tuple[str, str], ...]
    machine: Machine
    measured_at: datetime
    took_s: float

    @property
    def unmeasured(self) -> int:
        """How many figures the page lacks."""
        return sum(check.points is None for check in self._checks)

    @property
    def figures(self) -> int:
        return len(self._checks)

    @property
    def short_of_points(self) -> list[str]:
        """Measurements in which the solution itself did not earn all points just now."""
        ends = [walk.steps[-1] for walk in self.kernels]
        return [c.title for e in ends for c in e.checks if c.points not in (None, c.max_points)]

    @property
    def _checks(self) -> list[Check]:
        return [c for walk in self.kernels for step in walk.steps for c in step.checks]


@dataclass(frozen=True)
class _Version:
    """A step before it is measured. A Cause in place of a worker says why there is none; the
    emulated one runs where cache misses are counted."""

    name: str
    idea: str
    source: str
    worker: Path | Cause
    emulated: Path | Cause
    beside: tuple[tuple[str, str], ...] = ()


def measure_lab(
    course: Course,
    lab: Lab,
    progress: Progress,
    kernels: Collection[str] | None = None,
    budget_s: float = BUDGET_S,
) -> Walkthrough:
    """Builds and measures all steps of a lab's kernels, or of some; minutes. SetupError without
    solutions and stages, or where this machine cannot grade at all."""
    if lab.solution is None or lab.hidden is None:
        raise SetupError(
            f"there is no solution of lab {lab.id} in this copy of the course, or no hidden part",
            "run it in the instructor's repository",
        )
    started = time.monotonic()
    stages = list(stages_of(lab))
    grader = open_grader(course, [lab], Tier.LOCAL, progress)
    trusted = grader.builds[lab]
    assert isinstance(trusted, LabBuild)  # or it would have been raised
    measured_names = dict.fromkeys(m.kernel for m in lab.manifest.measurements)
    walks = []
    with scratch(course.build) as work:
        for name in measured_names:
            if kernels is None or name in kernels:
                own = [stage for stage in stages if stage.kernel == name]
                walk = _Walk(trusted, grader.measured, name, work, progress, budget_s)
                walks.append(walk.measured_steps(own))
    return Walkthrough(
        lab=lab.name,
        title=lab.manifest.title,
        kernels=tuple(walks),
        files=tuple((name, _text(lab.solution / name)) for name in lab.manifest.files),
        machine=machine.read(grader.measured),
        measured_at=datetime.now(UTC),
        took_s=time.monotonic() - started,
    )


@dataclass(frozen=True)
class _Walk:
    """One kernel's steps: what is fixed while they are measured."""

    trusted: LabBuild
    measured: Measured
    kernel: str
    work: Path
    progress: Progress
    budget_s: float

    @property
    def lab(self) -> Lab:
        return self.trusted.lab

    @property
    def measurements(self) -> list[Measurement]:
        return [m for m in self.lab.manifest.measurements if m.kernel == self.kernel]

    def measured_steps(self, stages: Sequence[Stage]) -> KernelWalk:
        versions = list(self._versions(stages))  # nothing is compiled while others are timed
        first, *between, last = [self._step(version) for version in versions]
        steps = (first, *sorted(between, key=lambda step: step.speed), last)
        return KernelWalk(self.kernel, steps, tuple(charts(steps, self.measured)))

    def _versions(self, stages: Sequence[Stage]) -> Iterator[_Version]:
        trusted, emulated = self.trusted, self.trusted.emulated
        assert self.lab.solution is not None
        assert trusted.reference is not None
        assert emulated.reference is not None
        name = self.lab.manifest.sources[0]
        given = _text(self.lab.directory / "baseline.cpp")
        over = self.lab.manifest.kernel(self.kernel).over
        idea = f"given in labs/{self.lab.name}/baseline.cpp; here it is measured beside itself"
        if over:
            idea += f"; all times are compared with those of {over}"
        code = definition_of(given, self.kernel)
        yield _Version(BASELINE, idea, code, trusted.baseline, emulated.baseline)
        for stage in stages:
            yield self._version(stage)
        code = definition_of(_text(self.lab.solution / name), self.kernel)
        idea = f"solutions/{self.lab.name}/{name}, below"
        yield _Version(SOLUTION, idea, code, trusted.reference, emulated.reference)

    def _version(self, stage: Stage) -> _Version:
        self.progress(f"{self.lab.name}: building {stage.kernel}, {stage.name}")
        built = build_variant(self.trusted, stage, self.work)
        emulated = built
        if any(m.kind is MeasurementKind.CACHE_MISSES for m in self.measurements):
            emulated = build_variant(self.trusted, stage, self.work, for_emulator=True)
        text = _text(stage.path)
        return _Version(
            stage.name.replace("_", " "),
            stage.idea,
            HEADER.sub("", text, count=1).strip("\n"),
            built if isinstance(built, Cause) else built.worker,
            emulated if isinstance(emulated, Cause) else emulated.worker,
            tuple(headers_of(self.lab, stage.path)),
        )

    def _step(self, version: _Version) -> Step:
        found: list[Check] = []
        for measurement in self.measurements:
            self.progress(f"{self.lab.name}: measuring {self.kernel}, {version.name}")
            found.append(self._check(version, measurement, found))
        return Step(version.name, version.idea, version.source, tuple(found), version.beside)

    def _check(self, version: _Version, measurement: Measurement, so_far: list[Check]) -> Check:
        emulated = measurement.kind is MeasurementKind.CACHE_MISSES
        worker = version.emulated if emulated else version.worker
        if isinstance(worker, Cause):
            return checks.not_to_be_measured(measurement, worker)
        if measurement.kind is MeasurementKind.BANDWIDTH and _is_scalar(so_far):
            return checks.not_vectorized(measurement)
        folder = self.work / "measured"
        folder.mkdir(exist_ok=True)
        try:
            return check_of(self.trusted, worker, measurement, folder, self.budget_s, self.measured)
        except SetupError as error:
            cause = Cause(reason=Reason.INTERNAL, rationale=error.message)
            return checks.not_to_be_measured(measurement, cause)


def _is_scalar(found: Sequence[Check]) -> bool:
    """Whether a kernel is known to use no vectors: a grade does not look at its bandwidth then."""
    return any(c.kind is CheckKind.VECTOR and c.points == 0 for c in found)


def charts(steps: Sequence[Step], measured: Measured) -> Iterator[Chart]:
    """A roofline per size at which speed was measured, with all steps by their numbers."""
    peak, bandwidth = measured.peak_gflops, measured.bandwidth_gbs
    for each in zip(*(step.checks for step in steps), strict=True):
        marks = [
            replace(mark, label=f"{number} {steps[number].name}", baseline=None)
            for number, check in enumerate(each)
            if (mark := mark_of(check, peak))
        ]
        if drawn := draw(marks, peak, bandwidth):
            yield Chart(short_title(each[0]), drawn)


def short_title(check: Check) -> str:
    """ "speedup at 512", below the kernel's name."""
    return check.title.partition(": ")[2]


def figure_of(check: Check) -> str:
    """What was measured, or why it was not."""
    figure = "" if check.status is CheckStatus.SKIPPED else key_figure(check)
    if check.points is not None and figure:
        return figure
    why = check.cause.rationale.removeprefix("not measured yet: ") if check.cause else ""
    return f"not measured: {why}" if why else "not measured"


def roof_share(chart: Chart, number: int) -> str:
    """ "41 % of the roof", of the step of that number; empty where it is not drawn."""
    points = [p for p in chart.roofline.points if p.label.startswith(f"{number} ")]
    return f"{points[0].share:.0%} of the roof" if points else ""


def definition_of(source: str, kernel: str) -> str:
    """The function of that name with the comment above it, of source as clang-format leaves it;
    empty where the kernel is no function there, but a class, or made of several."""
    lines = source.splitlines()
    begins = re.compile(rf"[A-Za-z].*\b{re.escape(kernel)}\(")
    for start, line in enumerate(lines):
        if not begins.match(line):
            continue
        end = next((i for i in range(start, len(lines)) if lines[i].endswith((";", "}"))), start)
        if lines[end].endswith(";") and "{" not in "".join(lines[start : end + 1]):
            continue  # declared only
        if not (end == start and line.endswith("}")):
            end = next((i for i in range(start, len(lines)) if lines[i].startswith("}")), end)
        while start and lines[start - 1].startswith(("//", "template")):
            start -= 1
        return "\n".join(lines[start : end + 1])
    return ""


def headers_of(lab: Lab, path: Path) -> Iterator[tuple[str, str]]:
    """The headers that a stage includes from the hidden part, and those that they include."""
    hidden = lab.root / "grader" / "hidden"
    seen: set[Path] = set()
    left = [path]
    while left:
        current = left.pop(0)
        for name in INCLUDE.findall(_text(current)):
            for header in ((current.parent / name).resolve(), (lab.root / name).resolve()):
                if header.is_relative_to(hidden.resolve()) and header.is_file():
                    if header not in seen:
                        seen.add(header)
                        left.append(header)
                        yield header.name, _text(header)
                    break


def render(walkthrough: Walkthrough) -> str:
    """The page: no scripts, nothing loaded, every string made plain."""
    environment = templates(TEMPLATES)
    environment.filters["source"] = _source
    return environment.get_template("walkthrough.html.j2").render(
        walkthrough=walkthrough,
        figure_of=figure_of,
        short_title=short_title,
        roof_share=roof_share,
        solution=SOLUTION,
        version=__version__,
    )


def _source(text: str) -> Markup:
    """A whole file, harmless: other text on a page is cut earlier."""
    return escape(sanitize(text, MAX_SOURCE))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
