"""The commands of the guides for students and for instructors do what the guides say."""

from __future__ import annotations

import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pages import OF_INSTRUCTORS, OF_STUDENTS, ROOT, commands, run, section

from rooflab import cli
from rooflab.base.files import read_start
from rooflab.base.progress import Progress
from rooflab.classroom import deadlines, publish, trial, walkthrough
from rooflab.course.course import Course, Lab

STUDENTS = "docs/students.md"
INSTRUCTORS = "docs/instructors.md"
# Exit status, and what is printed: stubs are wrong.
PRINTS = {
    "./lab test 02 matmul_blocked": (1, "✗ matmul_blocked"),
    "./lab test 02 --warnings": (1, "✗ matmul_reordered"),
    "./lab bench 02 matmul": (0, "next: ./lab test 02"),
    "./lab grade 02": (0, "02 Cache blocking  0 of"),
    "./lab report 02": (0, "reports/02_blocking.html"),
    "./lab hint 02 conv2d_blocked": (0, "conv2d_blocked"),
    "./lab reset 02": (0, "02"),
    "./lab misses 02 matmul_blocked": (0, "next: ./lab test 02"),
    "./lab hot 02 matmul_blocked": (0, "next: ./lab test 02"),
    "cmake --preset dev": (0, "Build files have been written"),
    "cmake --build --preset dev --target lab02_tests": (0, "lab02_tests"),
    "build/dev/lab02_tests --test-suite=matmul_blocked": (1, "Status: FAILURE"),
}
BY_HAND = re.compile(r"gdb |.*\| less$")
SANITIZED = re.compile(r"cmake --preset (asan|tsan) && ")


def of_students() -> list[str]:
    text = (ROOT / STUDENTS).read_text("utf-8")
    return [c for c in dict.fromkeys(commands(text)) if c not in OF_STUDENTS]


def test_the_guide_names_no_command_that_is_not_tried() -> None:
    for command in of_students():
        tried = command in PRINTS or BY_HAND.match(command) or SANITIZED.match(command)
        assert tried or command.startswith("cmake --preset student"), command
    assert set(PRINTS) <= set(of_students())


@pytest.mark.parametrize("command", PRINTS)
def test_a_command_for_students_does_what_the_guide_says(command: str, students_copy: Path) -> None:
    status, shown = PRINTS[command]
    # The self-test has built most of what CMake is asked for here.
    done = run(command, students_copy if command.startswith("./lab") else ROOT)
    assert shown in done.stdout
    assert done.returncode == status, done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("command", [c for c in of_students() if SANITIZED.match(c)])
def test_a_command_with_a_sanitizer_builds_and_runs(command: str) -> None:
    """The stubs have no error that a sanitizer finds; their tests fail, their benchmark runs."""
    done = run(command, ROOT)
    assert re.search(r"Status: FAILURE|matmul_blocked/512", done.stdout), done.stdout
    assert not re.search(r"ERROR: AddressSanitizer|ThreadSanitizer:", done.stdout)


