"""The doctor finds what is missing and names the command that fixes it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from rooflab.course.course import Course
from rooflab.student import doctor
from rooflab.student.finding import Finding, State

VERSIONS = {
    "g++": "g++ (Debian 12.2.0-14+deb12u1) 12.2.0",
    "clang++": "Debian clang version 14.0.6\nTarget: x86_64",
    "cmake": "cmake version 3.25.1",
    "ninja": "1.11.1",
    "pkg-config": "1.8.1",
    "setpriv": "setpriv from util-linux 2.38.1",
    "prlimit": "prlimit from util-linux 2.38.1",
}
MACROS = """\
#define ROOFLAB_FOUND_0
#define DOCTEST_VERSION_MINOR 4
#define DOCTEST_VERSION_MAJOR 2
#define DOCTEST_VERSION_PATCH 9
#define ROOFLAB_FOUND_1
#define ROOFLAB_FOUND_2
#define PAPI_VERSION PAPI_VERSION_NUMBER(7,0,0,0)
#define ROOFLAB_FOUND_3
"""


class Machine:
    """A machine with those programs, whose preprocessor finds those headers."""

    def __init__(self, versions: dict[str, str], macros: str | None = MACROS) -> None:
        self.versions = versions
        self.macros = macros

    def __call__(self, command: Sequence[str], text: str) -> str | None:
        if "-E" in command:
            return self.macros if command[0] in self.versions else None
        return self.versions.get(command[0])


def without(*names: str) -> Machine:
    return Machine({name: text for name, text in VERSIONS.items() if name not in names})


def cpu(root: Path, flags: str) -> Path:
    (root / "proc").mkdir()
    (root / "proc/cpuinfo").write_text(f"model name : x\nflags : {flags}\n", encoding="utf-8")
    return root


def test_a_compiler_is_found_with_its_version() -> None:
    assert doctor.compiler(Machine(VERSIONS)) == Finding("compiler", State.FOUND, "g++ 12.2.0")


def test_clang_will_do() -> None:
    assert doctor.compiler(without("g++")).detail == "clang++ 14.0.6"


def test_no_compiler_names_the_package() -> None:
    found = doctor.compiler(without("g++", "clang++"))
    assert (found.state, found.advice) == (State.MISSING, "sudo apt-get install g++")


def test_a_tool_that_is_too_old_is_missing() -> None:
    found = doctor.tool(doctor.TOOLS[0], Machine({"cmake": "cmake version 3.22.1"}))
    assert (found.state, found.detail) == (State.MISSING, "3.22.1 is older than 3.25")


def test_libraries_are_found_with_their_versions() -> None:
    found = {row.name: row.detail for row in doctor.libraries(Machine(VERSIONS))}
    assert found["doctest"] == "2.4.9"
    assert found["PAPI"] == "7.0.0.0"


def test_a_missing_library_names_its_package() -> None:
    simde = list(doctor.libraries(Machine(VERSIONS)))[-1]
    assert (simde.state, simde.advice) == (State.MISSING, "sudo apt-get install libsimde-dev")


def test_without_a_compiler_libraries_are_not_judged() -> None:
    details = {row.detail for row in doctor.libraries(without("g++", "clang++"))}
    assert details == {"cannot be looked for without a compiler"}


def test_what_keeps_limits_names_its_package() -> None:
    assert doctor.limiters(Machine(VERSIONS)).state is State.FOUND
    found = doctor.limiters(without("prlimit"))
    assert (found.state, found.detail) == (State.MISSING, "prlimit not found")
    assert found.advice == "sudo apt-get install util-linux"


def test_without_packages_the_sandbox_is_not_built_and_the_rest_is_shown(course: Course) -> None:
    rows = {row.name: row for row in doctor.examine(course, without("cmake"))}
    assert rows["sandbox"].detail == "cannot be built yet without CMake, Unicorn Engine, SIMDe"
    assert "kind of copy" in rows


def test_a_processor_below_the_graded_level_is_missing(tmp_path: Path) -> None:
    found = doctor.instruction_set(cpu(tmp_path, "avx avx2 bmi1 bmi2 f16c abm movbe"), "x86_64")
    assert (found.state, found.detail) == (State.MISSING, "x86-64-v3 is needed, without fma")


def test_another_architecture_is_no_obstacle(tmp_path: Path) -> None:
    assert doctor.instruction_set(tmp_path, "aarch64").state is State.NOTE


def test_a_busy_machine_is_noted() -> None:
    assert doctor.load(2, lambda: (1.5, 0, 0)).state is State.NOTE
    assert doctor.load(2, lambda: (0.5, 0, 0)).state is State.FOUND


def test_a_students_copy_is_recognised(course: Course) -> None:
    *_, kind = doctor.course_files(course)
    assert kind.detail == "student's: without solutions and hidden tests"


def test_a_broken_manifest_is_missing(course: Course) -> None:
    (course.labs[0].directory / "lab.toml").write_text("title =", encoding="utf-8")
    labs, _ = doctor.course_files(Course(course.root))
    assert labs.state is State.MISSING
    assert "is not TOML" in labs.detail


@pytest.mark.parametrize(("state", "status"), [("found", 0), ("note", 0), ("missing", 3)])
def test_only_what_is_missing_stops_grading(state: str, status: int) -> None:
    assert doctor.exit_status([Finding("a", State(state))]) == status


def test_the_text_ends_with_the_verdict() -> None:
    rows = [Finding("CMake", State.MISSING, "not found", "sudo apt-get install cmake")]
    assert doctor.as_text(rows).splitlines() == [
        "✗ CMake  not found",
        "         → sudo apt-get install cmake",
        "",
        "Not ready: CMake.",
    ]


def test_the_json_holds_every_finding() -> None:
    document = json.loads(doctor.as_json([Finding("CMake", State.FOUND, "3.25.1")]))
    assert document["ready"] is True
    assert document["findings"][0] == {
        "name": "CMake",
        "state": "found",
        "detail": "3.25.1",
        "advice": "",
    }


def test_this_machine_can_be_examined(course: Course) -> None:
    assert "CMake" in {finding.name for finding in doctor.examine(course)}


def test_a_program_that_is_absent_or_fails_says_nothing() -> None:
    assert doctor.run(["/nonexistent/program"]) is None
    assert doctor.run(["false"]) is None
