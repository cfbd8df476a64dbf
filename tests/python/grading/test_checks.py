"""From results to checks: who earns what, and what the report says about it."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import Kernel, Measurement, MeasurementKind
from rooflab.grading import checks, grade
from rooflab.measure.cache_misses import MissCounts
from rooflab.measure.correctness import KernelResult, SuiteResult
from rooflab.measure.estimates import Estimate
from rooflab.measure.machine import Counters, Measured, Peaks
from rooflab.measure.memory import MemoryUse
from rooflab.measure.one_call import Unmeasured
from rooflab.measure.scoring import judge
from rooflab.measure.source_lines import Line
from rooflab.measure.timing import Role, Sample, Timing, efficiency
from rooflab.measure.vector_use import Executed, VectorUse
from rooflab.report.model import Cause, Check, CheckStatus, Reason

PASSED = SuiteResult(4, 0, None)
CRASH = Cause(reason=Reason.CRASHED, rationale="crashed")
CRASHED = SuiteResult(1, 3, CRASH)


@pytest.fixture
def lab() -> Lab:
    return Course(Path(__file__).resolve().parents[3]).find("02")


def measurement(lab: Lab, kind: MeasurementKind) -> Measurement:
    return next(m for m in lab.manifest.measurements if m.kind is kind)


# A call of 5 Mflop in 1 ms, at half of what the machine can.
SAMPLE = Sample(cpu_ns=1e6, wall_ns=2e6, run_delay_ns=0, pilot_ns=1e5, flops=5e6, bytes=3e6)
MACHINE = Measured(
    peak_gflops=10, bandwidth_gbs=10, sandbox={"tier": "complete"}, counters=Counters((), "", "")
)


def timing(speedup: float, high: float | None = None, sample: Sample = SAMPLE) -> Timing:
    return Timing(
        samples={role: [sample] for role in Role},
        speedup={
            Role.SUBMISSION: Estimate(speedup, speedup, high or speedup, 5),
            Role.REFERENCE: Estimate.exact(8),
        },
        wall_speedup=1.0,
    )


RACE = Cause(reason=Reason.DATA_RACE, rationale="two threads")


def racing(lab: Lab) -> Kernel:
    kernel = lab.manifest.kernel("matmul_blocked")
    return kernel.model_copy(update={"points": kernel.points.model_copy(update={"races": 3})})


def test_a_right_kernel_without_races_earns_points_for_that(lab: Lab) -> None:
    check = checks.races(racing(lab), right=True, found=None)
    assert (check.id, check.status, check.points) == ("matmul_blocked.races", "pass", 3)


def test_a_race_earns_nothing_and_is_told(lab: Lab) -> None:
    check = checks.races(racing(lab), right=True, found=RACE)
    assert (check.status, check.points, check.cause) == (CheckStatus.FAIL, 0, RACE)


def test_a_wrong_kernel_earns_nothing_for_having_no_races(lab: Lab) -> None:
    check = checks.races(racing(lab), right=False, found=None)
    assert (check.status, check.points) == (CheckStatus.SKIPPED, 0)


def test_races_that_cannot_be_looked_for_are_unmeasured(lab: Lab) -> None:
    check = checks.races_unmeasured(racing(lab), "no tool")
    assert (check.status, check.points) == (CheckStatus.UNMEASURED, None)


@pytest.mark.parametrize(("points", "earned"), [((0, 0), 0), ((0, 2), 3), ((0, None), 3), ((), 3)])
def test_having_no_races_counts_for_who_gains_by_threads(
    lab: Lab, points: tuple[float | None, ...], earned: float
) -> None:
    """Where it is known: what could not be measured is not held against anybody."""
    measurements = [m for m in lab.manifest.measurements if m.kernel == "matmul_blocked"]
    measurements = measurements[: len(points)]
    found = [checks.races(racing(lab), right=True, found=None)] + [
        checks.kernel_wrong(m).model_copy(update={"points": p})
        for m, p in zip(measurements, points, strict=True)
    ]
    assert grade._with_races_in_vain(found, measurements)[0].points == earned


def samples_of(alone_ms: float, together_ms: float, baseline_ms: float) -> dict[Role, list[Sample]]:
    """With two threads that compute all the time."""
    ms = {Role.ALONE: alone_ms, Role.SUBMISSION: together_ms, Role.BASELINE: baseline_ms}
    return {
        role: [Sample(n * time * 1e6, time * 1e6, 0, 0, 0, 1) for _ in range(7)]
        for role, time in ms.items()
        for n in (2 if role is Role.SUBMISSION else 1,)
    }


def threads_of(alone_ms: float, together_ms: float, baseline_ms: float) -> Timing:
    samples = samples_of(alone_ms, together_ms, baseline_ms)
    peaks = Peaks(100, 160, 2)  # threads share a core
    found = efficiency(samples, Role.SUBMISSION, peaks, 0)
    return Timing(samples, {Role.SUBMISSION: found}, 1.0, peaks=peaks)


def efficient(lab: Lab) -> Measurement:
    changed = {"kind": MeasurementKind.EFFICIENCY, "zero": 0.5, "full": 0.9}
    return measurement(lab, MeasurementKind.SPEEDUP).model_copy(update=changed)


def test_efficiency_is_a_share_of_what_threads_reach_here(lab: Lab) -> None:
    check = checks.speed(with_threads(lab, 2), efficient(lab), threads_of(8, 5, 99), MACHINE)
    assert check.kind == "efficiency"
    assert check.data["raw_efficiency"] == pytest.approx(0.8)
    assert check.data["norm"] == pytest.approx(0.8)
    assert check.data["efficiency"] == pytest.approx(1.0)
    assert check.status is CheckStatus.PASS


def test_who_is_slow_with_one_thread_has_the_baselines_time(lab: Lab) -> None:
    """Or what the threads computed together: no time of one thread is longer."""
    baseline = checks.speed(with_threads(lab, 2), efficient(lab), threads_of(20, 5, 6), MACHINE)
    computed = checks.speed(with_threads(lab, 2), efficient(lab), threads_of(20, 5, 15), MACHINE)
    assert baseline.data["one_thread_ms"] == pytest.approx(6)
    assert baseline.data["efficiency"] == pytest.approx(6 / 5 / 2 / 0.8)
    assert computed.data["one_thread_ms"] == pytest.approx(10)


def test_times_by_threads_stand_in_the_report(lab: Lab) -> None:
    check = checks.speed(with_threads(lab, 2), efficient(lab), threads_of(8, 5, 99), MACHINE)
    assert (check.data["scaling_1_ms"], check.data["scaling_2_ms"]) == (8, 5)


def test_threads_are_not_measured_where_they_take_turns(lab: Lab) -> None:
    cause = checks.too_few_processors(2, 1)
    check = checks.not_to_be_measured(efficient(lab), cause)
    assert (check.status, check.points) == (CheckStatus.UNMEASURED, None)
    assert check.cause is not None
    assert check.cause.reason is Reason.ONE_PROCESSOR
    assert check.cause.rationale == "it takes 2 processors to see what 2 threads gain; here is one"


@pytest.mark.parametrize(
    ("together", "told"),
    [
        (101, "2 threads compute only 1.01 times as much as one here"),
        (160, "2 threads compute only 1.60 times as much as one here"),
        (170, "2 threads compute only 1.70 times as much as one here"),  # too near to tell
        (177, None),
        (200, None),
    ],
)
def test_threads_are_not_measured_where_a_serial_kernel_would_earn_points(
    lab: Lab, together: float, told: str | None
) -> None:
    """One thread's time twice over is half of what cores of their own grant, and all that a shared
    one does."""
    shared = efficient(lab).model_copy(update={"zero": 0.6})
    peaks = Peaks(100, together, 2)
    cause = checks.too_little_to_gain(shared, peaks)
    assert (cause is None) == (told is None)
    if cause is not None and told is not None:
        assert cause.reason is Reason.ONE_PROCESSOR
        assert cause.rationale.startswith(told)
    serial = efficiency(samples_of(8, 8, 8), Role.SUBMISSION, peaks, 0)
    assert cause is not None or judge(serial, shared).points == 0


def test_a_kernel_earns_its_points_suite_by_suite(lab: Lab) -> None:
    kernel = lab.manifest.kernel("matmul_blocked")
    public, hidden = checks.correctness(lab, kernel, KernelResult(PASSED, CRASHED))
    assert (public.id, public.status, public.points) == ("matmul_blocked.correctness", "pass", 2)
    assert (hidden.id, hidden.status, hidden.points) == (
        "matmul_blocked.hidden_correctness",
        "fail",
        0,
    )
    assert (public.visibility, hidden.visibility) == ("public", "hidden")
    assert hidden.cause == CRASH
    assert hidden.data == {"passed": 1, "failed": 3}


def test_hidden_tests_that_are_not_there_are_neither_passed_nor_failed(lab: Lab) -> None:
    kernel = lab.manifest.kernel("matmul_blocked")
    _, hidden = checks.correctness(lab, kernel, KernelResult(PASSED, None))
    assert (hidden.status, hidden.points, hidden.max_points) == ("skipped", None, 2)
    assert hidden.cause is not None
    assert hidden.cause.reason is Reason.NO_HIDDEN_TESTS


@pytest.mark.parametrize(
    ("public", "hidden", "right"),
    [
        (PASSED, PASSED, True),
        (PASSED, None, True),
        (CRASHED, PASSED, False),
        (PASSED, CRASHED, False),
        (CRASHED, None, False),
    ],
)
def test_only_a_kernel_that_passed_everything_is_right(
    public: SuiteResult, hidden: SuiteResult | None, right: bool
) -> None:
    assert KernelResult(public, hidden).right is right


def test_a_build_that_failed_explains_itself_once_and_earns_nothing(lab: Lab) -> None:
    found = checks.not_built(lab.manifest, CRASH)
    assert [check.cause for check in found if check.cause] == [CRASH]
    assert sum(check.points or 0 for check in found) == 0
    assert sum(check.max_points for check in found) == 100


def test_every_outcome_has_the_same_checks(lab: Lab, trusted: LabBuild) -> None:
    manifest = lab.manifest
    built = [checks.built(trusted, Built(Path("worker"), ""))]
    for kernel in manifest.kernels:
        built += checks.correctness(lab, kernel, KernelResult(PASSED, PASSED))
    built += [checks.kernel_wrong(m) for m in manifest.measurements]
    failed = checks.not_built(manifest, CRASH)
    assert [identity(check) for check in built] == [identity(check) for check in failed]


def identity(check: Check) -> tuple[str, str, str, float]:
    return check.id, check.kind, check.title, check.max_points


def test_warnings_are_counted(trusted: LabBuild) -> None:
    warnings = "k.cpp:1:2: warning: unused\nk.cpp:1:2: note: here\nk.cpp:2:2: warning: unused"
    assert checks.built(trusted, Built(Path("worker"), warnings)).data["warnings"] == 2


def speed(lab: Lab, taken: Timing | Cause) -> Check:
    """Of matmul_reordered, 10 points from 1.3× to 3×, whatever the manifest says today."""
    graded = measurement(lab, MeasurementKind.SPEEDUP)
    graded = graded.model_copy(update={"points": 10, "zero": 1.3, "full": 3.0})
    return checks.speed(lab, graded, taken, MACHINE)


@pytest.mark.parametrize(
    ("speedup", "status", "points"),
    [(1.0, "fail", 0), (1.3, "fail", 0), (1.98, "partial", 5), (3.0, "pass", 10), (9, "pass", 10)],
)
def test_speed_earns_points_on_a_ramp(lab: Lab, speedup: float, status: str, points: float) -> None:
    check = speed(lab, timing(speedup))
    assert (check.status, check.points) == (status, points)
    assert (check.cause is None) == (check.status is CheckStatus.PASS)
    if check.cause is not None:
        assert check.cause.reason is Reason.TOO_SLOW
        assert check.cause.help == "./lab hint 02 matmul_reordered"


def test_noise_does_not_cost_points(lab: Lab) -> None:
    check = speed(lab, timing(2.9, high=3.1))
    assert check.status is CheckStatus.PASS


def test_speed_is_told_with_its_figures(lab: Lab) -> None:
    data = speed(lab, timing(2)).data
    assert (data["gflops"], data["gbs"], data["roof_share"]) == (5, 3, 0.5)
    assert data["reference_speedup"] == 8
    assert (data["cpu_ms"], data["wall_ms"]) == (1, 2)
    assert {"speedup", "ci_low", "ci_high", "rounds", "zero", "full"} <= data.keys()


def test_a_kernel_without_arithmetic_has_no_gflops(lab: Lab) -> None:
    data = speed(lab, timing(2, sample=replace(SAMPLE, flops=0))).data
    assert data["gbs"] == 3
    assert not {"gflops", "roof_share"} & data.keys()


def bandwidth(lab: Lab, taken: Timing) -> Check:
    """4 points from half of a copy's bandwidth to nine tenths."""
    graded = Measurement(
        kind=MeasurementKind.BANDWIDTH,
        kernel="transpose_blocked",
        case="transpose_blocked/2048",
        points=4,
        zero=0.5,
        full=0.9,
    )
    return checks.speed(lab, graded, taken, MACHINE)


