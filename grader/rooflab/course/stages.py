"""Stages: right kernels on the way from the baseline to the solution, and the points each must earn
(grader/hidden/README.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.course.course import Lab
from rooflab.course.manifest import Measurement, MeasurementKind

HEADER = re.compile(r"// idea: (?P<idea>.+)\n(?P<earns>(?:// earns: .+\n)+)")
EARNS = re.compile(r"// earns: (?P<low>[\d.]+)(?:-(?P<high>[\d.]+))? of (?P<check>\S+)")


@dataclass(frozen=True)
class Stage:
    """`earns` has, for each measurement of the kernel by id, the fewest and the most points."""

    kernel: str
    idea: str
    earns: dict[str, tuple[float, float]]
    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def without_vectors(self) -> bool:
        return self.earns.get(f"{self.kernel}.{MeasurementKind.VECTOR}") == (0, 0)

    def earns_nothing(self, measurement: Measurement) -> bool:
        return self.earns.get(measurement.id) == (0, 0)


def stages_of(lab: Lab) -> Iterator[Stage]:
    """A lab's stages, by name. SetupError for one whose header does not say all that it earns."""
    for kernel, path in kernel_files(lab, "stages"):
        header = HEADER.match(path.read_text(encoding="utf-8"))
        if header is None:
            raise wrong_file(lab.root, path, "does not begin with its idea and what it earns")
        earns = {}
        for line in header["earns"].splitlines():
            found = EARNS.fullmatch(line)
            if found is None:
                raise wrong_file(lab.root, path, f'says "{line}", not "// earns: 3-5 of CHECK"')
            low = float(found["low"])
            earns[found["check"]] = (low, float(found["high"] or low))
        measured = {m.id for m in lab.manifest.measurements if m.kernel == kernel}
        if set(earns) != measured:
            listed = ", ".join(sorted(measured))
            raise wrong_file(lab.root, path, f"must say what it earns of each of: {listed}")
        stage = Stage(kernel, header["idea"], earns, path)
        if stage.without_vectors and any(
            m.kind is MeasurementKind.BANDWIDTH and not stage.earns_nothing(m)
            for m in lab.manifest.measurements
            if m.kernel == kernel
        ):
            raise wrong_file(lab.root, path, "uses no vectors, so that no bandwidth counts")
        yield stage


def kernel_files(lab: Lab, kind: str) -> Iterator[tuple[str, Path]]:
    """The kernel and the path of each of a lab's "stages" or "mutants", which lie in a folder per
    kernel. SetupError for a file that lies elsewhere: it would never be run."""
    assert lab.hidden is not None
    folders = {lab.hidden / kind / kernel.name for kernel in lab.manifest.kernels}
    for path in sorted((lab.hidden / kind).rglob("*.cpp")):
        if path.parent not in folders:
            raise wrong_file(lab.root, path, f"must lie in {kind}/KERNEL/, for a kernel of the lab")
        yield path.parent.name, path


def wrong_file(root: Path, path: Path, why: str) -> SetupError:
    return SetupError(f"{path.relative_to(root)} {why}", "see grader/hidden/README.md")
