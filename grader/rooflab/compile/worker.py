"""Compiles a submission into a worker.

Its files go into a folder of their own and are compiled and linked there with fixed commands, by
tools that are confined to the toolchain and those files (grader/harness/programs/confine_main.cpp).
What comes out is a worker, and just as hostile.
"""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.base.process import ENVIRONMENT, Ending, Finished, Limits, run
from rooflab.base.text import sanitize
from rooflab.compile.trusted import LabBuild, check_room
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause, Reason

# Of all the compiler's and the linker's runs on one submission together, as far as time goes.
COMPILE_LIMITS = Limits(wall_s=60, memory_bytes=None, output_bytes=256 * 1024, file_bytes=1 << 28)
EMPTY_LIMIT_S = 60  # for an empty program
COMPILER_MEMORY_BYTES = 2 << 30
COMPILER_FILE_BYTES = 64 << 20
MAX_DIAGNOSTIC_LINES = 30
LINE_TABLE = "-g1"  # to say where threads hang; it changes no code
WARNING = re.compile(r"^[^ ].*: warning: ", re.MULTILINE)
PORTABLE = "put code for AVX between #ifdef __AVX2__ and #endif, with plain C++ behind #else"


@dataclass(frozen=True)
class Built:
    """A submission, built. `warnings` is the compiler's output, made harmless; it may be empty."""

    worker: Path
    warnings: str

    @property
    def warning_count(self) -> int:
        return len(WARNING.findall(self.warnings))


def build_submission(
    trusted: LabBuild,
    submission: SubmittedFiles,
    directory: Path,
    extra_includes: Sequence[Path] = (),
    compile_flags: Sequence[str] | None = None,
    link: Sequence[str] = (),
) -> Built | Cause:
    """Compiles a submission in `directory`, an empty folder, and links it into a worker; or says
    why it cannot. It may include from the lab's own folders and from `extra_includes`. Other flags
    than the graded ones, and other things to link, are for build_for_emulator() and
    build_for_races()."""
    for name, content in submission.files.items():
        (directory / name).write_bytes(content)
    sources = [name for name in submission.files if name.endswith(".cpp")]
    objects = [f"{name}.o" for name in sources]
    readable = [*trusted.includes, *map(str, extra_includes)]
    chosen = trusted.compile_flags if compile_flags is None else compile_flags
    flags = [*chosen, *(f"-I{path}" for path in extra_includes), "-fmax-errors=20"]
    if trusted.lab.manifest.threads > 1:
        flags.append(LINE_TABLE)
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
        warnings += _diagnostics(trusted, submission, done)
    link = link or static(trusted.worker_objects)
    linked = [part for part in link if not part.startswith("-")]
    done = confined([*objects, *link, "-o", "worker"], linked)
    if not done.succeeded:
        _check_machine(trusted, directory)
        return _does_not_link(trusted, submission, done)
    return Built(directory / "worker", warnings)


def build_for_emulator(
    trusted: LabBuild,
    submission: SubmittedFiles,
    directory: Path,
    extra_includes: Sequence[Path] = (),
) -> Built | Cause:
    """Builds a worker once more, for counting cache misses. The submission is known to compile with
    the graded flags: what fails here needs a newer processor than the emulated one."""
    emulated = trusted.emulated
    built = build_submission(
        trusted,
        submission,
        directory,
        extra_includes,
        emulated.compile_flags,
        static(emulated.worker_objects),
    )
    if isinstance(built, Built):
        return built
    return Cause(
        reason=Reason.NOT_PORTABLE,
        rationale="cache misses are counted on an emulated x86-64 processor without AVX, and for "
        f"that one {built.rationale}",
        help=PORTABLE,
    )


def static(objects: Sequence[str]) -> tuple[str, ...]:
    """How a worker is linked: it needs no file to start."""
    return ("-static", *objects)


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
    check_room(directory)
    empty = ["-static", "-nostartfiles", "-include", "memory", "-x", "c++", "/dev/null"]
    done = _confined(trusted, [*empty, "-o", "empty"], directory, (), EMPTY_LIMIT_S)
    if not done.succeeded:
        raise SetupError(
            f"the compiler does not work in its sandbox: {sanitize(done.stderr)[-400:]}",
            "./lab doctor",
        )


def _diagnostics(trusted: LabBuild, submission: SubmittedFiles, done: Finished) -> str:
    """What the compiler says. The course's files are named from its folder on, those of the
    submission from the folder handed in: editors and terminals find them there."""
    text = sanitize(done.stderr).replace(f"{trusted.lab.root}/", "")
    if submission.folder:
        names = "|".join(map(re.escape, submission.files))
        place = re.compile(rf"(^|^In file included from |^ +from )({names})(?=:)", re.MULTILINE)
        text = place.sub(rf"\g<1>{submission.folder}/\g<2>", text)
    return text


def _excerpt(trusted: LabBuild, submission: SubmittedFiles, done: Finished) -> str:
    lines = _diagnostics(trusted, submission, done).splitlines()
    more = len(lines) - MAX_DIAGNOSTIC_LINES
    shown = lines[:MAX_DIAGNOSTIC_LINES] + ([f"… {more} more lines"] if more > 0 else [])
    return "\n".join(shown)


def _does_not_compile(
    trusted: LabBuild, submission: SubmittedFiles, source: str, done: Finished
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
        help="fix the first error that the compiler names; later ones often follow from it",
    )


def _does_not_link(trusted: LabBuild, submission: SubmittedFiles, done: Finished) -> Cause:
    output = sanitize(done.stderr)
    missing = sorted(set(re.findall(r"undefined reference to `(lab\d\d::[\w:~]+)\(", output)))
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