@pytest.mark.parametrize(
    ("share", "status", "points"), [(0.5, "fail", 0), (0.67, "partial", 2), (0.95, "pass", 4)]
)
def test_a_share_of_the_bandwidth_earns_points_though_it_is_no_gain(
    lab: Lab, share: float, status: str, points: float
) -> None:
    check = bandwidth(lab, timing(share))
    assert (check.id, check.status, check.points) == ("transpose_blocked.bandwidth", status, points)
    assert (check.data["share"], check.data["copy_gbs"]) == (share, 3)
    assert "speedup" not in check.data


def test_a_share_that_noise_would_decide_is_not_graded(lab: Lab) -> None:
    check = bandwidth(lab, replace(timing(0.5, high=0.8), wall_speedup=1))
    assert (check.status, check.points) == (CheckStatus.UNMEASURED, None)
    assert check.cause is not None
    assert "0.50 to 0.80 times as fast as a copy" in check.cause.rationale


def with_threads(lab: Lab, threads: int) -> Lab:
    changed = Lab(lab.root, lab.name)
    changed.__dict__["manifest"] = lab.manifest.model_copy(update={"threads": threads})
    return changed


def test_threads_are_judged_by_wall_time_and_all_their_roofs(lab: Lab) -> None:
    sample = replace(SAMPLE, cpu_ns=4e6, wall_ns=1e6, flops=20e6)
    data = speed(with_threads(lab, 4), timing(2, sample=sample)).data
    assert (data["gflops"], data["roof_share"]) == (20, 0.5)


