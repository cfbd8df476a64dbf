"""`./lab test`: what a student reads after each edit."""

from pathlib import Path

import pytest

from rooflab.base.errors import UsageError
from rooflab.base.progress import silent
from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built
from rooflab.course.course import Course, Lab
from rooflab.measure.correctness import SuiteResult
from rooflab.report.model import Cause, Reason
from rooflab.student import test
from rooflab.student.test import as_text, run_tests

PASSED = SuiteResult(5, 0, None)
WRONG = SuiteResult(
    3,
    2,
    Cause(
        reason=Reason.WRONG_RESULT,
        rationale='c is wrong, in the test "strides"\ncall: a 1×1',
        help="debug exactly this call",
        expected="1",
        actual="nan",
    ),
)


@pytest.fixture
def lab(course: Course) -> Lab:
    return course.find("02")


def test_passes_are_counted_and_the_next_step_is_named(lab: Lab) -> None:
    shown = as_text(lab, test.Tested({"relu": PASSED, "softmax": PASSED}))
    assert shown == (
        "  ✓ relu     5 tests passed\n"
        "  ✓ softmax  5 tests passed\n"
        "\n"
        "next: ./lab bench 02, or ./lab grade 02\n"
    )


def test_failures_are_explained_and_the_next_step_is_named(lab: Lab) -> None:
    shown = as_text(lab, test.Tested({"relu": PASSED, "softmax": WRONG}))
    assert "  ✗ softmax  2 of 5 tests failed\n" in shown
    assert '    c is wrong, in the test "strides"\n    call: a 1×1\n    expected: 1\n' in shown
    assert "    actual: nan\n    try: debug exactly this call\n" in shown
    assert "next: fix softmax, then ./lab test 02 softmax\n" in shown
    assert "stuck? ./lab hint 02 softmax\n" in shown


UNUSED = "labs/02_blocking/kernels.cpp:3:5: warning: unused\n    3 | x: warning: y\n"


def test_warnings_are_counted_after_the_results(lab: Lab) -> None:
    tested = test.Tested({"relu": PASSED}, Built(Path(), UNUSED * 2))
    assert as_text(lab, tested) == (
        "  ✓ relu  5 tests passed\n"
        "\n"
        "2 warnings (./lab test 02 --warnings)\n"
        "\n"
        "next: ./lab bench 02, or ./lab grade 02\n"
    )


def test_warnings_are_shown_on_demand(lab: Lab) -> None:
    tested = test.Tested({"relu": PASSED}, Built(Path(), UNUSED))
    assert f"  ✓ relu  5 tests passed\n\n{UNUSED}1 warning\n\n" in as_text(lab, tested, True)
    none = test.Tested({"relu": PASSED}, Built(Path(), ""))
    assert "\n\nno warnings\n\n" in as_text(lab, none, True)
    assert "warning" not in as_text(lab, none)


def test_why_an_earlier_labs_kernels_are_the_baselines_is_told_once(lab: Lab) -> None:
    why = Cause(reason=Reason.REPLACED, rationale="lab 01: no", help="./lab test 01")
    other = Cause(reason=Reason.REPLACED, rationale="lab 02: no", help="./lab test 02")
    replaced = {"lab01::a": why, "lab01::b": why, "lab02::c": other}
    shown = as_text(lab, test.Tested({"relu": PASSED}, Built(Path(), "", replaced)))
    assert shown == (
        "  ✓ relu  5 tests passed\n"
        "\n"
        "! lab 01: no\n"
        "    ./lab test 01\n"
        "\n"
        "! lab 02: no\n"
        "    ./lab test 02\n"
        "\n"
        "next: ./lab bench 02, or ./lab grade 02\n"
    )


def test_where_it_fails_the_used_kernels_tests_are_named(uses_relu: Lab) -> None:
    wrong = as_text(uses_relu, test.Tested({"softmax": WRONG}))
    assert "it may use your kernels of lab 01: ./lab test 01 relu\n" in wrong
    assert "it may use" not in as_text(uses_relu, test.Tested({"softmax": PASSED}))


def test_a_failed_build_is_all_that_is_told(lab: Lab) -> None:
    cause = Cause(reason=Reason.BUILD_FAILED, rationale="does not compile:\nno", help="fix it")
    tested = test.Tested({}, failure=cause)
    assert not tested.passed
    assert as_text(lab, tested) == "does not compile:\nno\n\nnext: fix it\n"


def test_it_passes_only_when_every_kernel_does() -> None:
    assert test.Tested({"relu": PASSED}).passed
    assert not test.Tested({"relu": PASSED, "softmax": WRONG}).passed


def test_an_unknown_kernel_lists_the_kernels(course: Course, lab: Lab) -> None:
    with pytest.raises(UsageError, match='no kernel "gelu"; its kernels are: relu, softmax'):
        run_tests(course, lab, course.root, ["relu", "gelu"], silent)


@pytest.fixture
def lab02(course: Course, trusted: LabBuild, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Lab 02 itself, already built, with scratch files elsewhere."""
    monkeypatch.setattr(test, "prepare", lambda _course, _lab: trusted)
    return trusted.lab


def test_only_the_named_kernels_are_tested(course: Course, lab02: Lab) -> None:
    assert lab02.solution is not None
    tested = run_tests(course, lab02, lab02.solution.parent, ["choose_tile"], silent)
    assert list(tested.results) == ["choose_tile"]
    assert tested.passed


def broken(lab: Lab, folder: Path, source: str) -> Path:
    """A submission of which only that file is there."""
    path = folder / "broken" / "labs" / lab.name / "kernels.cpp"
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    return folder / "broken"


def test_what_does_not_compile_is_named_as_the_student_sees_it(
    course: Course, lab02: Lab, tmp_path: Path
) -> None:
    tested = run_tests(course, lab02, broken(lab02, tmp_path, "#include <x\nint"), [], silent)
    lines = as_text(lab02, tested).splitlines()
    assert lines[0] == "kernels.cpp does not compile:"
    assert lines[1].startswith("labs/02_blocking/kernels.cpp:1:")


def test_warnings_name_the_file_as_the_student_sees_it(
    course: Course, lab02: Lab, tmp_path: Path
) -> None:
    solution = lab02.root / "solutions" / lab02.name / "kernels.cpp"
    source = solution.read_text(encoding="utf-8") + "static int cut(long n) { return n; }\n"
    tested = run_tests(course, lab02, broken(lab02, tmp_path, source), ["choose_tile"], silent)
    last = len(source.splitlines())
    shown = as_text(lab02, tested, warnings=True)
    assert f"\nlabs/02_blocking/kernels.cpp:{last}:" in shown
    assert "\n2 warnings\n" in shown


def test_a_submission_without_a_file_is_told(course: Course, lab02: Lab, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    tested = run_tests(course, lab02, empty, [], silent)
    assert tested.failure is not None
    assert tested.failure.reason is Reason.MISSING_FILE
