"""What the steps of one grading share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rooflab.base.progress import Progress
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import Measurement
from rooflab.measure.machine import Measured
from rooflab.measure.seeds import Seeds


@dataclass(frozen=True)
class Session:
    """One submission's grading in one lab: what is fixed from its start to its end."""

    course: Course
    trusted: LabBuild
    measured: Measured
    work: Path
    seeds: Seeds
    progress: Progress

    @property
    def lab(self) -> Lab:
        return self.trusted.lab

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        return self.lab.manifest.measurements

    def folder(self, name: str) -> Path:
        """A folder of that name for one step's files."""
        path = self.work / name
        path.mkdir(exist_ok=True)
        return path
