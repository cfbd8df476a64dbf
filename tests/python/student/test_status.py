"""`./lab` alone shows where the student stands and the next step."""

import os
from pathlib import Path

import pytest
from example_reports import (
    ANSWERED,
    BUILT,
    CORRECT,
    FASTER,
    MISSES,
    UNMEASURED,
    WRONG,
    inconclusive,
    report,
)
from manifests import set_uses

from rooflab.course.course import Course, Lab
from rooflab.report.model import Check, CheckStatus, Report
from rooflab.student.status import Standing, next_command, overview, standing


def grade(lab: Lab, result: Report, age: float = 0) -> None:
    lab.last_report.parent.mkdir(parents=True, exist_ok=True)
    lab.last_report.write_text(result.to_json(), encoding="utf-8")
    edited = (lab.directory / "kernels.cpp").stat().st_mtime
    os.utime(lab.last_report, (edited + 10 - age, edited + 10 - age))


def next_after(course: Course, result: Report, age: float = 0) -> str:
    lab = course.find("02")
    grade(lab, result, age)
    return next_command(standing(lab))


def test_at_first_the_way_into_the_first_lab_is_shown(course: Course) -> None:
    shown = overview(course)
    assert "  01  baseline  not graded yet\n" in shown
    assert "edit: labs/01_baseline/kernels.cpp\nnext: ./lab test 01 relu\n" in shown


def test_a_handout_is_named_where_there_is_one(course: Course) -> None:
    handout = course.labs[0].handout
    handout.parent.mkdir()
    handout.touch()
    assert "read: handouts/01_baseline.md\n" in overview(course)


FAILED_BUILD = BUILT.model_copy(update={"status": CheckStatus.FAIL})


@pytest.mark.parametrize(
    ("checks", "command"),
    [
        ((BUILT, CORRECT, WRONG, FASTER), "./lab test 02"),
        ((FAILED_BUILD,), "./lab test 02"),
        ((BUILT, CORRECT, FASTER), "./lab bench 02"),
        ((BUILT, CORRECT, FASTER, ANSWERED), "./lab bench 02"),
        ((BUILT, CORRECT, ANSWERED), "./lab grade 02"),
    ],
)
def test_the_next_step_is_correctness_then_speed(
    course: Course, checks: tuple[Check, ...], command: str
) -> None:
    assert next_after(course, report(*checks)) == command


def test_where_only_answers_are_missing_their_file_is_named(course: Course) -> None:
    grade(course.labs[0], report(BUILT, CORRECT, ANSWERED))
    shown = overview(course)
    assert "edit: labs/01_baseline/answers.toml\nnext: ./lab grade 01\n" in shown


def test_a_session_without_a_grade_is_repeated(course: Course) -> None:
    assert next_after(course, inconclusive()) == "./lab grade 02"


def test_a_change_after_the_grade_asks_for_a_new_one(course: Course) -> None:
    assert next_after(course, report(CORRECT), age=20) == "./lab grade 02"
    assert "4 of 100, before your last change" in overview(course)


def test_a_finished_lab_leads_to_the_next_one(course: Course) -> None:
    grade(course.labs[0], report(CORRECT, MISSES, UNMEASURED))
    shown = overview(course)
    assert "  01  baseline  19 of 88 that can be measured here; 12 more in hidden tests\n" in shown
    assert "next: ./lab test 02 relu\n" in shown


def test_when_all_is_done_it_says_so(course: Course) -> None:
    for lab in course.labs:
        grade(lab, report(CORRECT))
    assert "Every lab has all the points" in overview(course)


@pytest.mark.parametrize("content", [b"", b"{", b'{"schema": "other"}', b"\xff"])
def test_a_broken_report_counts_as_none(course: Course, content: bytes) -> None:
    lab = course.labs[0]
    lab.last_report.parent.mkdir(parents=True)
    lab.last_report.write_bytes(content)
    assert standing(lab).report is None


def test_a_broken_manifest_does_not_hide_the_overview(course: Course) -> None:
    (course.labs[0].directory / "lab.toml").write_text("title =", encoding="utf-8")
    assert "edit: labs/01_baseline\nnext: ./lab test 01\n" in overview(Course(course.root))


def test_the_courses_own_labs_begin_with_their_smallest_kernel() -> None:
    labs = Course(Path(__file__).resolve().parents[3]).labs
    first = [next_command(Standing(lab, None)) for lab in labs]
    assert first == [
        "./lab test 01 relu",
        "./lab test 02 choose_tile",
        "./lab test 03 lanes",
        "./lab test 04 thread_pool",
        "./lab test 05 choose_params",
        "./lab test 06 summarize",
    ]


def test_a_change_of_a_lab_that_it_uses_asks_for_a_new_grade(
    course: Course, uses_relu: Lab
) -> None:
    grade(uses_relu, report(CORRECT))
    assert standing(uses_relu).changed is False
    late = uses_relu.last_report.stat().st_mtime + 10
    os.utime(course.find("01").directory / "kernels.cpp", (late, late))
    assert standing(uses_relu).changed


def test_a_lab_that_uses_what_is_not_there_does_not_hide_the_overview(course: Course) -> None:
    lab = set_uses(course.find("02"), "lab01::gelu")
    grade(lab, report(CORRECT))
    assert not standing(lab).changed
