"""Builds what a lab is graded with.

CMake builds what is trusted (harness programs, workers with baseline and reference) and writes down
how, in rooflab_build.json. A submission never meets CMake: its files go into a folder of their own
and are compiled and linked there with fixed commands, by tools that are confined to the toolchain
and those files (grader/harness/programs/confine_main.cpp). What comes out is a worker, and just as
hostile.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rooflab import toolchain
from rooflab.course import Course, Lab
from rooflab.errors import SetupError
from rooflab.process import ENVIRONMENT, Ending, Finished, Limits, run
from rooflab.report import Cause, Reason
from rooflab.scratch import only_one
from rooflab.submission import Submission
from rooflab.text import plain

CMAKE_LIMITS = Limits(wall_s=1800, memory_bytes=None, output_bytes=4 << 20, file_bytes=1 << 40)
# Of all the compiler's and the linker's runs on one submission together, as far as time goes.
COMPILE_LIMITS = Limits(wall_s=60, memory_bytes=None, output_bytes=256 * 1024, file_bytes=1 << 28)
COMPILER_MEMORY_BYTES = 2 << 30
COMPILER_FILE_BYTES = 64 << 20
MAX_DIAGNOSTIC_LINES = 30
NEEDED_BYTES = 256 << 20  # of free disk space; with less, a failure may not be the student's
WARNING = re.compile(r"^[^ ].*: warning: ", re.MULTILINE)
TROUBLE = re.compile("error|undefined reference|multiple definition", re.IGNORECASE)
PORTABLE = "put code for AVX between #ifdef __AVX2__ and #endif, with plain C++ behind #else"


@dataclass(frozen=True)
class EmulatedBuild:
    """The same for the emulator that cache misses are counted in: it knows no AVX."""

    emulator: Path
    compile_flags: tuple[str, ...]
    baseline: Path
    reference: Path | None


@dataclass(frozen=True)
class LabBuild:
    """A lab's trusted part, built, and how to build a worker against it."""

    lab: Lab
    compiler: str
    compiler_version: str
    toolchain: tuple[Path, ...]  # what the compiler may read of the system
    compile_flags: tuple[str, ...]
    includes: tuple[str, ...]
    worker_objects: tuple[str, ...]
    # Harness programs; kernels are answered by the worker that they are given.
    tests: Path
    hidden_tests: Path | None  # None: no hidden tests in this copy of the course
    timing: Path
    misses: Path
    hardware: Path
    # Workers.
    baseline: Path
    reference: Path | None  # None: no solutions in this copy of the course
    emulated: EmulatedBuild
    # Of the machine.
    confine: Path
    machine: Path
    probe: Path
    counters: Path


@dataclass(frozen=True)
class MachineBuild:
    """The programs that try a machine out, built; they need no lab."""

    compiler: str
    toolchain: tuple[Path, ...]
    confine: Path
    machine: Path
    probe: Path
    counters: Path


@dataclass(frozen=True)
class Built:
    """A submission, built. `warnings` is the compiler's output, made harmless; it may be empty."""

    worker: Path
    warnings: str

    @property
    def warning_count(self) -> int:
        return len(WARNING.findall(self.warnings))


def prepare(course: Course, lab: Lab) -> LabBuild:
    """Builds the trusted part of a lab; quick when nothing has changed."""
    description = _describe(course, f"lab{lab.name[:2]}_trusted")
    return _lab_build(description, lab)


def prepare_machine(course: Course) -> MachineBuild:
    """Builds what tries this machine out; quick when nothing has changed."""
    names = ("confine", "machine", "probe", "counters")
    description = _describe(course, "rooflab_machine_trusted")
    paths = {name: Path(description[name]) for name in names}
    return MachineBuild(
        compiler=description["compiler"], toolchain=description["toolchain"], **paths
    )


def _describe(course: Course, target: str) -> dict[str, Any]:
    """rooflab_build.json, once `target` is built."""
    directory = course.build / "grader"
    with only_one(course.build / "grader.lock"):
        _check_room(course.build)
        if not _configured(directory, course):
            where = ["-S", str(course.root), "-B", str(directory)]
            how = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"]
            _cmake(["cmake", "--fresh", *where, *how], course)
        _cmake(["cmake", "--build", str(directory), "--target", target], course)
        found: dict[str, Any] = json.loads(
            (directory / "rooflab_build.json").read_text(encoding="utf-8")
        )
        if shutil.which(found["compiler"]) is None:
            raise SetupError(f"the compiler {found['compiler']} is gone", "./lab doctor")
        found["toolchain"] = toolchain.kept(found["compiler"], directory / "toolchain.json")
        toolchain.keep_apart(course.root, found["toolchain"])
        return found


def _configured(directory: Path, course: Course) -> bool:
    """Whether CMake has been there, for the course where it is now: folders get moved."""
    if not (directory / "build.ninja").exists():
        return False
    cache = (directory / "CMakeCache.txt").read_text(encoding="utf-8", errors="replace")
    return f"\nCMAKE_HOME_DIRECTORY:INTERNAL={course.root}\n" in cache


