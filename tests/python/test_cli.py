"""The command line: what it prints where, and its exit statuses."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rooflab import __version__, cli
from rooflab.base.errors import SetupError
from rooflab.course.course import Course
from rooflab.student import status


@pytest.fixture(autouse=True)
def in_course(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROOFLAB_ROOT", str(course.root))


def fails_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def overview(_course: Course) -> str:
        raise error

    monkeypatch.setattr(status, "overview", overview)


def test_alone_it_shows_where_the_student_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    assert "next: ./lab test 01" in capsys.readouterr().out


def test_it_knows_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"rooflab {__version__}\n"


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in ("doctor", "hint", "reset"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["hitn"], "error: No such command 'hitn'. Did you mean 'hint'?\nnext: ./lab --help\n"),
        (["hint"], "error: Missing argument 'NN'.\nnext: ./lab hint --help\n"),
        (["hint", "--loud"], "next: ./lab hint --help\n"),
        (["hint", "nine"], 'error: there is no lab "nine"'),
        (["hint", "02", "gelu"], 'error: lab 02 has no kernel "gelu"'),
        (["reset", "02", "\x1b[2J"], "error: "),
    ],
)
def test_wrong_usage_says_what_to_type(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert cli.main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert "\nnext: " in shown.err
    assert "\x1b" not in shown.err


def test_a_failure_of_the_set_up_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails_with(monkeypatch, SetupError("no compiler", "sudo apt-get install g++"))
    assert cli.main([]) == 3
    assert capsys.readouterr().err == "error: no compiler\nnext: sudo apt-get install g++\n"


def test_a_defect_is_one_line_and_its_traceback_is_kept(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails_with(monkeypatch, ZeroDivisionError("by\x1b zero"))
    assert cli.main([]) == 3
    shown = capsys.readouterr().err
    assert "ZeroDivisionError: by\\x1b zero" in shown
    assert "Traceback" not in shown
    kept = course.build / "last-error.txt"
    assert str(kept) in shown
    assert "Traceback" in kept.read_text(encoding="utf-8")


def test_an_interrupt_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails_with(monkeypatch, KeyboardInterrupt())
    assert cli.main([]) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_hint_shows_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["hint", "blocking", "relu"]) == 0
    assert "relu: a nudge" in capsys.readouterr().out


def test_doctor_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "--json"]) in (0, 3)
    assert json.loads(capsys.readouterr().out)["schema"] == "rooflab/doctor/v1"


def test_reset_without_a_terminal_asks_for_yes(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = course.labs[0].directory / "kernels.cpp"
    file.write_text("my work", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert cli.main(["reset", "01"]) == 2
    assert "next: ./lab reset 01 --yes" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "my work"


class Answer(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("answer", "status", "content"), [("y\n", 0, "// TODO\n"), ("n\n", 130, "my work")]
)
def test_reset_asks_on_a_terminal(
    course: Course, monkeypatch: pytest.MonkeyPatch, answer: str, status: int, content: str
) -> None:
    file = course.labs[0].directory / "kernels.cpp"
    file.write_text("my work", encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", Answer(answer))
    assert cli.main(["reset", "01"]) == status
    assert file.read_text(encoding="utf-8") == content


def test_reset_with_yes_does_not_ask(course: Course) -> None:
    file = course.labs[0].directory / "kernels.cpp"
    file.write_text("my work", encoding="utf-8")
    assert cli.main(["reset", "01", "--yes"]) == 0
    assert file.read_text(encoding="utf-8") == "// TODO\n"


def started(course: Course, code: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(Path(cli.__file__).parents[1]),
        "ROOFLAB_ROOT": str(course.root),
    }
    return subprocess.run(
        ["sh", "-c", code, "sh", sys.executable],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def test_a_reader_that_leaves_early_is_no_error(course: Course) -> None:
    done = started(course, '"$1" -P -m rooflab | true; "$1" -P -m rooflab 2>&1 >/dev/null')
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_of_another_encoding_is_no_error(course: Course) -> None:
    done = started(course, 'PYTHONIOENCODING=ascii "$1" -P -m rooflab doctor')
    assert "UnicodeEncodeError" not in done.stderr
    assert "CMake" in done.stdout


def test_slow_libraries_are_not_imported_at_the_start(course: Course) -> None:
    slow = "rich jinja2 numpy scipy hypothesis"
    code = (
        '"$1" -P -c "import sys; from rooflab.cli import main; main([]); '
        f"sys.exit(sum(m in sys.modules for m in '{slow}'.split()))\""
    )
    assert started(course, code).returncode == 0
