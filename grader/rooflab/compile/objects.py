"""Compiles a submission's files, and changes object files, in a sandbox.

Tools read the toolchain and what is named to them, and write one folder
(grader/harness/programs/confine_main.cpp). What comes out is as hostile as what went in: nobody
but such a tool looks into an object file.
"""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
# Of nm, which may have to tell of many symbols.
SYMBOLS_LIMITS = Limits(wall_s=20, memory_bytes=None, output_bytes=8 << 20)
MAX_DIAGNOSTIC_LINES = 30
LINE_TABLE = "-g1"  # to say where threads hang; it changes no code
NM = "/usr/bin/nm"
OBJCOPY = "/usr/bin/objcopy"


@dataclass(frozen=True)
class Tools:
    """Compiler and binutils for one submission, whose runs share one limit of time. They work in
    `directory`, and write nowhere else."""

    trusted: LabBuild
    directory: Path
    started: float = field(default_factory=time.monotonic)

    def compiler(self, arguments: Sequence[str], readable: Sequence[str] = ()) -> Finished:
        return self.run([self.trusted.compiler, *arguments], readable, self._limits())

    def run(
        self, command: Sequence[str], readable: Sequence[str] = (), limits: Limits | None = None
    ) -> Finished:
        """Runs it where it can read the toolchain, the folder, and `readable`."""
        limits = limits or self._limits()
        environment = {**ENVIRONMENT, "TMPDIR": str(self.directory)}
        confined = [
            str(self.trusted.confine),
            *(f"--read={path}" for path in (*self.trusted.toolchain, *readable)),
            *(f"--write={path}" for path in (self.directory, "/dev/null")),
            *(f"--env={name}={value}" for name, value in environment.items()),
            f"--memory={COMPILER_MEMORY_BYTES}",
            f"--file={COMPILER_FILE_BYTES}",
            f"--cpu={math.ceil(limits.wall_s * (os.cpu_count() or 1))}",
            "--",
            *command,
        ]
        return run(confined, limits, directory=self.directory)

    def _limits(self) -> Limits:
        left_s = COMPILE_LIMITS.wall_s - (time.monotonic() - self.started)
        return replace(COMPILE_LIMITS, wall_s=left_s)

    def check_machine(self) -> None:
        """A failed build is nobody's grade where an empty program does not build either."""
        check_room(self.directory)
        empty = ["-static", "-nostartfiles", "-include", "memory", "-x", "c++", "/dev/null"]
        command = [self.trusted.compiler, *empty, "-o", "empty"]
        done = self.run(command, (), replace(COMPILE_LIMITS, wall_s=EMPTY_LIMIT_S))
        if not done.succeeded:
            raise SetupError(
                f"the compiler does not work in its sandbox: {sanitize(done.stderr)[-400:]}",
                "./lab doctor",
            )


@dataclass(frozen=True)
class Compiled:
    """Object files, by name in the folder where they were compiled. `warnings` is the compiler's
    output, made harmless; it may be empty."""

    objects: tuple[str, ...]
    warnings: str = ""


def compile_files(
    tools: Tools, submission: SubmittedFiles, more_flags: Sequence[str], readable: Sequence[str]
) -> Compiled | Cause:
    """Compiles each source file with the lab's flags. They may include from the lab's own folders
    and from what is readable."""
    trusted = tools.trusted
    for name, content in submission.files.items():
        (tools.directory / name).write_bytes(content)
    flags = [*trusted.compile_flags, *more_flags, "-fmax-errors=20"]
    if trusted.lab.manifest.threads > 1:
        flags.append(LINE_TABLE)
    objects, warnings = [], ""
    for source in submission.files:
        if not source.endswith(".cpp"):
            continue
        target = f"{source}.o"
        done = tools.compiler([*flags, "-c", source, "-o", target], [*trusted.includes, *readable])
        if not done.succeeded:
            tools.check_machine()
            return _does_not_compile(trusted, submission, source, done)
        objects.append(target)
        warnings += diagnostics(trusted, submission, done)
    return Compiled(tuple(objects), warnings)


# --- Binutils ------------------------------------------------------------------------------------


def merge(tools: Tools, objects: Sequence[str], merged: str) -> bool:
    """Links objects into one. Without groups: of an inline function that two programs have, a
    linker keeps either, unless it is made local, and then both must be there."""
    linking = ["-r", "-nostdlib", "-Wl,--force-group-allocation"]
    return tools.compiler([*linking, *objects, "-o", merged], objects).succeeded


def keep_global(tools: Tools, symbols: Sequence[str], merged: str, kept: str) -> bool:
    """Makes all of a merged object's symbols local but those. Precondition: there are some, for
    objcopy takes none as all."""
    options = [f"--keep-global-symbol={symbol}" for symbol in symbols]
    return tools.run([OBJCOPY, *options, merged, kept], [merged]).succeeded


def symbols(tools: Tools, objects: Sequence[str]) -> list[tuple[str, str]] | None:
    """The symbols in these objects, each with nm's letter for its kind ("U": not defined there);
    None when they cannot be read."""
    done = tools.run([NM, "--format=posix", *objects], objects, SYMBOLS_LIMITS)
    if not done.succeeded:
        return None
    lines = done.stdout.decode("utf-8", errors="replace").splitlines()
    named = (line.partition(" ") for line in lines)
    return [(name, kind.lstrip()[:1]) for name, _, kind in named]


# --- What tools say ------------------------------------------------------------------------------


def diagnostics(trusted: LabBuild, submission: SubmittedFiles, done: Finished) -> str:
    """What the compiler says. The course's files are named from its folder on, those of the
    submission from the folder handed in: editors and terminals find them there."""
    text = sanitize(done.stderr).replace(f"{trusted.lab.root}/", "")
    if submission.folder:
        names = "|".join(map(re.escape, submission.files))
        place = re.compile(rf"(^|^In file included from |^ +from )({names})(?=:)", re.MULTILINE)
        text = place.sub(rf"\g<1>{submission.folder}/\g<2>", text)
    return text


def excerpt(trusted: LabBuild, submission: SubmittedFiles, done: Finished) -> str:
    """The first lines of that."""
    lines = diagnostics(trusted, submission, done).splitlines()
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
    output = excerpt(trusted, submission, done)
    return Cause(
        reason=Reason.BUILD_FAILED,
        rationale=f"{why}:\n{output}" if output else why,
        help="fix the first error that the compiler names; later ones often follow from it",
    )
