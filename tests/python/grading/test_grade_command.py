"""`./lab grade` and its siblings: arguments, exit statuses and the files that are written."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from example_reports import report

from rooflab import cli
from rooflab.authoring import verify
from rooflab.authoring.verify import Finding
from rooflab.base.errors import SetupError
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course
from rooflab.course.submission import Submission
from rooflab.grading import grade
from rooflab.grading.grade import Grader
from rooflab.measure import machine
from rooflab.measure.correctness import SuiteResult
from rooflab.measure.machine import Counters, Measured
from rooflab.report.formats import FORMATS
from rooflab.report.formats.shared import Format
from rooflab.report.model import Cause, Reason, Report, Tier
from rooflab.student import test

GRADE_LAB = grade.grade_lab
COMPLETE = Measured(10, 10, {"tier": "complete"}, Counters((), "none", ""))
CHECK_FIELDS = {
    *("id", "kind", "title", "status", "points", "max_points", "visibility", "cause", "data"),
    "location",
}
REPORT_FIELDS = {
    *("schema", "lab", "title", "tier", "status", "score", "max_score"),
    *("student", "commit", "submitted_at", "graded_at", "rooflab_version", "seed_commitment"),
    *("machine", "reason", "checks"),
}


@pytest.fixture(autouse=True)
def graded(
    course: Course, trusted: LabBuild, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, Path, Tier]]:
    """What was graded; each lab gets an example report."""
    calls: list[tuple[str, Path, Tier]] = []

    def grade_lab(
        grader: Grader, build: LabBuild, directory: Path, _who: Submission, _reports: object
    ) -> Report:
        calls.append((build.lab.name, directory, grader.tier))
        return report(lab=build.lab.name)

    monkeypatch.setattr(grade, "prepare", lambda _course, lab: replace(trusted, lab=lab))
    monkeypatch.setattr(machine, "measure", lambda *_: COMPLETE)
    monkeypatch.setattr(grade, "grade_lab", grade_lab)
    monkeypatch.setenv("ROOFLAB_ROOT", str(course.root))
    return calls


def broken_for(monkeypatch: pytest.MonkeyPatch, error: Exception, *labs: str) -> None:
    """Grading those labs fails."""
    grade_lab = grade.grade_lab

    def broken(
        grader: Grader, build: LabBuild, directory: Path, who: Submission, reports: list[Report]
    ) -> Report:
        if build.lab.name in labs:
            raise error
        return grade_lab(grader, build, directory, who, reports)

    monkeypatch.setattr(grade, "grade_lab", broken)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["grade"], "name one lab, or say --all"),
        (["grade", "02", "--all"], "name one lab, or say --all"),
        (["grade", "nine"], 'there is no lab "nine"'),
        (["grade", "02", "--tier", "gold"], 'there is no tier "gold"'),
        (["grade", "02", "--submission", "/no/such/folder"], "/no/such/folder cannot be opened"),
        (["grade", "02", "--jsn", "x"], "No such option"),
        (["grade", "02", "--format", "yaml=x"], "the formats are: json, html, markdown, github"),
        (["grade", "02", "--format", "junit"], '"junit" is no format and file'),
        (["grade", "02", "--format", "junit="], '"junit=" is no format and file'),
        (["test", "nine"], 'there is no lab "nine"'),
        (["test", "02", "gelu"], 'lab 02 has no kernel "gelu"'),
        (["test", "02", "--submission", "/no/such/folder"], "cannot be opened"),
        (["bench", "nine"], 'there is no lab "nine"'),
        (["bench", "02", "--submission", "/etc/passwd"], "cannot be opened as a folder"),
        (["verify", "nine"], 'there is no lab "nine"'),
    ],
)
def test_wrong_usage_says_what_to_type(
    capsys: pytest.CaptureFixture[str],
    graded: list[tuple[str, Path, Tier]],
    arguments: list[str],
    message: str,
) -> None:
    assert cli.main(arguments) == 2
    shown = capsys.readouterr()
    assert message in shown.err
    assert "\nnext: " in shown.err
    assert shown.out == ""
    assert graded == []


def test_a_lab_is_graded_where_the_student_works(
    course: Course, graded: list[tuple[str, Path, Tier]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["grade", "blocking"]) == 0
    assert graded == [("02_blocking", course.root, Tier.LOCAL)]
    assert "matmul_blocked: hidden tests" in capsys.readouterr().out
    assert course.find("02").last_report.is_file()


def test_a_submission_is_graded_where_it_lies_and_not_remembered(
    course: Course, graded: list[tuple[str, Path, Tier]], tmp_path: Path
) -> None:
    command = ["grade", "--all", "--submission", str(tmp_path), "--tier", "ci"]
    assert cli.main(command) == 0
    assert graded == [(lab.name, tmp_path, Tier.CI) for lab in course.labs]
    assert not course.find("02").last_report.exists()


PARTIAL = replace(COMPLETE, sandbox={"tier": "partial"})


@pytest.mark.parametrize(
    ("lacking", "measured", "wanting"),
    [
        ({"hidden_tests": None}, COMPLETE, "the hidden tests (grader/hidden)"),
        ({"reference": None}, COMPLETE, "the reference solution (solutions)"),
        ({}, PARTIAL, "the complete sandbox (./lab doctor shows its parts)"),
        (
            {"hidden_tests": None, "reference": None},
            PARTIAL,
            "the hidden tests (grader/hidden), the reference solution (solutions), "
            "the complete sandbox (./lab doctor shows its parts)",
        ),
    ],
)
def test_the_official_tier_is_not_given_where_something_lacks(
    course: Course,
    trusted: LabBuild,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lacking: dict[str, Any],
    measured: Measured,
    wanting: str,
) -> None:
    monkeypatch.setattr(grade, "grade_lab", GRADE_LAB)
    monkeypatch.setattr(grade, "prepare", lambda _course, _lab: replace(trusted, **lacking))
    monkeypatch.setattr(machine, "measure", lambda *_: measured)
    assert cli.main(["grade", "02", "--tier", "official"]) == 3
    shown = capsys.readouterr()
    assert f"error: no official grade here: it needs {wanting}\n" in shown.err
    assert "next: grade with --tier local or --tier ci\n" in shown.err
    assert shown.out == ""
    assert not course.find("02").last_report.exists()


def test_one_lab_writes_its_report_alone(tmp_path: Path) -> None:
    assert cli.main(["grade", "02", "--json", str(tmp_path / "new" / "r.json")]) == 0
    document = json.loads((tmp_path / "new" / "r.json").read_text(encoding="utf-8"))
    assert document["schema"] == "rooflab/report/v1"
    assert document["lab"] == "02_blocking"
    assert document.keys() == REPORT_FIELDS
    assert all(check.keys() == CHECK_FIELDS for check in document["checks"])


def test_all_labs_write_one_collection(course: Course, tmp_path: Path) -> None:
    assert cli.main(["grade", "--all", "--json", str(tmp_path / "r.json")]) == 0
    document = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert document.keys() == {"schema", "labs"}
    assert document["schema"] == "rooflab/reports/v1"
    assert [lab["lab"] for lab in document["labs"]] == [lab.name for lab in course.labs]
    assert all(lab["schema"] == "rooflab/report/v1" for lab in document["labs"])


def test_a_web_page_is_written(tmp_path: Path) -> None:
    assert cli.main(["grade", "--all", "--html", str(tmp_path / "r.html")]) == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.count("Cache blocking") >= 2


@pytest.mark.parametrize("option", ["--json", "--html"])
def test_a_file_that_cannot_be_written_costs_the_file_and_not_the_grade(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    (tmp_path / "folder" / "in the way").mkdir(parents=True)
    assert cli.main(["grade", "02", option, str(tmp_path / "folder")]) == 3
    shown = capsys.readouterr()
    assert "folder cannot be written" in shown.err
    assert "matmul_blocked: hidden tests" in shown.out
    assert list(tmp_path.glob("*folder*")) == [tmp_path / "folder"]


def options(*outputs: str) -> list[str]:
    return [part for output in outputs for part in ("--format", output)]


def test_any_number_of_formats_is_written_at_once(tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in FORMATS}
    asked = options(*(f"{name}={file}" for name, file in files.items()))
    assert cli.main(["grade", "02", *asked, "--json", str(tmp_path / "r.json")]) == 0
    assert all(file.stat().st_size for file in files.values())
    assert files["json"].read_bytes() == (tmp_path / "r.json").read_bytes()


def test_a_format_gets_what_a_service_says_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIGNMENT", "blocking")
    assert cli.main(["grade", "02", *options(f"classroom50={tmp_path / 'result.json'}")]) == 0
    written = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert written["assignment"] == "blocking"


def test_a_format_for_standard_output_is_the_last_that_is_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["grade", "02", *options("autolab=/dev/stdout")]) == 0
    *report, last = capsys.readouterr().out.splitlines()
    assert json.loads(last) == {"scores": {"02_blocking": 26.5}}
    assert any("matmul_blocked: hidden tests" in line for line in report)


@pytest.mark.parametrize("broken", ["a folder in the way", "a defect"])
def test_a_file_that_cannot_be_written_costs_neither_the_grade_nor_the_others(
    course: Course,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    broken: str,
) -> None:
    bad, good = tmp_path / "bad", tmp_path / "good"
    if broken == "a defect":
        monkeypatch.setitem(cast("dict[str, Format]", FORMATS), "csv", lambda *_: 1 / 0)
    else:
        (bad / "in the way").mkdir(parents=True)
    asked = options(f"csv={bad}", f"junit={good}", "autolab=/dev/stdout")
    assert cli.main(["grade", "02", *asked]) == 3
    shown = capsys.readouterr()
    assert "error: " in shown.err
    assert "matmul_blocked: hidden tests" in shown.out
    assert shown.out.endswith('{"scores": {"02_blocking": 26.5}}\n')
    assert good.is_file()
    assert course.find("02").last_report.is_file()


def test_a_lab_that_cannot_be_graded_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken_for(monkeypatch, SetupError("no compiler", "install one"), "01_baseline")
    assert cli.main(["grade", "--all", "--json", str(tmp_path / "r.json")]) == 0
    first, second = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["labs"]
    assert (first["status"], first["score"]) == ("error", None)
    assert first["reason"] == "no compiler; next: install one"
    assert second["status"] == "graded"


def test_a_defect_in_one_lab_does_not_lose_the_other_grades(
    monkeypatch: pytest.MonkeyPatch, course: Course
) -> None:
    broken_for(monkeypatch, ZeroDivisionError("by\x1b zero"), "01_baseline")
    assert cli.main(["grade", "--all"]) == 0
    assert course.find("02").last_report.is_file()
    assert not course.find("01").last_report.exists()


def test_when_no_lab_can_be_graded_the_machine_cannot(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken_for(monkeypatch, SetupError("no compiler", "install one"), "01_baseline", "02_blocking")
    assert cli.main(["grade", "--all", "--json", str(tmp_path / "r.json")]) == 3
    assert capsys.readouterr().err.endswith("error: no compiler\nnext: install one\n")
    assert not (tmp_path / "r.json").exists()


@pytest.mark.parametrize("number", [28, 30, 13])
def test_a_disk_that_does_not_let_us_is_no_defect(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    broken_for(monkeypatch, OSError(number, "why", "build/tmp"), "02_blocking")
    assert cli.main(["grade", "02"]) == 3
    shown = capsys.readouterr().err
    assert "error: build/tmp: why\nnext: make room, or make the folder yours\n" in shown
    assert "defect" not in shown


@pytest.mark.parametrize(("passed", "status"), [(True, 0), (False, 1)])
def test_test_says_by_its_exit_status_whether_all_passed(
    monkeypatch: pytest.MonkeyPatch, passed: bool, status: int
) -> None:
    failure = None if passed else Cause(reason=Reason.BUILD_FAILED, rationale="no")
    results = {"relu": SuiteResult(1, 0, None)}
    monkeypatch.setattr(test, "run_tests", lambda *_: test.Tested(results, failure=failure))
    assert cli.main(["test", "02"]) == status


@pytest.mark.parametrize(("why", "status"), [("", 0), ("it does not", 1)])
def test_verify_says_by_its_exit_status_whether_the_course_holds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], why: str, status: int
) -> None:
    finding = Finding("02_blocking", "the solution scores 100", why)
    monkeypatch.setattr(verify, "verify", lambda *_, timed: [finding])
    assert cli.main(["verify", "--quick"]) == status
    assert "the solution scores 100" in capsys.readouterr().out


def test_verify_needs_the_instructors_copy(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify"]) == 3
    assert "a student's copy does not have" in capsys.readouterr().err
