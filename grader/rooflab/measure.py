"""One measurement of one worker against the baseline, for verify and calibrate."""

from __future__ import annotations

from pathlib import Path

from rooflab import cache_misses, checks, timing
from rooflab.build import LabBuild
from rooflab.cache_misses import MissCounts
from rooflab.course import Course
from rooflab.manifest import Measurement, MeasurementKind
from rooflab.report import Cause
from rooflab.scratch import only_one
from rooflab.seeds import Seeds
from rooflab.statistics import Estimate
from rooflab.timing import Role, Rounds


def measure(
    trusted: LabBuild, worker: Path, measurement: Measurement, folder: Path, budget_s: float
) -> Estimate | Cause:
    """How many times faster than the baseline it is, or how many times fewer misses it has."""
    workers = {Role.BASELINE: trusted.baseline, Role.SUBMISSION: worker}
    seeds = Seeds()
    if measurement.kind is MeasurementKind.CACHE_MISSES:
        return _fewer_misses(trusted, workers, measurement, folder, seeds)
    rounds = Rounds(trusted.timing, workers, measurement.case, trusted.lab.manifest.threads)
    with only_one(Course(trusted.lab.root).build / "measuring.lock"):
        timed = timing.time_case(rounds, measurement, folder, seeds, budget_s)
    return timed if isinstance(timed, Cause) else timed.speedup[Role.SUBMISSION]


def _fewer_misses(
    trusted: LabBuild,
    workers: dict[Role, Path],
    measurement: Measurement,
    folder: Path,
    seeds: Seeds,
) -> Estimate | Cause:
    caches = trusted.lab.manifest.cache
    assert caches is not None  # the manifest's own rule
    counts: dict[Role, MissCounts] = {}
    apart = folder / "misses"  # from the worker, which may have been built in `folder`
    apart.mkdir(exist_ok=True)
    for role, worker in workers.items():
        counted = cache_misses.count(
            trusted.misses, worker, measurement.case, caches, apart, seeds.key("misses")
        )
        if isinstance(counted, Cause):
            return counted
        counts[role] = counted
    return checks.fewer_misses(counts, Role.SUBMISSION)
