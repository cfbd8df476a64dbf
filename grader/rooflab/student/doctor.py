"""Whether this machine can grade: what was found, what is missing, and what to type about it."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from rooflab.base.errors import ManifestError
from rooflab.base.text import sanitize, sanitize_line
from rooflab.course.course import Course
from rooflab.measure import machine
from rooflab.student import tryout
from rooflab.student.finding import Finding, State

READY, NOT_READY = 0, 3
FREE_BYTES_NEEDED = 500 * 1024**2
PYTHON_PACKAGES = ("jinja2", "numpy", "pydantic", "rich", "scipy", "typer")

# Runs a program on some input; what it printed, or None when it is absent or failed.
Run = Callable[[Sequence[str], str], str | None]


@dataclass(frozen=True)
class Tool:
    name: str
    commands: tuple[str, ...]  # the first one present counts
    package: str
    least: tuple[int, ...] = ()


@dataclass(frozen=True)
class Library:
    name: str
    header: str
    package: str
    version: tuple[str, ...] = ()  # the macros that hold it, most significant first


def _parts(prefix: str, least: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{part}" for part in ("MAJOR", "MINOR", least))


LIMITERS = ("setpriv", "prlimit")
COMPILERS = (
    Tool("compiler", ("g++",), "g++", (12,)),
    Tool("compiler", ("clang++",), "clang", (14,)),
)
TOOLS = (
    Tool("CMake", ("cmake",), "cmake", (3, 25)),
    Tool("Ninja", ("ninja", "ninja-build"), "ninja-build"),
    Tool("pkg-config", ("pkg-config",), "pkgconf"),
)
LIBRARIES = (
    Library("doctest", "doctest/doctest.h", "doctest-dev", _parts("DOCTEST_VERSION", "PATCH")),
    Library("Google Benchmark", "benchmark/benchmark.h", "libbenchmark-dev"),
    Library("PAPI", "papi.h", "libpapi-dev", ("PAPI_VERSION",)),
    Library("libseccomp", "seccomp.h", "libseccomp-dev", _parts("SCMP_VER", "MICRO")),
    Library(
        "Unicorn Engine",
        "unicorn/unicorn.h",
        "libunicorn-dev",
        _parts("UC_API", "PATCH"),
    ),
    Library("SIMDe", "simde/simde-common.h", "libsimde-dev", _parts("SIMDE_VERSION", "MICRO")),
)


def run(command: Sequence[str], text: str = "") -> str | None:
    """The real `Run`."""
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, errors="replace", timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def examine(course: Course, run: Run = run, root: Path = machine.ROOT) -> list[Finding]:
    """Every finding, in the order in which it is shown."""
    needed = [
        compiler(run),
        *(tool(wanted, run) for wanted in TOOLS),
        limiters(run),
        *libraries(run),
    ]
    absent = [f.name for f in needed if f.state is State.MISSING]
    return [
        *needed,
        *python_packages(),
        instruction_set(root),
        disk(course),
        load(),
        *tryout.try_out(course, absent),
        *course_files(course),
    ]


def exit_status(findings: Sequence[Finding]) -> int:
    return NOT_READY if any(f.state is State.MISSING for f in findings) else READY


def as_text(findings: Sequence[Finding]) -> str:
    symbols = {State.FOUND: "✓", State.MISSING: "✗", State.NOTE: "·"}
    width = max(len(finding.name) for finding in findings)
    lines = []
    for finding in findings:
        row = f"{symbols[finding.state]} {finding.name:<{width}}  {sanitize_line(finding.detail)}"
        lines.append(row.rstrip())
        if finding.advice:
            lines.append(f"  {'':<{width}}  → {sanitize(finding.advice)}")
    missing = [finding.name for finding in findings if finding.state is State.MISSING]
    verdict = f"Not ready: {', '.join(missing)}." if missing else "Ready to grade."
    return "\n".join([*lines, "", verdict, ""])


def as_json(findings: Sequence[Finding]) -> str:
    document = {
        "schema": "rooflab/doctor/v1",
        "ready": exit_status(findings) == READY,
        "findings": [asdict(finding) for finding in findings],
    }
    return json.dumps(document, indent=2) + "\n"


def compiler(run: Run) -> Finding:
    """GCC or Clang: one that is new enough is enough."""
    found = [tool(wanted, run) for wanted in COMPILERS]
    return next((finding for finding in found if finding.state is State.FOUND), found[0])


def tool(wanted: Tool, run: Run) -> Finding:
    install = f"sudo apt-get install {wanted.package}"
    for command in wanted.commands:
        output = run([command, "--version"], "")
        if output is None:
            continue
        match = re.search(r"\d+(?:\.\d+)+", output)
        version = match[0] if match else "of unknown version"
        shown = f"{command} {version}" if wanted in COMPILERS else version
        if match and tuple(int(part) for part in version.split(".")) < wanted.least:
            least = ".".join(str(part) for part in wanted.least)
            return Finding(wanted.name, State.MISSING, f"{shown} is older than {least}", install)
        return Finding(wanted.name, State.FOUND, shown)
    return Finding(wanted.name, State.MISSING, "not found", install)


def limiters(run: Run) -> Finding:
    """What ties the grader's programs to their limits."""
    absent = [name for name in LIMITERS if run([name, "--version"], "") is None]
    name = " and ".join(LIMITERS)
    if absent:
        install = "sudo apt-get install util-linux"
        return Finding(name, State.MISSING, f"{' and '.join(absent)} not found", install)
    return Finding(name, State.FOUND)


