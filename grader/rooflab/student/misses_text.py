"""What `./lab misses` prints: the totals, then the source with accesses and misses beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rooflab.base.text import sanitize, without_commands
from rooflab.course.course import Lab
from rooflab.measure.source_lines import Line, lines_of
from rooflab.report.wording import times
from rooflab.student.cases import graded_sizes
from rooflab.student.misses import GRADED, Missed

AROUND = 1  # lines of source shown before and after those that load or store
ALIKE = 1.05
MARKED, MARKED_SHARE = 5, 0.01  # at most five lines, each with a hundredth of the misses or more
MARK, RED, DIM, END = "►", "\033[1;31m", "\033[2m", "\033[0m"
GAP = "⋮"
COLUMNS = f"  {'misses':>10} {'share':>5} {'accesses':>11}"


def as_text(
    lab: Lab, kernel: str, missed: Missed, of_baseline: bool, width: int, color: bool
) -> str:
    """The whole answer; the listing is cut at `width` columns."""
    number = lab.id
    size = missed.case.removeprefix(f"{kernel}/")
    lines = [*_totals(missed), *_listing(missed, width, color), ""]
    others = [other for other in graded_sizes(lab, kernel, GRADED) if other != size]
    lines += [f"also graded: ./lab misses {number} {kernel} {other}" for other in others]
    command = f"./lab misses {number} {kernel} {size}"
    if of_baseline:
        lines.append(f"next: {command}, the same for yours")
    else:
        lines.append(f"next: {command} --baseline, or ./lab grade {number}")
    return without_commands("\n".join(lines) + "\n")


def _totals(missed: Missed) -> Iterator[str]:
    d1 = missed.caches.d1
    yield (
        f"{missed.case}: one call, from an empty cache of {d1.size_bytes // 1024} KiB "
        f"({d1.ways} ways, lines of {d1.line_bytes} bytes)"
    )
    yield ""
    yield f"  {'':<10}{'D1 misses':>14}{'accesses':>16}{'last-level misses':>20}"
    for name, counts in (("yours", missed.yours), ("baseline", missed.baseline)):
        yield (f"  {name:<10}{counts.d1_misses:>14,}{counts.accesses:>16,}{counts.ll_misses:>20,}")
    if 1 / ALIKE < missed.fewer < ALIKE:
        yield "  about as many D1 misses as the baseline"
    elif missed.fewer > 1:
        yield f"  {times(missed.fewer)} times fewer D1 misses than the baseline"
    else:
        yield f"  {times(1 / missed.fewer)} times more D1 misses than the baseline"


def _listing(missed: Missed, width: int, color: bool) -> Iterator[str]:
    total = max(1, missed.shown.d1_misses)
    inside = [line for line in missed.lines if line.number]
    marked = {
        (line.file, line.number)
        for line in inside[:MARKED]
        if line.d1_misses >= MARKED_SHARE * total
    }
    for name, content in missed.files.items():
        counted = {line.number: line for line in inside if line.file == name}
        if not counted:
            continue
        source = lines_of(content)
        yield ""
        yield f"{COLUMNS}  {name}"
        before = None
        for number in _shown(counted, len(source)):
            if before is not None and number > before + 1:
                yield f"{'':>{len(COLUMNS)}}  {GAP}"
            before = number
            row = _row(counted.get(number), total, (name, number) in marked)
            text = f"{row} {number:>4}  {sanitize(source[number - 1].expandtabs(4), width)}"
            yield _painted(_cut(text, width), counted.get(number), marked, color)
    outside = [line for line in missed.lines if not line.number]
    if outside:
        yield ""
        yield f"{_row(outside[0], total, False)}  elsewhere: the C library and the call itself"


def _shown(counted: Mapping[int, Line], length: int) -> list[int]:
    near = {n + d for n in counted for d in range(-AROUND, AROUND + 1)}
    return sorted(number for number in near if 1 <= number <= length)


def _row(line: Line | None, total: int, marked: bool) -> str:
    if line is None:
        return " " * len(COLUMNS)
    share = f"{100 * line.d1_misses / total:.0f}%"
    return f"{MARK if marked else ' '} {line.d1_misses:>10,} {share:>5} {line.accesses:>11,}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _painted(text: str, line: Line | None, marked: set[tuple[str, int]], color: bool) -> str:
    if not color:
        return text.rstrip()
    if line is None:
        return f"{DIM}{text}{END}"
    return f"{RED}{text}{END}" if (line.file, line.number) in marked else text
