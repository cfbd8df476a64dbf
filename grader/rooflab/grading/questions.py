"""Questions that students answer in answers.toml: who is right on this machine, and the words why.

What a student's own session measures decides, never what the course's authors saw elsewhere. And
noise costs nobody a point: near the ridge of the roof either answer is right, and a prediction may
be near to any part of the measured interval.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from rooflab.course import answers
from rooflab.course.answers import Answers
from rooflab.course.course import Lab
from rooflab.course.manifest import (
    ANSWERS,
    BottleneckQuestion,
    Manifest,
    PredictionQuestion,
    Question,
)
from rooflab.measure.estimates import Estimate
from rooflab.measure.machine import Measured
from rooflab.report.model import Cause, Check, CheckKind, CheckStatus, Data, Reason

NEAR_RIDGE = 1.3  # times as intense as the ridge, or so many times less: peak and bandwidth vary
MEMORY, COMPUTE = "memory", "compute"
HELP = {
    CheckKind.SPEEDUP: "where does the time go, and what does each part gain? (Amdahl's law)",
    CheckKind.CACHE_MISSES: "which lines of the cache does each loop touch, and how often?",
}
EARNED = (CheckStatus.PASS, CheckStatus.PARTIAL)


def graded(
    lab: Lab,
    handed_in: bytes | Cause | None,
    machine: Measured,
    checks: Mapping[str, Check],
    estimates: Mapping[str, Estimate],
) -> list[Check]:
    """A check for the file, if anything is asked, and one for each question. `checks` and
    `estimates` are those of the lab's measurements, by id."""
    if not lab.manifest.questions:
        return []
    read = answers.read(handed_in, lab)
    if isinstance(read, Cause):
        skipped = [_check(q, CheckStatus.SKIPPED, 0) for q in lab.manifest.questions]
        return [_file(CheckStatus.FAIL, read), *skipped]
    found = [_file(CheckStatus.PASS, data=_unknown(read))]
    for question in lab.manifest.questions:
        answer = read.given.get(question.name)
        if answers.is_empty(answer):
            found.append(_check(question, CheckStatus.FAIL, 0, _unanswered(lab, read)))
        elif isinstance(question, BottleneckQuestion):
            found.append(bottleneck(question, answer, machine))
        else:
            check = checks[question.measurement]
            found.append(prediction(question, answer, check, estimates.get(check.id)))
    return found


def not_graded(manifest: Manifest) -> list[Check]:
    """The checks of a submission that could not be built."""
    if not manifest.questions:
        return []
    skipped = [_check(question, CheckStatus.SKIPPED, 0) for question in manifest.questions]
    return [_file(CheckStatus.SKIPPED), *skipped]


def bottleneck(question: BottleneckQuestion, answer: object, machine: Measured) -> Check:
    """Right is the side of the ridge that the work is on, and near the ridge either."""
    word = answers.word(answer, (MEMORY, COMPUTE))
    if word is None:
        return _check(question, CheckStatus.FAIL, 0, _neither_word(answer))
    right = right_words(question, machine)
    if not right:
        why = "neither answer can be checked: the roof of this machine could not be measured"
        return _nothing_to_compare(question, CheckStatus.UNMEASURED, why, "./lab doctor")
    peak, bandwidth = machine.peak_gflops, machine.bandwidth_gbs
    data: Data = {
        "answer": word,
        "intensity": question.intensity,
        "ridge": peak / bandwidth,
        "attainable_gflops": min(peak, question.intensity * bandwidth),
        "peak_gflops": peak,
        "bandwidth_gbs": bandwidth,
    }
    if word in right:
        return _check(question, CheckStatus.PASS, question.points, data=data)
    cause = Cause(
        reason=Reason.WRONG_ANSWER,
        rationale=_on_the_roof(question, peak, bandwidth),
        help="count the flops and the bytes, and compare flops / bytes with peak / bandwidth; "
        "./lab doctor measures both",
        expected=MEMORY if word == COMPUTE else COMPUTE,
        actual=word,
    )
    return _check(question, CheckStatus.FAIL, 0, cause, data)


def right_words(question: BottleneckQuestion, machine: Measured) -> set[str]:
    """None where the machine's roof could not be measured."""
    peak, bandwidth = machine.peak_gflops, machine.bandwidth_gbs
    if not (0 < peak < math.inf and 0 < bandwidth < math.inf):
        return set()
    over = question.intensity * bandwidth / peak
    limits = {MEMORY: over <= NEAR_RIDGE, COMPUTE: over >= 1 / NEAR_RIDGE}
    return {word for word, right in limits.items() if right}


