"""Builds the tests with a submission linked in, under ThreadSanitizer, to find data races.

One program then holds the tests, the hidden ones among them, and hostile code. It says where the
submission's threads race and nothing else: see rooflab.measure.races.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rooflab.compile.objects import Tools, symbols
from rooflab.compile.trusted import LabBuild, RacesBuild
from rooflab.compile.worker import Built, build_submission
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause, Reason

# What the compiler's own calls are named, of all that ThreadSanitizer answers to.
INSTRUMENTED = re.compile(
    r"__tsan_(init|func_entry|func_exit|mem(cpy|set|move)"
    r"|(unaligned_)?(volatile_)?(read|write)\d+|(read|write)_range|vptr_(read|update)"
    r"|atomic\d+_\w+|atomic_(thread|signal)_fence)"
)
OF_THE_TOOL = re.compile(r"_*(tsan|sanitizer|interceptor|interception)_|(WTF)?Annotate[A-Z]")


@dataclass(frozen=True)
class RacesProgram:
    """The tests with the submission, in the folder with its files."""

    path: Path
    files: tuple[str, ...]


def build_for_races(
    trusted: LabBuild,
    races: RacesBuild,
    submission: SubmittedFiles,
    directory: Path,
    extra_includes: Sequence[Path] = (),
) -> RacesProgram | Cause:
    """Builds in `directory`, an empty folder. The submission compiled as it is graded."""
    built = build_submission(
        replace(trusted, compile_flags=races.compile_flags),
        submission,
        directory,
        extra_includes,
        link=("-fsanitize=thread", *races.objects),
    )
    if not isinstance(built, Built):
        return built
    objects = [f"{name}.o" for name in submission.files if name.endswith(".cpp")]
    if evading := _evading(Tools(trusted, directory), objects):
        return Cause(
            reason=Reason.EVADES_TOOL,
            rationale="it speaks to ThreadSanitizer, which looks for its data races: "
            + ", ".join(evading[:5]),
            help="leave names that begin with __tsan_, __sanitizer_ or Annotate to the tool",
        )
    return RacesProgram(built.worker, tuple(submission.files))


def _evading(tools: Tools, objects: Sequence[str]) -> list[str]:
    """The names by which these objects define or call parts of the tool, beyond what the compiler
    does."""
    found = symbols(tools, objects)
    if found is None:
        return ["its symbols cannot be read"]
    return sorted(
        {
            name
            for name, kind in found
            if OF_THE_TOOL.match(name) and (kind != "U" or not INSTRUMENTED.fullmatch(name))
        }
    )
