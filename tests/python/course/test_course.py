"""Labs are found by whatever a user calls them."""

from pathlib import Path

import pytest

from rooflab.base.errors import SetupError, UsageError
from rooflab.course.course import Course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    for name in ("10_last", "02_blocking", "01_baseline"):
        (tmp_path / "labs" / name).mkdir(parents=True)
        (tmp_path / "labs" / name / "lab.toml").touch()
    (tmp_path / "labs" / "03_unfinished").mkdir()
    (tmp_path / "labs" / "include").mkdir()
    (tmp_path / "labs" / "include" / "lab.toml").touch()
    return Course(tmp_path)


def test_labs_are_the_numbered_folders_with_a_manifest_in_order(course: Course) -> None:
    assert [lab.name for lab in course.labs] == ["01_baseline", "02_blocking", "10_last"]


@pytest.mark.parametrize("text", ["02", "2", "blocking", "02_blocking", "labs/02_blocking/"])
def test_a_lab_is_found_by_each_of_its_names(course: Course, text: str) -> None:
    assert course.find(text).name == "02_blocking"


def test_a_lab_knows_its_number_and_topic(course: Course) -> None:
    lab = course.find("10")
    assert (lab.number, lab.topic) == (10, "last")


@pytest.mark.parametrize("text", ["3", "", "../labs", "unfinished", "002"])
def test_an_unknown_lab_lists_the_labs(course: Course, text: str) -> None:
    with pytest.raises(UsageError, match="01_baseline, 02_blocking, 10_last"):
        course.find(text)


def test_a_near_miss_is_suggested(course: Course) -> None:
    with pytest.raises(UsageError) as caught:
        course.find("bloking")
    assert caught.value.help == "name one of them, for example 02"


def test_a_students_copy_has_no_solutions_and_no_hidden_tests(course: Course) -> None:
    lab = course.find("02")
    assert (course.solutions, course.hidden, lab.solution, lab.hidden) == (None,) * 4


def test_an_instructors_copy_has_both(course: Course) -> None:
    (course.root / "solutions" / "02_blocking").mkdir(parents=True)
    (course.root / "grader" / "hidden" / "02_blocking").mkdir(parents=True)
    lab = course.find("02")
    assert lab.solution == course.root / "solutions" / "02_blocking"
    assert lab.hidden == course.root / "grader" / "hidden" / "02_blocking"


def test_the_course_is_where_the_environment_says(course: Course) -> None:
    assert Course.discover({"ROOFLAB_ROOT": str(course.root)}).root == course.root


def test_without_the_environment_it_is_around_the_package() -> None:
    assert Course.discover({}).root == Path(__file__).parents[3]


def test_a_folder_without_labs_is_no_course(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no course here"):
        Course.discover({"ROOFLAB_ROOT": str(tmp_path)})