# --- For instructors -----------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to type commands in: as in the course's own, but what they write lies elsewhere."""
    place = tmp_path / "course"
    (place / "submissions").mkdir(parents=True)
    shutil.copytree(ROOT / "grader/stubs", place / "submissions/ada")
    shutil.copytree(ROOT / "grader/stubs", place / "DIR")
    (place / "class.toml").write_text(
        'time_zone = "UTC"\n[deadlines]\n02 = 2026-01-01T00:00:00\n', encoding="utf-8"
    )
    program = place / "lab"
    program.write_text(
        f"#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT / 'grader'))} "
        f'exec {shlex.quote(sys.executable)} -P -m rooflab "$@"\n',
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.chdir(place)
    monkeypatch.setattr(deadlines, "FILE", str(place / "class.toml"))
    for variable in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{variable}_NAME", "Ada")
        monkeypatch.setenv(f"{variable}_EMAIL", "ada@example.org")
    return place


def afternoon() -> list[str]:
    return commands(section(INSTRUCTORS, "Adopt Rooflab in an afternoon"))


def typed(command: str) -> int:
    """The exit status of a command of the guide."""
    if command.startswith("./lab "):
        return cli.main(shlex.split(command)[1:])
    return subprocess.run(["bash", "-c", command], check=False, capture_output=True).returncode


def test_rooflab_is_adopted_in_an_afternoon(
    desk: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, rest = afternoon()[0], afternoon()[1:]
    assert [first] == OF_INSTRUCTORS  # tried there
    one_kernel(monkeypatch)
    shown: dict[str, str] = {}
    for command in rest:
        if "--labs 03" in command:  # one release was tried elsewhere before
            monkeypatch.setattr(trial, "try_out", lambda *_: trial.Trial(1, 0.5, offline=True))
        status = typed(command)
        out = capfd.readouterr()
        refused = status == 3 and "no official grade here" in out.err  # a sandbox with gaps
        assert status == 0 or refused, f"{command}\n{out.out}{out.err}"
        shown[command] = out.out
    assert len(shown) == 7
    template = desk.parent / "template"
    said = "\n".join(shown.values())
    assert "✓ the stubs earn 0 of " in said
    assert "✓ ./lab test 01 answers " in said
    assert "labs 01, 02\n" in said
    assert "labs 01, 02, 03\n" in said
    assert (template / "labs/03_simd/kernels.h").is_file()
    assert (template / "solutions/02_blocking/walkthrough.html").is_file()
    assert (desk / "rooflab-02.zip").is_file()
    assert (desk.parent / "classroom50-02/autograder.py").is_file()
    log = subprocess.run(
        ["git", "-C", template, "log", "--format=%s"], capture_output=True, text=True, check=True
    )
    assert log.stdout == "Labs 01 and 02\n"
    changed = subprocess.run(
        ["git", "-C", template, "status", "--porcelain"], capture_output=True, text=True, check=True
    )
    assert "?? labs/03_simd/" in changed.stdout


def one_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Walkthroughs of the first kernel only: each takes minutes else."""

    def short(course: Course, lab: Lab, progress: Progress) -> walkthrough.Walkthrough:
        return walkthrough.measure_lab(course, lab, progress, ["transpose_blocked"], 1)

    defaults = publish.publish.__kwdefaults__ or {}
    assert "measure" in defaults
    monkeypatch.setitem(defaults, "measure", short)


def test_a_class_is_graded_by_the_loop_of_the_guide(desk: Path) -> None:
    (block,) = re.findall(
        r"^```\n(mkdir .*?)^```", (ROOT / INSTRUCTORS).read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    done = subprocess.run(
        ["bash", "-c", block.replace("--all", "01")], capture_output=True, text=True, check=False
    )
    if "no official grade here" in done.stderr:
        pytest.skip("the sandbox is not complete here")
    assert done.returncode == 0, done.stderr
    assert b'"score": 0' in read_start(desk / "reports/ada.json", 1 << 20)


# The other commands of that guide, and what tries them.
ELSEWHERE = {
    "./lab release ../course-template": "classroom/test_trial.py",
    "./lab release ../course-template --labs 01-02": "test_guides.py",
    "./lab grade 02 --submission DIR --tier official --json report.json --html report.html": (
        "grading/test_grade_command.py"
    ),
    "./lab grade --all --submission DIR --tier official --json reports.json": "test_pages.py",
    "./lab publish 02 ../template --branch": "classroom/test_publish.py",
    "./lab calibrate 02": "authoring/test_calibrate.py",
    "./lab new 07_sparse": "authoring/test_new.py",
}


def test_the_guide_for_instructors_names_no_command_that_nobody_knows() -> None:
    text = (ROOT / INSTRUCTORS).read_text("utf-8")
    known = {*afternoon(), *ELSEWHERE}
    others = {c for c in commands(text) if c.startswith("./lab")} - known
    assert others == set()
    for file in ELSEWHERE.values():
        assert (ROOT / "tests/python" / file).is_file(), file
