"""From instructions back to source lines, by the line table that the compiler left in a worker.

The worker is hostile, and so is its line table: binutils' addr2line reads it, confined, and what
it says is only ever used as the number of a line of a file that we have ourselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rooflab.base.process import Limits, run
from rooflab.compile.trusted import LabBuild
from rooflab.measure.cache_misses import Site

ADDR2LINE = "/usr/bin/addr2line"
LIMITS = Limits(wall_s=20, memory_bytes=None, output_bytes=8 << 20)
MEMORY_BYTES = 1 << 30
FRAME = re.compile(r"(?P<file>.+):(?P<line>[0-9]{1,7})(?: \(discriminator [0-9]+\))?")


@dataclass(frozen=True)
class Line:
    """A line of one of the files; number 0 stands for all code outside of them. `text` is not made
    harmless."""

    file: str
    number: int
    accesses: int
    d1_misses: int
    text: str


@dataclass(frozen=True)
class Code:
    """A worker, and the files that its kernels were compiled from, by name."""

    worker: Path
    folder: Path  # where they lay
    files: Mapping[str, bytes]


OUTSIDE = ("", 0)


def per_line(trusted: LabBuild, code: Code, sites: Sequence[Site], work: Path) -> list[Line]:
    """What each line loads, stores and misses, those with the most misses first. Code from
    elsewhere that was inlined into a line counts for the line."""
    totals: dict[tuple[str, int], list[int]] = {}
    found = places(trusted, code, [site.address for site in sites], work)
    for site in sites:
        total = totals.setdefault(found.get(site.address, OUTSIDE), [0, 0])
        total[0] += site.accesses
        total[1] += site.d1_misses
    lines = [
        Line(file, number, accesses, misses, text_of(code, file, number))
        for (file, number), (accesses, misses) in totals.items()
    ]
    return sorted(lines, key=lambda line: (-line.d1_misses, -line.accesses, line.file, line.number))


def lines_of(source: bytes) -> list[str]:
    """As compilers number them, and not wherever Unicode sees a new line."""
    return source.decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")


def text_of(code: Code, file: str, number: int) -> str:
    lines = lines_of(code.files.get(file, b""))
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def places(
    trusted: LabBuild, code: Code, addresses: Sequence[int], work: Path
) -> dict[int, tuple[str, int]]:
    """File and line of each address whose code comes from one of the files."""
    if not addresses:
        return {}
    done = run(
        [
            trusted.confine,
            *(f"--read={path}" for path in (*trusted.toolchain, code.worker)),
            f"--memory={MEMORY_BYTES}",
            f"--cpu={LIMITS.wall_s:.0f}",
            "--",
            ADDR2LINE,
            "--addresses",
            "--inlines",
            f"--exe={code.worker}",
            *(f"{address:#x}" for address in addresses),
        ],
        LIMITS,
        directory=work,
    )
    if not done.succeeded:
        return {}
    names = {str(code.folder / name): name for name in code.files}
    return dict(_innermost(done.stdout.decode("utf-8", errors="replace"), names))


def _innermost(output: str, names: Mapping[str, str]) -> Iterator[tuple[int, tuple[str, int]]]:
    """Per address, the first of its frames (the innermost comes first) that lies in a file."""
    address = None
    for line in output.splitlines():
        if re.fullmatch("0x[0-9a-f]{1,16}", line):
            address = int(line, 16)
            continue
        frame = FRAME.fullmatch(line)
        if address is not None and frame is not None and frame["file"] in names:
            yield address, (names[frame["file"]], int(frame["line"]))
            address = None
