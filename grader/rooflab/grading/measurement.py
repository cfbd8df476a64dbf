"""What can be measured of a lab, and one measurement of one worker against the baseline."""

from __future__ import annotations

from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.base.process import run, trusted_limits
from rooflab.base.scratch import exclusive_lock
from rooflab.base.text import sanitize
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.grading import checks
from rooflab.measure import machine, memory, timing, vector_use
from rooflab.measure.cache_misses import MissCounts, count, count_once
from rooflab.measure.estimates import Estimate
from rooflab.measure.machine import Measured
from rooflab.measure.memory import MemoryUse
from rooflab.measure.one_call import Unmeasured
from rooflab.measure.seeds import Seeds
from rooflab.measure.timing import ALONE, Role, Rounds, Timing
from rooflab.measure.vector_use import VectorUse
from rooflab.report.model import Cause, Check, Reason

LISTING_LIMIT_S = 10.0
COPY = "copy"  # the probe's case: as many bytes as another case moves


def cases_of(trusted: LabBuild, work: Path) -> list[str]:
    """The names of all cases of the lab's bench.cpp."""
    return listing(trusted.timing, work)


def listing(program: Path, work: Path) -> list[str]:
    """What a timing or counting program says of its cases, a line each."""
    listed = run([program, "--list"], trusted_limits(wall_s=LISTING_LIMIT_S), directory=work)
    if not listed.succeeded:
        raise SetupError(
            f"the cases cannot be listed: {sanitize(listed.stderr)[-400:]}", "./lab doctor"
        )
    return listed.stdout.decode().splitlines()


def rounds_of(
    trusted: LabBuild, measurement: Measurement, submission: Path, reference: Path | None = None
) -> Rounds:
    """What to time for a measurement: the baseline beside the submission, or what stands for it."""
    baseline, other_cases = beside(trusted, measurement.case, measurement.kind)
    workers = {Role.BASELINE: baseline, Role.SUBMISSION: submission}
    if reference is not None:
        workers[Role.REFERENCE] = reference
    threads = trusted.lab.manifest.threads
    if measurement.kind is not MeasurementKind.EFFICIENCY:
        return Rounds(trusted.timing, workers, measurement.case, threads, other_cases)
    workers |= {ALONE[role]: worker for role, worker in workers.items() if role in ALONE}
    twin = of_threads(measurement.case, 1)
    other_cases = {role: twin for role in workers if role not in ALONE}
    peaks = machine.peaks(trusted.machine, threads)
    return Rounds(trusted.timing, workers, measurement.case, threads, other_cases, peaks)


def beside(trusted: LabBuild, case: str, kind: MeasurementKind) -> tuple[Path, dict[Role, str]]:
    """The worker that a submission is timed beside, and the case of its own that it has, if any."""
    if kind is MeasurementKind.BANDWIDTH:
        return trusted.probe, {Role.BASELINE: COPY}
    own = trusted.lab.manifest.baseline_case(case)
    return trusted.baseline, {Role.BASELINE: own} if own != case else {}


def unfit_for_threads(trusted: LabBuild, measurement: Measurement) -> Cause | None:
    """Why this machine cannot show what the lab's threads gain, if it cannot."""
    threads, there = trusted.lab.manifest.threads, machine.processors()
    if threads > there:
        return checks.too_few_processors(threads, there)
    if measurement.kind is not MeasurementKind.EFFICIENCY:
        return None
    return checks.too_little_to_gain(measurement, machine.peaks(trusted.machine, threads))


def of_threads(case: str, threads: int) -> str:
    """The name of the same case for another number of threads, where bench.cpp has it."""
    return f"{case}@{threads}"


