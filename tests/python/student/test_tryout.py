"""Each part of the sandbox that this machine lacks is named, with what to do about it."""

from dataclasses import replace
from pathlib import Path

import pytest

from rooflab.compile.trusted import MachineBuild, prepare_machine
from rooflab.course.course import Course
from rooflab.measure.machine import Counters, Measured
from rooflab.student import tryout
from rooflab.student.finding import Finding, State

ROOT = Path(__file__).resolve().parents[3]
SOUND = {
    "tier": "complete",
    "landlock": "version 7",
    "user": "separate",
    "open_a_file": "stopped",
    "trace": "stopped",
}
NO_COUNTERS = Counters((), "it has none", "")


def rows(**message: str) -> dict[str, Finding]:
    measured = Measured(100.0, 20.0, SOUND | message, NO_COUNTERS)
    return {row.name: row for row in tryout.sandbox(measured)}


@pytest.fixture(scope="module")
def built() -> MachineBuild:
    return prepare_machine(Course(ROOT))


def instead(tmp_path: Path, built: MachineBuild, script: str) -> MachineBuild:
    """The build, with a shell script in place of rooflab_confine."""
    program = tmp_path / "confine"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return replace(built, confine=program)


def test_a_sound_sandbox_is_found_whole() -> None:
    assert {row.state for row in rows().values()} == {State.FOUND}


def test_what_got_through_is_listed() -> None:
    row = rows(trace="NOT stopped", tier="partial")["system calls"]
    assert (row.state, row.detail) == (State.NOTE, "NOT stopped: trace")
    assert "seccomp" in row.advice


def test_a_kernel_without_landlock_says_which_one_has_it() -> None:
    row = rows(landlock="missing: this kernel does not offer Landlock")["Landlock"]
    assert row.state is State.NOTE
    assert "Linux 5.13 or later" in row.advice


def test_the_graders_own_user_is_noted() -> None:
    row = rows(user="the grader's own: start the grader as root to separate them")[
        "user of kernels"
    ]
    assert row.state is State.NOTE
    assert "as root" in row.advice


def test_a_partial_sandbox_is_no_obstacle_but_to_official_grades() -> None:
    row = rows(tier="partial")["sandbox"]
    assert (row.state, row.detail) == (
        State.NOTE,
        "partial: no official grades on this machine",
    )


def test_what_the_build_lacks_is_named(course: Course) -> None:
    (row,) = tryout.try_out(course, ["CMake", "PAPI"])
    assert (row.state, row.detail) == (State.MISSING, "cannot be built yet without CMake, PAPI")


def test_a_build_that_fails_is_told(course: Course) -> None:
    (row,) = tryout.try_out(course, [])
    assert row.state is State.MISSING
    assert row.detail.startswith("the course's own files do not build")
    assert "./lab doctor" not in row.advice


def test_a_folder_that_cannot_be_written_is_told(course: Course) -> None:
    course.build.write_text("a file in its place", encoding="utf-8")
    (row,) = tryout.try_out(course, [])
    assert (row.state, row.detail) == (
        State.MISSING,
        f"cannot be built: {course.build}: File exists",
    )


def test_this_machine_is_tried_out() -> None:
    names = [row.name for row in tryout.try_out(Course(ROOT), [])]
    assert names == [
        "system calls",
        "Landlock",
        "user of kernels",
        "sandbox",
        "compilers' sandbox",
        "roof of one core",
        "hardware counters",
        "PAPI self-test",
    ]


@pytest.mark.parametrize(
    ("script", "state"),
    [
        ("exit 1", State.MISSING),  # nothing can be read
        ("exit 0", State.NOTE),  # everything can
        ('case "$*" in */proc/*) exit 1 ;; esac', State.FOUND),
    ],
)
def test_what_compilers_can_read_is_tried(
    built: MachineBuild, tmp_path: Path, script: str, state: State
) -> None:
    assert tryout.compilers_sandbox(instead(tmp_path, built, script), tmp_path).state is state


def test_missing_counters_are_no_obstacle() -> None:
    hardware, papi = tryout.counting(NO_COUNTERS)
    assert (hardware.state, hardware.detail) == (State.NOTE, "unmeasured: it has none")
    assert papi.state is State.FOUND


def test_a_papi_that_counts_wrong_is_noted() -> None:
    _, papi = tryout.counting(Counters((), "it has none", "counted 12, expected 4368."))
    assert (papi.state, papi.detail) == (State.NOTE, "counted 12, expected 4368.")