@pytest.mark.parametrize(
    "sample",
    [
        replace(SAMPLE, flops=10e6 * 2.51),
        replace(SAMPLE, bytes=10e6 * 8.1),
        replace(SAMPLE, cpu_ns=1.0),
    ],
)
def test_what_no_machine_can_do_earns_nothing(lab: Lab, sample: Sample) -> None:
    check = speed(lab, timing(9, sample=sample))
    assert (check.status, check.points) == ("fail", 0)
    assert check.cause is not None
    assert check.cause.reason is Reason.TOO_FAST
    assert "where this machine reaches 10" in check.cause.rationale


def test_one_impossible_call_is_enough(lab: Lab) -> None:
    taken = timing(9)
    samples = {**taken.samples, Role.SUBMISSION: [SAMPLE, SAMPLE, replace(SAMPLE, cpu_ns=1.0)]}
    check = speed(lab, replace(taken, samples=samples))
    assert check.cause is not None
    assert check.cause.reason is Reason.TOO_FAST


def test_the_speed_of_baseline_and_reference_is_not_doubted(lab: Lab) -> None:
    taken = timing(9)
    impossible = [replace(SAMPLE, cpu_ns=1.0)]
    samples = {**taken.samples, Role.BASELINE: impossible, Role.REFERENCE: impossible}
    assert speed(lab, replace(taken, samples=samples)).status is CheckStatus.PASS


