"""How a mutant or a stage (grader/hidden/README.md), which is one function or some changed lines,
becomes a whole submission: the lab's solution with that part replaced."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol

from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built, build_for_emulator, build_submission
from rooflab.course.course import Lab
from rooflab.course.stages import wrong_file
from rooflab.course.submission import SubmittedFiles, collect_earlier
from rooflab.report.model import Cause

# Of one that changes lines of the solution.
CHANGE = re.compile(
    r"(?:// (?:mistake|idea|verdict|earns).*\n)+"
    r"(?P<old>(?:// instead of: .+\n)+)(?:// until: (?P<until>.+)\n)?"
)
# Comments, includes and empty lines: all in front of the code.
OPENING = re.compile(r"(?:(?://|#include).*\n|\n)*")
# What is compiled for a mutant or a stage. The solution, with one kernel renamed, comes before the
# file's own includes; the file's code stands in the lab's namespace. #line makes the compiler name
# the file and its lines.
SOURCE = """\
#include <rooflab/matrix.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>

#define {kernel} solution
#include "solutions/{lab}/{file}"
#undef {kernel}
#line 1 "{path}"
{opening}
#define KERNEL {kernel}
namespace {namespace} {{
#line {line} "{path}"
{code}
}}  // namespace {namespace}
"""


class Variant(Protocol):
    """A kernel of a lab, and the file that has another version of it."""

    @property
    def kernel(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def path(self) -> Path: ...


def build_variant(
    trusted: LabBuild, variant: Variant, work: Path, for_emulator: bool = False
) -> Built | Cause:
    """Builds it in a folder of its own below `work`."""
    folder = work / f"{variant.kernel}-{variant.name}{'-emulated' if for_emulator else ''}"
    folder.mkdir()
    lab = trusted.lab
    source = whole_source(lab, variant).encode()
    earlier = collect_earlier(lab.root / "solutions", lab)
    submission = SubmittedFiles({lab.manifest.sources[0]: source}, earlier=earlier)
    build = build_for_emulator if for_emulator else build_submission
    return build(trusted, submission, folder, extra_includes=(lab.root, variant.path.parent))


def whole_source(lab: Lab, variant: Variant) -> str:
    """The lab's solution with one kernel replaced by the variant's, or with its lines changed."""
    text = variant.path.read_text(encoding="utf-8")
    if change := CHANGE.match(text):
        return _with_change(lab, variant.path, change, text[change.end() :])
    opening = OPENING.match(text)
    assert opening is not None  # it may be empty
    return SOURCE.format(
        kernel=variant.kernel,
        lab=lab.name,
        file=lab.manifest.sources[0],
        namespace=lab.namespace,
        path=variant.path,
        opening=opening[0],
        line=opening[0].count("\n") + 1,
        code=text[opening.end() :],
    )


def _with_change(lab: Lab, path: Path, change: re.Match[str], new: str) -> str:
    """The solution with some of its lines replaced. SetupError unless it has them, once."""
    assert lab.solution is not None
    source = lab.solution / lab.manifest.sources[0]
    lines = source.read_text(encoding="utf-8").splitlines()
    stripped = [line.strip() for line in lines]
    old = [line.removeprefix("// instead of: ") for line in change["old"].splitlines()]
    places = [i for i in range(len(lines)) if stripped[i : i + len(old)] == old]
    if len(places) != 1:
        raise wrong_file(lab.root, path, f"changes lines that the solution has {len(places)} times")
    begin, end = places[0], places[0] + len(old)
    if change["until"]:
        if change["until"] not in stripped[end:]:
            raise wrong_file(lab.root, path, f'has no line "{change["until"]}" to end at')
        end = stripped.index(change["until"], end)
    first = change[0].count("\n") + 1  # of the new lines, in the variant
    return "\n".join(
        [
            f'#line 1 "{source}"',
            *lines[:begin],
            f'#line {first} "{path}"',
            new.rstrip("\n"),
            f'#line {end + 1} "{source}"',
            *lines[end:],
            "",
        ]
    )
