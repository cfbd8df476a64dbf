"""How verify holds a lab's questions to it: the file that students get, and wrong answers."""

from dataclasses import replace
from pathlib import Path

import pytest
from example_questions import MANIFEST, PRODUCT, SAXPY, SPEEDUP, STUB, lab_with_questions
from example_reports import FASTER, MISSES, report

from rooflab.authoring import verify
from rooflab.authoring.questions import wrong_answers, wrongly_asked
from rooflab.course.course import Lab
from rooflab.grading import questions
from rooflab.measure.estimates import Estimate
from rooflab.measure.machine import Counters, Measured
from rooflab.report.model import Check, CheckStatus, Report

MACHINE = Measured(
    peak_gflops=100, bandwidth_gbs=10, sandbox={"tier": "complete"}, counters=Counters((), "", "")
)
TIMED = FASTER.model_copy(update={"id": SPEEDUP.measurement})


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    found = lab_with_questions(tmp_path)
    found.directory.mkdir(parents=True)
    return found


def complaints(lab: Lab, text: str) -> list[str]:
    (lab.directory / "answers.toml").write_text(text, encoding="utf-8")
    return list(wrongly_asked(lab))


def test_the_stub_asks_each_question_and_answers_none(lab: Lab) -> None:
    assert complaints(lab, STUB) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('saxpy = ""', 'saxpy = "memory"'), "saxpy: is answered"),
        (("speedup = 0.0", "speedup = 4.0"), "speedup: is answered"),
        (('product = ""', ""), "product: has no field"),
        (('product = ""', 'product = ""\nproducts = ""'), "products: is no question"),
        (("4 Mi", "4 Ki"), 'saxpy: no comment says "saxpy of 4 Mi elements in fp32"'),
        (
            ('saxpy = ""', "saxpy ="),
            "answers.toml is not TOML: Invalid value (at line 2, column 8)",
        ),
    ],
)
def test_another_file_is_found(lab: Lab, change: tuple[str, str], complaint: str) -> None:
    assert change[0] in STUB
    assert complaints(lab, STUB.replace(*change)) == [complaint]


def test_a_missing_file_is_found(lab: Lab) -> None:
    assert list(wrongly_asked(lab)) == ["answers.toml cannot be read: No such file or directory"]


def graded(answered: float = 4.0, low: float = 3.8) -> Report:
    """The solution's report."""
    estimate = Estimate(4.0, low, 4.2, 9)
    return report(TIMED, questions.prediction(SPEEDUP, answered, TIMED, estimate))


def test_the_opposite_word_is_tried() -> None:
    for question, wrong in ((SAXPY, "compute"), (PRODUCT, "memory")):
        (check,) = wrong_answers(question, report(), MACHINE)
        assert (check.data["answer"], check.points) == (wrong, 0)


def test_near_the_ridge_no_word_is_wrong() -> None:
    near = replace(MACHINE, peak_gflops=100 / 60)
    assert wrong_answers(SAXPY, report(), near) == []
    assert wrong_answers(SAXPY, report(), replace(MACHINE, peak_gflops=0)) == []


def test_numbers_just_too_far_are_tried() -> None:
    tried = wrong_answers(SPEEDUP, graded(), MACHINE)
    assert [check.data["answer"] for check in tried] == [
        pytest.approx(3.8 / 1.25, rel=0.02),
        pytest.approx(4.2 * 1.25, rel=0.02),
    ]
    assert [check.points for check in tried] == [0, 0]
    assert [check.status for check in tried] == [CheckStatus.FAIL] * 2


def findings(found: Report) -> list[tuple[bool, bool]]:
    lab = lab_with_questions()
    return [
        (finding.ok, bool(finding.unmeasured))
        for finding in verify._wrong_answers_earn_nothing(lab, found, MACHINE)
    ]


def test_each_question_has_its_finding() -> None:
    assert findings(graded()) == [(True, False)] * 3


def test_a_prediction_that_was_not_measured_is_neither_right_nor_wrong() -> None:
    unmeasured = TIMED.model_copy(update={"status": CheckStatus.UNMEASURED, "points": None})
    asked = questions.prediction(SPEEDUP, 4, unmeasured, None)
    assert findings(report(unmeasured, asked))[2] == (True, True)


def test_a_wrong_answer_that_earns_points_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    paid = TIMED.model_copy(update={"points": 2, "data": {"answer": "compute"}})
    monkeypatch.setattr(questions, "bottleneck", lambda *_: paid)
    finding, *_ = verify._wrong_answers_earn_nothing(lab_with_questions(), graded(), MACHINE)
    assert finding.why == "compute: 2 points"


def solved(*checks: Check) -> str:
    """What verify says against the solution's report."""
    lab = lab_with_questions(manifest=MANIFEST)
    return verify._solution(lab, report(*checks)).why


def test_the_solutions_answers_must_be_right_on_this_machine() -> None:
    """It is graded as any student is."""
    assert solved(MISSES, questions.bottleneck(SAXPY, "memory", MACHINE)) == ""
    why = solved(MISSES, questions.prediction(SPEEDUP, 9, TIMED, Estimate.exact(4)))
    assert why.startswith("answers.speedup: 0.0 of 5.0: ")
    assert "you predicted 2.25 times as much" in why


def test_the_baseline_is_handed_in_with_the_stubs_answers(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (lab.directory / "baseline.cpp").write_text("// baseline\n", encoding="utf-8")
    (lab.directory / "answers.toml").write_text(STUB, encoding="utf-8")
    handed_in: list[Path] = []
    monkeypatch.setattr(verify, "_graded", lambda _grader, folder: handed_in.append(folder))
    verify._graded_baseline(None, lab, tmp_path)  # type: ignore[arg-type]
    (folder,) = handed_in
    found = {path.name: path.read_text() for path in (folder / lab.name).iterdir()}
    assert found == {"kernels.cpp": "// baseline\n", "answers.toml": STUB}


def test_a_baseline_that_earns_points_for_answers_is_found() -> None:
    paid = questions.bottleneck(SAXPY, "memory", MACHINE)
    found = report(MISSES.model_copy(update={"points": 0}), paid)
    assert (
        "answers.saxpy: 2.0 points"
        in verify._baseline_earns_little(lab_with_questions(), found).why
    )
