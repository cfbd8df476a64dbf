"""Every command in README, CONTRIBUTING and the page about the architecture is run: here, by the
self-test, or by a test that is named; those for students in a copy such as they get."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pages import OF_INSTRUCTORS, OF_STUDENTS, ROOT, commands, run

from rooflab.authoring import selftest
from rooflab.course.course import Course

PAGES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md")
TRIES = 3  # where noise makes a grade inconclusive
# The exit status of those that do not end with 0: stubs are wrong.
STATUS = {
    "./lab test 01": 1,
    "./lab test 01 relu": 1,
    "cmake --preset student && cmake --build --preset student --target check_lab02": 1,
}
POINTS = 100 * len(Course(ROOT).labs)
# What each prints.
PRINTS = {
    "./lab doctor": "Ready to grade.",
    "./lab": "Rooflab",
    "./lab test 01": "✗ conv2d",
    "./lab test 01 relu": "✗ relu",
    "./lab hint 01 relu": "relu",
    "./lab bench 01 relu": "relu",
    "./lab misses 01 matmul": "matmul",
    "./lab hot 01 matmul": "matmul",
    "./lab grade 01": "01 Baseline  0 of",
    "./lab report 01": "reports/01_baseline.html\n",  # of the grade in the line before
    "cmake --preset student && cmake --build --preset student --target check_lab02": "assertions",
    "./lab grade --all --submission solutions": f" {POINTS} of {POINTS}\n",
}
# Step of the self-test that runs the same, or more.
IN_SELFTEST = {
    "./lab verify --quick": "verify",
    "./lab verify": "verify",
    ".venv/bin/ruff format .": "ruff format",
    ".venv/bin/ruff check .": "ruff check",
    ".venv/bin/mypy": "mypy",
    "cmake --workflow --preset student": "GCC",
    "cmake --workflow --preset asan": "sanitizers",
}


ALL = [command for page in PAGES for command in commands((ROOT / page).read_text("utf-8"))]
STUDENTS_README = ".github/classroom/student/README.md"


def test_every_command_is_run_somewhere() -> None:
    here = {*OF_STUDENTS, *OF_INSTRUCTORS}
    tests = {c for c in ALL if c.startswith(".venv/bin/pytest -q tests/python/")}  # by this run
    assert len(ALL) > 15
    assert set(ALL) - here - IN_SELFTEST.keys() - tests == {"./lab selftest"}  # by .ci/run
    assert "lab selftest" in (ROOT / ".ci/run").read_text("utf-8").replace('"', "").replace("$", "")
    for command in tests:
        assert (ROOT / command.split()[-1]).exists(), command


def test_students_read_no_other_commands_than_are_tried() -> None:
    named = commands((ROOT / STUDENTS_README).read_text("utf-8"))
    assert len(named) > 8
    assert set(named) <= set(OF_STUDENTS)


@pytest.mark.parametrize(("command", "name"), IN_SELFTEST.items())
def test_the_self_test_runs_what_the_pages_say(command: str, name: str) -> None:
    (step,) = (step for step in selftest.steps(Course(ROOT)) if step.name == name)
    shown = " ".join(step.command)
    for word in shlex.split(command)[1:]:
        assert word in shown or word == "--quick", command  # which leaves something out


@pytest.mark.parametrize("command", OF_STUDENTS)
def test_a_students_command_works_in_a_students_copy(command: str, students_copy: Path) -> None:
    done = run(command, students_copy)
    assert PRINTS[command] in done.stdout
    assert done.returncode == STATUS.get(command, 0), done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("command", OF_INSTRUCTORS)
def test_an_instructors_command_works_here(command: str) -> None:
    for _ in range(TRIES):
        done = run(command, ROOT)
        assert done.returncode == 0
        if "inconclusive" not in done.stdout:
            break
    assert PRINTS[command] in done.stdout, done.stdout


def test_the_program_that_grades_a_class_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs/instructors.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    for student in ("ada", "grace"):
        shutil.copytree(ROOT / "grader/stubs", tmp_path / "submissions" / student)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT / "grader")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "ada 02_blocking 0.0\ngrace 02_blocking 0.0\n"
    assert done.stderr == ""


PARTS = ("cmake", "docs", "grader", "handouts", "labs", "solutions", "tests")
TREE = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("[!.]*")} | {
    path.relative_to(ROOT).as_posix()
    for part in (*PARTS, ".devcontainer", ".github")
    for path in (ROOT / part, *(ROOT / part).rglob("*"))
}
FILE = re.compile(r"[\w.*/]+(?:\.(?:py|cpp|h|def|md|toml|cmake|txt|j2)|/)")
# Of a lab that is not there, or of the build.
PLACEHOLDER = re.compile(r"NN|OPERATION|KERNEL|rooflab_build\.json|build/")


@pytest.mark.parametrize("page", [*PAGES, "labs/README.md", "grader/README.md", "tests/README.md"])
def test_files_that_a_page_names_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {span for span in re.findall(r"`([^`\s]+)`", text) if FILE.fullmatch(span)}
    assert named
    for name in named:
        if not PLACEHOLDER.search(name):
            end = "/" + name.rstrip("/")
            assert any(f"/{path}".endswith(end) for path in TREE), name


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in ROOT.glob("**/*.md"):
        parts = page.relative_to(ROOT).parts
        if parts[0] in (".venv", "build", ".github") or "template" in parts:  # test_tree.py
            continue
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page}: {link}"