def _lab_build(description: dict[str, Any], lab: Lab) -> LabBuild:
    about = description["labs"][lab.name]
    _check_flags(lab, about["flags"])
    hidden, reference = about["hidden_tests"], about["workers"].get("reference")
    emulated_reference = about["emulated_workers"].get("reference")
    return LabBuild(
        lab=lab,
        compiler=description["compiler"],
        compiler_version=description["compiler_version"],
        toolchain=description["toolchain"],
        compile_flags=tuple(about["compile"]),
        includes=tuple(about["includes"]),
        worker_objects=tuple(about["objects"]),
        tests=Path(about["tests"]),
        hidden_tests=Path(hidden) if hidden else None,
        timing=Path(about["timing"]),
        misses=Path(about["misses"]),
        hardware=Path(about["hardware"]),
        baseline=Path(about["workers"]["baseline"]),
        reference=Path(reference) if reference else None,
        emulated=EmulatedBuild(
            emulator=Path(description["emulator"]),
            compile_flags=tuple(about["compile_emulated"]),
            baseline=Path(about["emulated_workers"]["baseline"]),
            reference=Path(emulated_reference) if emulated_reference else None,
        ),
        confine=Path(description["confine"]),
        machine=Path(description["machine"]),
        probe=Path(description["probe"]),
        counters=Path(description["counters"]),
    )


def _check_flags(lab: Lab, built: Sequence[str]) -> None:
    """CMake reads the manifest's flags by itself, and without TOML: it may have read it wrong."""
    wanted = lab.manifest.flags
    if tuple(built) != wanted:
        raise SetupError(
            f"{lab.name} is built with flags {list(built)}, but its manifest says {list(wanted)}",
            f'write them in labs/{lab.name}/lab.toml as a plain list: flags = ["-O3"]; if they '
            "are, remove the folder build/grader",
        )


def _cmake(command: Sequence[str], course: Course) -> None:
    done = run(command, CMAKE_LIMITS, directory=course.root, environment=os.environ)
    if done.code == 127:
        raise SetupError(f"{command[0]} is not installed", "./lab doctor")
    if not done.succeeded:
        lines = plain(done.stdout + done.stderr, limit=CMAKE_LIMITS.output_bytes).splitlines()
        errors = [line for line in lines if TROUBLE.search(line)] or lines
        shown = "\n  ".join(errors[:12])
        raise SetupError(
            f"the course's own files do not build:\n  {shown}",
            "./lab doctor shows whether a package is missing; if you changed files of the "
            "course other than your kernels, put them back (git status shows them)",
        )


def build_submission(
    trusted: LabBuild,
    submission: Submission,
    directory: Path,
    extra_includes: Sequence[Path] = (),
    compile_flags: Sequence[str] | None = None,
) -> Built | Cause:
    """Compiles a submission in `directory`, an empty folder, and links it into a worker; or says
    why it cannot. It may include from the lab's own folders and from `extra_includes`. Other flags
    than the graded ones are for build_for_emulator()."""
    for name, content in submission.files.items():
        (directory / name).write_bytes(content)
    sources = [name for name in submission.files if name.endswith(".cpp")]
    objects = [f"{name}.o" for name in sources]
    readable = [*trusted.includes, *map(str, extra_includes)]
    chosen = trusted.compile_flags if compile_flags is None else compile_flags
    flags = [*chosen, *(f"-I{path}" for path in extra_includes), "-fmax-errors=20"]
    started = time.monotonic()

    def confined(arguments: Sequence[str], readable: Sequence[str]) -> Finished:
        left_s = COMPILE_LIMITS.wall_s - (time.monotonic() - started)
        return _confined(trusted, arguments, directory, readable, left_s)

    warnings = ""
    for source, target in zip(sources, objects, strict=True):
        done = confined([*flags, "-c", source, "-o", target], readable)
        if not done.succeeded:
            _check_machine(trusted, directory)
            return _does_not_compile(trusted, submission, source, done)
        warnings += _told(trusted, submission, done)
    inputs = [*objects, *trusted.worker_objects]
    link = ["-static", *inputs, "-o", "worker"]
    done = confined(link, trusted.worker_objects)
    if not done.succeeded:
        _check_machine(trusted, directory)
        return _does_not_link(trusted, submission, done)
    return Built(directory / "worker", warnings)


def build_for_emulator(
    trusted: LabBuild,
    submission: Submission,
    directory: Path,
    extra_includes: Sequence[Path] = (),
) -> Built | Cause:
    """Builds a worker once more, for counting cache misses. The submission is known to compile with
    the graded flags: what fails here needs a newer processor than the emulated one."""
    built = build_submission(
        trusted, submission, directory, extra_includes, trusted.emulated.compile_flags
    )
    if isinstance(built, Built):
        return built
    return Cause(
        reason=Reason.NOT_PORTABLE,
        rationale="cache misses are counted on an emulated x86-64 processor without AVX, and for "
        f"that one {built.rationale}",
        help=PORTABLE,
    )


