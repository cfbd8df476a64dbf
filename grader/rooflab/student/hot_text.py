"""What `./lab hot` prints: what kinds of instructions the time goes to, then the hottest of them
under their lines of source."""

from __future__ import annotations

from collections.abc import Iterator

from rooflab.base.text import sanitize, without_commands
from rooflab.course.course import Lab
from rooflab.measure.source_lines import lines_of
from rooflab.student.cases import graded_sizes
from rooflab.student.hot import TIMED, Hot

# What each kind is called, in the order of the table on top.
KINDS = {
    "packed_512": "work on 512-bit vectors",
    "packed_256": "work on 256-bit vectors",
    "packed_128": "work on 128-bit vectors",
    "scalar": "work on one number",
    "vector_load": "vector load",
    "vector_store": "vector store",
    "load": "load",
    "store": "store",
    "reload": "reload from the stack",
    "spill": "spill to the stack",
    "vector_other": "shuffle, integers in vectors",
    "other": "address, counter, branch",
    "unknown": "unknown",
}
SHOWN = 24  # instructions
LEAST_SHARE = 0.005
MARKED = 5
FEW = 100  # samples: shares are then off by several per cent
MARK, RED, DIM, END = "►", "\033[1;31m", "\033[2m", "\033[0m"
NAME_WIDTH = max(map(len, KINDS.values()))


def as_text(lab: Lab, kernel: str, hot: Hot, width: int, color: bool) -> str:
    """The whole answer; lines are cut at `width` columns."""
    size = hot.case.removeprefix(f"{kernel}/")
    lines = [*_totals(hot), "", *_listing(hot, width, color), ""]
    others = [other for other in graded_sizes(lab, kernel, TIMED) if other != size]
    lines += [f"also graded: ./lab hot {lab.id} {kernel} {other}" for other in others]
    lines.append(f"next: ./lab bench {lab.id}, or ./lab grade {lab.id}")
    return without_commands("\n".join(lines) + "\n")


def _totals(hot: Hot) -> Iterator[str]:
    samples = hot.samples
    yield (
        f"{hot.case}: {samples.samples} samples of {samples.calls} calls, "
        f"{samples.call_ns / 1e6:.3g} ms each"
    )
    if samples.samples < FEW:
        yield "  few samples: its calls are short, or the machine is busy; a larger size says more"
    yield ""
    for kind, name in KINDS.items():
        if count := hot.kinds[kind]:
            yield f"  {name:<{NAME_WIDTH}} {_share(hot, count):>5}"


def _share(hot: Hot, count: int) -> str:
    return f"{100 * count / max(1, hot.samples.samples):.0f}%"


def _listing(hot: Hot, width: int, color: bool) -> Iterator[str]:
    by_samples = sorted(hot.samples.sites, key=lambda site: -site.samples)
    least = LEAST_SHARE * hot.samples.samples
    shown = {site.address for site in by_samples[:SHOWN] if site.samples >= least}
    marked = {site.address for site in by_samples[:MARKED]}
    place = None
    for site in hot.samples.sites:
        if site.address not in shown:
            continue
        here = hot.places.get(site.address, ("", 0))
        if here != place:
            place = here
            yield _painted(_cut(_source(hot, *here), width), DIM, color)
        mark = MARK if site.address in marked else " "
        row = f"{mark} {_share(hot, site.samples):>4}  {KINDS[site.kind]:<{NAME_WIDTH}}  "
        yield _painted(_cut(row + site.text, width), RED if mark == MARK else "", color)


def _source(hot: Hot, file: str, number: int) -> str:
    if not number:
        return "elsewhere: the C library and the call itself"
    lines = lines_of(hot.files[file])
    text = lines[number - 1].strip() if number <= len(lines) else ""
    return f"{file}:{number}  {sanitize(text)}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _painted(text: str, paint: str, color: bool) -> str:
    return f"{paint}{text}{END}" if color and paint else text.rstrip()
