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
from rooflab.measure import timing
from rooflab.measure.cache_misses import count, count_once
from rooflab.measure.estimates import Estimate
from rooflab.measure.seeds import Seeds
from rooflab.measure.timing import Role, Rounds
from rooflab.report.model import Cause

LISTING_LIMIT_S = 10.0


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


def measure(
    trusted: LabBuild, worker: Path, measurement: Measurement, folder: Path, budget_s: float
) -> Estimate | Cause:
    """How many times faster than the baseline it is, or how many times fewer misses it has: then
    `worker` was built for the emulator."""
    seeds = Seeds()
    if measurement.kind is MeasurementKind.CACHE_MISSES:
        return _fewer_misses(trusted, worker, measurement, folder, seeds)
    workers = {Role.BASELINE: trusted.baseline, Role.SUBMISSION: worker}
    rounds = Rounds(trusted.timing, workers, measurement.case, trusted.lab.manifest.threads)
    with exclusive_lock(Course(trusted.lab.root).build / "measuring.lock"):
        settled = timing.points_settled(measurement)
        timed = timing.time_case(rounds, settled, folder, seeds, budget_s)
    return timed if isinstance(timed, Cause) else timed.speedup[Role.SUBMISSION]


def _fewer_misses(
    trusted: LabBuild, worker: Path, measurement: Measurement, folder: Path, seeds: Seeds
) -> Estimate | Cause:
    caches = trusted.lab.manifest.cache
    assert caches is not None  # the manifest's own rule
    case, key = measurement.case, seeds.key("misses")
    baseline = count_once(trusted, trusted.emulated.baseline, case, caches, folder, key)
    mine = count(trusted, worker, case, caches, folder, key)
    if isinstance(baseline, Cause):
        return baseline
    if isinstance(mine, Cause):
        return mine
    return checks.fewer_misses({Role.BASELINE: baseline, Role.SUBMISSION: mine}, Role.SUBMISSION)
