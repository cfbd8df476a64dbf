"""Builds a submission into a worker.

Its files are compiled in a folder of their own and linked there with fixed commands, in a sandbox
(rooflab.compile.objects). What comes out is a worker, and just as hostile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rooflab.base.process import Ending, Finished
from rooflab.base.text import sanitize
from rooflab.compile import earlier, objects
from rooflab.compile.objects import Tools, compile_files
from rooflab.compile.trusted import LabBuild
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause, Reason

WORKER = "worker"
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
    refused = _link(tools, submission, parts, link or static(trusted.worker_objects))
    return refused or Built(directory / WORKER, compiled.warnings, used.replaced)


def build_earlier(trusted: LabBuild, submission: SubmittedFiles, directory: Path) -> Built | Cause:
    """The same for an earlier lab whose kernels are used: quick when they have not changed, and
    without the compiler's warnings."""
    tools = Tools(trusted, directory)
    own = earlier.compiled(tools, submission)
    if isinstance(own, Cause):
        return own
    refused = _link(tools, submission, [own], static(trusted.worker_objects))
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


def static(parts: Sequence[str]) -> tuple[str, ...]:
    """How a worker is linked: it needs no file to start."""
    return ("-static", *parts)


def _link(
    tools: Tools, submission: SubmittedFiles, parts: Sequence[str], link: Sequence[str]
) -> Cause | None:
    """Links a worker in the tools' folder, or says why it cannot."""
    linked = [part for part in link if not part.startswith("-")]
    done = tools.compiler([*parts, *link, "-o", WORKER], linked)
    if done.succeeded:
        return None
    tools.check_machine()
    return _does_not_link(tools.trusted, submission, done)


def _does_not_link(trusted: LabBuild, submission: SubmittedFiles, done: Finished) -> Cause:
    output = sanitize(done.stderr)
    missing = sorted(set(re.findall(r"undefined reference to `(lab\d\d::[\w:~]+)\(", output)))
    twice = sorted(set(re.findall(r"multiple definition of `([^'(]+)", output)))
    if foreign := [name for name in missing if not name.startswith(f"{trusted.lab.namespace}::")]:
        return Cause(
            reason=Reason.UNDEFINED_KERNEL,
            rationale=f"it compiles, but calls {', '.join(foreign)}, which lab {trusted.lab.id} "
            "does not use",
            help=f"kernels of earlier labs that it may call: {_used(trusted) or 'none'}",
        )
    if missing:
        return Cause(
            reason=Reason.UNDEFINED_KERNEL,
            rationale=f"it compiles, but does not define {', '.join(missing)}",
            help="define each kernel inside the lab's namespace, with exactly the parameters that "
            "kernels.h declares",
        )
    if again := [name for name in twice if name in trusted.lab.manifest.uses]:
        return Cause(
            reason=Reason.BUILD_FAILED,
            rationale=f"it defines {', '.join(again)}, which are those of an earlier lab",
            help="change them there, or give yours another name, in this lab's namespace",
        )
    if twice:
        return Cause(
            reason=Reason.BUILD_FAILED,
            rationale=f"it defines what the tests define too: {', '.join(twice)}",
            help="put your own helpers into an unnamed namespace, and write no main()",
        )
    why = "it compiles, but does not link"
    if done.ending is Ending.TIMED_OUT:
        why += f" in {objects.COMPILE_LIMITS.wall_s:g} s"
    return Cause(
        reason=Reason.BUILD_FAILED,
        rationale=f"{why}:\n{objects.excerpt(trusted, submission, done)}",
        help="define each kernel inside the lab's namespace, as kernels.h declares it",
    )


def _used(trusted: LabBuild) -> str:
    return ", ".join(trusted.lab.manifest.uses)
