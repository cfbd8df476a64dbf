"""The students' workflow, run as GitHub's runner would (actions_runner.py): with a stand-in for
./lab, which shows what the workflow itself does, and with the real one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from actions_runner import Command, Played, load, parse, play

PROJECT = Path(__file__).resolve().parents[3]
STUDENT = PROJECT / ".github" / "classroom" / "student"
WORKFLOW = Path(".github") / "workflows" / "classroom.yml"
JOB = "run-autograding-tests"
GIT = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=no"]

# `./lab` of these tests: writes the files that $ANSWERS has, prints, and builds something.
LAB = r"""#!/bin/bash
root=$(dirname "$(readlink -f "$0")")
echo "lab $*" >>"$CALLS"
if [[ $1 == --set-up ]]; then echo ready; exit; fi
mkdir -p "$root/build/grader" "$root/.venv"
[[ -e $root/build/grader/object ]] || echo built >>"$CALLS"
touch "$root/build/grader/object"
for argument; do
  if [[ $argument == *=* ]]; then cp "$ANSWERS/${argument%%=*}" "${argument#*=}" 2>/dev/null; fi
done
for last; do :; done
[[ ! -e $ANSWERS/html ]] || cp "$ANSWERS/html" "$last"
cat "$ANSWERS/printed" 2>/dev/null
exit "$(cat "$ANSWERS/status" 2>/dev/null || echo 0)"
"""


def result(*statuses: str, message: str = "") -> str:
    tests = [
        {
            "name": f"test {number}",
            "status": status,
            "score": int(status == "pass"),
            "message": message,
            "test_code": "",
            "filename": "",
            "line_no": 0,
            "duration": 0,
        }
        for number, status in enumerate(statuses)
    ]
    status = "pass" if set(statuses) == {"pass"} else "fail"
    return json.dumps({"version": 1, "status": status, "max_score": len(tests), "tests": tests})


class Repository:
    """A student's, pushed: `answers` is what the stand-in for ./lab gives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "repository"
        shutil.copytree(STUDENT, self.root)
        self.write("lab", LAB)
        (self.root / "lab").chmod(0o755)
        self.write("labs/01_baseline/kernels.cpp", "// TODO\n")
        self.write("labs/01_baseline/kernels.h", "#pragma once\n")
        self.answers = folder / "answers"
        self.answers.mkdir()
        self.calls = folder / "calls"
        self.runs = 0
        subprocess.run([*GIT, "init", "--quiet"], cwd=self.root, check=True)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def answer(self, **files: str) -> None:
        for name, text in files.items():
            (self.answers / name).write_text(text, encoding="utf-8")

    def push(
        self,
        caches: dict[str, Path] | None = None,
        actor: str = "ada",
        environment: dict[str, str] | None = None,
    ) -> Played:
        subprocess.run([*GIT, "add", "--all"], cwd=self.root, check=True)
        commit = [*GIT, "commit", "--quiet", "--allow-empty", "--message", "work"]
        subprocess.run(commit, cwd=self.root, check=True)
        self.runs += 1
        variables = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        variables |= {"CALLS": str(self.calls), "ANSWERS": str(self.answers)} | (environment or {})
        temporary = self.folder / f"run-{self.runs}"
        return play(self.root, load(self.root / WORKFLOW), JOB, temporary, variables, caches, actor)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.answer(github=result("pass", "pass"), markdown="# 2 of 2\n", annotations="", html="<p>")
    return made


