"""Grades labs: submission → build → correctness → cache misses → timing → answers → report.

`open_grader` does once what is the same for all submissions; `Grader.grade` does the rest for one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rooflab import __version__
from rooflab.base.errors import RooflabError, SetupError
from rooflab.base.progress import Progress, silent
from rooflab.base.scratch import exclusive_lock, scratch
from rooflab.base.text import sanitize
from rooflab.compile.races import RacesProgram, build_for_races
from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.worker import Built, build_for_emulator, build_submission
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.course.submission import UNKNOWN, Submission, SubmittedFiles, collect
from rooflab.grading import checks, earlier, questions
from rooflab.grading.locations import located
from rooflab.grading.measurement import (
    cases_of,
    memory_use,
    of_threads,
    rounds_of,
    unfit_for_threads,
)
from rooflab.grading.session import Session
from rooflab.measure import (
    cache_misses,
    correctness,
    estimates,
    hardware_misses,
    machine,
    races,
    scoring,
    source_lines,
    thread_states,
    timing,
    vector_use,
)
from rooflab.measure.allowance import Allowance
from rooflab.measure.cache_misses import MissCounts
from rooflab.measure.correctness import KernelResult
from rooflab.measure.estimates import Estimate
from rooflab.measure.machine import Measured
from rooflab.measure.memory import MemoryUse
from rooflab.measure.one_call import Unmeasured
from rooflab.measure.seeds import Seeds
from rooflab.measure.source_lines import Code, Line
from rooflab.measure.timing import Role, Rounds, Timing
from rooflab.measure.vector_use import VectorUse
from rooflab.report.model import Cause, Check, CheckStatus, Data, Reason, Report, Status, Tier

TIMING_BUDGET_S = 10.0  # spent only where the points are not settled before
COUNTING_BUDGET_S = 6.0  # of cache misses, of instructions, or of memory
MOST_THREADS_SHOWN = 8  # in the table of times by threads
RACES_BUDGET_S = 40.0  # to run the tests with ThreadSanitizer
# What a submission may take in all, besides these budgets for each of its measurements: for its
# build and its tests, and where one measurement takes longer. Together they keep a grading below a
# minute plus three times the reference's.
ALLOWANCE_S = 30.0

UNFIT_MACHINE = (Reason.NO_TOOL, Reason.ONE_PROCESSOR)  # for what it leaves unmeasured


@dataclass(frozen=True)
class Grader:
    """Grades any number of submissions: what is the same for all of them was done when it was
    opened. `builds` has each lab's trusted part, or why it cannot be graded."""

    course: Course
    tier: Tier
    measured: Measured
    builds: Mapping[Lab, LabBuild | Exception]
    progress: Progress

    def grade(self, directory: Path, submission: Submission = UNKNOWN) -> list[Report]:
        """A report per lab on what lies in `directory`. What goes wrong in one, be it a defect of
        the grader, does not lose the grades of the others; when none can be graded, the first
        failure is raised. Nothing that was handed in can make it raise."""
        reports: list[Report] = []
        failures: list[Exception] = []
        for lab, trusted in self.builds.items():
            try:
                if isinstance(trusted, Exception):
                    raise trusted
                reports.append(grade_lab(self, trusted, directory, submission, reports))
            except Exception as error:
                failures.append(error)
                reports.append(_cannot(lab, self.tier, submission, error))
        if failures and len(failures) == len(self.builds):
            raise failures[0]
        return reports


def open_grader(
    course: Course, labs: Sequence[Lab], tier: Tier, progress: Progress = silent
) -> Grader:
    """Builds what those labs are graded with, and tries the machine and its sandbox out. A lab that
    cannot be built does not lose the others; when none can, the first failure is raised.
    SetupError when this machine cannot grade at all. Precondition: at least one lab."""
    builds: dict[Lab, LabBuild | Exception] = {}
    for lab in labs:
        progress(f"{lab.name}: building tests, baseline and reference")
        try:
            builds[lab] = prepare(course, lab)
        except Exception as error:
            builds[lab] = error
    built = [trusted for trusted in builds.values() if not isinstance(trusted, Exception)]
    if not built:
        raise next(error for error in builds.values() if isinstance(error, Exception))
    progress("trying out the sandbox")
    measured = machine.measure(built[0].machine, built[0].probe, built[0].counters)
    if tier is Tier.OFFICIAL:
        for trusted in built:
            _require_official(trusted, measured)
    return Grader(course, tier, measured, builds, progress)


