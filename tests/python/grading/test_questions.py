"""Questions are judged by what this session measured, and a wrong answer is explained."""

import math
from dataclasses import replace

import pytest
from example_questions import (
    MANIFEST,
    MEASURED,
    PRODUCT,
    SAXPY,
    SPEEDUP,
    STUB,
    lab_with_questions,
)

from rooflab.course.course import Lab
from rooflab.course.manifest import BottleneckQuestion
from rooflab.grading import checks, questions
from rooflab.measure.estimates import Estimate
from rooflab.measure.machine import Counters, Measured
from rooflab.report.model import Cause, Check, CheckKind, CheckStatus, Reason

# Its ridge is at 10 flop per byte.
MACHINE = Measured(
    peak_gflops=100, bandwidth_gbs=10, sandbox={"tier": "complete"}, counters=Counters((), "", "")
)
TIMED = Check(
    id="softmax.speedup",
    kind=CheckKind.SPEEDUP,
    title="softmax: speedup at 512",
    status=CheckStatus.PARTIAL,
    points=30,
    max_points=60,
)
RIGHT = b'saxpy = "memory"\nproduct = "compute"\nspeedup = 4\n'


@pytest.fixture
def lab() -> Lab:
    return lab_with_questions()


def graded(lab: Lab, answers: bytes | Cause | None, timed: Check = TIMED) -> list[Check]:
    """Where the speedup is 4.0, from 3.8 to 4.2."""
    estimates = {MEASURED.id: Estimate(4.0, 3.8, 4.2, 9)}
    return questions.graded(lab, answers, MACHINE, {timed.id: timed}, estimates)


def points(found: list[Check]) -> dict[str, float | None]:
    return {check.id: check.points for check in found}


def why(check: Check) -> Cause:
    assert check.cause is not None
    return check.cause


def test_right_answers_earn_all_points(lab: Lab) -> None:
    found = graded(lab, RIGHT)
    assert points(found) == {
        "answers": 0,
        "answers.saxpy": 2,
        "answers.product": 3,
        "answers.speedup": 5,
    }
    assert {check.status for check in found} == {CheckStatus.PASS}
    assert {check.kind for check in found} == {CheckKind.ANSWER}
    assert found[1].title == "answer: saxpy of 4 Mi elements in fp32"


def test_a_lab_without_questions_has_no_such_checks() -> None:
    silent = MANIFEST.model_copy(update={"questions": ()})
    assert graded(lab_with_questions(manifest=silent), RIGHT) == []
    assert questions.not_graded(silent) == []


@pytest.mark.parametrize("content", [STUB.encode(), b"", None])
def test_the_stub_earns_nothing_and_says_so_once(lab: Lab, content: bytes | None) -> None:
    file, *asked = graded(lab, content)
    assert file.status is CheckStatus.PASS
    assert [(check.status, check.points) for check in asked] == [(CheckStatus.FAIL, 0)] * 3
    (cause,) = {check.cause for check in asked}
    assert cause is not None
    assert (cause.reason, cause.rationale) == (Reason.UNANSWERED, "not answered yet")
    assert cause.help == "write your answer into labs/06_profiling/answers.toml"
    assert all(check.data == {} for check in asked)  # the figures would tell the answer


def test_one_answer_does_not_need_the_others(lab: Lab) -> None:
    found = points(graded(lab, b'product = "compute"\n'))
    assert found == {
        "answers": 0,
        "answers.saxpy": 0,
        "answers.product": 3,
        "answers.speedup": 0,
    }


def test_a_field_that_no_question_has_costs_nothing_and_is_named(lab: Lab) -> None:
    found = graded(lab, RIGHT + b"extra = 1\n")
    assert sum(check.points or 0 for check in found) == 10
    assert found[0].data == {"unknown": "extra"}
    _, saxpy, *_ = graded(lab, b'saxpi = "memory"\n')
    assert why(saxpy).rationale == "not answered yet (no question is called saxpi)"