def measure(
    trusted: LabBuild, worker: Path, measurement: Measurement, folder: Path, budget_s: float
) -> Estimate | Cause:
    """How many times faster than the baseline (than a copy) it is, the share of its work that is
    done on vectors, the memory that it needs, or how many times fewer misses it has: then `worker`
    was built for the emulator."""
    seeds = Seeds()
    if measurement.kind is MeasurementKind.CACHE_MISSES:
        counts = _misses(trusted, worker, measurement, folder, seeds)
        return counts if isinstance(counts, Cause) else checks.fewer_misses(counts, Role.SUBMISSION)
    if measurement.kind in (MeasurementKind.VECTOR, MeasurementKind.MEMORY):
        look = _vector_use if measurement.kind is MeasurementKind.VECTOR else memory_use
        found = look(trusted, worker, measurement, folder, seeds)
        if isinstance(found, Unmeasured):
            raise SetupError(found.why, "./lab doctor")
        return found if isinstance(found, Cause) else found.estimate
    if unfit := unfit_for_threads(trusted, measurement):
        return unfit
    timed = _timed(trusted, worker, measurement, folder, seeds, budget_s)
    if isinstance(timed, Cause):
        return timed
    if timed.noisy:
        return Cause(reason=Reason.NOISY, rationale=checks.THREADS_WAITED)
    return timed.speedup[Role.SUBMISSION]


def check_of(
    trusted: LabBuild,
    worker: Path,
    measurement: Measurement,
    folder: Path,
    budget_s: float,
    measured: Measured,
) -> Check:
    """The same as a line of a report, with all figures and the points that they earn."""
    lab, seeds = trusted.lab, Seeds()
    if measurement.kind is MeasurementKind.CACHE_MISSES:
        counts = _misses(trusted, worker, measurement, folder, seeds)
        return checks.cache_misses(lab, measurement, counts)
    if measurement.kind is MeasurementKind.VECTOR:
        used = _vector_use(trusted, worker, measurement, folder, seeds)
        return checks.vector_use(lab, measurement, used)
    if measurement.kind is MeasurementKind.MEMORY:
        needed = memory_use(trusted, worker, measurement, folder, seeds)
        return checks.memory(lab, measurement, needed)
    if unfit := unfit_for_threads(trusted, measurement):
        return checks.not_to_be_measured(measurement, unfit)
    timed = _timed(trusted, worker, measurement, folder, seeds, budget_s)
    return checks.speed(lab, measurement, timed, measured)


def _timed(
    trusted: LabBuild,
    worker: Path,
    measurement: Measurement,
    folder: Path,
    seeds: Seeds,
    budget_s: float,
) -> Timing | Cause:
    rounds = rounds_of(trusted, measurement, worker)
    settled, certain = timing.points_settled(measurement), timing.full_marks(measurement)
    with exclusive_lock(Course(trusted.lab.root).build / "measuring.lock"):
        return timing.time_case(rounds, settled, folder, seeds, budget_s, certain=certain)


def _misses(
    trusted: LabBuild, worker: Path, measurement: Measurement, folder: Path, seeds: Seeds
) -> dict[Role, MissCounts] | Cause:
    caches = trusted.lab.manifest.cache
    assert caches is not None  # the manifest's own rule
    case, key = measurement.case, seeds.key("misses")
    baseline = count_once(trusted, trusted.emulated.baseline, case, caches, folder, key)
    mine = count(trusted, worker, case, caches, folder, key)
    if isinstance(baseline, Cause):
        return baseline
    if isinstance(mine, Cause):
        return mine
    return {Role.BASELINE: baseline, Role.SUBMISSION: mine}


def memory_use(
    trusted: LabBuild, worker: Path, measurement: Measurement, folder: Path, seeds: Seeds
) -> MemoryUse | Unmeasured | Cause:
    """What one call needs, beside the baseline's worker."""
    case, key = measurement.case, seeds.key("memory", measurement.case)
    return memory.look(trusted.memory, worker, trusted.baseline, case, folder, key)


def _vector_use(
    trusted: LabBuild, worker: Path, measurement: Measurement, folder: Path, seeds: Seeds
) -> VectorUse | Unmeasured | Cause:
    program, case, key = trusted.instructions, measurement.case, seeds.key("vector")
    baseline = vector_use.count_baseline(program, trusted.baseline, case, folder, key)
    if isinstance(baseline, Unmeasured):
        return baseline
    return vector_use.compare(program, worker, baseline, case, folder, key)