def _require_official(trusted: LabBuild, measured: Measured) -> None:
    """An official grade needs the whole sandbox, the hidden tests and the reference."""
    missing = [
        name
        for name, there in (
            ("the hidden tests (grader/hidden)", trusted.hidden_tests is not None),
            ("the reference solution (solutions)", trusted.reference is not None),
            ("the complete sandbox (./lab doctor shows its parts)", measured.confined),
        )
        if not there
    ]
    if missing:
        raise SetupError(
            f"no official grade here: it needs {', '.join(missing)}",
            "grade with --tier local or --tier ci",
        )


def grade_lab(
    grader: Grader,
    trusted: LabBuild,
    directory: Path,
    submission: Submission,
    reports: Sequence[Report] = (),
) -> Report:
    """One lab's report. SetupError when this machine cannot grade. `reports` are those on the labs
    before it, as far as they were graded with it."""
    with scratch(grader.course.build) as work:
        session = Session(grader.course, trusted, grader.measured, work, Seeds(), grader.progress)
        taken = collect(directory, trusted.lab)
        outcome = _examine(session, taken, reports)
    if not isinstance(taken, Cause):
        outcome = replace(outcome, checks=located(outcome.checks, taken))
    return _report(session, grader.tier, submission, outcome)


def _cannot(lab: Lab, tier: Tier, submission: Submission, error: Exception) -> Report:
    """The report on a lab that could not be graded: status `error`, and no score."""
    why = (
        f"{error.message}; next: {error.help}"
        if isinstance(error, RooflabError)
        else f"this is a defect of the grader: {type(error).__name__}: {error}"
    )
    return Report(
        lab=lab.name,
        title=lab.name,
        tier=tier,
        status=Status.ERROR,
        score=None,
        max_score=100,
        **submission.identity(),
        graded_at=_now(),
        rooflab_version=__version__,
        seed_commitment="",
        machine=machine.read(),
        reason=sanitize(why),
        checks=(),
    )


@dataclass(frozen=True)
class _Outcome:
    checks: list[Check]
    references: list[tuple[Measurement, Estimate]]


def _examine(
    session: Session, taken: SubmittedFiles | Cause, reports: Sequence[Report]
) -> _Outcome:
    manifest = session.lab.manifest
    if isinstance(taken, Cause):
        return _Outcome(checks.not_built(manifest, taken), [])
    taken = earlier.judged(session, taken, reports)
    session.progress(f"{session.lab.name}: compiling the submission")
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=1) as pool:
        building = pool.submit(_build_for_races, session, taken)
        built = build_submission(session.trusted, taken, session.folder("submission"))
        for_races = building.result()
    if isinstance(built, Cause):
        return _Outcome(checks.not_built(manifest, built), [])
    taken = replace(taken, wrong=built.replaced)  # the emulator's build, too, is of the baseline's
    Allowance(built.worker).grant(ALLOWANCE_S - (time.monotonic() - started))

    results = run_tests(session, built)
    right = {name for name, result in results.items() if result.right}
    found = [checks.built(session.trusted, built), *checks.uses(manifest, built)]
    for kernel in manifest.kernels:
        found += checks.correctness(session.lab, kernel, results[kernel.name])
    found += look_for_races(session, for_races, results, Allowance(built.worker))
    misses: dict[str, _Misses | Cause] = {}
    if right:
        slow_imports = threading.Thread(target=estimates.load)
        slow_imports.start()
        misses = _count_misses(session, taken, right, Allowance(built.worker))
        slow_imports.join()  # nothing else shall run while kernels are timed
    references: list[tuple[Measurement, Estimate]] = []
    estimates_of: dict[str, Estimate] = {}
    scalar: set[str] = set()  # kernels without vectors
    for measurement in session.measurements:
        if measurement.kernel not in right:
            found.append(checks.kernel_wrong(measurement))
            continue
        if measurement.kind is MeasurementKind.BANDWIDTH and measurement.kernel in scalar:
            found.append(checks.not_vectorized(measurement))
            continue
        if measurement.kind is MeasurementKind.CACHE_MISSES:
            measured = _fewer_misses(session, built, measurement, misses[measurement.id])
        elif measurement.kind is MeasurementKind.VECTOR:
            measured = _vector_use(session, built, measurement)
        elif measurement.kind is MeasurementKind.MEMORY:
            measured = _memory(session, built, measurement)
        else:
            measured = _speed(session, built, measurement)
        found.append(measured.check)
        if measurement.kind is MeasurementKind.VECTOR and measured.check.points == 0:
            scalar.add(measurement.kernel)
        if measured.estimate is not None:
            estimates_of[measurement.id] = measured.estimate
        if measured.reference is not None:
            references.append((measurement, measured.reference))
    found = _with_races_in_vain(found, session.measurements)
    by_id = {check.id: check for check in found}
    found += questions.graded(session.lab, taken.answers, session.measured, by_id, estimates_of)
    return _Outcome(found, references)


