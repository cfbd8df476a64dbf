"""`./lab selftest`: tests Rooflab itself, the same way on a developer's machine and in CI.

Format, lint and types first (seconds), then C++ with GCC, Clang, sanitizers and for 64-bit ARM,
then Python, then the course. Each step prints its own tool's closing lines; the first failure does
not stop the rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rooflab.course.course import Course

CPP_FOLDERS = ("labs", "solutions", "grader", "tests", "handouts")
SHOWN_ON_FAILURE = 80


@dataclass(frozen=True)
class Step:
    """`shown` is how many closing lines of the tool are printed when it passes."""

    name: str
    command: Sequence[str]
    shown: int = 1


def steps(course: Course) -> list[Step]:
    """What is run, in order."""
    python = [sys.executable, "-P", "-m"]
    tools = Path(sys.executable).parent  # of requirements.lock, the same on every machine
    sources = [
        str(path.relative_to(course.root))
        for folder in CPP_FOLDERS
        for ending in ("h", "cpp")
        for path in sorted((course.root / folder).rglob(f"*.{ending}"))
    ]
    ours = ("labs/testing/", "solutions/", "grader/harness/")
    linted = [name for name in sources if name.startswith(ours) and name.endswith(".cpp")]
    return [
        Step("ruff format", [*python, "ruff", "format", "--check", "."]),
        Step("ruff check", [*python, "ruff", "check", "."]),
        Step("mypy", [*python, "mypy"]),
        Step(
            "clang-format", [str(tools / "clang-format"), "--dry-run", "-Werror", *sources], shown=0
        ),
        Step("GCC", ["env", "CXX=g++", "cmake", "--workflow", "--preset", "student"], shown=4),
        Step("Clang", ["cmake", "--workflow", "--preset", "clang"], shown=4),
        Step("sanitizers", ["cmake", "--workflow", "--preset", "asan"], shown=4),
        Step(
            "clang-tidy",
            [
                str(tools / "run-clang-tidy.py"),
                *(f"-clang-tidy-binary={tools / 'clang-tidy'}", "-quiet", "-p", "build/clang"),
                *linted,
            ],
            shown=0,
        ),
        Step("aarch64", ["tests/aarch64/run"], shown=2 * len(course.labs)),
        Step("pytest", [*python, "pytest", "-q"]),
        Step("verify", [*python, "rooflab", "verify"]),
    ]


def run(course: Course, attacks: bool = False) -> int:
    """Runs every step; 0 when all pass, else 1. With `attacks`, every attack and not only a few of
    each class."""
    failed = []
    environment = {**os.environ, "PYTHONPATH": str(course.root / "grader"), "NO_COLOR": "1"}
    if attacks:
        environment["ROOFLAB_ATTACKS"] = "all"
    for step in steps(course):
        started = time.monotonic()
        print(f"selftest: {step.name} …", flush=True)
        done = subprocess.run(
            step.command,
            cwd=course.root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        passed = done.returncode == 0
        lines = done.stdout.rstrip().splitlines()
        shown = step.shown if passed else SHOWN_ON_FAILURE
        print("\n".join(lines[-shown:] if shown else []))
        verdict = "passed" if passed else f"FAILED (exit status {done.returncode})"
        print(f"selftest: {step.name} {verdict} in {time.monotonic() - started:.1f} s", flush=True)
        if not passed:
            failed.append(step.name)
    total = len(steps(course))
    if failed:
        print(f"selftest: failed: {', '.join(failed)}")
    print(f"{total - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0
