"""Builds a submission into a worker.

Its files are compiled in a folder of their own and linked there with fixed commands, in a sandbox
(rooflab.compile.objects). What comes out is a worker, and just as hostile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rooflab.compile import earlier
from rooflab.compile.linking import WORKER, link_worker
from rooflab.compile.objects import Tools, compile_files
from rooflab.compile.trusted import LabBuild
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause, Reason

WARNING = re.compile(r"^[^ ].*: warning: ", re.MULTILINE)
PORTABLE = "put code for AVX between #ifdef __AVX2__ and #endif, with plain C++ behind #else"


@dataclass(frozen=True)
class Built:
    """A submission, built. `warnings` is the compiler's output, made harmless; it may be empty.
    `replaced` are the kernels of earlier labs that are the baseline's, not its own, and why."""

    worker: Path
    warnings: str
    replaced: Mapping[str, Cause] = field(default_factory=dict)

    @property
    def reasons(self) -> tuple[Cause, ...]:
        """Those, each once: most concern all kernels of a lab."""
        return tuple(dict.fromkeys(self.replaced.values()))

    @property
    def warning_count(self) -> int:
        return len(WARNING.findall(self.warnings))


def build_submission(
    trusted: LabBuild,
    submission: SubmittedFiles,
    directory: Path,
    extra_includes: Sequence[Path] = (),
    link: Sequence[str] = (),
) -> Built | Cause:
    """Compiles a submission in `directory`, an empty folder, and links it into a worker; or says
    why it cannot. It may include from the lab's own folders and from `extra_includes`. Other things
    to link are for build_for_races()."""
    tools = Tools(trusted, directory)
    searched = [f"-I{path}" for path in extra_includes]
    compiled = compile_files(tools, submission, searched, list(map(str, extra_includes)))
    if isinstance(compiled, Cause):
        return compiled
    used = earlier.parts(trusted, submission, directory)
    parts = [*compiled.objects, *used.objects]
    refused = link_worker(tools, submission, parts, link)
    return refused or Built(directory / WORKER, compiled.warnings, used.replaced)


def build_earlier(trusted: LabBuild, submission: SubmittedFiles, directory: Path) -> Built | Cause:
    """The same for an earlier lab whose kernels are used: quick when they have not changed, and
    without the compiler's warnings."""
    tools = Tools(trusted, directory)
    own = earlier.compiled(tools, submission)
    if isinstance(own, Cause):
        return own
    refused = link_worker(tools, submission, [own])
    return refused or Built(directory / WORKER, "")


def build_for_emulator(
    trusted: LabBuild,
    submission: SubmittedFiles,
    directory: Path,
    extra_includes: Sequence[Path] = (),
) -> Built | Cause:
    """Builds a worker once more, for counting cache misses. The submission is known to compile with
    the graded flags: what fails here needs a newer processor than the emulated one."""
    built = build_submission(trusted.for_emulator, submission, directory, extra_includes)
    if isinstance(built, Cause):
        return _not_portable(built.rationale)
    for used in trusted.earlier:  # else the baseline's would be counted where its own is timed
        there = isinstance(submission.earlier.get(used.build.lab.name), SubmittedFiles)
        lost = [n for n in used.names if n in built.replaced and n not in submission.wrong]
        if there and lost:
            return _not_portable(f"lab {used.build.lab.id} does not build {', '.join(lost)}")
    return built


def _not_portable(why: str) -> Cause:
    return Cause(
        reason=Reason.NOT_PORTABLE,
        rationale="cache misses are counted on an emulated x86-64 processor without AVX, and for "
        f"that one {why}",
        help=PORTABLE,
    )