def _with_races_in_vain(found: Sequence[Check], measurements: Sequence[Measurement]) -> list[Check]:
    """A kernel with one thread cannot have races: who gains nothing by threads earns nothing for
    having none, where that is known."""
    points = {check.id: check.points for check in found}
    gains: dict[str, list[float | None]] = {}
    for measurement in measurements:
        gains.setdefault(f"{measurement.kernel}.races", []).append(points[measurement.id])
    return [
        checks.races_in_vain(check)
        if check.status is CheckStatus.PASS and not any(p != 0 for p in gains.get(check.id, [None]))
        else check
        for check in found
    ]


@dataclass(frozen=True)
class _Measured:
    """A measurement's check, and what the submission and the reference reached in it."""

    check: Check
    estimate: Estimate | None = None
    reference: Estimate | None = None


def _fewer_misses(
    session: Session, built: Built, measurement: Measurement, counted: _Misses | Cause
) -> _Measured:
    if isinstance(counted, Cause):
        return _Measured(checks.cache_misses(session.lab, measurement, counted))
    counts = counted.counts
    check = checks.cache_misses(session.lab, measurement, counts, counted.lines)
    # The processor's own count stands beside it.
    more = _hardware_misses(session, built, measurement)
    check = check.model_copy(update={"data": check.data | more})
    mine = checks.fewer_misses(counts, Role.SUBMISSION)
    if Role.REFERENCE not in counts:
        return _Measured(check, mine)
    return _Measured(check, mine, checks.fewer_misses(counts, Role.REFERENCE))


def _speed(session: Session, built: Built, measurement: Measurement) -> _Measured:
    if unfit := unfit_for_threads(session.trusted, measurement):
        return _Measured(checks.not_to_be_measured(measurement, unfit))
    timed = _time(session, built, measurement)
    check = checks.speed(session.lab, measurement, timed, session.measured)
    if isinstance(timed, Cause):
        return _Measured(check)
    if measurement.kind is MeasurementKind.EFFICIENCY:
        check = check.model_copy(
            update={"data": check.data | _scaling(session, built, measurement)}
        )
    return _Measured(check, timed.speedup[Role.SUBMISSION], timed.speedup.get(Role.REFERENCE))


def _vector_use(session: Session, built: Built, measurement: Measurement) -> _Measured:
    session.progress(f"{session.lab.name}: counting instructions of {measurement.kernel}")
    trusted, case = session.trusted, measurement.case
    program, work, key = trusted.instructions, session.folder("vector"), session.seeds.key("vector")
    baseline = vector_use.count_baseline(program, trusted.baseline, case, work, key)
    if isinstance(baseline, Unmeasured):
        return _Measured(checks.vector_use(session.lab, measurement, baseline))
    with Allowance(built.worker).more(COUNTING_BUDGET_S):
        mine = vector_use.compare(program, built.worker, baseline, case, work, key)
    check = checks.vector_use(session.lab, measurement, mine)
    estimate = mine.estimate if isinstance(mine, VectorUse) else None
    if trusted.reference is None:
        return _Measured(check, estimate)
    ours = vector_use.compare(program, trusted.reference, baseline, case, work, key)
    if not isinstance(ours, VectorUse):
        raise SetupError(f"the reference in {case}: {ours}", "./lab verify")
    return _Measured(check, estimate, ours.estimate)


