"""A command that is told to end, or killed, leaves nothing running and nothing lying about."""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_build
from lifeline import PATIENCE_S, Lifeline

from rooflab import cli
from rooflab.base.scratch import scratch
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course
from rooflab.measure.machine import Counters, Measured

GRADER = Path(cli.__file__).parents[1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_runs_ends_with_its_command(
    course: Course, tmp_path: Path, lifeline: Lifeline, number: signal.Signals
) -> None:
    """The compiler holds the lifeline open and hangs."""
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip("ignored by whoever started these tests, so by the command too")
    compiler = tmp_path / "compiler"
    compiler.write_text(
        f"#!/bin/sh\nexec >{lifeline.path}\necho\nexec sleep 1000\n", encoding="utf-8"
    )
    compiler.chmod(0o755)
    small_build.write(course, str(compiler))
    command = subprocess.Popen(
        [sys.executable, "-P", "-m", "rooflab", "test", "02"],
        env=os.environ | {"PYTHONPATH": str(GRADER), "ROOFLAB_ROOT": str(course.root)},
        stderr=subprocess.PIPE,
    )
    lifeline.wait_until_held()
    command.send_signal(number)
    _, message = command.communicate()
    lifeline.wait_until_released()
    assert command.returncode == 130
    assert b"Traceback" not in message
    assert list((course.build / "tmp").iterdir()) == []


# --- Killed while it grades -----------------------------------------------------------------------

# The command line, with the course, and what is built and measured before it grades, from a file.
COMMAND = """
import pickle, sys
from pathlib import Path
from rooflab import cli
from rooflab.course.course import Course
from rooflab.grading import grade
from rooflab.measure import machine
course, trusted, measured = pickle.loads(Path(sys.argv[1]).read_bytes())
Course.discover = lambda: course
grade.prepare = lambda _course, _lab: trusted
machine.measure = lambda *_: measured
sys.exit(cli.main(sys.argv[2:]))
"""
MEASURED = Measured(1e6, 1e6, {"tier": "complete"}, Counters((), "none", ""))
# Kernels that hang, each in another step of grading; the program that then runs.
HANG = "for (volatile int n = 0;;) n = 1;"
COMPILED = """
constexpr long spin() { long n = 0; while (n >= 0) n = (n + 1) % 1000; return n; }
template <int I> struct Spin { static constexpr long value = spin() + Spin<I - 1>::value; };
template <> struct Spin<0> { static constexpr long value = 0; };
long result = Spin<800>::value;
"""
GLANCE_S = 0.01
STEPS = {
    "cc1plus": (COMPILED, ""),
    "worker": ("", HANG),
    "lab02_remote_timing": ("", f"if (c.rows == 64 && a.cols == 1024) {HANG}"),
    "rooflab_emulator": ("", f"if (c.rows == 64 && a.cols == 400) {HANG}"),
}


def running(folder: Path) -> Iterator[tuple[int, str]]:
    """Number and name of the processes that work somewhere in a folder."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            there = (process / "cwd").readlink().is_relative_to(folder)
            name = (process / "cmdline").read_bytes().split(b"\0")[0].decode()
        except OSError:  # it has ended, or is not ours
            continue
        if there and name:
            yield int(process.name), Path(name).name


def running_in_session(session: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(fields[3]) == session:
            found.append(int(status.parent.name))
    return found


def wait_for(name: str, folder: Path) -> int:
    """The number of the process of that name, as soon as it runs."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        for number, found in running(folder):
            if found == name:
                return number
        time.sleep(GLANCE_S)
    raise AssertionError(f"there is no {name}, but {sorted(running(folder))}")


def assert_nothing_runs(folder: Path) -> None:
    """Soon: what is killed takes a moment to end."""
    end = time.monotonic() + PATIENCE_S
    while left := sorted(running(folder)):
        assert time.monotonic() < end, left
        time.sleep(GLANCE_S)


class Grading:
    """A command that grades matmul_blocked alone: its tests, speed and cache misses."""

    def __init__(self, course: Course, trusted: LabBuild, folder: Path) -> None:
        self.course = course
        self.folder = folder
        self.report = folder / "report.json"
        manifest = trusted.lab.manifest
        measurements = [m for m in manifest.measurements if m.kernel == "matmul_blocked"]
        self.lab = course.find("02")
        self.lab.__dict__["manifest"] = manifest.model_copy(
            update={"kernels": (manifest.kernel("matmul_blocked"),), "measurements": measurements}
        )
        assert trusted.lab.solution is not None
        self.solution = (trusted.lab.solution / "kernels.cpp").read_text(encoding="utf-8")
        self.trusted = trusted

    def start(self, step: str) -> subprocess.Popen[bytes]:
        """Of a submission that hangs in that step; the command has come so far."""
        top, body = STEPS[step]
        head, rest = self.solution.split("void matmul_blocked(", 1)
        parameters, rest = rest.split("{", 1)
        text = f"{head}void matmul_blocked({parameters}{{ {body}\n{rest}{top}"
        (self.lab.directory / "kernels.cpp").write_text(text, encoding="utf-8")
        known = self.folder / "known"
        known.write_bytes(pickle.dumps((self.course, self.trusted, MEASURED)))
        command = subprocess.Popen(
            [sys.executable, "-P", "-c", COMMAND, known, "grade", "02", "--json", self.report],
            env=os.environ | {"PYTHONPATH": str(GRADER)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        wait_for(step, self.course.root)
        return command

    def assert_nothing_is_left(self) -> None:
        """No process, nor half a report; and the next command removes what the killed one made."""
        assert_nothing_runs(self.course.root)
        assert not self.report.exists()
        assert not self.lab.last_report.exists()
        with scratch(self.course.build) as work:
            assert list(work.parent.iterdir()) == [work]


@pytest.fixture
def grading(course: Course, trusted: LabBuild, tmp_path: Path) -> Grading:
    return Grading(course, trusted, tmp_path)


@pytest.mark.parametrize("step", STEPS)
def test_nothing_outlives_a_command_that_is_killed(grading: Grading, step: str) -> None:
    command = grading.start(step)
    command.kill()
    command.communicate()
    grading.assert_nothing_is_left()


def test_nothing_outlives_a_session_that_is_killed(grading: Grading) -> None:
    command = grading.start("worker")
    os.killpg(command.pid, signal.SIGKILL)
    for number in running_in_session(command.pid):
        os.kill(number, signal.SIGKILL)
    command.communicate()
    grading.assert_nothing_is_left()


def test_a_harness_that_is_killed_leaves_nothing_and_is_no_ones_grade(grading: Grading) -> None:
    command = grading.start("worker")
    os.kill(wait_for("lab02_remote_tests", grading.course.root), signal.SIGKILL)
    _, message = command.communicate()
    assert command.returncode == 3
    assert b"error: the tests ended half-way (SIGKILL)" in message
    assert list((grading.course.build / "tmp").iterdir()) == []
    grading.assert_nothing_is_left()
