"""What a grade says of kernels with threads, from the submission to the report."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course
from rooflab.course.manifest import MeasurementKind
from rooflab.course.submission import UNKNOWN
from rooflab.grading.grade import Grader, grade_lab
from rooflab.grading.measurement import measure, unfit_for_threads
from rooflab.measure import machine, races
from rooflab.measure.machine import Peaks
from rooflab.report.model import Cause, Check, CheckStatus, Reason, Report, Status, Tier

RACE = """
namespace lab02 {
static int calls = 0;
void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  std::thread other([] { ++calls; });
  ++calls;
  solved(a, b, c);
  other.join();
}
}  // namespace lab02
"""


def grade(threaded: LabBuild, tier: Tier, code: str, work: Path) -> Report:
    """Of matmul_blocked, and nothing that takes time."""
    assert threaded.lab.solution is not None
    solution = (threaded.lab.solution / "kernels.cpp").read_text(encoding="utf-8")
    if code:
        renamed = f"#define matmul_blocked solved\n{solution}\n#undef matmul_blocked\n"
        solution = f"#include <thread>\n{renamed}{code}"
    folder = work / "submission" / threaded.lab.name
    folder.mkdir(parents=True)
    (folder / "kernels.cpp").write_text(solution, encoding="utf-8")
    kernel = threaded.lab.manifest.kernel("matmul_blocked")
    lab = replace(threaded.lab)
    changed = {"kernels": (kernel,), "measurements": ()}
    lab.__dict__["manifest"] = threaded.lab.manifest.model_copy(update=changed)
    measured = machine.measure(threaded.machine, threaded.probe, threaded.counters)
    course = Course(lab.root)
    grader = Grader(course, tier, measured, {}, lambda _: None)
    return grade_lab(grader, replace(threaded, lab=lab), folder.parent, UNKNOWN)


def races_of(report: Report) -> Check:
    return next(check for check in report.checks if check.id == "matmul_blocked.races")


def test_a_kernel_without_races_passes(threaded: LabBuild, tmp_path: Path) -> None:
    report = grade(threaded, Tier.LOCAL, "", tmp_path)
    assert (races_of(report).status, races_of(report).points) == (CheckStatus.PASS, 1)


def test_a_race_fails_its_check_though_all_results_are_right(
    threaded: LabBuild, tmp_path: Path
) -> None:
    report = grade(threaded, Tier.LOCAL, RACE, tmp_path)
    assert [c.status for c in report.checks if c.kind == "correctness"] == [CheckStatus.PASS] * 2
    check = races_of(report)
    assert check.cause is not None
    assert (check.status, check.cause.reason) == (CheckStatus.FAIL, Reason.DATA_RACE)
    assert check.cause.rationale.count("kernels.cpp:") == 2


@pytest.mark.parametrize(
    ("tier", "status"), [(Tier.LOCAL, Status.GRADED), (Tier.OFFICIAL, Status.INCONCLUSIVE)]
)
def test_races_are_unmeasured_where_nothing_can_find_them(
    threaded: LabBuild,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tier: Tier,
    status: Status,
) -> None:
    monkeypatch.setattr(races, "unusable", lambda *_: "no ThreadSanitizer here")
    report = grade(threaded, tier, RACE, tmp_path)
    assert report.status is status
    check = races_of(report)
    assert check.cause is not None
    assert (check.points, check.cause.reason) == (None, Reason.NO_TOOL)


@pytest.mark.parametrize(("together", "fit"), [((150,), False), ((150, 190), True), ((190,), True)])
def test_peaks_that_leave_little_to_gain_are_measured_once_more(
    threaded: LabBuild, monkeypatch: pytest.MonkeyPatch, together: tuple[float, ...], fit: bool
) -> None:
    """A neighbour may have come for a moment; a core that is shared stays so."""
    left = list(together)

    def measured(_: Path, threads: int) -> Peaks:
        return Peaks(100, left.pop(0) if len(left) > 1 else left[0], threads)

    monkeypatch.setattr(machine, "_peaks", measured)
    monkeypatch.setattr(machine, "peaks", cache(machine.peaks.__wrapped__))
    monkeypatch.setattr(machine, "processors", lambda: 2)
    timed = threaded.lab.manifest.measurements[0]
    of_threads = {"kind": MeasurementKind.EFFICIENCY, "zero": 0.6, "full": 0.75}
    cause = unfit_for_threads(threaded, timed.model_copy(update=of_threads))
    assert (cause is None) == fit
    assert unfit_for_threads(threaded, timed) is None, "a speedup is not over peaks"


def test_efficiency_on_a_shared_core_is_unmeasured(
    threaded: LabBuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "peaks", cache(lambda _, threads: Peaks(100, 110, threads)))
    monkeypatch.setattr(machine, "processors", lambda: 2)
    timed = threaded.lab.manifest.measurements[0]
    of_threads = {"kind": MeasurementKind.EFFICIENCY, "zero": 0.6, "full": 0.75}
    found = measure(
        threaded, threaded.baseline, timed.model_copy(update=of_threads), tmp_path, budget_s=1
    )
    assert isinstance(found, Cause)
    assert found.reason is Reason.ONE_PROCESSOR