def _memory(session: Session, built: Built, measurement: Measurement) -> _Measured:
    session.progress(f"{session.lab.name}: measuring the memory of {measurement.kernel}")
    trusted, work, seeds = session.trusted, session.folder("memory"), session.seeds
    with Allowance(built.worker).more(COUNTING_BUDGET_S):
        mine = memory_use(trusted, built.worker, measurement, work, seeds)
    check = checks.memory(session.lab, measurement, mine)
    estimate = mine.estimate if isinstance(mine, MemoryUse) else None
    if trusted.reference is None or isinstance(mine, Unmeasured):
        return _Measured(check, estimate)
    ours = memory_use(trusted, trusted.reference, measurement, work, seeds)
    if not isinstance(ours, MemoryUse):
        raise SetupError(f"the reference in {measurement.case}: {ours}", "./lab verify")
    return _Measured(check, estimate, ours.estimate)


def _scaling(session: Session, built: Built, measurement: Measurement) -> Data:
    """Times with other numbers of threads than the graded ones: those that bench.cpp has a case of,
    and this machine processors for."""
    folder, known = session.folder("scaling"), cases_of(session.trusted, session.work)
    times_ms = {}
    for threads in range(2, min(machine.processors(), MOST_THREADS_SHOWN) + 1):
        case = of_threads(measurement.case, threads)
        if threads == session.lab.manifest.threads or case not in known:
            continue
        rounds = Rounds(session.trusted.timing, {Role.SUBMISSION: built.worker}, case, threads)
        with exclusive_lock(session.course.build / "measuring.lock"):
            taken = timing.run_rounds(rounds, 0, 3, folder, session.seeds.key("scaling", case), 1)
        if not isinstance(taken, Cause):
            times_ms[threads] = min(s.wall_ns for s in taken[Role.SUBMISSION]) / 1e6
    return checks.scaling(times_ms)


def run_tests(session: Session, built: Built) -> dict[str, KernelResult]:
    """Runs every kernel's public tests, and its hidden ones where there are any."""
    results = {}
    for kernel in session.lab.manifest.kernels:
        session.progress(f"{session.lab.name}: testing {kernel.name}")
        results[kernel.name] = correctness.run_kernel(
            session.trusted, built.worker, kernel.name, session.folder("tests"), session.seeds
        )
    return results


def _build_for_races(session: Session, submission: SubmittedFiles) -> RacesProgram | Cause | None:
    """The tests with the submission under ThreadSanitizer, where the lab has points for races and
    the tool works here."""
    build = session.trusted.races
    if build is None or races.unusable(session.trusted, build):
        return None
    return build_for_races(session.trusted, build, submission, session.folder("races"))


def look_for_races(
    session: Session,
    program: RacesProgram | Cause | None,
    results: Mapping[str, KernelResult],
    allowance: Allowance,
) -> list[Check]:
    """A check for each kernel that has points for it."""
    build = session.trusted.races
    if build is None:
        return []
    kernels = [kernel for kernel in session.lab.manifest.kernels if kernel.points.races]
    if program is None:
        why = races.unusable(session.trusted, build)
        return [checks.races_unmeasured(kernel, why) for kernel in kernels]
    found = []
    with allowance.more(RACES_BUDGET_S):
        folder = session.folder("races")
        for kernel in kernels:
            result, cause = results[kernel.name], program if isinstance(program, Cause) else None
            if not isinstance(program, Cause) and result.ends:
                session.progress(f"{session.lab.name}: looking for data races in {kernel.name}")
                limit_s = max(allowance.left_s, 1.0)
                key = session.seeds.key("races", kernel.name)
                with allowance.charging():
                    cause = races.look(session.trusted, program, kernel.name, folder, key, limit_s)
            found.append(checks.races(kernel, result.right, cause))
    return found


@dataclass(frozen=True)
class _Misses:
    counts: dict[Role, MissCounts]
    lines: list[Line]  # of the submission