@pytest.mark.parametrize(
    ("threads", "busy", "status"), [(1, 1.05, "pass"), (1, 1.9, "fail"), (4, 3.9, "pass")]
)
def test_more_processors_than_allowed_earn_nothing(
    lab: Lab, threads: int, busy: float, status: str
) -> None:
    sample = replace(SAMPLE, wall_ns=4e6, cpu_ns=busy * 4e6)
    check = speed(with_threads(lab, threads), timing(9, sample=sample))
    assert check.status == status
    if status == "fail":
        assert check.points == 0
        assert check.cause is not None
        assert check.cause.reason is Reason.TOO_MANY_THREADS
        assert check.cause.rationale == "1.9 processors were busy, where one thread is allowed"


def test_a_few_rounds_among_much_noise_are_unmeasured(lab: Lab) -> None:
    check = speed(lab, replace(timing(9), thrown_away=55, noisy=True))
    assert (check.status, check.points) == ("unmeasured", None)
    assert check.cause is not None
    assert check.cause.reason is Reason.NOISY
    assert check.data["rounds_thrown_away"] == 55


def test_times_from_no_gain_to_points_are_unmeasured(lab: Lab) -> None:
    estimate = Estimate(1.5, 0.9, 2.5, 60)
    undecided = replace(timing(9), speedup={Role.SUBMISSION: estimate})
    check = speed(lab, undecided)
    assert (check.status, check.points) == ("unmeasured", None)
    assert check.cause is not None
    assert check.cause.reason is Reason.NOISY
    assert (
        "anything from 0.90 to 2.50 times as fast as the baseline, 0 to " in check.cause.rationale
    )