@pytest.mark.parametrize(
    "handed_in",
    [b"saxpy = memory\n", Cause(reason=Reason.MISSING_FILE, rationale="is not there")],
)
def test_a_file_that_cannot_be_read_is_explained_once(lab: Lab, handed_in: bytes | Cause) -> None:
    file, *asked = graded(lab, handed_in)
    assert (file.status, file.points) == (CheckStatus.FAIL, 0)
    assert file.cause is not None
    assert {(check.status, check.points, check.cause) for check in asked} == {
        (CheckStatus.SKIPPED, 0, None)
    }


def test_every_outcome_has_the_same_checks(lab: Lab) -> None:
    def identities(found: list[Check]) -> list[tuple[str, str, float]]:
        return [(check.id, check.title, check.max_points) for check in found]

    wanted = identities(graded(lab, RIGHT))
    assert identities(graded(lab, b"=")) == wanted
    assert identities(graded(lab, None)) == wanted
    assert identities(questions.not_graded(lab.manifest)) == wanted
    cause = Cause(reason=Reason.BUILD_FAILED, rationale="no")
    not_built = checks.not_built(lab.manifest, cause)
    assert identities(not_built)[-4:] == wanted
    assert sum(check.max_points for check in not_built) == 100
    assert sum(check.points or 0 for check in not_built) == 0


# --- Memory or compute ----------------------------------------------------------------------------


def test_a_wrong_word_is_explained_by_the_roof() -> None:
    check = questions.bottleneck(SAXPY, "compute", MACHINE)
    assert (check.status, check.points) == (CheckStatus.FAIL, 0)
    cause = why(check)
    assert cause.reason is Reason.WRONG_ANSWER
    assert cause.rationale == (
        "8,388,608 flop over 50,331,648 bytes: 0.167 flop per byte\n"
        "one core of this machine reaches 100 GFLOP/s and 10 GB/s: its ridge is at 10 flop per "
        "byte\n"
        "left of the ridge: memory allows 0.167 · 10 = 1.67 GFLOP/s at most"
    )
    assert (cause.expected, cause.actual) == ("memory", "compute")
    assert check.data["attainable_gflops"] == pytest.approx(10 / 6)


def test_right_of_the_ridge_arithmetic_is_the_limit() -> None:
    check = questions.bottleneck(PRODUCT, "memory", MACHINE)
    assert why(check).rationale.splitlines()[-1] == (
        "right of the ridge: memory would allow 853 GFLOP/s, arithmetic 100"
    )
    assert check.data["attainable_gflops"] == 100


def of_intensity(flop_per_byte: float) -> BottleneckQuestion:
    return SAXPY.model_copy(update={"flops": flop_per_byte * 1000, "bytes": 1000})


@pytest.mark.parametrize(
    ("over_the_ridge", "right"),
    [
        (0.1, {"memory"}),
        (0.76, {"memory"}),
        (0.78, {"memory", "compute"}),
        (1.0, {"memory", "compute"}),
        (1.29, {"memory", "compute"}),
        (1.31, {"compute"}),
        (50, {"compute"}),
    ],
)
def test_near_the_ridge_either_word_is_right(over_the_ridge: float, right: set[str]) -> None:
    question = of_intensity(10 * over_the_ridge)
    assert questions.right_words(question, MACHINE) == right
    for word in ("memory", "compute"):
        check = questions.bottleneck(question, word, MACHINE)
        assert check.points == (2 if word in right else 0)


def test_the_machine_of_the_session_decides() -> None:
    question = of_intensity(4)
    assert questions.right_words(question, MACHINE) == {"memory"}
    assert questions.right_words(question, replace(MACHINE, bandwidth_gbs=50)) == {"compute"}


@pytest.mark.parametrize("value", ["memory bound", "cpu", 1, True, math.nan, [], {"a": 1}])
def test_what_is_neither_word_is_told_the_words(value: object) -> None:
    check = questions.bottleneck(SAXPY, value, MACHINE)
    assert (check.status, check.points) == (CheckStatus.FAIL, 0)
    assert why(check).reason is Reason.INVALID_ANSWER
    assert why(check).help == 'answer "memory" or "compute"'


