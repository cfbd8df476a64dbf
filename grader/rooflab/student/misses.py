"""`./lab misses`: a kernel's cache misses, line by line. Nothing is graded."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rooflab.base.errors import SetupError, UsageError
from rooflab.base.progress import Progress
from rooflab.base.scratch import scratch
from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.worker import build_for_emulator, build_submission
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import CacheGeometry, EmulatedCaches, MeasurementKind
from rooflab.course.submission import SubmittedFiles, collect
from rooflab.measure.cache_misses import MissCounts, count, count_once
from rooflab.measure.seeds import Seeds
from rooflab.measure.source_lines import Code, Line, per_line
from rooflab.report.model import Cause
from rooflab.student.cases import case_of, check_kernel, graded_sizes

SCHEMA = "rooflab/misses/v1"
# For labs whose manifest names no cache.
USUAL = EmulatedCaches(
    d1=CacheGeometry(size_bytes=32768, ways=8, line_bytes=64),
    ll=CacheGeometry(size_bytes=1048576, ways=16, line_bytes=64),
)
GRADED = (MeasurementKind.CACHE_MISSES,)


@dataclass(frozen=True)
class Missed:
    """One call of one case. `lines` are of `shown`: of the submission, or of the baseline."""

    case: str
    caches: EmulatedCaches
    yours: MissCounts
    baseline: MissCounts
    shown: MissCounts
    lines: tuple[Line, ...]
    files: dict[str, bytes]

    @property
    def fewer(self) -> float:
        """How many times fewer misses than the baseline."""
        return self.baseline.d1_misses / max(1, self.yours.d1_misses)


def misses_of(
    course: Course,
    lab: Lab,
    directory: Path,
    kernel: str,
    progress: Progress,
    of_baseline: bool = False,
    size: str | None = None,
) -> Missed | Cause:
    """Counts one call of the kernel, and says which lines of its source miss. Without a size: the
    first case that is graded."""
    _check(lab, kernel)
    taken = collect(directory, lab)
    if isinstance(taken, Cause):
        return taken
    progress("building the emulator and the baseline")
    trusted = prepare(course, lab)
    with scratch(course.build) as work:
        graded = graded_sizes(lab, kernel, GRADED)
        case = case_of(trusted, trusted.misses, "misses", kernel, size, graded, work)
        progress("compiling your kernels")
        code = _built(trusted, taken, work)
        if isinstance(code, Cause):
            return code
        caches, key = lab.manifest.cache or USUAL, Seeds().key("misses")
        progress(f"counting {case}")
        yours = count(trusted, code.worker, case, caches, work, key)
        if isinstance(yours, Cause):
            return yours
        baseline = count_once(trusted, trusted.emulated.baseline, case, caches, work, key)
        if isinstance(baseline, Cause):
            raise SetupError(f"the baseline: {baseline.rationale}", "./lab doctor")
        if of_baseline:
            source = (lab.directory / "baseline.cpp").read_bytes()
            code = Code(trusted.emulated.baseline, lab.directory, {"baseline.cpp": source})
        shown = baseline if of_baseline else yours
        lines = tuple(per_line(trusted, code, shown.sites, work))
    return Missed(case, caches, yours, baseline, shown, lines, dict(code.files))


def _check(lab: Lab, kernel: str) -> None:
    check_kernel(lab, kernel, "misses")
    if lab.manifest.threads > 1:
        raise UsageError(
            f"kernels of lab {lab.id} may start threads, and the emulated processor runs one",
            f"./lab bench {lab.id}",
        )


def _built(trusted: LabBuild, submission: SubmittedFiles, work: Path) -> Code | Cause:
    folder = work / "emulated"
    folder.mkdir()
    built = build_for_emulator(trusted, submission, folder)
    if not isinstance(built, Cause):
        return Code(built.worker, folder, submission.sources)
    graded = work / "graded"
    graded.mkdir()
    as_graded = build_submission(trusted, submission, graded)
    return as_graded if isinstance(as_graded, Cause) else built


def as_json(missed: Missed | Cause) -> str:
    """Counts and lines; or an object, the cause why there are none."""
    if isinstance(missed, Cause):
        return missed.model_dump_json(indent=2) + "\n"

    def totals(counts: MissCounts) -> dict[str, int]:
        return {key: value for key, value in asdict(counts).items() if key != "sites"}

    document = {
        "schema": SCHEMA,
        "case": missed.case,
        "caches": missed.caches.model_dump(),
        "yours": totals(missed.yours),
        "baseline": totals(missed.baseline),
        "times_fewer": missed.fewer,
        "lines": [asdict(line) for line in missed.lines],
    }
    return json.dumps(document, indent=2) + "\n"
