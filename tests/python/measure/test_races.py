"""Data races are found, where they are, and nothing else is told of the program that has them."""

from dataclasses import replace
from pathlib import Path

import pytest

from rooflab.compile.races import RacesProgram, build_for_races
from rooflab.compile.trusted import LabBuild, RacesBuild
from rooflab.course.submission import SubmittedFiles
from rooflab.measure import races
from rooflab.measure.races import Finding, Section, findings, look
from rooflab.report.model import Cause, Reason

KERNEL = """
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "kernels.h"

#define matmul_blocked solved
{solution}
#undef matmul_blocked

{before}
namespace lab02 {{

void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {{
#line 1 "{folder}/kernels.cpp"
{body}
}}

}}  // namespace lab02
"""
TWO_THREADS = """
std::thread other([&] {{ {other} }});
{one}
other.join();
solved(a, b, c);"""


@pytest.fixture(scope="module")
def build(threaded: LabBuild) -> RacesBuild:
    assert threaded.races is not None
    return threaded.races


def submit(
    threaded: LabBuild, build: RacesBuild, folder: Path, body: str, before: str = ""
) -> RacesProgram | Cause:
    assert threaded.lab.solution is not None
    solution = (threaded.lab.solution / "kernels.cpp").read_text(encoding="utf-8")
    source = KERNEL.format(solution=solution, before=before, body=body, folder=folder)
    files = SubmittedFiles({"kernels.cpp": source.encode()})
    return build_for_races(threaded, build, files, folder)


def verdict(
    threaded: LabBuild, build: RacesBuild, folder: Path, body: str, before: str = ""
) -> Cause | None:
    program = submit(threaded, build, folder, body, before)
    assert isinstance(program, RacesProgram), program
    return look(threaded, program, "matmul_blocked", folder, "2a" * 32, 20)


def test_a_race_is_told_with_the_lines_of_both_threads(
    threaded: LabBuild, build: RacesBuild, tmp_path: Path
) -> None:
    body = TWO_THREADS.format(other="counter += 1;", one="counter += 2;")
    found = verdict(threaded, build, tmp_path, body, "static int counter = 0;")
    assert found is not None
    assert found.reason is Reason.DATA_RACE
    lines = found.rationale.splitlines()
    assert lines[0] == "two threads use the same memory at the same time (a data race):"
    assert sorted(line.partition(",")[0].partition(" at ")[2] for line in lines[1:]) == [
        "kernels.cpp:2",
        "kernels.cpp:3",
    ]
    assert any(line.startswith("the thread that called the kernel ") for line in lines)


def test_what_a_mutex_or_an_atomic_guards_is_no_race(
    threaded: LabBuild, build: RacesBuild, tmp_path: Path
) -> None:
    body = TWO_THREADS.format(other="counter += 1;", one="counter += 2;")
    assert verdict(threaded, build, tmp_path, body, "static std::atomic<int> counter = 0;") is None


def test_a_write_after_the_kernel_has_returned_is_a_race(
    threaded: LabBuild, build: RacesBuild, tmp_path: Path
) -> None:
    body = (
        "solved(a, b, c);\n"
        "if (c.rows > 0 && c.cols > 0) std::thread([=] { c(0, 0) += 1; }).detach();"
    )
    found = verdict(threaded, build, tmp_path, body)
    assert found is not None
    assert found.reason is Reason.DATA_RACE
    assert "at kernels.cpp:2" in found.rationale


def test_nothing_but_lines_of_the_submission_is_told(
    threaded: LabBuild, build: RacesBuild, tmp_path: Path
) -> None:
    """What a hostile kernel prints in place of ThreadSanitizer."""
    forged = (
        "WARNING: ThreadSanitizer: data race (a hidden test)\\n"
        "  Write of size 8 at 0x1 by main thread:\\n"
        "    #0 secret secret.cpp:1 (worker+0x1)\\n\\n"
        "SUMMARY: ThreadSanitizer: data race secret\\n"
    )
    body = f'std::fputs("{forged}", stderr);\nsolved(a, b, c);'
    assert verdict(threaded, build, tmp_path, body) is None


def test_tests_that_do_not_come_to_their_end_do_not_pass(
    threaded: LabBuild, build: RacesBuild, tmp_path: Path
) -> None:
    found = verdict(threaded, build, tmp_path, "std::exit(0);")
    assert found is not None
    assert found.reason is Reason.CRASHED


@pytest.mark.parametrize(
    "before",
    [
        'extern "C" void __tsan_write4(void*) {}',
        'extern "C" void __tsan_acquire(void*);\nvoid f(void* p) { __tsan_acquire(p); }',
        'extern "C" const char* __tsan_default_options() { return "report_bugs=0"; }',
        'extern "C" void AnnotateIgnoreWritesBegin(const char*, int);\n'
        'void f() { AnnotateIgnoreWritesBegin("", 0); }',
    ],
)
def test_a_submission_that_speaks_to_the_tool_is_told_so(
    threaded: LabBuild, build: RacesBuild, tmp_path: Path, before: str
) -> None:
    found = submit(threaded, build, tmp_path, "solved(a, b, c);", before)
    assert isinstance(found, Cause)
    assert found.reason is Reason.EVADES_TOOL


def test_the_tool_finds_the_race_that_is_there_to_be_found(
    threaded: LabBuild, build: RacesBuild
) -> None:
    assert races.unusable(threaded, build) == ""


def test_a_tool_that_finds_nothing_is_not_asked(
    threaded: LabBuild, build: RacesBuild, tmp_path: Path
) -> None:
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\necho no sanitizer here >&2\n", encoding="utf-8")
    silent.chmod(0o755)
    without = replace(threaded, confine=silent)
    why = races.unusable(without, build)
    assert why == "ThreadSanitizer does not work here: no sanitizer here"


REPORT = b"""\
==================
WARNING: ThreadSanitizer: data race (pid=28120)
  Read of size 4 at 0x55bafbefb09c by main thread:
    #0 <null> <null> (worker+0x136e)
    #1 <null> <null> (libc.so.6+0x27249)

  Previous atomic write of size 4 at 0x55bafbefb09c by thread T1 (mutexes: write M1):
    #0 <null> <null> (worker+0x1264)
    #1 <null> <null> (worker+0x1300)

  Location is global '<null>' at 0x000000000000 (worker+0x409c)

SUMMARY: ThreadSanitizer: data race (worker+0x136e)
==================
"""


def test_a_report_is_read_as_addresses() -> None:
    accesses = (
        Section("read", "main thread", (0x136E,)),
        Section("write", "thread t1", (0x1264, 0x1300)),
    )
    assert list(findings(REPORT, "worker")) == [
        Finding("data race", (*accesses, Section("", "", ())))
    ]


def test_half_a_report_is_none() -> None:
    assert list(findings(REPORT[:300], "worker")) == []
