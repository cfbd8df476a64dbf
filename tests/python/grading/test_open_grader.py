"""One grader for many submissions: what is the same for all is done once."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rooflab.base import process
from rooflab.base.errors import SetupError
from rooflab.compile import trusted as trusted_module
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course, Lab
from rooflab.course.submission import Submission
from rooflab.grading import grade
from rooflab.grading.grade import open_grader
from rooflab.measure import machine
from rooflab.report.model import Reason, Status, Tier
from rooflab.report.page import render

SUBMISSIONS = 20
ROOT = Path(__file__).resolve().parents[3]


def test_twenty_submissions_cost_no_build_and_no_probe_after_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = Course(ROOT)
    lab = course.find("02")
    programs: list[str] = []
    run = process.run

    def counted(command: list[str | Path], *rest: object, **options: object) -> process.Finished:
        programs.append(Path(command[0]).name)
        return run(command, *rest, **options)  # type: ignore[arg-type]

    for module in (trusted_module, machine):
        monkeypatch.setattr(module, "run", counted)
    grader = open_grader(course, [lab], Tier.LOCAL)
    assert programs.count("cmake") >= 1
    assert programs.count("rooflab_machine") == 1
    stub = (lab.stubs / "kernels.cpp").read_text(encoding="utf-8")
    programs.clear()
    for number in range(SUBMISSIONS):
        folder = tmp_path / str(number) / lab.name
        folder.mkdir(parents=True)
        if number % 4:  # the others have handed in nothing
            text = "does not compile" if number % 2 else stub
            (folder / "kernels.cpp").write_text(text, encoding="utf-8")
        who = Submission(f"student {number}", f"{number:040x}", datetime.now(UTC))
        (report,) = grader.grade(folder.parent, who)
        assert (report.student, report.commit) == (who.student, who.commit)
        assert report.submitted_at is not None
        assert report.status is Status.GRADED
    assert programs == []


def test_reports_say_whose_they_are_and_nothing_of_others(
    course: Course, trusted: LabBuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grade, "prepare", lambda _course, _lab: trusted)
    grader = open_grader(course, [trusted.lab], Tier.CI)
    reports = [
        *grader.grade(tmp_path, Submission("Ada", "c0ffee")),
        *grader.grade(tmp_path, Submission("Grace")),
        *grader.grade(tmp_path),
    ]
    assert [report.student for report in reports] == ["Ada", "Grace", None]
    assert [report.commit for report in reports] == ["c0ffee", None, None]
    assert len({report.seed_commitment for report in reports}) == len(reports)
    pages = [render([report]) for report in reports]
    assert "Handed in by Ada. Commit c0ffee." in pages[0]
    assert "Ada" not in pages[1]
    assert "Handed in by" not in pages[2]


def test_a_lab_that_does_not_build_does_not_lose_the_others(
    course: Course, trusted: LabBuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(_course: Course, lab: Lab) -> LabBuild:
        if lab.number == 1:
            raise SetupError("lab 01 does not build", "./lab doctor")
        return replace(trusted)

    monkeypatch.setattr(grade, "prepare", prepare)
    grader = open_grader(course, course.labs, Tier.LOCAL)
    (tmp_path / "empty").mkdir()
    first, second = grader.grade(tmp_path / "empty", Submission("Ada"))
    assert (first.status, first.score, first.student) == (Status.ERROR, None, "Ada")
    assert "lab 01 does not build; next: ./lab doctor" in first.reason
    assert second.checks[0].cause is not None
    assert second.checks[0].cause.reason is Reason.MISSING_FILE
    with pytest.raises(SetupError, match="lab 01 does not build"):
        open_grader(course, course.labs[:1], Tier.LOCAL)
