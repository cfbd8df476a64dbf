"""What `./lab verify` tries of a lab's questions: the file that students get, and wrong answers."""

from __future__ import annotations

from collections.abc import Iterator

from rooflab.course import answers
from rooflab.course.course import Lab
from rooflab.course.manifest import ANSWERS, BottleneckQuestion, PredictionQuestion, Question
from rooflab.grading import questions
from rooflab.measure.estimates import Estimate
from rooflab.measure.machine import Measured
from rooflab.report.model import Cause, Check, Report
from rooflab.report.wording import number


def wrongly_asked(lab: Lab) -> Iterator[str]:
    """How the answers.toml that students get differs from the manifest's questions."""
    try:
        content = (lab.directory / ANSWERS).read_bytes()
    except OSError as error:
        yield f"{ANSWERS} cannot be read: {error.strerror}"
        return
    read = answers.read(content, lab)
    if isinstance(read, Cause):
        yield read.rationale
        return
    lines = (line.removeprefix("#") for line in content.decode("utf-8-sig").splitlines())
    text = " ".join(" ".join(lines).split())
    for question in lab.manifest.questions:
        if question.name not in read.given:
            yield f"{question.name}: has no field"
        elif not answers.is_empty(read.given[question.name]):
            yield f"{question.name}: is answered"
        if question.title not in text:
            yield f'{question.name}: no comment says "{question.title}"'
    yield from (f"{name}: is no question" for name in read.unknown)


def wrong_answers(question: Question, report: Report, machine: Measured) -> list[Check]:
    """What other answers than the solution's earn, beside what was measured for its report. None
    where there is no wrong one: near the ridge, and where nothing was measured."""
    if isinstance(question, BottleneckQuestion):
        right = questions.right_words(question, machine)
        wrong = {questions.MEMORY, questions.COMPUTE} - right if right else ()
        return [questions.bottleneck(question, word, machine) for word in sorted(wrong)]
    return _wrong_numbers(question, {check.id: check for check in report.checks})


def _wrong_numbers(question: PredictionQuestion, checks: dict[str, Check]) -> list[Check]:
    """Just too little and just too much."""
    answered = checks[f"answers.{question.name}"]
    value, low, high = (number(answered, key) for key in ("measured", "ci_low", "ci_high"))
    if value is None or low is None or high is None:
        return []
    measured, estimate = checks[question.measurement], Estimate(value, low, high, 0)
    far = 1.01 * question.within
    return [questions.prediction(question, x, measured, estimate) for x in (low / far, high * far)]
