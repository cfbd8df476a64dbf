"""The autograders for Classroom 50 and Gradescope, in folders as those services make them, with a
stand-in for ./lab."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from actions_runner import parse

PROJECT = Path(__file__).resolve().parents[3]
CLASSROOM = PROJECT / ".github" / "classroom"

# Writes down how it was called and what it was given, prints $PRINTS, writes what --format and
# --html name, and ends with the status that $STATUS has for its tier, or 0.
LAB = r"""#!/bin/bash
echo "$(basename "$(dirname "$(readlink -f "$0")")") $*" >>"$CALLS"
printf '%b' "${PRINTS-}"
[[ $1 == grade ]] || exit 0
tier=local
while (( $# )); do
  case $1 in
    --tier) tier=$2 ;;
    --submission) (cd "$2" && find . -type f -printf '%p %s\n' | sort) >>"$CALLS" ;;
    --html) echo page >"$2" ;;
    --format) name=${2%%=*} file=${2#*=} ;;&
    --format) [[ ${ANSWER-} == none ]] ||
      echo "{\"format\":\"$name\",\"output\":\"fine\"}" >"$file" ;;
  esac
  shift
done
for pair in ${STATUS-}; do [[ $pair != "$tier="* ]] || exit "${pair#*=}"; done
"""


def put(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


class Place:
    """A folder of a service, and what ./lab was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls_file = folder / "calls"

    def run(
        self, command: list[str | Path], cwd: str = ".", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "CALLS": str(self.calls_file)} | settings
        environment["ROOFLAB_AUTOGRADER"] = str(self.folder)
        return subprocess.run(
            command,
            cwd=self.folder / cwd,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> str:
        return self.calls_file.read_text(encoding="utf-8") if self.calls_file.exists() else ""


class TestClassroom50:
    @pytest.fixture
    def place(self, tmp_path: Path) -> Place:
        bundle = tmp_path / "bundle"
        bundle.mkdir()
        shutil.copy(CLASSROOM / "classroom50" / "autograder.py", bundle)
        put(bundle / "rooflab" / "lab", LAB)
        put(tmp_path / "checkout" / "lab", LAB)
        put(tmp_path / "checkout" / "labs" / "01_baseline" / "kernels.cpp", "// mine\n")
        return Place(tmp_path)

    def grade(self, place: Place, **settings: str) -> subprocess.CompletedProcess[str]:
        script = place.folder / "bundle" / "autograder.py"
        return place.run([sys.executable, script], "checkout", **settings)

    def test_the_bundles_grader_grades_the_checkout(self, place: Place) -> None:
        assert self.grade(place).returncode == 0
        assert place.calls().startswith("rooflab grade --all --tier ci --submission ")
        assert "./labs/01_baseline/kernels.cpp 8\n" in place.calls()
        made = {
            name: (place.folder / "checkout" / name).read_text("utf-8")
            for name in ("result.json", "release-body.md", "report.html")
        }
        assert json.loads(made["result.json"])["format"] == "classroom50"
        assert json.loads(made["release-body.md"])["format"] == "markdown"
        assert made["report.html"] == "page\n"

    def test_an_assignment_may_be_about_one_lab(self, place: Place) -> None:
        put(place.folder / "bundle" / "lab", "02\n")
        self.grade(place)
        assert place.calls().startswith("rooflab grade 02 --tier ci ")

    def test_without_a_tree_of_its_own_the_checkout_grades_itself_and_it_says_so(
        self, place: Place
    ) -> None:
        shutil.rmtree(place.folder / "bundle" / "rooflab")
        done = self.grade(place)
        assert done.returncode == 0
        assert "the checkout grades itself" in done.stdout
        assert place.calls().startswith("checkout grade ")

    def test_what_cannot_be_measured_is_an_error_and_no_result(self, place: Place) -> None:
        put(place.folder / "checkout" / "result.json", '{"score": 600}')
        done = self.grade(place, STATUS="ci=3")
        assert done.returncode == 1
        assert not (place.folder / "checkout" / "result.json").exists()

    def test_no_result_is_an_error(self, place: Place) -> None:
        assert self.grade(place, ANSWER="none").returncode == 1

    def test_a_name_that_is_taken_is_not_written_through(self, place: Place) -> None:
        victim = put(place.folder / "victim", "kept")
        checkout = place.folder / "checkout"
        (checkout / "result.json").symlink_to(victim)
        put(checkout / "release-body.md" / "file")
        (checkout / "report.html").symlink_to(place.folder, target_is_directory=True)
        assert self.grade(place).returncode == 0
        assert victim.read_text(encoding="utf-8") == "kept"
        assert (checkout / "result.json").is_file()
        assert not (checkout / "result.json").is_symlink()
        assert (checkout / "release-body.md").is_file()

    def test_what_a_kernel_prints_gives_no_commands(self, place: Place) -> None:
        done = self.grade(place, PRINTS="::error::no\\n ##[warning]x\\n::stop-commands::a")
        assert "::error::no" in done.stdout
        assert parse(done.stdout) == []


class TestGradescope:
    @pytest.fixture
    def place(self, tmp_path: Path) -> Place:
        source = tmp_path / "source"
        source.mkdir()
        for name in ("setup.sh", "run_autograder"):
            shutil.copy(CLASSROOM / "gradescope" / name, source)
        shutil.copy(source / "run_autograder", tmp_path)  # as its harness does
        put(source / "lab", "05\n")
        put(source / "rooflab" / "lab", LAB)
        put(source / "rooflab" / "labs" / "05_quantization" / "lab.toml")
        (tmp_path / "submission").mkdir()
        return Place(tmp_path)

    def grade(self, place: Place, **settings: str) -> dict[str, str]:
        script = place.folder / "run_autograder"
        done = place.run([script], **settings)
        assert done.returncode == 0, done.stderr
        document: dict[str, str] = json.loads(
            (place.folder / "results" / "results.json").read_text(encoding="utf-8")
        )
        return document

    def test_set_up_installs_and_builds_with_the_stubs(self, place: Place) -> None:
        put(place.folder / "source" / "rooflab" / "grader" / "stubs" / "x")
        done = place.run([place.folder / "source" / "setup.sh"])
        stubs = place.folder / "source" / "rooflab" / "grader" / "stubs"
        assert (done.returncode, done.stderr) == (0, "")
        first, second = place.calls().splitlines()[:2]
        assert (first, second) == ("rooflab --set-up", f"rooflab grade 05 --submission {stubs}")

    def test_stubs_that_cannot_be_graded_while_the_image_is_built_are_told(
        self, place: Place
    ) -> None:
        put(place.folder / "source" / "rooflab" / "grader" / "stubs" / "x")
        done = place.run([place.folder / "source" / "setup.sh"], STATUS="local=3")
        assert done.returncode == 0
        assert "WARNING" in done.stderr

    def test_a_repository_is_graded_where_it_lies(self, place: Place) -> None:
        put(place.folder / "submission" / "labs" / "05_quantization" / "kernels.cpp", "//")
        put(place.folder / "submission" / "kernels.cpp", "// not this one")
        document = self.grade(place)
        assert (document["format"], document["output"]) == ("gradescope", "fine")
        assert f"--submission {place.folder / 'submission'} --tier official" in place.calls()

    def test_files_alone_are_put_where_the_grader_looks(self, place: Place) -> None:
        put(place.folder / "submission" / "kernels.cpp", "// mine\n")
        put(place.folder / "submission" / "answers.toml", "x = 1\n")
        put(place.folder / "submission" / "notes.txt", "not taken")
        self.grade(place)
        listed = place.calls().splitlines()[1:]
        assert listed == [
            "./labs/05_quantization/answers.toml 6",
            "./labs/05_quantization/kernels.cpp 8",
        ]

    def test_only_regular_files_are_taken_and_no_more_than_the_grader_reads(
        self, place: Place
    ) -> None:
        secret = put(place.folder / "source" / "secret", "hidden tests")
        (place.folder / "submission" / "answers.toml").symlink_to(secret)
        put(place.folder / "submission" / "kernels.cpp", "x" * (1 << 20))
        self.grade(place)
        size = 256 * 1024 + 1
        assert place.calls().splitlines()[1:] == [f"./labs/05_quantization/kernels.cpp {size}"]

    @pytest.mark.parametrize("kind", ["pipe", "folder"])
    def test_what_is_no_file_is_not_waited_for(self, place: Place, kind: str) -> None:
        path = place.folder / "submission" / "kernels.cpp"
        os.mkfifo(path) if kind == "pipe" else path.mkdir()
        assert self.grade(place)["output"] == "fine"
        assert place.calls().count("\n") == 1

    def test_where_the_sandbox_is_not_complete_the_grade_is_provisional_and_says_so(
        self, place: Place
    ) -> None:
        document = self.grade(place, STATUS="official=3")
        assert document["output"].startswith("Provisional: ")
        assert document["output"].endswith("fine")

    @pytest.mark.parametrize(
        "settings",
        [{"STATUS": "official=3 ci=3"}, {"STATUS": "official=1"}, {"ANSWER": "none"}],
        ids=str,
    )
    def test_what_cannot_be_measured_has_no_score(
        self, place: Place, settings: dict[str, str]
    ) -> None:
        document = self.grade(place, **settings)
        assert "could not measure" in document["output"]
        assert not {"score", "tests", "format"} & set(document)

    def test_an_image_without_a_course_has_no_score(self, place: Place) -> None:
        shutil.rmtree(place.folder / "source" / "rooflab")
        assert "could not measure" in self.grade(place)["output"]


SCRIPTS = ["lab", ".ci/run", ".ci/lock", "tests/fresh/run", "tests/aarch64/run"]


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="./lab selftest installs shellcheck")
@pytest.mark.parametrize("script", [*SCRIPTS, ".github/classroom/gradescope/setup.sh"])
def test_shellcheck_finds_nothing(script: str) -> None:
    done = subprocess.run(
        ["shellcheck", PROJECT / script], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