@pytest.mark.parametrize("unmeasured", [0.0, math.nan, math.inf])
def test_without_a_roof_nobody_is_right_or_wrong(unmeasured: float) -> None:
    for machine in (
        replace(MACHINE, peak_gflops=unmeasured),
        replace(MACHINE, bandwidth_gbs=unmeasured),
    ):
        check = questions.bottleneck(SAXPY, "memory", machine)
        assert (check.status, check.points) == (CheckStatus.UNMEASURED, None)
        assert why(check).reason is Reason.NO_MEASUREMENT


# --- A prediction ---------------------------------------------------------------------------------

MEASURED_4 = Estimate(4.0, 3.8, 4.2, 9)


@pytest.mark.parametrize(
    ("predicted", "right"),
    [(3.03, False), (3.05, True), (4, True), (5.2, True), (5.3, False), (1e300, False)],
)
def test_a_prediction_is_right_near_any_part_of_the_interval(predicted: float, right: bool) -> None:
    check = questions.prediction(SPEEDUP, predicted, TIMED, MEASURED_4)
    assert (check.status, check.points) == (
        (CheckStatus.PASS, 5) if right else (CheckStatus.FAIL, 0)
    )


def test_how_near_the_manifest_says() -> None:
    wide = SPEEDUP.model_copy(update={"within": 2})
    assert questions.prediction(wide, 8.3, TIMED, MEASURED_4).points == 5
    assert questions.prediction(wide, 8.5, TIMED, MEASURED_4).points == 0


@pytest.mark.parametrize(
    ("predicted", "words"),
    [(9, "you predicted 2.25 times as much"), (2, "2 times what you predicted")],
)
def test_a_wrong_prediction_is_told_what_was_measured(predicted: float, words: str) -> None:
    cause = why(questions.prediction(SPEEDUP, predicted, TIMED, MEASURED_4))
    assert cause.reason is Reason.WRONG_ANSWER
    assert cause.rationale == (
        f"softmax: speedup at 512: 4× (3.8–4.2), {words}; right is up to 1.25 times more or less"
    )
    assert (cause.expected, cause.actual) == ("3.04 to 5.25", f"{predicted}")


def test_a_count_has_no_interval_and_other_advice() -> None:
    counted = TIMED.model_copy(update={"kind": CheckKind.CACHE_MISSES})
    cause = why(questions.prediction(SPEEDUP, 9, counted, Estimate.exact(4)))
    assert "at 512: 4×, you" in cause.rationale
    assert cause.help == "which lines of the cache does each loop touch, and how often?"


@pytest.mark.parametrize("value", ["4", "four", -4, math.nan, math.inf, True, [4], 1 << 5000])
def test_what_is_no_number_above_0_is_told_so(value: object) -> None:
    check = questions.prediction(SPEEDUP, value, TIMED, MEASURED_4)
    assert (check.status, check.points) == (CheckStatus.FAIL, 0)
    assert why(check).reason is Reason.INVALID_ANSWER
    assert why(check).help.startswith("answer with a number alone")


def timed(status: CheckStatus, earned: float | None) -> Check:
    return TIMED.model_copy(update={"status": status, "points": earned})


def test_a_prediction_of_what_nobody_could_measure_is_unmeasured() -> None:
    check = questions.prediction(SPEEDUP, 4, timed(CheckStatus.UNMEASURED, None), MEASURED_4)
    assert (check.status, check.points) == (CheckStatus.UNMEASURED, None)
    assert why(check).reason is Reason.NO_MEASUREMENT


@pytest.mark.parametrize("status", [CheckStatus.SKIPPED, CheckStatus.FAIL])
@pytest.mark.parametrize("estimate", [None, Estimate.exact(1.0)])
def test_a_kernel_that_gains_nothing_leaves_nothing_to_predict(
    status: CheckStatus, estimate: Estimate | None
) -> None:
    """Who hands the baseline in and predicts 1 would earn these points by doing nothing."""
    check = questions.prediction(SPEEDUP, 1, timed(status, 0), estimate)
    assert (check.status, check.points) == (CheckStatus.SKIPPED, 0)
    assert why(check).reason is Reason.NO_MEASUREMENT
    assert "earns nothing yet" in why(check).rationale