class TestWorkflow:
    def test_all_green(self, repository: Repository) -> None:
        played = repository.push()
        assert played.passed
        assert played.totals == (2, 2, 2)
        assert played.summary == "# 2 of 2\n"
        assert [path.name for path in played.artifacts["rooflab-report"]] == ["report.html", "log"]
        assert played.annotations == []

    def test_a_test_that_fails_turns_it_red_at_the_reporter_alone(
        self, repository: Repository
    ) -> None:
        repository.answer(github=result("pass", "fail", "fail"))
        played = repository.push()
        assert played.totals == (1, 1, 3)
        failed = [name for name, outcome in played.outcome.items() if outcome == "failure"]
        assert failed == ["Autograding Reporter"]

    def test_annotations_stand_at_their_file_and_line(self, repository: Repository) -> None:
        line = "::error file=labs/01_baseline/kernels.cpp,line=7,title=relu::no%0Amatch\n"
        repository.answer(annotations=line)
        properties = {"file": "labs/01_baseline/kernels.cpp", "line": "7", "title": "relu"}
        assert repository.push().annotations == [Command("error", "no\nmatch", properties)]

    @pytest.mark.parametrize(
        "text",
        [
            "::error file=a.cpp,line=1::pwned",
            "    ::error::behind spaces",
            "  │ ##[error]anywhere in a line",
            "::set-output name=result::e30=",
            "::stop-commands::mine\n::mine::\n::error::after",
            "no newline at the end ##[warning]x",
            "\r::notice::behind a carriage return",
        ],
    )
    def test_what_a_kernel_prints_gives_no_commands(
        self, repository: Repository, text: str
    ) -> None:
        assert parse(text), "the runner would obey it"
        repository.answer(printed=text)
        played = repository.push()
        assert text.replace("\r", "") in played.log.replace("\r", "")
        assert played.commands == []
        assert played.totals == (2, 2, 2)

    def test_where_nothing_can_be_measured_no_points_are_told(self, repository: Repository) -> None:
        for file in repository.answers.iterdir():
            file.unlink()
        repository.answer(status="3", printed="error: no compiler\nnext: install one\n")
        played = repository.push()
        assert "next: install one" in played.log
        assert played.totals == (0, 0, 0)
        assert "Nothing was measured" in played.summary
        assert played.saved == {}
        failed = [name for name, outcome in played.outcome.items() if outcome == "failure"]
        assert failed == ["Grade", "Autograding Reporter"]

    def test_a_summary_that_is_too_long_is_cut(self, repository: Repository) -> None:
        repository.answer(markdown="x" * (2 << 20))
        assert len(repository.push().summary) == 1_000_000

    def test_a_result_that_fits_into_no_variable_costs_no_points(
        self, repository: Repository
    ) -> None:
        repository.answer(github=result(*["pass"] * 2000))
        assert repository.push().totals == (0, 0, 0)

    def test_long_messages_leave_room_for_every_test(self, repository: Repository) -> None:
        statuses = ["pass", "fail"] * 300
        repository.answer(github=result(*statuses, message="x" * 4000))
        assert repository.push().totals == (300, 300, 600)

    def test_the_classrooms_own_commits_are_not_graded(self, repository: Repository) -> None:
        assert repository.push(actor="github-classroom[bot]").outcome == {}
        assert not repository.calls.exists()


class TestCache:
    def caches_of(self, played: Played, repository: Repository) -> dict[str, Path]:
        repository.calls.unlink()
        shutil.rmtree(repository.root / "build")
        return played.saved

    def builds(self, repository: Repository) -> bool:
        return "built" in repository.calls.read_text(encoding="utf-8").splitlines()

    def test_a_students_next_kernel_finds_the_course_built(self, repository: Repository) -> None:
        caches = self.caches_of(repository.push(), repository)
        repository.write("labs/01_baseline/kernels.cpp", "void relu() {}\n")
        played = repository.push(caches)
        assert not self.builds(repository)
        assert played.saved == {}

    def test_it_is_saved_although_tests_fail(self, repository: Repository) -> None:
        repository.answer(github=result("fail"))
        assert len(repository.push().saved) == 1

    @pytest.mark.parametrize("name", ["labs/01_baseline/kernels.h", "grader/x.cpp", "lab"])
    def test_another_file_of_the_course_builds_it_anew(
        self, repository: Repository, name: str
    ) -> None:
        caches = self.caches_of(repository.push(), repository)
        path = repository.root / name
        repository.write(name, (path.read_text("utf-8") if path.exists() else "") + "// new\n")
        repository.push(caches)
        assert self.builds(repository)

    def test_another_image_builds_it_anew(self, repository: Repository) -> None:
        caches = self.caches_of(repository.push(), repository)
        repository.push(caches, environment={"ImageVersion": "20261108.1"})
        assert self.builds(repository)

    def test_other_system_packages_build_it_anew(self, repository: Repository) -> None:
        caches = self.caches_of(repository.push(), repository)
        [kept] = caches.values()
        (kept / "build" / "grader" / "packages").write_text("g++ 1\n", encoding="utf-8")
        repository.push(caches)
        assert self.builds(repository)

    def test_sources_are_older_than_what_was_built_from_them(self, repository: Repository) -> None:
        repository.push()
        header = repository.root / "labs" / "01_baseline" / "kernels.h"
        built = repository.root / "build" / "grader" / "object"
        assert header.stat().st_mtime < 1e9 < built.stat().st_mtime


