"""Mutants: kernels with one mistake, and the verdict each must get (grader/hidden/README.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rooflab.authoring.stages import Stage
from rooflab.base.errors import SetupError
from rooflab.build.trusted import LabBuild
from rooflab.build.worker import Built, build_for_emulator, build_submission
from rooflab.course.course import Lab
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause, Reason

HEADER = re.compile(
    r"// kernel: (?P<kernel>\w+)\n"
    r"// mistake: (?P<mistake>.+)\n"
    r"// verdict: (?P<check>[\w./]+) (?P<reason>\w+)\n"
)


@dataclass(frozen=True)
class Mutant:
    """`check` is the first check that must fail, `reason` the reason it must give."""

    name: str
    kernel: str
    mistake: str
    check: str
    reason: Reason
    source: bytes


def mutants_of(lab: Lab) -> Iterator[Mutant]:
    """A lab's mutants, by name. SetupError for one whose header does not say what it must."""
    assert lab.hidden is not None
    for path in sorted((lab.hidden / "mutants").glob("*.cpp")):
        source = path.read_bytes()
        header = HEADER.match(source.decode())
        if header is None or header["reason"] not in list(Reason):
            raise SetupError(
                f"{path.relative_to(lab.root)} does not begin with kernel, mistake and verdict",
                "see grader/hidden/README.md",
            )
        yield Mutant(
            path.stem,
            header["kernel"],
            header["mistake"],
            header["check"],
            Reason(header["reason"]),
            source,
        )


def build_variant(
    trusted: LabBuild, variant: Mutant | Stage, work: Path, for_emulator: bool = False
) -> Built | Cause:
    """Builds it in a folder of its own below `work`. It may include the solution."""
    folder = work / (f"{variant.name}-emulated" if for_emulator else variant.name)
    folder.mkdir()
    name = trusted.lab.manifest.files[0]
    submission = SubmittedFiles({name: variant.source})
    build = build_for_emulator if for_emulator else build_submission
    return build(trusted, submission, folder, extra_includes=(trusted.lab.root,))
