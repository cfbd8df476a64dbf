"""Each command has a folder of its own; what a killed one left is removed, what runs is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rooflab.base import scratch as module
from rooflab.base.scratch import exclusive_lock, scratch
from rooflab.course.course import Course


def started(course: Course, code: str) -> subprocess.Popen[str]:
    """Another command, which runs `code` in its folder after it has printed where that is."""
    program = (
        "import os, sys; from pathlib import Path\n"
        "from rooflab.base.scratch import scratch\n"
        "with scratch(Path(sys.argv[1])) as work:\n"
        f"    print(work, flush=True); {code}"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program, str(course.build)],
        env={"PYTHONPATH": str(Path(module.__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def folder_of(command: subprocess.Popen[str]) -> Path:
    assert command.stdout is not None
    return Path(command.stdout.readline().strip())


def test_the_folder_is_empty_and_removed_at_the_end(course: Course) -> None:
    with scratch(course.build) as work:
        assert list(work.iterdir()) == []
        (work / "file").touch()
    assert not work.exists()


def test_it_is_removed_after_a_failure(course: Course) -> None:
    with pytest.raises(ZeroDivisionError), scratch(course.build) as work:
        raise ZeroDivisionError
    assert not work.exists()


def test_what_a_killed_command_left_is_removed(course: Course) -> None:
    killed = started(course, "(work / 'left').touch(); os.kill(os.getpid(), 9)")
    left = folder_of(killed)
    killed.wait()
    assert (left / "left").exists()
    with scratch(course.build) as work:
        assert not left.exists()
        assert [path.name for path in work.parent.iterdir()] == [work.name]
    killed.communicate()


def test_the_folder_of_a_command_that_runs_is_left_alone(course: Course) -> None:
    running = started(course, "sys.stdin.read(); sys.exit(not work.is_dir())")
    theirs = folder_of(running)
    with scratch(course.build) as work:
        assert theirs.is_dir()
        assert theirs != work
    running.communicate()
    assert running.returncode == 0
    assert not theirs.exists()


def test_folders_deeper_than_python_goes_are_removed(course: Course) -> None:
    with scratch(course.build) as work:
        folder = os.open(work, os.O_RDONLY)
        for _ in range(3 * sys.getrecursionlimit()):
            os.mkdir("d", dir_fd=folder)
            below = os.open("d", os.O_RDONLY, dir_fd=folder)
            os.close(folder)
            folder = below
        os.close(folder)
    assert not work.exists()


def test_folders_that_were_closed_are_removed(course: Course) -> None:
    with scratch(course.build) as work:
        (work / "closed" / "inner").mkdir(parents=True)
        (work / "closed").chmod(0)
    assert not work.exists()


def test_commands_take_turns(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from rooflab.base.scratch import exclusive_lock\n"
        "print('waits', flush=True)\n"
        "with exclusive_lock(Path(sys.argv[1])): print('has it')"
    )
    with exclusive_lock(tmp_path / "lock"):
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "lock")],
            env={"PYTHONPATH": str(Path(module.__file__).parents[2])},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "waits\n"
        assert other.poll() is None
    assert other.communicate()[0] == "has it\n"
