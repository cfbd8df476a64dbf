"""From instructions back to source lines, by the line table that the compiler left in a worker.

The worker is hostile, and so is its line table: binutils' addr2line reads it, confined, and what
it says is only ever used as the number of a line of a file that we have ourselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rooflab.base.process import Limits, run
from rooflab.base.text import sanitize_line
from rooflab.compile.trusted import LabBuild
from rooflab.measure.cache_misses import Site

ADDR2LINE = "/usr/bin/addr2line"
LIMITS = Limits(wall_s=20, memory_bytes=None, output_bytes=8 << 20)
MEMORY_BYTES = 1 << 30
PLACE = re.compile(r"(?P<file>.+):(?P<line>[0-9]{1,7})(?: \(discriminator [0-9]+\))?")


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


@dataclass(frozen=True)
class Frame:
    """Where an address comes from: a line of one of the files (no file and number 0: of none of
    them), and the function, made harmless, without its parameters; it may be empty."""

    file: str
    number: int
    function: str


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
    found = {
        address: innermost(at) for address, at in frames(trusted, code, addresses, work).items()
    }
    return {address: (place.file, place.number) for address, place in found.items() if place}


def innermost(frames: Sequence[Frame]) -> Frame | None:
    """The first that lies in a file."""
    return next((frame for frame in frames if frame.file), None)


def frames(
    trusted: LabBuild, code: Code, addresses: Sequence[int], work: Path
) -> dict[int, list[Frame]]:
    """Per address, the function that it lies in, behind those that were inlined there, innermost
    first. Empty where the line table cannot be read."""
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
            "--functions",
            "--demangle",
            f"--exe={code.worker}",
            *(f"{address:#x}" for address in addresses),
        ],
        LIMITS,
        directory=work,
    )
    if not done.succeeded:
        return {}
    names = {str(code.folder / name): name for name in code.files}
    names |= {f"/{name}": name for name in code.files if "/" in name}  # compile/earlier.py
    return _read_frames(done.stdout.decode("utf-8", errors="replace"), names)


def _read_frames(output: str, names: Mapping[str, str]) -> dict[int, list[Frame]]:
    """A line with the address, then two for each frame: its function, its place."""
    found: dict[int, list[Frame]] = {}
    lines = iter(output.removesuffix("\n").split("\n"))
    at: list[Frame] = []
    for line in lines:
        if re.fullmatch("0x[0-9a-f]{1,16}", line):
            at = found.setdefault(int(line, 16), [])
            line = next(lines, "")  # whatever it looks like
        place = PLACE.fullmatch(next(lines, ""))
        inside = place is not None and place["file"] in names
        file, number = (names[place["file"]], int(place["line"])) if place and inside else OUTSIDE
        at.append(Frame(file, number, _short_name(sanitize_line(line))))
    return found


def _short_name(function: str) -> str:
    """Of "lab04::sum(std::span<float const>)", "lab04::sum"; the same of what the library wraps
    around a lambda in it."""
    named = function.replace("(anonymous namespace)::", "")
    own = re.search(r"lab\d\d::\w+(::~?\w+)*", named)
    return own[0] if own else named.partition("(")[0] or named
