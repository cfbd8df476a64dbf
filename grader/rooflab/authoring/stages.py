"""Stages: right kernels on the way from the baseline to the solution, and the points each must earn
(grader/hidden/README.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rooflab.base.errors import SetupError
from rooflab.course.course import Lab
from rooflab.course.manifest import Measurement

HEADER = re.compile(
    r"// kernel: (?P<kernel>\w+)\n// idea: (?P<idea>.+)\n(?P<earns>(?:// earns: .+\n)+)"
)
EARNS = re.compile(r"// earns: (?P<low>[\d.]+)(?:-(?P<high>[\d.]+))? of (?P<check>\S+)")


@dataclass(frozen=True)
class Stage:
    """`earns` has, for each measurement of the kernel by id, the fewest and the most points."""

    name: str
    kernel: str
    idea: str
    earns: dict[str, tuple[float, float]]
    source: bytes

    def earns_nothing(self, measurement: Measurement) -> bool:
        return self.earns.get(measurement.id) == (0, 0)


def stages_of(lab: Lab) -> Iterator[Stage]:
    """A lab's stages, by name. SetupError for one whose header does not say all that it earns."""
    assert lab.hidden is not None
    for path in sorted((lab.hidden / "stages").glob("*.cpp")):
        source = path.read_bytes()
        header = HEADER.match(source.decode())
        if header is None:
            raise _wrong(lab, path.name, "does not begin with kernel, idea and what it earns")
        earns = {}
        for line in header["earns"].splitlines():
            found = EARNS.fullmatch(line)
            if found is None:
                raise _wrong(lab, path.name, f'says "{line}", not "// earns: 3-5 of CHECK"')
            low = float(found["low"])
            earns[found["check"]] = (low, float(found["high"] or low))
        measured = {m.id for m in lab.manifest.measurements if m.kernel == header["kernel"]}
        if set(earns) != measured:
            listed = ", ".join(sorted(measured))
            raise _wrong(lab, path.name, f"must say what it earns of each of: {listed}")
        yield Stage(path.stem, header["kernel"], header["idea"], earns, source)


def _wrong(lab: Lab, name: str, why: str) -> SetupError:
    return SetupError(
        f"grader/hidden/{lab.name}/stages/{name} {why}", "see grader/hidden/README.md"
    )
