"""`./lab bench`: which cases it times beside what, and what it remembers."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rooflab.base.errors import SetupError, UsageError
from rooflab.base.progress import silent
from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built, build_submission
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.course.submission import SubmittedFiles, collect
from rooflab.measure.estimates import MIN_ROUNDS, Estimate
from rooflab.measure.timing import Role, Rounds, Sample, Timing
from rooflab.report.model import Cause, Reason
from rooflab.student import bench, last_runs
from rooflab.student.bench import Bench, Row, narrow, prepared

CASES = ["relu/64", "relu/512", "softmax/64"]
SAMPLE = Sample(cpu_ns=2e6, wall_ns=3e6, run_delay_ns=0, pilot_ns=1e5, flops=4e6, bytes=8e6)
CRASHED = Cause(reason=Reason.CRASHED, rationale="at the measured size, relu/64: it crashed\nmore")


def ratio(low: float, value: float, high: float, rounds: int = MIN_ROUNDS) -> Estimate:
    return Estimate(value, low, high, rounds)


def timing(roles: Sequence[Role], change: Estimate | None = None) -> Timing:
    samples = {role: [SAMPLE] for role in roles}
    return Timing(samples, {Role.SUBMISSION: ratio(1.9, 2, 2.1)}, 2, change=change)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "last_runs.json"


# --- When it stops --------------------------------------------------------------------------------


def narrow_with(speedup: Estimate, change: Estimate | None = None) -> bool:
    return narrow(Timing({}, {Role.SUBMISSION: speedup}, 1, change=change))


def test_both_intervals_must_be_narrow() -> None:
    near, wide = ratio(0.99, 1, 1.02), ratio(0.97, 1, 1.02)
    assert narrow_with(near)
    assert narrow_with(near, near)
    assert not narrow_with(wide)
    assert not narrow_with(near, wide)
    assert not narrow_with(wide, near)


def test_the_farther_from_1_the_wider_may_they_be() -> None:
    assert narrow_with(ratio(6.8, 7, 7.3))
    assert not narrow_with(ratio(6.8, 7, 7.6))
    assert not narrow_with(ratio(1.4, 1.45, 1.5))


# --- What it remembers, with kernels that are neither compiled nor run ----------------------------


@pytest.fixture
def lab(course: Course, trusted: LabBuild, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """A lab whose workers are its sources without their comments; "broken" does not compile, and
    "crash" crashes."""
    lab = course.find("02")
    monkeypatch.setattr(bench, "prepare", lambda _course, _lab: replace(trusted, lab=lab))
    monkeypatch.setattr(bench, "_cases", lambda _trusted, _work, _chosen: CASES)

    def build(_trusted: LabBuild, submission: SubmittedFiles, directory: Path) -> Built | Cause:
        source = submission.files["kernels.cpp"]
        if b"broken" in source:
            return Cause(reason=Reason.BUILD_FAILED, rationale="it does not compile")
        worker = directory / "worker"
        worker.write_bytes(source.partition(b"//")[0])
        return Built(worker, "")

    def time_case(rounds: Rounds, *_: object) -> Timing | Cause:
        if b"crash" in rounds.workers[Role.SUBMISSION].read_bytes():
            return CRASHED
        change = ratio(1.1, 1.2, 1.3) if Role.PREVIOUS in rounds.workers else None
        return timing(list(rounds.workers), change)

    monkeypatch.setattr(bench, "build_submission", build)
    monkeypatch.setattr(bench, "time_case", time_case)
    return lab


def run(course: Course, lab: Lab, kept: Path | None, source: str) -> str | None:
    """Benches that source; which other one it was compared with."""
    (lab.directory / "kernels.cpp").write_text(source, encoding="utf-8")
    with prepared(course, lab, course.root, "", silent, kept) as found:
        assert isinstance(found, Bench)
        rows = list(found.rows())
        assert [row.case for row in rows] == CASES
        previous = found.workers.get(Role.PREVIOUS)
        assert found.compared == (previous is not None)
        return None if previous is None else previous.read_text(encoding="utf-8")


def test_the_first_run_is_compared_with_nothing(course: Course, lab: Lab, kept: Path) -> None:
    assert run(course, lab, kept, "A") is None


def test_a_changed_kernel_is_compared_with_the_last_run(
    course: Course, lab: Lab, kept: Path
) -> None:
    assert [run(course, lab, kept, source) for source in "ABC"] == [None, "A", "B"]


def test_an_unchanged_one_is_compared_with_the_last_that_was_different(
    course: Course, lab: Lab, kept: Path
) -> None:
    assert [run(course, lab, kept, source) for source in "AAABBBA"] == [
        *(None, None, None, "A", "A", "A"),
        "B",
    ]


def test_a_new_comment_is_no_change(course: Course, lab: Lab, kept: Path) -> None:
    sources = ["A", "B", "B// why", "B// why not"]
    assert [run(course, lab, kept, source) for source in sources] == [None, "A", "A", "A"]


def test_a_last_run_that_no_longer_compiles_is_passed_over(
    course: Course, lab: Lab, kept: Path
) -> None:
    runs = [SubmittedFiles({"kernels.cpp": source}) for source in (b"broken", b"A")]
    last_runs.write(kept, runs)
    assert run(course, lab, kept, "B") == "A"
    last_runs.write(kept, runs[:1])
    assert run(course, lab, kept, "B") is None
    assert run(course, lab, kept, "C") == "B"


def test_broken_memory_is_none(course: Course, lab: Lab, kept: Path) -> None:
    kept.parent.mkdir()
    kept.write_bytes(b"\xff")
    assert run(course, lab, kept, "A") is None
    assert run(course, lab, kept, "B") == "A"


def test_without_a_place_to_remember_nothing_is_compared(course: Course, lab: Lab) -> None:
    assert [run(course, lab, None, source) for source in "AB"] == [None, None]


def test_a_kernel_whose_last_run_failed_is_compared_in_no_further_case(
    course: Course, lab: Lab, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hang takes seconds, each time."""
    run(course, lab, kept, "A")
    beside: list[tuple[str, bool]] = []

    def time_case(rounds: Rounds, *_: object) -> Timing:
        compared = Role.PREVIOUS in rounds.workers
        beside.append((rounds.case, compared))
        works = compared and rounds.case.startswith("softmax")
        return timing(list(rounds.workers), ratio(1.1, 1.2, 1.3) if works else None)

    monkeypatch.setattr(bench, "time_case", time_case)
    run(course, lab, kept, "B")
    assert beside == [("relu/64", True), ("relu/512", False), ("softmax/64", True)]


