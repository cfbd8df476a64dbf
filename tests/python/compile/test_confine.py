"""What a confined tool may do to other processes: nothing. A small program tries each way, on a
process of the same user; unconfined, each of them works."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rooflab.compile.trusted import LabBuild

# Prints "worked" or the error's name.
PROGRAM = """
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int, char** argv) {
  const pid_t other = atoi(argv[1]);
  siginfo_t info{};
  info.si_code = SI_QUEUE;
  rlimit limit{};
  cpu_set_t processors;
  CPU_ZERO(&processors);
  CPU_SET(0, &processors);
  const f_owner_ex owner{F_OWNER_PID, other};
  const bool worked = ATTEMPT;
  puts(worked ? "worked" : strerrorname_np(errno));
}
"""
ATTEMPTS = {
    "kill": "kill(other, 0) == 0",
    "tkill": "syscall(SYS_tkill, other, 0) == 0",
    "tgkill": "syscall(SYS_tgkill, other, other, 0) == 0",
    "rt_sigqueueinfo": "syscall(SYS_rt_sigqueueinfo, other, 0, &info) == 0",
    "rt_tgsigqueueinfo": "syscall(SYS_rt_tgsigqueueinfo, other, other, 0, &info) == 0",
    "sched_setaffinity": "sched_setaffinity(other, sizeof(processors), &processors) == 0",
    "prlimit64": "prlimit(other, RLIMIT_NOFILE, nullptr, &limit) == 0",
    "F_SETOWN": "fcntl(1, F_SETOWN, other) == 0",
    "F_SETOWN_EX": "fcntl(1, F_SETOWN_EX, &owner) == 0",
    "F_SETOWN in disguise": "syscall(SYS_fcntl, 1, (1L << 32) + F_SETOWN, other) == 0",
    "F_SETSIG": "fcntl(1, F_SETSIG, SIGTERM) == 0",
    "F_SETLEASE": "fcntl(open(argv[0], O_RDONLY), F_SETLEASE, F_RDLCK) == 0",
    "setpgid": "setpgid(0, 0) == 0",
    "setsid": "setsid() > 0",
}


@pytest.fixture
def other() -> Iterator[int]:
    with subprocess.Popen(["sleep", "60"]) as process:
        yield process.pid
        process.kill()


def message(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_confined_tool_reaches_no_other_process(
    trusted: LabBuild, tmp_path: Path, other: int, attempt: str
) -> None:
    source = tmp_path / "attempt.cpp"
    source.write_text(PROGRAM.replace("ATTEMPT", ATTEMPTS[attempt]), encoding="utf-8")
    program = tmp_path / "attempt"
    command = [trusted.compiler, "-std=c++20", "-static", str(source), "-o", str(program)]
    subprocess.run(command, check=True)
    assert message([str(program), str(other)]) == "worked"
    confined = [str(trusted.confine), f"--read={tmp_path}", "--cpu=5", "--"]
    assert message([*confined, str(program), str(other)]) == "EPERM"


def test_a_confined_tool_may_ask_about_itself(trusted: LabBuild, tmp_path: Path) -> None:
    source = tmp_path / "attempt.cpp"
    own = "prlimit(0, RLIMIT_STACK, nullptr, &limit) == 0 && fcntl(1, F_GETFD) >= 0"
    source.write_text(PROGRAM.replace("ATTEMPT", own), encoding="utf-8")
    program = tmp_path / "attempt"
    subprocess.run([trusted.compiler, "-std=c++20", "-static", source, "-o", program], check=True)
    confined = [str(trusted.confine), f"--read={tmp_path}", "--cpu=5", "--"]
    assert message([*confined, str(program), "0"]) == "worked"
