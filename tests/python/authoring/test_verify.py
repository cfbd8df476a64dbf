"""How verify holds stages and the baseline to what they should earn."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_reports import BUILT, CORRECT, FASTER, WRONG, report

from rooflab.authoring import verify
from rooflab.authoring.verify import Finding
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course, Lab
from rooflab.course.stages import Stage
from rooflab.measure.estimates import Estimate
from rooflab.report.model import Cause, CheckStatus, Reason, Status


@pytest.fixture
def real() -> Lab:
    return Course(Path(__file__).resolve().parents[3]).find("02")


@pytest.mark.parametrize(("speedup", "ok"), [(1.2, False), (2.0, True), (3.3, False)])
def test_a_stage_outside_its_range_is_found(
    real: Lab, trusted: LabBuild, monkeypatch: pytest.MonkeyPatch, speedup: float, ok: bool
) -> None:
    (measurement,) = (m for m in real.manifest.measurements if m.kernel == "transpose_blocked")
    stage = Stage("transpose_blocked", "tiles", {measurement.id: (2, 7)}, Path("one.cpp"))
    monkeypatch.setattr(verify, "measure", lambda *_: Estimate.exact(speedup))
    finding = verify._earns(trusted, Path("worker"), measurement, stage, Path())
    assert finding.ok is ok
    assert "2.00×" in finding.what if ok else f"{speedup:.2f}×" in finding.why


@pytest.mark.parametrize(
    ("low", "high", "ok", "tries"),
    [
        (0.95, 1.02, True, 1),  # the upper end is worth half a point, the rest of it nothing
        (0.95, 1.60, False, 3),  # too wide to tell: longer each time, and then not called right
        (1.05, 1.10, False, 3),  # narrow, and every part of it is worth something, each time
    ],
)
def test_noise_alone_does_not_make_a_stage_wrong(
    real: Lab,
    trusted: LabBuild,
    monkeypatch: pytest.MonkeyPatch,
    low: float,
    high: float,
    ok: bool,
    tries: int,
) -> None:
    measurement = next(m for m in real.manifest.measurements if m.kernel == "transpose_blocked")
    zero, budgets = measurement.zero, []

    def noisy(*arguments: object) -> Estimate:
        budgets.append(arguments[-1])
        return Estimate(low * zero, low * zero, high * zero, 9)

    monkeypatch.setattr(verify, "measure", noisy)
    stage = Stage("transpose_blocked", "copies", {measurement.id: (0, 0)}, Path("one.cpp"))
    assert verify._earns(trusted, Path("worker"), measurement, stage, Path()).ok is ok
    assert budgets == list(verify.TIMING_BUDGETS_S[:tries])


def test_what_failed_comes_last() -> None:
    failed, passed = Finding("02_blocking", "is right", "it is not"), Finding("02_blocking", "is")
    lines = verify.as_text([failed, passed, passed]).splitlines()
    assert lines[-3:] == [
        "✗ 02_blocking: is right",
        "    it is not",
        "verify: 2 passed, 1 failed",
    ]


def test_what_a_busy_machine_cannot_measure_of_threads_is_neither_right_nor_wrong(
    real: Lab, trusted: LabBuild, monkeypatch: pytest.MonkeyPatch
) -> None:
    measurement = next(m for m in real.manifest.measurements if m.kernel == "transpose_blocked")
    noise = Cause(reason=Reason.NOISY, rationale="threads had to wait")
    monkeypatch.setattr(verify, "measure", lambda *_: noise)
    stage = Stage("transpose_blocked", "copies", {measurement.id: (0, 0)}, Path("one.cpp"))
    finding = verify._earns(trusted, Path("worker"), measurement, stage, Path())
    assert (finding.ok, finding.unmeasured) == (True, "threads had to wait")
    assert verify.as_text([finding]).splitlines()[1:] == [
        "    threads had to wait",
        "verify: 0 passed, 0 failed, 1 could not be measured here",
    ]


@pytest.mark.parametrize(("threads", "ok"), [(1, False), (2, True)])
def test_noise_makes_a_grade_unmeasured_where_there_are_threads(
    real: Lab, threads: int, ok: bool
) -> None:
    """A kernel with one thread can be measured on a busy machine, too."""
    lab = Lab(real.root, real.name)
    lab.__dict__["manifest"] = real.manifest.model_copy(update={"threads": threads})
    noise = Cause(reason=Reason.NOISY, rationale="threads had to wait")
    check = FASTER.model_copy(
        update={"status": CheckStatus.UNMEASURED, "points": None, "cause": noise}
    )
    graded = report(BUILT, check).model_copy(
        update={"score": None, "status": Status.INCONCLUSIVE, "reason": "noise"}
    )
    finding = verify._baseline_earns_little(lab, graded)
    assert (finding.ok, bool(finding.unmeasured)) == (ok, ok)


@pytest.mark.parametrize(("score", "ok"), [(15.0, True), (15.1, False)])
def test_a_baseline_that_earns_more_than_a_little_is_found(
    real: Lab, score: float, ok: bool
) -> None:
    graded = report(BUILT).model_copy(update={"score": score})
    assert verify._baseline_earns_little(real, graded).ok is ok


def test_a_baseline_that_earns_points_for_speed_is_found(real: Lab) -> None:
    graded = report(FASTER).model_copy(update={"score": 9.0})
    finding = verify._baseline_earns_little(real, graded)
    assert f"{FASTER.id}: {FASTER.points} points" in finding.why


def test_a_baseline_that_fails_tests_of_what_is_timed_is_found(
    trusted: LabBuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "cases_of", lambda *_: ["relu/1", "matmul_blocked/64x400x400"])
    checks = [
        CORRECT.model_copy(update={"id": "relu.correctness"}),
        CORRECT.model_copy(update={"id": "relu.hidden_correctness"}),
        WRONG.model_copy(update={"id": "matmul_blocked.hidden_correctness"}),
        WRONG.model_copy(update={"id": "choose_tile.correctness"}),  # is not timed
    ]
    finding = verify._graded_baseline_is_right(trusted, report(*checks), tmp_path)
    assert WRONG.cause is not None
    assert finding.why == (
        "matmul_blocked.correctness: not tested\n"
        f"matmul_blocked.hidden_correctness: {WRONG.cause.rationale}"
    )
