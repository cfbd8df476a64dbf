"""Labs are found by whatever a user calls them."""

from pathlib import Path

import pytest
from manifests import MANIFEST, set_uses

from rooflab.base.errors import ManifestError, SetupError, UsageError
from rooflab.course.course import Course, Earlier


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


# --- Kernels of earlier labs ---------------------------------------------------------------------


@pytest.fixture
def three(tmp_path: Path) -> Course:
    """Labs 01 to 03; each has relu and softmax."""
    for name in ("01_baseline", "02_blocking", "03_simd"):
        (tmp_path / "labs" / name).mkdir(parents=True)
        manifest = MANIFEST.format(name=name)
        (tmp_path / "labs" / name / "lab.toml").write_text(manifest, encoding="utf-8")
    return Course(tmp_path)


def test_a_lab_uses_kernels_of_labs_before_it(three: Course) -> None:
    names = ("lab02::softmax", "lab01::relu", "lab02::relu")
    lab = set_uses(three.find("03"), *names)
    assert lab.manifest.uses == names
    assert lab.earlier == (
        Earlier(three.find("02"), ("softmax", "relu")),
        Earlier(three.find("01"), ("relu",)),
    )


def test_a_lab_that_says_nothing_uses_none(three: Course) -> None:
    assert three.find("03").earlier == ()


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("lab02::relu", "a lab uses kernels of labs before it; those are: lab01"),
        ("lab03::relu", "a lab uses kernels of labs before it; those are: lab01"),
        ("lab09::relu", "a lab uses kernels of labs before it; those are: lab01"),
        ("lab01::rel", 'lab 01 has no such kernel; did you mean "relu"?'),
        ("lab01::matmul", "lab 01 has no such kernel; there are: relu, softmax"),
    ],
)
def test_a_kernel_that_cannot_be_used_is_named(three: Course, name: str, complaint: str) -> None:
    lab = set_uses(three.find("02"), name)
    with pytest.raises(ManifestError) as caught:
        _ = lab.earlier
    assert f'labs/02_blocking/lab.toml:\n  uses: "{name}": {complaint}' in caught.value.message
    assert "./lab verify" in caught.value.help


def test_the_first_lab_has_none_before_it(three: Course) -> None:
    with pytest.raises(ManifestError, match="those are: none"):
        _ = set_uses(three.find("01"), "lab02::relu").earlier


def test_kernels_that_start_threads_are_not_for_labs_without(three: Course) -> None:
    path = three.find("01").directory / "lab.toml"
    text = path.read_text(encoding="utf-8").replace("threads = 1", "threads = 2")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match="kernels of lab 01 may start threads"):
        _ = set_uses(three.find("02"), "lab01::relu").earlier


def test_what_uses_others_is_not_used_itself(three: Course) -> None:
    set_uses(three.find("02"), "lab01::relu")
    with pytest.raises(ManifestError, match="lab 02 uses other labs' kernels itself"):
        _ = set_uses(three.find("03"), "lab02::relu").earlier
