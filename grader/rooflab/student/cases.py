"""Which case of bench.cpp a command looks at that looks at one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rooflab.base.errors import UsageError
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Lab
from rooflab.course.manifest import MeasurementKind
from rooflab.grading.measurement import listing

# Of a case that nobody chose: some seconds in the emulator.
MOST_FLOPS, MOST_BYTES = 60e6, 40e6


def check_kernel(lab: Lab, kernel: str, command: str) -> None:
    """UsageError, with what to type instead, when the lab has no such kernel."""
    known = [k.name for k in lab.manifest.kernels]
    if kernel not in known:
        raise UsageError(
            f'lab {lab.id} has no kernel "{kernel}"; its kernels are: {", ".join(known)}',
            f"./lab {command} {lab.id} {known[0]}",
        )


def graded_sizes(lab: Lab, kernel: str, kinds: Sequence[MeasurementKind]) -> list[str]:
    """The sizes at which one of these measurements of the kernel earns points."""
    return [
        measurement.case.removeprefix(f"{kernel}/")
        for measurement in lab.manifest.measurements
        if measurement.kernel == kernel and measurement.kind in kinds
    ]


def case_of(
    trusted: LabBuild,
    program: Path,
    command: str,
    kernel: str,
    size: str | None,
    graded: Sequence[str],
    work: Path,
) -> str:
    """The case of that size; else one of those that are graded; else the largest that does not take
    long. `program` lists the cases, `command` is whose."""
    if size is None and graded:
        return f"{kernel}/{graded[0]}"
    cases = [line.split() for line in listing(program, work)]
    sizes = {
        name: max(float(flops) / MOST_FLOPS, float(bytes) / MOST_BYTES)
        for name, flops, bytes in cases
    }
    number = trusted.lab.id
    own = [name for name in sizes if name.startswith(f"{kernel}/")]
    if not own:
        kernels = sorted({name.partition("/")[0] for name in sizes})
        raise UsageError(
            f"bench.cpp of lab {number} has no case of {kernel}; it has cases of: "
            f"{', '.join(kernels)}",
            f"./lab {command} {number} {kernels[0]}",
        )
    if size is not None:
        if f"{kernel}/{size}" in own:
            return f"{kernel}/{size}"
        known = [name.removeprefix(f"{kernel}/") for name in own]
        raise UsageError(
            f'bench.cpp has no case "{kernel}/{size}"; its sizes are: {", ".join(known)}',
            f"./lab {command} {number} {kernel} {known[0]}",
        )
    quick = [name for name in own if sizes[name] <= 1]
    return max(quick, key=sizes.__getitem__) if quick else min(own, key=sizes.__getitem__)