def _confined(
    trusted: LabBuild,
    arguments: Sequence[str],
    directory: Path,
    readable: Sequence[str],
    limit_s: float,
) -> Finished:
    """Runs the compiler where it can read the toolchain and `readable`, and write `directory`."""
    environment = {**ENVIRONMENT, "TMPDIR": str(directory)}
    confined = [
        str(trusted.confine),
        *(f"--read={path}" for path in (*trusted.toolchain, *readable)),
        *(f"--write={path}" for path in (directory, "/dev/null")),
        *(f"--env={name}={value}" for name, value in environment.items()),
        f"--memory={COMPILER_MEMORY_BYTES}",
        f"--file={COMPILER_FILE_BYTES}",
        f"--cpu={math.ceil(limit_s * (os.cpu_count() or 1))}",
        "--",
        trusted.compiler,
        *arguments,
    ]
    return run(confined, replace(COMPILE_LIMITS, wall_s=limit_s), directory=directory)


def _check_machine(trusted: LabBuild, directory: Path) -> None:
    """A failed build is nobody's grade where an empty program does not build either."""
    _check_room(directory)
    empty = ["-static", "-nostartfiles", "-include", "memory", "-x", "c++", "/dev/null"]
    done = _confined(trusted, [*empty, "-o", "empty"], directory, (), COMPILE_LIMITS.wall_s)
    if not done.succeeded:
        raise SetupError(
            f"the compiler does not work in its sandbox: {plain(done.stderr)[-400:]}",
            "./lab doctor",
        )


def _check_room(directory: Path) -> None:
    if shutil.disk_usage(directory).free < NEEDED_BYTES:
        raise SetupError(f"the disk is full: {directory}", f"make {NEEDED_BYTES >> 20} MiB of room")


def _told(trusted: LabBuild, submission: Submission, done: Finished) -> str:
    """What the compiler says. The course's files are named from its folder on, those of the
    submission from the folder handed in: editors and terminals find them there."""
    told = plain(done.stderr).replace(f"{trusted.lab.root}/", "")
    if submission.folder:
        names = "|".join(map(re.escape, submission.files))
        place = re.compile(rf"(^|^In file included from |^ +from )({names})(?=:)", re.MULTILINE)
        told = place.sub(rf"\1{submission.folder}/\2", told)
    return told


def _excerpt(trusted: LabBuild, submission: Submission, done: Finished) -> str:
    lines = _told(trusted, submission, done).splitlines()
    more = len(lines) - MAX_DIAGNOSTIC_LINES
    shown = lines[:MAX_DIAGNOSTIC_LINES] + ([f"… {more} more lines"] if more > 0 else [])
    return "\n".join(shown)


def _does_not_compile(
    trusted: LabBuild, submission: Submission, source: str, done: Finished
) -> Cause:
    if done.ending is Ending.TIMED_OUT:
        why = f"the compiler did not finish {source} in {COMPILE_LIMITS.wall_s:g} s"
    elif done.ending is Ending.TOO_MUCH_OUTPUT:
        why = f"the compiler printed over {COMPILE_LIMITS.output_bytes // 1024} KiB about {source}"
    else:
        why = f"{source} does not compile"
    output = _excerpt(trusted, submission, done)
    return Cause(
        reason=Reason.BUILD_FAILED,
        rationale=f"{why}:\n{output}" if output else why,
        help="mend the first error that the compiler names; later ones often follow from it",
    )


def _does_not_link(trusted: LabBuild, submission: Submission, done: Finished) -> Cause:
    output = plain(done.stderr)
    missing = sorted(set(re.findall(r"undefined reference to `(lab\d\d::\w+)\(", output)))
    twice = sorted(set(re.findall(r"multiple definition of `([^'(]+)", output)))
    if missing:
        return Cause(
            reason=Reason.UNDEFINED_KERNEL,
            rationale=f"it compiles, but does not define {', '.join(missing)}",
            help="define each kernel inside the lab's namespace, with exactly the parameters that "
            "kernels.h declares",
        )
    if twice:
        return Cause(
            reason=Reason.BUILD_FAILED,
            rationale=f"it defines what the tests define too: {', '.join(twice)}",
            help="put your own helpers into an unnamed namespace, and write no main()",
        )
    why = "it compiles, but does not link"
    if done.ending is Ending.TIMED_OUT:
        why += f" in {COMPILE_LIMITS.wall_s:g} s"
    return Cause(
        reason=Reason.BUILD_FAILED,
        rationale=f"{why}:\n{_excerpt(trusted, submission, done)}",
        help="define each kernel inside the lab's namespace, as kernels.h declares it",
    )
