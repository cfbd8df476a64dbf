"""`./lab report`: the last grade as a page, and what is said where there is none."""

import os
import webbrowser
from pathlib import Path

import pytest
from example_reports import report

from rooflab import cli
from rooflab.course.course import Course


@pytest.fixture
def graded(course: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    """In a course whose lab 02 has just been graded."""
    monkeypatch.setattr(Course, "discover", lambda: course)
    last = course.find("02").last_report
    last.parent.mkdir(parents=True)
    last.write_text(report().to_json(), encoding="utf-8")
    return course


def test_the_page_lies_beside_the_report(
    graded: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["report", "02"]) == 0
    shown = Path(capsys.readouterr().out.strip())
    assert shown == graded.root / "build" / "reports" / "02_blocking.html"
    assert "Cache blocking" in shown.read_text(encoding="utf-8")


def test_or_where_one_likes(graded: Course, tmp_path: Path) -> None:
    file = tmp_path / "mine.html"
    assert cli.main(["report", "02", "--html", str(file)]) == 0
    assert "Cache blocking" in file.read_text(encoding="utf-8")


def test_a_lab_that_was_not_graded_has_none(
    graded: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["report", "01"]) == 2
    assert capsys.readouterr().err == (
        "error: lab 01 has not been graded yet\nnext: ./lab grade 01\n"
    )


def test_one_that_was_changed_since_says_so(
    graded: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    kernels = graded.find("02").directory / "kernels.cpp"
    last = graded.find("02").last_report
    kernels.touch()
    edited = kernels.stat().st_mtime
    os.utime(last, (edited - 10, edited - 10))
    assert cli.main(["report", "02"]) == 0
    assert "./lab grade 02" in capsys.readouterr().err


@pytest.mark.parametrize(("there", "status"), [(True, 0), (False, 2)])
def test_a_browser_shows_it_if_there_is_one(
    graded: Course,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    there: bool,
    status: int,
) -> None:
    opened: list[str] = []

    def show(uri: str) -> bool:
        opened.append(uri)
        return there

    monkeypatch.setattr(webbrowser, "open", show)
    assert cli.main(["report", "02", "--open"]) == status
    assert opened == [(graded.root / "build" / "reports" / "02_blocking.html").as_uri()]
    assert there or "there is no browser here" in capsys.readouterr().err
