"""From results to the report's checks: status, points, and the words that explain them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built
from rooflab.course.course import Lab
from rooflab.course.manifest import Kernel, Manifest, Measurement, MeasurementKind
from rooflab.grading import questions
from rooflab.measure import plausibility
from rooflab.measure.cache_misses import MissCounts
from rooflab.measure.correctness import KernelResult, SuiteResult
from rooflab.measure.estimates import Estimate, mann_whitney_p, typical
from rooflab.measure.machine import Measured, Peaks
from rooflab.measure.memory import MemoryUse
from rooflab.measure.one_call import Unmeasured
from rooflab.measure.scoring import judge, range_of_points, undecided
from rooflab.measure.source_lines import Line
from rooflab.measure.timing import Role, Timing, one_thread_ns, scored_ns
from rooflab.measure.vector_use import NARROWEST_BITS, VectorUse
from rooflab.report.model import Cause, Check, CheckKind, CheckStatus, Data, Reason
from rooflab.report.wording import mib

UNSURE = 1.05  # times what was measured may be the truth, of what threads can gain
TOP_LINES = 5  # with the most misses, of a kernel's source
THREADS_WAITED = "other programs kept the processors busy: threads had to wait too often"
COMPARED = (Role.BASELINE, Role.SUBMISSION)
TITLES = {
    MeasurementKind.SPEEDUP: "speedup",
    MeasurementKind.CACHE_MISSES: "cache misses",
    MeasurementKind.BANDWIDTH: "bandwidth",
    MeasurementKind.VECTOR: "vector use",
    MeasurementKind.EFFICIENCY: "efficiency",
    MeasurementKind.MEMORY: "memory",
}
# What a time is compared with, in each kind.
COMPARED_WITH = {
    MeasurementKind.SPEEDUP: "the baseline",
    MeasurementKind.BANDWIDTH: "a copy",
    MeasurementKind.EFFICIENCY: "threads without loss",
}
NO_HIDDEN_TESTS = Cause(
    reason=Reason.NO_HIDDEN_TESTS,
    rationale="the hidden tests are not in this copy of the course: your instructor runs them",
)


def title_of(measurement: Measurement) -> str:
    """ "matmul_blocked: speedup at 512"."""
    size = measurement.case.removeprefix(f"{measurement.kernel}/")
    return f"{measurement.kernel}: {TITLES[measurement.kind]} at {size}"


def built(trusted: LabBuild, result: Built) -> Check:
    return _build(
        CheckStatus.PASS,
        None,
        {"compiler": trusted.compiler_version, "warnings": result.warning_count},
    )


def not_built(manifest: Manifest, cause: Cause) -> list[Check]:
    """Every check of a submission that could not be built: no points, and one explanation."""
    rest = [
        _correctness(kernel, suite, CheckStatus.SKIPPED, 0, None)
        for kernel in manifest.kernels
        for suite in ("public", "hidden")
    ]
    rest += [_races(k, CheckStatus.SKIPPED, 0) for k in manifest.kernels if k.points.races]
    measured = [_measured(m, CheckStatus.SKIPPED, 0) for m in manifest.measurements]
    asked = questions.not_graded(manifest)
    return [_build(CheckStatus.FAIL, cause), *rest, *measured, *asked]


def _build(
    status: CheckStatus,
    cause: Cause | None,
    data: Data | None = None,
) -> Check:
    return Check(
        id="build",
        kind=CheckKind.BUILD,
        title="compiles and links",
        status=status,
        points=0,
        max_points=0,
        cause=cause,
        data=data or {},
    )


def uses(manifest: Manifest, built: Built) -> list[Check]:
    """Whose kernels of earlier labs are used: no points, and a word where they are not its own."""
    found = []
    for name in manifest.uses:
        cause = built.replaced.get(name)
        whose = "yours" if cause is None else "the baseline's"
        check = Check(
            id=f"{name}.used",
            kind=CheckKind.USES,
            title=f"{name}: {whose} is used",
            status=CheckStatus.PASS if cause is None else CheckStatus.FAIL,
            points=0,
            max_points=0,
            cause=cause,
            data={"from": "submission" if cause is None else "baseline"},
        )
        found.append(check)
    return found


def correctness(lab: Lab, kernel: Kernel, result: KernelResult) -> list[Check]:
    """Public and hidden tests of one kernel: all or nothing each."""
    return [
        _suite_check(lab, kernel, "public", result.public),
        _suite_check(lab, kernel, "hidden", result.hidden),
    ]


def _suite_check(lab: Lab, kernel: Kernel, suite: str, result: SuiteResult | None) -> Check:
    if result is None:
        return _correctness(kernel, suite, CheckStatus.SKIPPED, None, NO_HIDDEN_TESTS)
    data: Data = {"passed": result.passed, "failed": result.failed}
    if result.cause is None:
        points = getattr(kernel.points, suite)
        return _correctness(kernel, suite, CheckStatus.PASS, points, None, data)
    return _correctness(kernel, suite, CheckStatus.FAIL, 0, result.cause, data)


def _correctness(
    kernel: Kernel,
    suite: str,
    status: CheckStatus,
    points: float | None,
    cause: Cause | None,
    data: Data | None = None,
) -> Check:
    hidden = suite == "hidden"
    return Check(
        id=f"{kernel.name}.hidden_correctness" if hidden else f"{kernel.name}.correctness",
        kind=CheckKind.CORRECTNESS,
        title=f"{kernel.name}: {suite} tests",
        status=status,
        points=points,
        max_points=kernel.points.hidden if hidden else kernel.points.public,
        visibility="hidden" if hidden else "public",
        cause=cause,
        data=data or {},
    )


def races(kernel: Kernel, right: bool, found: Cause | None) -> Check:
    """Whether ThreadSanitizer finds data races in a kernel's tests. A kernel that is wrong earns
    nothing for having none."""
    if found is not None:
        return _races(kernel, CheckStatus.FAIL, 0, found)
    return (
        _races(kernel, CheckStatus.PASS, kernel.points.races) if right else _skipped_races(kernel)
    )


def races_in_vain(check: Check) -> Check:
    """The check of a kernel without races that gains nothing by its threads: it may have none."""
    cause = Cause(
        reason=Reason.TOO_SLOW,
        rationale="no data race was found, but the kernel gains nothing by threads either: having "
        "none counts for a kernel that does",
    )
    return check.model_copy(update={"status": CheckStatus.FAIL, "points": 0, "cause": cause})


def races_unmeasured(kernel: Kernel, why: str) -> Check:
    cause = Cause(reason=Reason.NO_TOOL, rationale=why, help="docs/students.md, Debugging")
    return _races(kernel, CheckStatus.UNMEASURED, None, cause)


def _skipped_races(kernel: Kernel) -> Check:
    cause = Cause(
        reason=Reason.KERNEL_WRONG,
        rationale="not looked for yet: first the results of the kernel have to be right",
    )
    return _races(kernel, CheckStatus.SKIPPED, 0, cause)


def _races(
    kernel: Kernel, status: CheckStatus, points: float | None, cause: Cause | None = None
) -> Check:
    return Check(
        id=f"{kernel.name}.races",
        kind=CheckKind.RACES,
        title=f"{kernel.name}: data races",
        status=status,
        points=points,
        max_points=kernel.points.races,
        cause=cause,
    )


def kernel_wrong(measurement: Measurement) -> Check:
    cause = Cause(
        reason=Reason.KERNEL_WRONG,
        rationale="not measured yet: speed counts once the results of the kernel are right",
    )
    return _measured(measurement, CheckStatus.SKIPPED, 0, cause)


def not_vectorized(measurement: Measurement) -> Check:
    cause = Cause(
        reason=Reason.NOT_VECTORIZED,
        rationale="not measured yet: memory limits plain code just as much, so the bandwidth "
        "counts once the kernel uses vectors",
    )
    return _measured(measurement, CheckStatus.SKIPPED, 0, cause)


def too_few_processors(threads: int, there: int) -> Cause:
    """What threads gain cannot be seen where they take turns."""
    have = "one" if there == 1 else f"{there}"
    return Cause(
        reason=Reason.ONE_PROCESSOR,
        rationale=f"it takes {threads} processors to see what {threads} threads gain; here "
        f"{'is' if there == 1 else 'are'} {have}",
        help="grade on a machine with more processors",
    )


def too_little_to_gain(measurement: Measurement, peaks: Peaks) -> Cause | None:
    """Where threads gain little, a kernel that gains nothing has a good part of it."""
    if peaks.without_gain * UNSURE < measurement.zero:
        return None
    return Cause(
        reason=Reason.ONE_PROCESSOR,
        rationale=f"{peaks.threads} threads compute only {peaks.threads * peaks.norm:.2f} times "
        "as much as one here, as if they shared a core: a kernel that gains nothing by its "
        "threads would earn points",
        help="grade on a machine with a core for each thread, and nothing else running",
    )


def not_to_be_measured(measurement: Measurement, cause: Cause) -> Check:
    return _measured(measurement, CheckStatus.UNMEASURED, None, cause)


def speed(lab: Lab, measurement: Measurement, timing: Timing | Cause, measured: Measured) -> Check:
    """A measurement of time: a speedup, or a share of the bandwidth of a copy or of what threads
    can gain. Points come from the
    upper end of the interval, so noise never costs a student."""
    if isinstance(timing, Cause):
        return _measured(measurement, CheckStatus.FAIL, 0, timing)
    estimate = timing.speedup[Role.SUBMISSION]
    threads = lab.manifest.threads
    data = _times(measurement, timing, threads)
    if measurement.kind is MeasurementKind.BANDWIDTH:
        data |= _bandwidth(timing, threads)
        what = f"{estimate.value:.0%} of the bandwidth of a copy"
    elif timing.peaks is not None:
        data |= _efficiency(timing, timing.peaks)
        what = f"{estimate.value:.0%} of what {threads} threads can gain here"
    else:
        data |= _speedup(timing, measured, threads)
        what = f"{estimate.value:.2f} times as fast as {_compared_with(lab, measurement)}"
    if impossible := _impossible(timing, threads, measured):
        return _measured(measurement, CheckStatus.FAIL, 0, impossible, data)
    if noise := _noise(lab, measurement, timing):
        help = "close other programs, then grade again"
        cause = Cause(reason=Reason.NOISY, rationale=noise, help=help)
        return _measured(measurement, CheckStatus.UNMEASURED, None, cause, data)
    return _scored(lab, measurement, estimate, what, data)


def _times(measurement: Measurement, timing: Timing, threads: int) -> Data:
    estimate = timing.speedup[Role.SUBMISSION]
    data: Data = {
        "ci_low": estimate.low,
        "ci_high": estimate.high,
        "rounds": estimate.rounds,
        "cpu_ms": timing.typical(Role.SUBMISSION, lambda s: s.cpu_ns) / 1e6,
        "wall_ms": timing.typical(Role.SUBMISSION, lambda s: s.wall_ns) / 1e6,
        "gbs": _gbs(timing, Role.SUBMISSION, threads),
        "zero": measurement.zero,
        "full": measurement.full,
    }
    if timing.thrown_away:
        data["rounds_thrown_away"] = timing.thrown_away
    return data


def _gbs(timing: Timing, role: Role, threads: int) -> float:
    sample = timing.samples[role][0]
    return sample.bytes / timing.typical(role, lambda s: scored_ns(s, threads))


def _speedup(timing: Timing, measured: Measured, threads: int) -> Data:
    data: Data = {
        "speedup": timing.speedup[Role.SUBMISSION].value,
        "baseline_cpu_ms": timing.typical(Role.BASELINE, lambda s: s.cpu_ns) / 1e6,
        "wall_speedup": timing.wall_speedup,
        "mann_whitney_p": mann_whitney_p(
            *([scored_ns(s, threads) for s in timing.samples[role]] for role in COMPARED)
        ),
    }
    sample = timing.samples[Role.SUBMISSION][0]
    if sample.flops:
        ns = timing.typical(Role.SUBMISSION, lambda s: scored_ns(s, threads))
        data["gflops"] = sample.flops / ns
        if measured.peak_gflops > 0:
            data["roof_share"] = sample.flops / ns / measured.peak_gflops / threads
    if Role.REFERENCE in timing.speedup:
        data["reference_speedup"] = timing.speedup[Role.REFERENCE].value
    return data


def _bandwidth(timing: Timing, threads: int) -> Data:
    data: Data = {
        "share": timing.speedup[Role.SUBMISSION].value,
        "copy_gbs": _gbs(timing, Role.BASELINE, threads),
    }
    if Role.REFERENCE in timing.speedup:
        data["reference_share"] = timing.speedup[Role.REFERENCE].value
    return data


def _efficiency(timing: Timing, peaks: Peaks) -> Data:
    """Times of one thread: `one_thread_ms` is the one that counts."""
    together_ms = timing.typical(Role.SUBMISSION, lambda s: s.wall_ns) / 1e6
    alone_ms = timing.typical(Role.ALONE, lambda s: s.wall_ns) / 1e6
    data: Data = {
        "efficiency": timing.speedup[Role.SUBMISSION].value,
        "raw_efficiency": alone_ms / (peaks.threads * together_ms),
        "threads": peaks.threads,
        "alone_ms": alone_ms,
        "baseline_ms": timing.typical(Role.BASELINE, lambda s: s.wall_ns) / 1e6,
        "one_thread_ms": typical(one_thread_ns(timing.samples, Role.SUBMISSION)) / 1e6,
        "norm": peaks.norm,
        "peak_gflops_of_one": peaks.one,
        "peak_gflops_together": peaks.together,
        **scaling({1: alone_ms, peaks.threads: together_ms}),
    }
    if Role.REFERENCE in timing.speedup:
        data["reference_efficiency"] = timing.speedup[Role.REFERENCE].value
    return data


def scaling(times_ms: Mapping[int, float]) -> Data:
    """How long a call takes with so many threads: for the report, not for points."""
    return {f"scaling_{threads}_ms": ms for threads, ms in times_ms.items()}


def _compared_with(lab: Lab, measurement: Measurement) -> str:
    """What the time is compared with, in words."""
    if measurement.kind is MeasurementKind.SPEEDUP:
        return lab.manifest.kernel(measurement.kernel).over or COMPARED_WITH[measurement.kind]
    return COMPARED_WITH[measurement.kind]


def _noise(lab: Lab, measurement: Measurement, timing: Timing) -> str:
    """Why nobody can tell how fast the kernel is, if so."""
    if timing.noisy:
        return THREADS_WAITED
    estimate = timing.speedup[Role.SUBMISSION]
    if undecided(estimate, measurement):
        low, high = range_of_points(estimate, measurement)
        compared = _compared_with(lab, measurement)
        return (
            "the times vary too much: anything from "
            f"{estimate.low:.2f} to {estimate.high:.2f} times as fast as {compared}, "
            f"{low:g} to {high:g} points"
        )
    return ""


def _impossible(timing: Timing, threads: int, measured: Measured) -> Cause | None:
    """Why the times cannot be honest, if they cannot."""
    help = "show this to your instructor"
    for sample in timing.samples[Role.SUBMISSION]:
        if sample.cpu_ns > 1.1 * threads * sample.wall_ns + 100_000:
            busy = sample.cpu_ns / sample.wall_ns
            allowed = "one thread is" if threads == 1 else f"{threads} threads are"
            why = f"{busy:.1f} processors were busy, where {allowed} allowed"
            return Cause(reason=Reason.TOO_MANY_THREADS, rationale=why, help=help)
        why = plausibility.too_fast(
            scored_ns(sample, threads),
            sample.flops,
            sample.bytes,
            measured.peak_gflops * threads,
            measured.bandwidth_gbs * threads,
        )
        if why:
            return Cause(reason=Reason.TOO_FAST, rationale=why, help=help)
    return None


def fewer_misses(counts: Mapping[Role, MissCounts], role: Role) -> Estimate:
    """How many times fewer misses than the baseline; a kernel without misses counts as one miss."""
    return Estimate.exact(counts[Role.BASELINE].d1_misses / max(1, counts[role].d1_misses))


def cache_misses(
    lab: Lab,
    measurement: Measurement,
    counts: Mapping[Role, MissCounts] | Cause,
    lines: Sequence[Line] = (),
) -> Check:
    """A count has no noise: its interval is a point. `lines` are the kernel's, most misses
    first."""
    if isinstance(counts, Cause):
        return _measured(measurement, CheckStatus.FAIL, 0, counts)
    estimate = fewer_misses(counts, Role.SUBMISSION)
    mine, baseline = counts[Role.SUBMISSION], counts[Role.BASELINE]
    data: Data = {
        "source": "emulated",
        "misses": mine.d1_misses,
        "baseline_misses": baseline.d1_misses,
        "ll_misses": mine.ll_misses,
        "baseline_ll_misses": baseline.ll_misses,
        "references": mine.accesses,
        "baseline_references": baseline.accesses,
        "instructions": mine.instructions,
        "zero": measurement.zero,
        "full": measurement.full,
    }
    for rank, line in enumerate(lines[:TOP_LINES], start=1):
        data |= {
            f"line_{rank}": f"{line.file}:{line.number}" if line.number else "elsewhere",
            f"line_{rank}_misses": line.d1_misses,
            f"line_{rank}_references": line.accesses,
            f"line_{rank}_text": line.text,
        }
    what = f"{mine.d1_misses:,} D1 misses where the baseline has {baseline.d1_misses:,}"
    return _scored(lab, measurement, estimate, what, data)


def vector_use(lab: Lab, measurement: Measurement, found: VectorUse | Unmeasured | Cause) -> Check:
    """What is not executed, or not instead of work on single numbers, earns nothing."""
    if isinstance(found, Cause):
        return _measured(measurement, CheckStatus.FAIL, 0, found)
    if isinstance(found, Unmeasured):
        help = "the system (a container's, perhaps) has to allow ptrace"
        return _not_traceable(measurement, found, help)
    mine = found.mine
    data: Data = {
        "share": mine.share,
        "floating_point": mine.floating_point,
        **mine.kinds,
        "instructions": mine.instructions,
        "baseline_instructions": found.baseline.instructions,
        "zero": measurement.zero,
        "full": measurement.full,
    }
    outcome = judge(found.estimate, measurement)
    if outcome.status is CheckStatus.PASS:
        return _measured(measurement, outcome.status, outcome.points, None, data)
    cause = Cause(
        reason=Reason.NOT_VECTORIZED,
        rationale=_vector_shares(found, measurement),
        help="take out what asks the operating system for anything but memory"
        if mine.cut_short
        else f"./lab hot {lab.id} {measurement.kernel} shows where its time goes",
    )
    return _measured(measurement, outcome.status, outcome.points, cause, data)


def _vector_shares(found: VectorUse, measurement: Measurement) -> str:
    mine = found.mine
    if mine.cut_short or not mine.floating_point:
        return found.not_proven
    shares = (
        f"{mine.share:.0%} of the {mine.floating_point:,} floating-point instructions of a call "
        f"work on vectors of {NARROWEST_BITS} bits, {mine.kinds['packed_128']:,} on narrower ones "
        f"and {mine.kinds['scalar']:,} on one number"
    )
    if found.not_proven:
        return f"{shares}; but {found.not_proven}"
    return f"{shares}; points begin at {measurement.zero:.0%}, all from {measurement.full:.0%}"


def memory(lab: Lab, measurement: Measurement, found: MemoryUse | Unmeasured | Cause) -> Check:
    """Less is better, and what the operating system counts has no noise."""
    if isinstance(found, Cause):
        return _measured(measurement, CheckStatus.FAIL, 0, found)
    if isinstance(found, Unmeasured):
        return _not_traceable(measurement, found, "grade on another system")
    outcome = judge(found.estimate, measurement)
    cause = None
    if outcome.status is not CheckStatus.PASS:
        cause = Cause(
            reason=Reason.TOO_MUCH_MEMORY,
            rationale=f"needs {mib(found.bytes)} beyond its inputs and outputs; points begin "
            f"below {measurement.zero:g} MiB and are full up to {measurement.full:g} MiB",
            help=f"./lab hint {lab.id} {measurement.kernel}",
        )
    data: Data = {
        "memory_bytes": found.bytes,
        "zero": measurement.zero,
        "full": measurement.full,
    }
    return _measured(measurement, outcome.status, outcome.points, cause, data)


def _not_traceable(measurement: Measurement, found: Unmeasured, help: str) -> Check:
    cause = Cause(reason=Reason.NOT_TRACEABLE, rationale=found.why, help=help)
    return _measured(measurement, CheckStatus.UNMEASURED, None, cause)


def _scored(
    lab: Lab,
    measurement: Measurement,
    estimate: Estimate,
    what: str,
    data: Data,
) -> Check:
    outcome = judge(estimate, measurement)
    cause = None
    if outcome.status is not CheckStatus.PASS:
        cause = Cause(
            reason=Reason.TOO_SLOW,
            rationale=f"{what}; points begin at {measurement.zero:g}× and are full at "
            f"{measurement.full:g}×",
            help=f"./lab hint {lab.id} {measurement.kernel}",
        )
    return _measured(measurement, outcome.status, outcome.points, cause, data)


def _measured(
    measurement: Measurement,
    status: CheckStatus,
    points: float | None,
    cause: Cause | None = None,
    data: Data | None = None,
) -> Check:
    return Check(
        id=measurement.id,
        kind=CheckKind(measurement.kind.value),
        title=title_of(measurement),
        status=status,
        points=points,
        max_points=measurement.points,
        cause=cause,
        data=data or {},
    )
