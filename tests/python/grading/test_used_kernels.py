"""A lab that uses kernels of an earlier one, really graded: each is the student's own if it is
right, and the baseline's if not, and the report says whose."""

from collections.abc import Callable
from pathlib import Path

import pytest
import two_labs
from two_labs import FIRST, SECOND, first, second

from rooflab import cli
from rooflab.authoring import verify
from rooflab.base.progress import silent
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course
from rooflab.grading import earlier, grade
from rooflab.measure import correctness
from rooflab.measure.correctness import KernelResult, SuiteResult
from rooflab.report.model import Cause, Check, CheckKind, CheckStatus, Reason, Report, Tier

RIGHT = first(7, 70)
# A relay() that is right with those kernels only: whose were used shows in its tests.
ONLY = "std::int64_t relay() {{ return lab01::origin() + lab01::pair() == {} ? 1 : -1; }}\n"
NEVER_ENDS = RIGHT.replace("{ return 7; }", "{ volatile bool on = true; while (on) {} return 7; }")
PLACE = "the baseline's is used in its place"
YOURS = "the baseline's kernels are used in place of yours"


@pytest.fixture
def course(using: LabBuild) -> Course:
    return Course(using.lab.root)


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """A submission: both labs, right."""
    two_labs.put(tmp_path / "labs", FIRST, RIGHT)
    two_labs.put(tmp_path / "labs", SECOND, second())
    return tmp_path