def test_enough_quiet_rounds_among_noise_count(lab: Lab) -> None:
    check = speed(lab, replace(timing(9), thrown_away=55))
    assert check.status is CheckStatus.PASS
    assert check.data["rounds_thrown_away"] == 55


def test_a_run_that_failed_earns_nothing(lab: Lab) -> None:
    check = speed(lab, CRASH)
    assert (check.status, check.points, check.cause) == ("fail", 0, CRASH)


def counts(misses: int) -> dict[Role, MissCounts]:
    return {
        Role.BASELINE: MissCounts(5000, 1000, 100, 9000),
        Role.SUBMISSION: MissCounts(4000, misses, misses // 10, 8000),
    }


@pytest.mark.parametrize(
    ("misses", "status"), [(2000, "fail"), (1000, "fail"), (300, "partial"), (0, "pass")]
)
def test_fewer_cache_misses_earn_points(lab: Lab, misses: int, status: str) -> None:
    wanted = measurement(lab, MeasurementKind.CACHE_MISSES)
    check = checks.cache_misses(lab, wanted, counts(misses))
    assert check.status == status
    assert check.data["misses"] == misses
    assert check.data["baseline_misses"] == 1000
    assert check.data["source"] == "emulated"


def test_the_lines_with_the_most_misses_are_told(lab: Lab) -> None:
    wanted = measurement(lab, MeasurementKind.CACHE_MISSES)
    lines = [Line("kernels.cpp", 40 + i, 100, 90 - i, f"line {i}") for i in range(7)]
    data = checks.cache_misses(lab, wanted, counts(600), lines).data
    assert [data.get(f"line_{rank}") for rank in range(1, 7)] == [
        *(f"kernels.cpp:{40 + i}" for i in range(5)),
        None,
    ]
    assert (data["line_1_misses"], data["line_1_references"]) == (90, 100)
    assert data["line_1_text"] == "line 0"


def test_code_outside_of_the_kernels_is_told_as_such(lab: Lab) -> None:
    wanted = measurement(lab, MeasurementKind.CACHE_MISSES)
    check = checks.cache_misses(lab, wanted, counts(600), [Line("", 0, 10, 5, "")])
    assert check.data["line_1"] == "elsewhere"


def test_a_kernel_without_misses_is_still_a_finite_number_of_times_better() -> None:
    assert math.isfinite(checks.fewer_misses(counts(0), Role.SUBMISSION).value)


def test_misses_of_a_run_that_failed_are_lost(lab: Lab) -> None:
    wanted = measurement(lab, MeasurementKind.CACHE_MISSES)
    check = checks.cache_misses(lab, wanted, CRASH)
    assert (check.status, check.points) == ("fail", 0)


def test_titles_name_the_size(lab: Lab) -> None:
    titles = [checks.title_of(m) for m in lab.manifest.measurements]
    assert "matmul_reordered: speedup at 400" in titles
    assert "matmul_blocked: cache misses at 64x400x400" in titles


def test_a_timing_without_a_reference_says_nothing_of_one(lab: Lab) -> None:
    alone = timing(2)
    alone = replace(alone, speedup={Role.SUBMISSION: alone.speedup[Role.SUBMISSION]})
    data = speed(lab, alone).data
    assert "reference_speedup" not in data


def vector_use(lab: Lab, found: VectorUse | Unmeasured | Cause) -> Check:
    """4 points from half of the floating-point instructions on vectors to nine tenths."""
    graded = Measurement(
        kind=MeasurementKind.VECTOR,
        kernel="transpose_blocked",
        case="transpose_blocked/2048",
        points=4,
        zero=0.5,
        full=0.9,
    )
    return checks.vector_use(lab, graded, found)


def memory(lab: Lab, found: MemoryUse | Unmeasured | Cause) -> Check:
    """6 points from 32 MiB down to 4."""
    graded = Measurement(
        kind=MeasurementKind.MEMORY,
        kernel="transpose_blocked",
        case="transpose_blocked/2048",
        points=6,
        zero=32,
        full=4,
    )
    return checks.memory(lab, graded, found)


@pytest.mark.parametrize(
    ("mib", "status", "points"), [(64, "fail", 0), (16, "partial", 2), (4, "pass", 6)]
)
def test_the_less_memory_the_more_points(lab: Lab, mib: int, status: str, points: float) -> None:
    check = memory(lab, MemoryUse(mib << 20))
    assert (check.id, check.status, check.points) == ("transpose_blocked.memory", status, points)
    assert check.title == "transpose_blocked: memory at 2048"
    assert check.data == {"memory_bytes": mib << 20, "zero": 32, "full": 4}
    assert (check.cause is None) == (status == "pass")


def test_too_much_memory_is_told_with_what_would_do(lab: Lab) -> None:
    cause = memory(lab, MemoryUse(17 << 20)).cause
    assert cause is not None
    assert cause.reason is Reason.TOO_MUCH_MEMORY
    assert cause.rationale == (
        "needs 17.0 MiB beyond its inputs and outputs; points begin below 32 MiB and are full up "
        "to 4 MiB"
    )


def test_memory_that_nobody_tells_is_unmeasured(lab: Lab) -> None:
    check = memory(lab, Unmeasured("this system does not tell"))
    assert (check.status, check.points) == ("unmeasured", None)
    assert check.cause is not None
    assert check.cause.rationale == "this system does not tell"
    assert memory(lab, CRASH).cause == CRASH


def executed(instructions: int, packed: int, scalar: int, cut_short: str = "") -> Executed:
    kinds = {"packed_512": 0, "packed_256": packed, "packed_128": 0, "scalar": scalar}
    return Executed(instructions, kinds, cut_short)


BASELINE = executed(9000, 0, 1000)


@pytest.mark.parametrize(
    ("packed", "status", "points"), [(50, "fail", 0), (67, "partial", 2), (90, "pass", 4)]
)
def test_a_share_of_work_on_vectors_earns_points(
    lab: Lab, packed: int, status: str, points: float
) -> None:
    check = vector_use(lab, VectorUse(executed(1000, packed, 100 - packed), BASELINE))
    assert (check.id, check.status, check.points) == ("transpose_blocked.vector", status, points)
    assert (check.data["share"], check.data["floating_point"]) == (packed / 100, 100)
    assert (check.data["instructions"], check.data["baseline_instructions"]) == (1000, 9000)
    assert (check.cause is None) == (status == "pass")


def test_vectors_beside_scalar_work_earn_nothing(lab: Lab) -> None:
    check = vector_use(lab, VectorUse(executed(8000, 950, 50), BASELINE))
    assert (check.status, check.points) == ("fail", 0)
    assert check.cause is not None
    assert check.cause.reason is Reason.NOT_VECTORIZED
    assert "95% of the 1,000" in check.cause.rationale
    assert "but a call executes 8,000 instructions" in check.cause.rationale


def test_a_call_that_could_not_be_followed_says_where(lab: Lab) -> None:
    cut_short = "it makes the system call write"
    check = vector_use(lab, VectorUse(executed(100, 50, 0, cut_short), BASELINE))
    assert (check.status, check.points) == ("fail", 0)
    assert check.cause is not None
    assert cut_short in check.cause.rationale
    assert "operating system" in check.cause.help


def test_vector_use_that_nobody_may_look_at_is_unmeasured(lab: Lab) -> None:
    check = vector_use(lab, Unmeasured("workers cannot be traced here"))
    assert (check.status, check.points) == ("unmeasured", None)
    assert check.cause is not None
    assert check.cause.reason is Reason.NOT_TRACEABLE
    assert vector_use(lab, CRASH).cause == CRASH
