"""`./lab hot`: the instructions in which a kernel spends its time. Nothing is graded."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from rooflab.base.progress import Progress
from rooflab.base.scratch import exclusive_lock, scratch
from rooflab.compile.trusted import prepare
from rooflab.compile.worker import build_submission
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import MeasurementKind
from rooflab.course.submission import collect
from rooflab.measure.samples import HotSite, Samples, take
from rooflab.measure.seeds import Seeds
from rooflab.measure.source_lines import Code, places
from rooflab.report.model import Cause
from rooflab.student.cases import case_of, check_kernel, graded_sizes

SCHEMA = "rooflab/hot/v1"
TIMED = (MeasurementKind.SPEEDUP, MeasurementKind.BANDWIDTH)
# As graded, and with a table of source lines: that changes no code.
DEBUG_FLAG = "-g"


@dataclass(frozen=True)
class Hot:
    """Samples of one case. `places` are files and lines of instructions, by address; code from
    elsewhere has none."""

    case: str
    samples: Samples
    places: dict[int, tuple[str, int]]
    files: dict[str, bytes]

    @property
    def kinds(self) -> Counter[str]:
        """How many samples were of each kind of instruction."""
        counted: Counter[str] = Counter()
        for site in self.samples.sites:
            counted[site.kind] += site.samples
        return counted


def hot_of(
    course: Course,
    lab: Lab,
    directory: Path,
    kernel: str,
    progress: Progress,
    size: str | None = None,
) -> Hot | Cause:
    """Samples calls of the kernel, and finds the lines of its source. Without a size: the first
    case whose time is graded."""
    check_kernel(lab, kernel, "hot")
    taken = collect(directory, lab)
    if isinstance(taken, Cause):
        return taken
    progress("building the sampler")
    trusted = prepare(course, lab)
    with scratch(course.build) as work:
        graded = graded_sizes(lab, kernel, TIMED)
        case = case_of(trusted, trusted.hot, "hot", kernel, size, graded, work)
        progress("compiling your kernels")
        folder = work / "hot"
        folder.mkdir()
        built = build_submission(trusted.with_flag(DEBUG_FLAG), taken, folder)
        if isinstance(built, Cause):
            return built
        progress(f"sampling {case}")
        with exclusive_lock(course.build / "measuring.lock"):
            found = take(trusted, built.worker, case, work, Seeds().key("hot"))
        if isinstance(found, Cause):
            return found
        code = Code(built.worker, folder, taken.sources)
        lines = places(trusted, code, [site.address for site in found.sites], work)
    return Hot(case, found, lines, taken.sources)


def as_json(hot: Hot | Cause) -> str:
    """Samples by instruction; or an object, the cause why there are none."""
    if isinstance(hot, Cause):
        return hot.model_dump_json(indent=2) + "\n"

    def described(site: HotSite) -> dict[str, object]:
        file, line = hot.places.get(site.address, ("", 0))
        return {**asdict(site), "file": file, "line": line}

    document = {
        "schema": SCHEMA,
        "case": hot.case,
        "samples": hot.samples.samples,
        "calls": hot.samples.calls,
        "call_ns": hot.samples.call_ns,
        "kinds": dict(hot.kinds),
        "instructions": [described(site) for site in hot.samples.sites],
    }
    return json.dumps(document, indent=2) + "\n"