def _on_the_roof(question: BottleneckQuestion, peak: float, bandwidth: float) -> str:
    ridge, intensity = peak / bandwidth, question.intensity
    work = (
        f"{question.flops:,.0f} flop over {question.bytes:,.0f} bytes: "
        f"{intensity:.3g} flop per byte"
    )
    roof = (
        f"one core of this machine reaches {peak:.3g} GFLOP/s and {bandwidth:.3g} GB/s: "
        f"its ridge is at {ridge:.3g} flop per byte"
    )
    if intensity < ridge:
        limit = (
            f"left of the ridge: memory allows {intensity:.3g} · {bandwidth:.3g} = "
            f"{intensity * bandwidth:.3g} GFLOP/s at most"
        )
    else:
        limit = (
            f"right of the ridge: memory would allow {intensity * bandwidth:.3g} GFLOP/s, "
            f"arithmetic {peak:.3g}"
        )
    return f"{work}\n{roof}\n{limit}"


def prediction(
    question: PredictionQuestion, answer: object, check: Check, estimate: Estimate | None
) -> Check:
    """Right when any part of what was measured is near to it. A kernel that is wrong or gains
    nothing leaves nothing to predict: else "no gain" would earn points."""
    predicted = answers.positive(answer)
    if predicted is None:
        return _check(question, CheckStatus.FAIL, 0, _no_number(answer))
    if check.status is CheckStatus.UNMEASURED:
        why = f"{check.title} could not be measured here, so there is nothing to compare with"
        return _nothing_to_compare(question, CheckStatus.UNMEASURED, why)
    if check.status not in EARNED or estimate is None:
        why = (
            f"{check.title} earns nothing yet: a prediction counts once there is a gain to predict"
        )
        return _nothing_to_compare(question, CheckStatus.SKIPPED, why)
    within = question.within
    data: Data = {
        "answer": predicted,
        "measured": estimate.value,
        "ci_low": estimate.low,
        "ci_high": estimate.high,
        "within": within,
    }
    if estimate.low / within <= predicted <= estimate.high * within:
        return _check(question, CheckStatus.PASS, question.points, data=data)
    cause = Cause(
        reason=Reason.WRONG_ANSWER,
        rationale=f"{check.title}: {_figure(estimate)}, {_compared(estimate.value, predicted)}; "
        f"right is up to {within:g} times more or less",
        help=HELP.get(check.kind, "what does a call do, and what of it is left to gain?"),
        expected=f"{estimate.low / within:.3g} to {estimate.high * within:.3g}",
        actual=answers.shown(answer),
    )
    return _check(question, CheckStatus.FAIL, 0, cause, data)


def _figure(estimate: Estimate) -> str:
    exact = estimate.low == estimate.high
    interval = "" if exact else f" ({estimate.low:.3g}–{estimate.high:.3g})"
    return f"{estimate.value:.3g}×{interval}"


def _compared(measured: float, predicted: float) -> str:
    if measured > predicted:
        return f"{measured / predicted:.3g} times what you predicted"
    return f"you predicted {predicted / measured:.3g} times as much"


def _unanswered(lab: Lab, read: Answers) -> Cause:
    """The same for all of them, so that it is said once."""
    unknown = f" (no question is called {answers.named(read.unknown)})" if read.unknown else ""
    return Cause(
        reason=Reason.UNANSWERED,
        rationale=f"not answered yet{unknown}",
        help=f"write your answer into labs/{lab.name}/{ANSWERS}",
    )


def _neither_word(answer: object) -> Cause:
    return Cause(
        reason=Reason.INVALID_ANSWER,
        rationale=f"the answer is {answers.shown(answer)}, which is neither of the two words",
        help=f'answer "{MEMORY}" or "{COMPUTE}"',
    )


def _no_number(answer: object) -> Cause:
    return Cause(
        reason=Reason.INVALID_ANSWER,
        rationale=f"the answer is {answers.shown(answer)}, which is no number above 0",
        help="answer with a number alone, such as 2.5: no quotes, no unit",
    )


def _nothing_to_compare(question: Question, status: CheckStatus, why: str, help: str = "") -> Check:
    cause = Cause(reason=Reason.NO_MEASUREMENT, rationale=why, help=help)
    return _check(question, status, None if status is CheckStatus.UNMEASURED else 0, cause)


def _unknown(read: Answers) -> Data:
    """A misspelled name costs nothing by itself."""
    return {"unknown": answers.named(read.unknown)} if read.unknown else {}


def _file(status: CheckStatus, cause: Cause | None = None, data: Data | None = None) -> Check:
    return Check(
        id="answers",
        kind=CheckKind.ANSWER,
        title=f"{ANSWERS} can be read",
        status=status,
        points=0,
        max_points=0,
        cause=cause,
        data=data or {},
    )


def _check(
    question: Question,
    status: CheckStatus,
    points: float | None,
    cause: Cause | None = None,
    data: Data | None = None,
) -> Check:
    return Check(
        id=f"answers.{question.name}",
        kind=CheckKind.ANSWER,
        title=f"answer: {question.title}",
        status=status,
        points=points,
        max_points=question.points,
        cause=cause,
        data=data or {},
    )