@pytest.fixture
def tested(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which kernels were tested."""
    found: list[str] = []
    run_kernel = correctness.run_kernel

    def noted(trusted: LabBuild, worker: Path, kernel: str, *more: object) -> KernelResult:
        found.append(f"{trusted.lab.namespace}::{kernel}")
        return run_kernel(trusted, worker, kernel, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(correctness, "run_kernel", noted)
    return found


def graded(course: Course, submission: Path, *labs: str) -> Report:
    """The report on the last of those labs."""
    chosen = [course.find(lab) for lab in labs or ("02",)]
    return grade.open_grader(course, chosen, Tier.LOCAL).grade(submission)[-1]


def uses(report: Report) -> list[Check]:
    return [check for check in report.checks if check.kind is CheckKind.USES]


def whose(report: Report) -> list[object]:
    return [check.data["from"] for check in uses(report)]


def reasons(report: Report) -> set[tuple[str, str]]:
    """Why kernels were replaced, and what to do about it."""
    causes = [check.cause for check in uses(report) if check.cause]
    assert {cause.reason for cause in causes} <= {Reason.REPLACED}
    return {(cause.rationale, cause.help) for cause in causes}


# --- Whose kernels -------------------------------------------------------------------------------


def test_right_kernels_are_the_students_own(
    course: Course, handed_in: Path, tested: list[str]
) -> None:
    two_labs.put(handed_in / "labs", SECOND, second(ONLY.format(77)))
    report = graded(course, handed_in)
    assert report.score == 100
    assert whose(report) == ["submission", "submission"]
    assert [(check.id, check.status) for check in uses(report)] == [
        ("lab01::origin.used", CheckStatus.PASS),
        ("lab01::pair.used", CheckStatus.PASS),
    ]
    assert tested == ["lab01::origin", "lab01::pair", "lab02::relay"]


@pytest.mark.parametrize(
    ("own", "value", "used", "why"),
    [
        (
            first(-7, 70),
            71,
            ["baseline", "submission"],
            {(f"lab01::origin fails lab 01's public tests: {PLACE}", "./lab test 01 origin")},
        ),
        (
            first(7, 700),
            17,
            ["submission", "baseline"],
            {(f"lab01::pair fails lab 01's hidden tests: {PLACE}", "./lab grade 01")},
        ),
        (
            "#error no",
            11,
            ["baseline", "baseline"],
            {(f"lab 01: kernels.cpp does not compile; {YOURS}", "./lab test 01")},
        ),
        (
            RIGHT.replace("unused()", "misnamed()"),
            11,
            ["baseline", "baseline"],
            {
                (
                    f"lab 01: it compiles, but does not define lab01::unused; {YOURS}",
                    "./lab test 01",
                )
            },
        ),
        (
            None,
            11,
            ["baseline", "baseline"],
            {
                (
                    f"lab 01: the submission has no file labs/{FIRST}/kernels.cpp; {YOURS}",
                    "./lab test 01",
                )
            },
        ),
    ],
)
@pytest.mark.parametrize("labs", [("02",), ("01", "02")])
def test_others_are_the_baselines_and_the_report_says_why(
    course: Course,
    handed_in: Path,
    labs: tuple[str, ...],
    own: str | None,
    value: int,
    used: list[str],
    why: set[tuple[str, str]],
) -> None:
    """However that is known: from tests of their own, or from the report on their lab."""
    file = handed_in / "labs" / FIRST / "kernels.cpp"
    file.unlink() if own is None else file.write_text(own, encoding="utf-8")
    two_labs.put(handed_in / "labs", SECOND, second(ONLY.format(value)))
    report = graded(course, handed_in, *labs)
    assert report.score == 100
    assert whose(report) == used
    assert reasons(report) == why


def test_a_lab_that_is_graded_too_is_not_tested_twice(
    course: Course, handed_in: Path, tested: list[str]
) -> None:
    graded(course, handed_in, "01", "02")
    assert tested == ["lab01::origin", "lab01::pair", "lab01::unused", "lab02::relay"]


def test_a_lab_that_could_not_be_graded_is_tested(
    course: Course, handed_in: Path, tested: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    grade_lab = grade.grade_lab

    def broken(grader: grade.Grader, trusted: LabBuild, *more: object) -> Report:
        if trusted.lab.id == "01":
            raise OSError("broken")
        return grade_lab(grader, trusted, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(grade, "grade_lab", broken)
    assert whose(graded(course, handed_in, "01", "02")) == ["submission", "submission"]
    assert tested == ["lab01::origin", "lab01::pair", "lab02::relay"]


def test_a_submission_that_does_not_compile_says_nothing_of_others(
    course: Course, handed_in: Path
) -> None:
    two_labs.put(handed_in / "labs", SECOND, "#error no")
    report = graded(course, handed_in)
    assert report.score == 0
    assert uses(report) == []


# --- Patience ------------------------------------------------------------------------------------


def test_a_kernel_that_never_ends_is_the_baselines(
    course: Course, handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is tested after it has no more time than is left."""
    monkeypatch.setattr(earlier, "BUDGET_S", 2.0)
    two_labs.put(handed_in / "labs", FIRST, NEVER_ENDS)
    report = graded(course, handed_in)
    assert report.score == 100
    assert whose(report)[0] == "baseline"


def test_without_time_left_nothing_more_is_built(
    course: Course, handed_in: Path, tested: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier, "BUDGET_S", 0.0)
    report = graded(course, handed_in)
    assert whose(report) == ["baseline", "baseline"]
    assert tested == ["lab02::relay"]


# --- Commands ------------------------------------------------------------------------------------


@pytest.fixture
def typed(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    monkeypatch.setenv("ROOFLAB_ROOT", str(course.root))

    def run(*arguments: str) -> str:
        assert cli.main(list(arguments)) == 0
        return capsys.readouterr().out

    return run


def test_all_labs_of_a_repository_are_graded(typed: Callable[..., str], handed_in: Path) -> None:
    shown = typed("grade", "--all", "--submission", str(handed_in))
    assert "✓  lab01::origin: yours is used\n" in shown
    assert "200 of 200" in shown


def test_the_edit_loop_takes_them_as_they_are(typed: Callable[..., str], handed_in: Path) -> None:
    two_labs.put(handed_in / "labs", FIRST, first(-7, 70))
    two_labs.put(handed_in / "labs", SECOND, second(ONLY.format(63)))
    assert "✓ relay  1 tests passed\n" in typed("test", "02", "--submission", str(handed_in))


def test_the_edit_loop_goes_on_without_those_that_do_not_compile(
    typed: Callable[..., str], handed_in: Path
) -> None:
    two_labs.put(handed_in / "labs", FIRST, "#error no")
    two_labs.put(handed_in / "labs", SECOND, second(ONLY.format(11)))
    shown = typed("test", "02", "--submission", str(handed_in))
    assert "✓ relay  1 tests passed\n" in shown
    assert f"! lab 01: kernels.cpp does not compile; {YOURS}\n    ./lab test 01\n" in shown


# --- The course proves itself --------------------------------------------------------------------


def verified(course: Course) -> dict[str, str]:
    """Each finding of `./lab verify 02 --quick`, and what is wrong."""
    found = verify.verify(course, [course.find("02")], silent, timed=False)
    return {finding.what: finding.why for finding in found}


def test_mutants_are_linked_with_the_solutions_kernels(course: Course) -> None:
    found = verified(course)
    assert found["relay, mutant less: correctness wrong_result"] == ""
    assert found["lab01::origin, which it uses, is right in its baseline"] == ""
    assert found["lab01::pair, which it uses, is right in its baseline"] == ""


def test_a_baseline_that_is_wrong_is_found(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a kernel that is not timed, it would take no one else's place."""
    run_kernel = correctness.run_kernel

    def wrong(trusted: LabBuild, worker: Path, kernel: str, *more: object) -> KernelResult:
        if (worker, kernel) == (trusted.baseline, "pair"):
            cause = Cause(reason=Reason.WRONG_RESULT, rationale="pair is wrong")
            return KernelResult(SuiteResult(0, 1, cause), None)
        return run_kernel(trusted, worker, kernel, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(correctness, "run_kernel", wrong)
    found = verified(course)
    assert found["lab01::pair, which it uses, is right in its baseline"] == "pair is wrong"


def test_a_solution_that_is_not_right_itself_does_not_pass_for_one(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert course.solutions is not None
    file = course.solutions / FIRST / "kernels.cpp"
    right = file.read_text(encoding="utf-8")
    grader = grade.open_grader(course, [course.find("02")], Tier.LOCAL)

    def why_not() -> str:
        lab, solutions = course.find("02"), course.solutions
        assert solutions is not None
        return verify._solution(lab, verify._graded(grader, solutions)).why

    assert why_not() == ""
    try:
        file.write_text(first(2, 700), encoding="utf-8")
        why = why_not()
    finally:
        file.write_text(right, encoding="utf-8")
    assert why.startswith("lab01::pair.used: 0.0 of 0.0: lab01::pair fails lab 01's hidden tests")