def _count_misses(
    session: Session, submission: SubmittedFiles, right: set[str], allowance: Allowance
) -> dict[str, _Misses | Cause]:
    """Per measurement: each role's counts, or why the submission has none. Before anything is
    timed, for an emulator keeps a processor busy."""
    wanted = [
        m
        for m in session.measurements
        if m.kind is MeasurementKind.CACHE_MISSES and m.kernel in right
    ]
    if not wanted:
        return {}
    session.progress(f"{session.lab.name}: compiling the submission for the emulator")
    folder = session.folder("emulated")
    with allowance.charging():
        built = build_for_emulator(session.trusted, submission, folder)
    if isinstance(built, Cause):
        return {m.id: built for m in wanted}
    code = Code(built.worker, folder, submission.sources)
    return {m.id: _count(session, code, m, allowance) for m in wanted}


def _count(
    session: Session, code: Code, measurement: Measurement, allowance: Allowance
) -> _Misses | Cause:
    session.progress(f"{session.lab.name}: counting cache misses of {measurement.kernel}")
    trusted, caches, work = session.trusted, session.lab.manifest.cache, session.folder("misses")
    assert caches is not None  # the manifest's own rule
    case, key = measurement.case, session.seeds.key("misses", measurement.case)
    with allowance.more(COUNTING_BUDGET_S), allowance.charging():
        limit_s = max(allowance.left_s, 1.0)
        mine = cache_misses.count(trusted, code.worker, case, caches, work, key, limit_s)
    if isinstance(mine, Cause):
        return mine
    counts = {Role.SUBMISSION: mine}
    for role, worker in (
        (Role.BASELINE, trusted.emulated.baseline),
        (Role.REFERENCE, trusted.emulated.reference),
    ):
        if worker is not None:
            ours = cache_misses.count_once(trusted, worker, case, caches, work, key)
            if isinstance(ours, Cause):
                raise SetupError(f"the {role}: {ours.rationale}", "./lab verify")
            counts[role] = ours
    return _Misses(counts, source_lines.per_line(trusted, code, mine.sites, work))


def _hardware_misses(session: Session, built: Built, measurement: Measurement) -> Data:
    """Baseline's and submission's counts by the processor, or why there are none: for the report's
    data, never for points."""
    return hardware_misses.count(
        session.trusted.hardware,
        {Role.BASELINE: session.trusted.baseline, Role.SUBMISSION: built.worker},
        measurement.case,
        session.lab.manifest.threads,
        session.measured.counters,
        session.folder("hardware"),
        session.seeds.key("hardware", measurement.case),
    )


def _time(session: Session, built: Built, measurement: Measurement) -> Timing | Cause:
    rounds = rounds_of(session.trusted, measurement, built.worker, session.trusted.reference)
    name = f"{session.lab.name}: timing {measurement.kernel}"
    with (
        exclusive_lock(session.course.build / "measuring.lock"),
        Allowance(built.worker).more(TIMING_BUDGET_S),
    ):
        timed = timing.time_case(
            rounds,
            timing.points_settled(measurement),
            session.folder("timing"),
            session.seeds,
            TIMING_BUDGET_S,
            lambda number: session.progress(f"{name}, round {number + 1}"),
            certain=timing.full_marks(measurement),
        )
    if isinstance(timed, Cause):
        folder = session.folder("timing")
        return thread_states.explained(session.trusted, built.worker, timed, folder)
    return timed


def _report(session: Session, tier: Tier, submission: Submission, outcome: _Outcome) -> Report:
    status, reason = _status(outcome, tier)
    return Report(
        lab=session.lab.name,
        title=session.lab.manifest.title,
        tier=tier,
        status=status,
        score=scoring.total(outcome.checks) if status is Status.GRADED else None,
        max_score=100,
        **submission.identity(),
        graded_at=_now(),
        rooflab_version=__version__,
        seed_commitment=session.seeds.commitment,
        machine=machine.read(session.measured),
        reason=reason,
        checks=tuple(outcome.checks),
    )


def _status(outcome: _Outcome, tier: Tier) -> tuple[Status, str]:
    """Whether this session may give a grade, and why not."""
    unfit = [c.title for c in outcome.checks if c.cause and c.cause.reason in UNFIT_MACHINE]
    if unfit and tier is Tier.OFFICIAL:
        return Status.INCONCLUSIVE, f"this machine cannot measure all of it: {'; '.join(unfit)}"
    noisy = [c.title for c in outcome.checks if c.cause and c.cause.reason is Reason.NOISY]
    if noisy:
        return Status.INCONCLUSIVE, f"the times on this machine vary too much: {'; '.join(noisy)}"
    return scoring.status_of(outcome.references)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
