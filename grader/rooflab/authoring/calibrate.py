"""`./lab calibrate`: measures reference, baseline and stages, and proposes thresholds.

`full` is what the reference reaches with a margin: a quarter below the lower end of its interval,
so that a machine where it gains less still gives full marks. `zero` is above everything that must
earn nothing: a tenth over the upper ends of the baseline measured against itself and of every
stage (grader/hidden/NN_topic/stages/) that says so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.base.files import write_atomically
from rooflab.base.progress import Progress
from rooflab.base.scratch import scratch
from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.variant import build_variant
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.course.stages import Stage, stages_of
from rooflab.grading.measurement import measure
from rooflab.measure.estimates import Estimate
from rooflab.report.model import Cause

CACHE_MISSES = MeasurementKind.CACHE_MISSES
FULL_MARGIN = 0.75
ZERO_MARGIN = 1.1
LEAST_ZERO = 1.3  # on busy machines, noise alone has been seen to reach 1.15
BUDGET_S = 10.0


@dataclass(frozen=True)
class Calibration:
    """What one measurement showed, and the thresholds that follow."""

    measurement: Measurement
    reference: Estimate
    nothing: dict[str, Estimate]  # the baseline against itself, and stages

    @property
    def zero(self) -> float:
        highest = max(estimate.high for estimate in self.nothing.values())
        return max(LEAST_ZERO, _rounded(highest * ZERO_MARGIN, math.ceil))

    @property
    def full(self) -> float:
        return _rounded(self.reference.low * FULL_MARGIN, math.floor)

    @property
    def sound(self) -> bool:
        """Whether the case can tell the reference from what must earn nothing."""
        return self.full > self.zero


def _rounded(value: float, whole: Callable[[float], int]) -> float:
    """To two digits, in the direction that keeps the margin."""
    step = 10.0 ** (math.floor(math.log10(value)) - 1)
    return round(whole(value / step) * step, 6)


def calibrate(course: Course, lab: Lab, progress: Progress) -> list[Calibration]:
    """One calibration a measurement of the lab's manifest. SetupError without solutions."""
    progress(f"{lab.name}: building")
    trusted = prepare(course, lab)
    if trusted.reference is None or lab.hidden is None:
        raise SetupError(
            "calibrate needs solutions/ and grader/hidden/, which a student's copy does not have",
            "run it in the instructor's repository",
        )
    with scratch(course.build) as work:
        return list(_calibrations(trusted, list(stages_of(lab)), work, progress))


def _worker(trusted: LabBuild, stage: Stage, work: Path, for_emulator: bool) -> Path:
    built = build_variant(trusted, stage, work, for_emulator)
    if isinstance(built, Cause):
        raise SetupError(f"{stage.kernel}, stage {stage.name}: {built.rationale}", "./lab verify")
    return built.worker


def _calibrations(
    trusted: LabBuild, stages: Sequence[Stage], work: Path, progress: Progress
) -> Iterator[Calibration]:
    for measurement in trusted.lab.manifest.measurements:
        if not measurement.kind.is_factor:  # how much is enough, the course decides
            continue
        progress(f"{measurement.id}: building stages")
        counted = measurement.kind is CACHE_MISSES
        ours = trusted.emulated if counted else trusted
        assert ours.reference is not None
        folder = work / measurement.id.replace("/", "-")
        folder.mkdir()
        workers = {"the reference": ours.reference, "baseline": ours.baseline} | {
            stage.name: _worker(trusted, stage, folder, counted)
            for stage in stages
            if stage.earns_nothing(measurement)
        }
        found = {}
        for name, worker in workers.items():
            progress(f"{measurement.id}: measuring {name}")
            estimate = measure(trusted, worker, measurement, folder, BUDGET_S)
            if isinstance(estimate, Cause):
                raise SetupError(f"{name}: {estimate.rationale}", "./lab verify")
            found[name] = estimate
        yield Calibration(measurement, found.pop("the reference"), found)


def as_text(lab: Lab, calibrations: Sequence[Calibration]) -> str:
    """A block a measurement: what was seen, what stands in the manifest, what is proposed."""
    lines = [f"Lab {lab.id}: times over the baseline, with 95 % intervals", ""]
    for found in calibrations:
        now = found.measurement
        lines.append(f"{now.id}  ({now.case})")
        for name, estimate in [("reference", found.reference), *found.nothing.items()]:
            interval = f"({estimate.low:.2f}-{estimate.high:.2f}, {estimate.rounds} rounds)"
            lines.append(f"    {name:<40} {estimate.value:>7.2f}  {interval}")
        margin = found.reference.low / now.full
        lines.append(f"    now:      zero = {now.zero:g}, full = {now.full:g}")
        lines.append(f"              the reference is at {margin:.2f} times full")
        verdict = "" if found.sound else "   NOT SOUND: the case cannot tell them apart"
        lines.append(f"    proposed: zero = {found.zero:g}, full = {found.full:g}{verdict}")
        lines.append("")
    lines.append(f"To write what is proposed: ./lab calibrate {lab.id} --write")
    return "\n".join(lines) + "\n"


def write(lab: Lab, calibrations: Sequence[Calibration]) -> None:
    """Puts the proposals into lab.toml, and leaves every other character as it is."""
    unsound = [found.measurement.id for found in calibrations if not found.sound]
    if unsound:
        raise SetupError(
            f"nothing was written: {', '.join(unsound)} cannot tell the reference from the slow",
            "choose another size for the case, or a better reference",
        )
    path = lab.directory / "lab.toml"
    text = path.read_text(encoding="utf-8")
    for found in calibrations:
        text = with_thresholds(text, found.measurement, found.zero, found.full)
    write_atomically(path, text.encode())


def with_thresholds(text: str, measurement: Measurement, zero: float, full: float) -> str:
    """The manifest with other thresholds for one measurement."""
    blocks = re.split(r"(?m)^(?=\[)", text)
    for index, block in enumerate(blocks):
        if (
            block.startswith("[[measurements]]")
            and re.search(rf'(?m)^case = "{re.escape(measurement.case)}"', block)
            and re.search(rf'(?m)^kind = "{measurement.kind}"', block)
        ):
            block = re.sub(r"(?m)^zero = [\d.]+", f"zero = {zero:g}", block, count=1)
            blocks[index] = re.sub(r"(?m)^full = [\d.]+", f"full = {full:g}", block, count=1)
            return "".join(blocks)
    raise SetupError(f"lab.toml has no measurement {measurement.id}", "./lab verify")
