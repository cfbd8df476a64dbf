"""Builds hostile submissions as the grader does, with limits so low that small bombs reach them.

The witness builds with a compiler that nothing confines (`confine`), or hears it out
(`output_limit`).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

from rooflab.base.process import Finished, Limits, run
from rooflab.build import worker
from rooflab.build.trusted import LabBuild, prepare
from rooflab.course.course import Course
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause

ROOT = Path(__file__).resolve().parents[3]
CASES = ROOT / "tests" / "attacks"
SOLUTION = Path("solutions", "02_blocking", "kernels.cpp")
SECONDS = 10
KEY = "2a" * 32
MEMORY_BYTES = 400 << 20
UNLIMITED = Limits(wall_s=90, memory_bytes=None, output_bytes=64 << 20, file_bytes=1 << 30)


@cache
def trusted() -> LabBuild:
    course = Course(ROOT)
    return prepare(course, course.find("02"))


def submit(source: Path, work: Path, without: Sequence[str] = ()) -> tuple[str, str, str]:
    """Builds a worker in a folder of its own below `work`: the reason that it failed, if it did,
    why in words, and all that came out, the program included."""
    (work / "secret.txt").write_text("a secret of the grader", encoding="utf-8")
    includes = work / "includes"
    (includes / SOLUTION.parent).mkdir(parents=True)
    shutil.copy(ROOT / SOLUTION, includes / SOLUTION)
    for header in CASES.glob("*.h"):
        shutil.copy(header, includes)
    own = work / "own"
    own.mkdir()
    limits = replace(worker.COMPILE_LIMITS, wall_s=SECONDS)
    if "output_limit" in without:
        limits = replace(limits, output_bytes=UNLIMITED.output_bytes)
    with (
        patch.object(worker, "COMPILE_LIMITS", limits),
        patch.object(worker, "COMPILER_MEMORY_BYTES", MEMORY_BYTES),
        patch.object(worker, "_confined", _free if "confine" in without else worker._confined),
    ):
        built = worker.build_submission(
            trusted(), SubmittedFiles({"kernels.cpp": source.read_bytes()}), own, [includes]
        )
    if isinstance(built, Cause):
        return built.reason.value, built.rationale, built.rationale
    return "", "", built.worker.read_bytes().decode("utf-8", errors="replace")


def _free(trusted: LabBuild, arguments: Sequence[str], directory: Path, *_: object) -> Finished:
    """The compiler as the grader's user could call it: it reads all files, and the environment."""
    environment = {**os.environ, "ROOFLAB_KEY": KEY}
    command = [trusted.compiler, *arguments]
    return run(command, UNLIMITED, directory=directory, environment=environment)