def libraries(run: Run) -> Iterator[Finding]:
    """One run of the preprocessor finds all headers where the build would find them."""
    source = "".join(
        f"#if __has_include(<{library.header}>)\n#define ROOFLAB_FOUND_{number}\n"
        + (f"#include <{library.header}>\n" if library.version else "")
        + "#endif\n"
        for number, library in enumerate(LIBRARIES)
    )
    for command in ("g++", "clang++"):
        macros = run([command, "-std=c++20", "-E", "-dM", "-x", "c++", "-"], source)
        if macros is not None:
            break
    for number, library in enumerate(LIBRARIES):
        if macros is None:
            yield Finding(library.name, State.MISSING, "cannot be looked for without a compiler")
        elif re.search(rf"^#define ROOFLAB_FOUND_{number}\b", macros, re.MULTILINE):
            yield Finding(library.name, State.FOUND, _version(library, macros))
        else:
            advice = f"sudo apt-get install {library.package}"
            yield Finding(library.name, State.MISSING, f"<{library.header}> not found", advice)


def python_packages() -> Iterator[Finding]:
    """One row for all: the launcher installs them together."""
    versions, absent = [], []
    for name in PYTHON_PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            absent.append(name)
    python = f"{platform.python_version()}: {', '.join(versions)}"
    if absent:
        advice = "remove the folder .venv and type ./lab again: it installs them"
        yield Finding("Python", State.MISSING, f"without {', '.join(absent)}", advice)
    else:
        yield Finding("Python", State.FOUND, python)


def instruction_set(root: Path, architecture: str = platform.machine()) -> Finding:
    name = "instruction set"
    if architecture not in ("x86_64", "AMD64"):
        return Finding(name, State.NOTE, f"{architecture}: x86 intrinsics compile through SIMDe")
    flags = machine.cpu_flags(root)
    if not flags:
        return Finding(name, State.NOTE, "unknown: /proc/cpuinfo does not list it")
    lacking = machine.missing_for_x86_64_v3(flags)
    if lacking:
        return Finding(
            name,
            State.MISSING,
            f"x86-64-v3 is needed, without {', '.join(lacking)}",
            "use a machine from 2015 or later; in a virtual machine, pass the host's CPU through",
        )
    return Finding(name, State.FOUND, "x86-64-v3")


def disk(course: Course) -> Finding:
    free = shutil.disk_usage(course.root).free
    shown = f"{free / 1024**3:.1f} GiB free"
    if free < FREE_BYTES_NEEDED:
        return Finding("disk", State.MISSING, shown, "free 500 MB for builds")
    return Finding("disk", State.FOUND, shown)


def load(
    cores: int | None = None, average: Callable[[], tuple[float, float, float]] = os.getloadavg
) -> Finding:
    cores = cores or len(os.sched_getaffinity(0))
    now = average()[0]
    detail = f"{cores}, load {now:.1f}"
    if now > cores / 2:
        return Finding("cores", State.NOTE, detail, "grades take longer while others compute")
    return Finding("cores", State.FOUND, detail)


def course_files(course: Course) -> Iterator[Finding]:
    wrong = []
    for lab in course.labs:
        try:
            _ = lab.manifest
        except ManifestError as error:
            wrong.append(error)
    names = ", ".join(lab.name for lab in course.labs)
    if wrong or not names:
        detail = "; ".join(error.message for error in wrong) or "none found"
        advice = wrong[0].help if wrong else "get a complete copy of the course"
        yield Finding("labs", State.MISSING, detail, advice)
    else:
        yield Finding("labs", State.FOUND, names)
    parts = {"solutions": course.solutions, "hidden tests": course.hidden}
    here = [name for name, folder in parts.items() if folder is not None]
    if len(here) == len(parts):
        yield Finding("kind of copy", State.NOTE, "instructor's: with solutions and hidden tests")
    else:
        lacking = " and ".join(name for name in parts if name not in here)
        yield Finding("kind of copy", State.NOTE, f"student's: without {lacking}")


def _version(library: Library, macros: str) -> str:
    values = (
        re.search(rf"^#define {name} (.*)$", macros, re.MULTILINE) for name in library.version
    )
    return ".".join(number for value in values if value for number in re.findall(r"\d+", value[1]))