# --- The real ./lab ---


def has_formats() -> bool:
    command = [sys.executable, "-P", "-m", "rooflab", "grade", "--help"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "grader")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return "--format" in done.stdout


HOSTILE = r"""
#include <cstdio>
namespace {
const bool printed = [] {
  std::puts("::error file=labs/01_baseline/kernels.cpp,line=1::PWNED");
  std::puts("  ##[error]PWNED\n::set-output name=result::e30=\n\r::warning::PWNED");
  std::fputs("::error::PWNED\n", stderr);
  std::fflush(stdout);
  return true;
}();
}
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("real"))
    files = ["lab", "requirements.lock", "CMakeLists.txt", "CMakePresets.json", "cmake"]
    files += ["grader", "labs"]
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *files, ":!grader/hidden"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if re.match(r"labs/0[2-9]", name) is None:
            (made.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, made.root / name)
    return made


@pytest.mark.skipif(not has_formats(), reason="./lab grade has no --format yet")
class TestRealGrader:
    """Lab 01 of a student's copy, with this environment's packages."""

    def push(self, repository: Repository, kernels: str) -> Played:
        repository.write("labs/01_baseline/kernels.cpp", kernels)
        return repository.push(environment={"ROOFLAB_VENV": sys.prefix})

    def stubs(self) -> str:
        return (PROJECT / "grader/stubs/01_baseline/kernels.cpp").read_text(encoding="utf-8")

    def test_a_compile_error_stands_at_its_line(self, graded: Repository) -> None:
        kernels = self.stubs() + "\nint broken = ;\n"
        played = self.push(graded, kernels)
        line = str(kernels.splitlines().index("int broken = ;") + 1)
        assert played.outcome["Grade"] == "success", played.log
        places = [
            (a.name, a.properties.get("file"), a.properties.get("line")) for a in played.annotations
        ]
        assert ("error", "labs/01_baseline/kernels.cpp", line) in places
        assert played.outcome["Autograding Reporter"] == "failure"

    def test_what_a_kernel_prints_injects_nothing(self, graded: Repository) -> None:
        played = self.push(graded, HOSTILE + self.stubs())
        assert [c for c in played.commands if "PWNED" in c.data and not c.properties] == []
        assert {c.name for c in played.commands} <= {"error", "warning", "notice"}
        assert played.totals is not None
        shown, reported, maximum = played.totals
        assert shown == pytest.approx(reported)
        assert reported < maximum
        assert len(played.summary) > 100


# --- The runner of these tests ---


def step_of(**step: Any) -> Any:
    return {"jobs": {"one": {"steps": [step]}}}


@pytest.mark.parametrize("text", ["${{ secrets.TOKEN }}", "${{ steps.none.outputs.x }}"])
def test_an_expression_that_is_not_played_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(AssertionError, match=r"not played|no such step"):
        play(tmp_path, step_of(run=f"echo {text}"), "one", tmp_path / "runner", {})


def test_a_command_is_unescaped_and_the_older_form_counts_anywhere() -> None:
    assert parse("x ::error::no\n ::warning file=a%2Cb.cpp,line=2::100%25\nx ##[error]y") == [
        Command("warning", "100%", {"file": "a,b.cpp", "line": "2"}),
        Command("error", "y", {}),
    ]