def test_a_run_in_which_nothing_was_timed_is_not_remembered(
    course: Course, lab: Lab, kept: Path
) -> None:
    assert [run(course, lab, kept, source) for source in ("A", "crash", "B")] == [None, "A", "A"]


def test_a_run_is_remembered_from_its_first_row_on(course: Course, lab: Lab, kept: Path) -> None:
    """Somebody has seen enough, and presses Ctrl-C."""
    run(course, lab, kept, "A")
    (lab.directory / "kernels.cpp").write_text("B", encoding="utf-8")
    with prepared(course, lab, course.root, "", silent, kept) as found:
        assert isinstance(found, Bench)
        assert last_runs.read(kept, lab)[0].files["kernels.cpp"] == b"A"
        next(found.rows())
    assert last_runs.read(kept, lab)[0].files["kernels.cpp"] == b"B"


def test_a_row_is_there_before_the_next_case_is_timed(
    course: Course, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    timed: list[str] = []

    def time_case(rounds: Rounds, *_: object) -> Timing:
        timed.append(rounds.case)
        return timing(list(rounds.workers))

    monkeypatch.setattr(bench, "time_case", time_case)
    with prepared(course, lab, course.root, "", silent) as found:
        assert isinstance(found, Bench)
        for number, row in enumerate(found.rows()):
            assert (row.case, timed) == (CASES[number], CASES[: number + 1])


def test_many_cases_have_a_budget_each_and_a_few_share_a_larger_one(
    course: Course, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    budgets: list[object] = []

    def time_case(rounds: Rounds, *rest: object) -> Timing:
        budgets.append(rest[3])
        return timing(list(rounds.workers))

    monkeypatch.setattr(bench, "time_case", time_case)
    for cases in (["relu/64"], 20 * ["relu/64"]):
        monkeypatch.setattr(bench, "_cases", lambda *_, cases=cases: cases)
        with prepared(course, lab, course.root, "", silent) as found:
            assert isinstance(found, Bench)
            list(found.rows())
    assert budgets == [bench.FEW_S, *20 * [bench.BUDGET_S]]


# --- A row ----------------------------------------------------------------------------------------

GRADED = Measurement(
    kind=MeasurementKind.SPEEDUP, kernel="relu", case="relu/64", points=20, zero=1.5, full=6
)


def test_a_row_has_typical_times_rates_and_ratios() -> None:
    slow = replace(SAMPLE, cpu_ns=4e6)
    change = ratio(1.1, 1.2, 1.3)
    timed = timing(list(Role), change)
    timed = replace(timed, samples={**timed.samples, Role.BASELINE: [slow]})
    row = bench.row_of("relu/64", timed, 1, GRADED, False)
    assert (row.baseline_ns, row.yours_ns) == (4e6, 2e6)
    assert (row.gflops, row.gbs) == (2, 4)
    assert (row.speedup, row.change, row.graded) == (ratio(1.9, 2, 2.1), change, GRADED)
    assert (row.kernel, row.failure) == ("relu", "")


def test_wall_time_counts_for_threads() -> None:
    row = bench.row_of("relu/64", timing([Role.BASELINE, Role.SUBMISSION]), 4, None, False)
    assert row.yours_ns == 3e6


def test_a_kernel_that_only_moves_data_has_no_flops() -> None:
    moved = [replace(SAMPLE, flops=0)]
    samples = {Role.BASELINE: moved, Role.SUBMISSION: moved}
    row = bench.row_of("relu/64", replace(timing([]), samples=samples), 1, None, False)
    assert (row.gflops, row.gbs) == (None, 4)


def test_a_kernel_that_fails_has_a_short_reason_and_no_time() -> None:
    row = bench.row_of("relu/64", CRASHED, 1, None, False)
    assert row == Row("relu/64", failure="it crashed")


# --- Real kernels ---------------------------------------------------------------------------------


@pytest.fixture
def lab02(trusted: LabBuild, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Lab 02 itself, already built, with scratch files elsewhere and little time."""
    monkeypatch.setattr(bench, "prepare", lambda _course, _lab: trusted)
    monkeypatch.setattr(bench, "BUDGET_S", 0)
    monkeypatch.setattr(bench, "FEW_S", 0)
    return trusted.lab


def rows_of(
    course: Course, lab: Lab, directory: Path, cases: str, kept: Path | None = None
) -> list[Row]:
    with prepared(course, lab, directory, cases, silent, kept) as found:
        assert isinstance(found, Bench)
        return list(found.rows())


def solutions(lab: Lab) -> Path:
    assert lab.solution is not None
    return lab.solution.parent


def crashing(lab: Lab, folder: Path) -> Path:
    """A submission that is right, but for a crash at 64×64 and more."""
    source = (solutions(lab) / lab.name / "kernels.cpp").read_text(encoding="utf-8")
    head, body = source.split("void matmul_blocked(", 1)
    parameters, body = body.split("{", 1)
    crash = "if (c.rows >= 64) __builtin_trap();"
    path = folder / "crashing" / "labs" / lab.name / "kernels.cpp"
    path.parent.mkdir(parents=True)
    path.write_text(f"{head}void matmul_blocked({parameters}{{ {crash}\n{body}", encoding="utf-8")
    return folder / "crashing"


def test_a_submission_without_a_file_is_told(course: Course, lab02: Lab, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with prepared(course, lab02, tmp_path / "empty", "", silent) as found:
        assert isinstance(found, Cause)
        assert found.reason is Reason.MISSING_FILE


def test_an_unknown_case_lists_the_cases(course: Course, lab02: Lab) -> None:
    with pytest.raises(UsageError, match='contains "gelu"; there are: matmul_reordered/64, '):
        rows_of(course, lab02, solutions(lab02), "gelu")


def test_the_cases_that_were_chosen_are_timed(course: Course, lab02: Lab) -> None:
    (row,) = rows_of(course, lab02, solutions(lab02), "matmul_blocked/128")
    assert row.case == "matmul_blocked/128"
    assert row.yours_ns is not None
    assert row.yours_ns > 0
    assert row.speedup is not None
    assert row.speedup.rounds >= 2
    assert row.failure == ""


def test_a_case_for_memory_alone_is_not_timed(
    course: Course, lab02: Lab, trusted: LabBuild, monkeypatch: pytest.MonkeyPatch, kept: Path
) -> None:
    amount = GRADED.model_copy(
        update={
            "kind": MeasurementKind.MEMORY,
            "kernel": "transpose_blocked",
            "case": "transpose_blocked/256",
            "zero": 32,
            "full": 4,
        }
    )
    changed = replace(lab02)
    manifest = lab02.manifest.model_copy(update={"measurements": (amount,)})
    changed.__dict__["manifest"] = manifest
    monkeypatch.setattr(bench, "prepare", lambda _course, _lab: replace(trusted, lab=changed))
    (row,) = rows_of(course, changed, solutions(lab02), "transpose_blocked/256", kept)
    assert (row.speedup, row.failure) == (None, "")
    assert row.memory is not None
    assert (row.memory.status, row.memory.points) == ("pass", 20)
    assert not kept.exists()


def test_one_that_fails_is_told_and_then_not_compared_with(
    course: Course, lab02: Lab, tmp_path: Path, kept: Path
) -> None:
    failing = crashing(lab02, tmp_path)
    rows = rows_of(course, lab02, failing, "matmul_blocked/64", kept)
    assert [(row.baseline_ns, row.yours_ns) for row in rows] == len(rows) * [(None, None)]
    assert {row.failure for row in rows} == {"crashed with SIGILL"}
    taken = collect(failing, lab02)
    assert isinstance(taken, SubmittedFiles)
    last_runs.write(kept, [taken])
    row = rows_of(course, lab02, solutions(lab02), "matmul_blocked/64", kept)[0]
    assert (row.failure, row.change) == ("", None)
    assert row.yours_ns is not None
    row = rows_of(course, lab02, solutions(lab02), "transpose_blocked/256", kept)[0]
    assert row.change is not None


def test_a_baseline_that_fails_is_a_fault_of_the_course(
    course: Course,
    lab02: Lab,
    trusted: LabBuild,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = collect(crashing(lab02, tmp_path), lab02)
    assert isinstance(taken, SubmittedFiles)
    built = build_submission(trusted, taken, tmp_path)
    assert isinstance(built, Built)
    broken = replace(trusted, baseline=built.worker)
    monkeypatch.setattr(bench, "prepare", lambda _course, _lab: broken)
    with pytest.raises(SetupError, match=r"the baseline: .*crashed with SIGILL"):
        rows_of(course, lab02, solutions(lab02), "matmul_blocked/64")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Estimate(1.1, 0.95, 1.25, 7), True),
        (Estimate(1.1, 1.05, 1.15, 7), False),
        (Estimate(1.01, 0.95, 1.07, 7), False),
        (None, False),
    ],
)
def test_a_difference_that_may_be_one_is_measured_for_longer(
    change: Estimate | None, expected: bool
) -> None:
    timing = Timing({}, {}, 1.0, change=change)
    assert bench.unclear(timing) is expected
