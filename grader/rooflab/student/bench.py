"""`./lab bench`: the lab's cases, yours beside the baseline and beside your last run. Nothing is
graded, but protocol and estimator are a grade's; only the rule for when to stop is another one.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rooflab.base.errors import UsageError
from rooflab.base.progress import Progress
from rooflab.base.scratch import exclusive_lock, scratch
from rooflab.base.text import sanitize_line
from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.worker import Built, build_submission
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.course.submission import SubmittedFiles, collect
from rooflab.grading import checks
from rooflab.grading.measurement import beside, cases_of, memory_use
from rooflab.measure.allowance import Allowance
from rooflab.measure.estimates import Estimate, narrow_enough
from rooflab.measure.seeds import Seeds
from rooflab.measure.timing import Role, Rounds, Timing, scored_ns, time_case
from rooflab.report.model import Cause, Check
from rooflab.student import last_runs

BUDGET_S = 1.0  # of one case
FEW_S = 6.0  # of a few together, where they may have more
UNCLEAR_S = 4.0  # of one that looks changed since the last run, and may not be
LOOKS_CHANGED = 0.03
PATIENCE_S = 10.0  # for the rounds that an interval needs at least
NARROW = 0.04  # an interval's width, as a share of the ratio
# Or as a share of the ratio's distance from 1: nobody needs to know 7× to a tenth.
NARROW_GAIN = 0.1


@dataclass(frozen=True)
class Row:
    """One case: typical times of a call, how many times faster than the baseline it is, and than
    the last run (`change`). `failure` says why yours has no time. `graded` is what a speedup earns
    in this case, if anything; `misses_graded` says that cache misses do. `memory` is the check of
    the memory that it needs, where that earns points; a case for nothing else is not timed."""

    case: str
    baseline_ns: float | None = None
    yours_ns: float | None = None
    speedup: Estimate | None = None
    change: Estimate | None = None
    gflops: float | None = None
    gbs: float | None = None
    noisy: bool = False
    failure: str = ""
    graded: Measurement | None = None
    misses_graded: bool = False
    memory: Check | None = None

    @property
    def kernel(self) -> str:
        return kernel_of(self.case)

    @property
    def size(self) -> str:
        return self.case.partition("/")[2]


def kernel_of(case: str) -> str:
    return case.partition("/")[0]


@dataclass(frozen=True)
class Bench:
    """A submission, built, and the cases to time it on. `previous` is the worker of another one
    that was timed before; `runs` and `kept`, what shall be remembered, and where."""

    course: Course
    trusted: LabBuild
    cases: list[str]
    workers: Mapping[Role, Path]
    work: Path
    runs: list[SubmittedFiles]
    kept: Path | None
    progress: Progress
    replaced: tuple[Cause, ...] = ()  # why kernels of earlier labs are the baseline's

    @property
    def compared(self) -> bool:
        return Role.PREVIOUS in self.workers

    def rows(self) -> Iterator[Row]:
        """Row by row, as they are measured. A run counts as one from its first time on."""
        remembered = self.kept is None
        failed: set[str] = set()  # kernels of the previous submission
        for case in self.cases:
            with exclusive_lock(self.course.build / "measuring.lock"):
                row = self._measure(case, failed)
            if self.compared and row.speedup is not None and row.change is None:
                failed.add(row.kernel)
            if self.kept is not None and not remembered and row.speedup is not None:
                last_runs.write(self.kept, self.runs)
                remembered = True
            yield row

    def _measure(self, case: str, failed: Collection[str]) -> Row:
        manifest = self.trusted.lab.manifest
        graded = {m.kind: m for m in manifest.measurements if m.case == case}
        row = Row(case) if case in manifest.memory_cases else self._time(case, graded, failed)
        amount = graded.get(MeasurementKind.MEMORY)
        if amount is None or row.failure:
            return row
        self.progress(f"measuring the memory of your kernels, {case}")
        worker = self.workers[Role.SUBMISSION]
        found = memory_use(self.trusted, worker, amount, self.work, Seeds())
        return replace(row, memory=checks.memory(self.trusted.lab, amount, found))

    def _time(
        self,
        case: str,
        graded: Mapping[MeasurementKind, Measurement],
        failed: Collection[str],
    ) -> Row:
        workers = dict(self.workers)
        if self.compared and kernel_of(case) in failed:
            del workers[Role.PREVIOUS]
        elif self.compared:  # should it hang, it costs no more than that
            Allowance(workers[Role.PREVIOUS]).grant(PATIENCE_S)
        manifest = self.trusted.lab.manifest
        bandwidth = graded.get(MeasurementKind.BANDWIDTH)
        kind = MeasurementKind.SPEEDUP if bandwidth is None else MeasurementKind.BANDWIDTH
        workers[Role.BASELINE], other_cases = beside(self.trusted, case, kind)
        usual_s = max(BUDGET_S, FEW_S / len(self.cases))
        started = time.monotonic()

        def enough(timing: Timing) -> bool:
            late = time.monotonic() - started > usual_s
            return narrow(timing) or (late and not unclear(timing))

        timed = time_case(
            Rounds(self.trusted.timing, workers, case, manifest.threads, other_cases),
            enough,
            self.work,
            Seeds(),
            max(usual_s, UNCLEAR_S) if Role.PREVIOUS in workers else usual_s,
            lambda number: self.progress(f"timing your kernels, {case}, round {number + 1}"),
            PATIENCE_S,
        )
        return row_of(
            case,
            timed,
            manifest.threads,
            bandwidth or graded.get(MeasurementKind.SPEEDUP),
            MeasurementKind.CACHE_MISSES in graded,
        )


def narrow(timing: Timing) -> bool:
    """When to stop: both ratios are known well enough."""
    return all(
        narrow_enough(ratio, max(NARROW, NARROW_GAIN * abs(1 - 1 / ratio.value)))
        for ratio in (timing.speedup[Role.SUBMISSION], timing.change)
        if ratio is not None
    )


def unclear(timing: Timing) -> bool:
    """Whether more rounds may show a difference to the last run."""
    change = timing.change
    return (
        change is not None
        and change.low <= 1 <= change.high
        and abs(change.value - 1) > LOOKS_CHANGED
    )


def row_of(
    case: str,
    timed: Timing | Cause,
    threads: int,
    graded: Measurement | None,
    misses_graded: bool,
) -> Row:
    if isinstance(timed, Cause):
        what = timed.rationale.splitlines()[0].removeprefix(f"at the measured size, {case}: ")
        return Row(case, failure=sanitize_line(what), graded=graded, misses_graded=misses_graded)
    baseline_ns, yours_ns = (
        timed.typical(role, lambda sample: scored_ns(sample, threads))
        for role in (Role.BASELINE, Role.SUBMISSION)
    )
    sample = timed.samples[Role.SUBMISSION][0]
    return Row(
        case,
        baseline_ns,
        yours_ns,
        timed.speedup[Role.SUBMISSION],
        timed.change,
        gflops=sample.flops / yours_ns if sample.flops else None,
        gbs=sample.bytes / yours_ns,
        noisy=timed.noisy,
        graded=graded,
        misses_graded=misses_graded,
    )


@contextmanager
def prepared(
    course: Course,
    lab: Lab,
    directory: Path,
    chosen: str,
    progress: Progress,
    kept: Path | None = None,
) -> Iterator[Bench | Cause]:
    """What times the submission in `directory`, on every case whose name contains `chosen`; or why
    it cannot be built. `kept` is the file of the last runs to compare with, if any."""
    progress("building the benchmarks")
    trusted = prepare(course, lab)
    taken = collect(directory, lab)
    if isinstance(taken, Cause):
        yield taken
        return
    with scratch(course.build) as work:
        cases = _cases(trusted, work, chosen)
        progress("compiling your kernels")
        built = build_submission(trusted, taken, _folder(work, "yours"))
        if isinstance(built, Cause):
            yield built
            return
        workers = {Role.BASELINE: trusted.baseline, Role.SUBMISSION: built.worker}
        runs = [taken]
        for number, earlier in enumerate(last_runs.read(kept, lab) if kept is not None else []):
            previous = build_submission(trusted, earlier, _folder(work, f"run{number}"))
            if isinstance(previous, Built) and not _same(previous, built):
                workers[Role.PREVIOUS] = previous.worker
                runs.append(earlier)
                break
        yield Bench(course, trusted, cases, workers, work, runs, kept, progress, built.reasons)


def _folder(work: Path, name: str) -> Path:
    path = work / name
    path.mkdir()
    return path


def _same(one: Built, other: Built) -> bool:
    """Compilers are deterministic, and comments leave no trace."""
    return one.worker.read_bytes() == other.worker.read_bytes()


def _cases(trusted: LabBuild, work: Path, chosen: str) -> list[str]:
    # A case that is only stepped through is over before a clock can tell.
    stepped = trusted.lab.manifest.stepped_cases
    kernels = {kernel.name for kernel in trusted.lab.manifest.kernels}
    names = [
        name
        for name in cases_of(trusted, work)
        if name not in stepped and kernel_of(name) in kernels
    ]
    cases = [name for name in names if chosen in name]
    if not cases:
        number = trusted.lab.id
        raise UsageError(
            f'no case of lab {number} contains "{chosen}"; there are: {", ".join(names)}',
            f"./lab bench {number}",
        )
    return cases
