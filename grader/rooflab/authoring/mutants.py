"""Mutants: kernels with one mistake, and the verdict each must get (grader/hidden/README.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rooflab.compile.races import RacesProgram, build_for_races
from rooflab.compile.trusted import LabBuild, RacesBuild
from rooflab.compile.variant import whole_source
from rooflab.course.course import Course, Lab
from rooflab.course.stages import kernel_files, wrong_file
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause, Reason

HEADER = re.compile(r"// mistake: (?P<mistake>.+)\n(?P<verdicts>(?:// verdict.+\n)+)")
VERDICT = re.compile(
    r"// verdict(?: of (?P<kernel>lab\d\d::\w+))?: "
    r"(?P<check>correctness|hidden_correctness|races) (?P<reason>\w+)"
)


@dataclass(frozen=True)
class Mutant:
    """`check` is the first check of the kernel that must fail, `reason` the reason it must give."""

    kernel: str
    mistake: str
    check: str
    reason: Reason
    path: Path

    @property
    def name(self) -> str:
        return self.path.stem


def mutants_of(lab: Lab) -> Iterator[Mutant]:
    """Its own and those of its kernels' operations, kernel by kernel. SetupError for one whose
    header does not say what it must."""
    own = list(kernel_files(lab, "mutants"))
    for kernel in lab.manifest.kernels:
        paths = [path for name, path in own if name == kernel.name]
        if kernel.operation:
            paths += sorted((_operations(lab.root) / kernel.operation).glob("*.cpp"))
        names = [path.stem for path in paths]
        for path in paths:
            if names.count(path.stem) > 1:
                raise wrong_file(lab.root, path, f"is there twice, for {kernel.name}")
            mistake, verdicts = _header(lab.root, path)
            check, reason = verdicts.get(_qualified(lab, kernel.name), verdicts[None])
            yield Mutant(kernel.name, mistake, check, reason, path)


def unused_mutants(course: Course) -> list[str]:
    """What is wrong between the manifests' `operation` keys and grader/hidden/operations."""
    kernels: dict[str, set[str]] = {}
    for lab in course.labs:
        for kernel in lab.manifest.kernels:
            if kernel.operation:
                kernels.setdefault(kernel.operation, set()).add(_qualified(lab, kernel.name))
    folder = _operations(course.root)
    operations = {
        path: path.parent.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.cpp"))
    }
    known = ", ".join(sorted(set(operations.values())))
    wrong = [
        f'{", ".join(sorted(kernels[missing]))}: there is no operation "{missing}"; there are: '
        f"{known or 'none'}"
        for missing in sorted(kernels.keys() - operations.values())
    ]
    for path, operation in operations.items():
        if operation not in kernels:
            wrong.append(f"operations/{operation}/{path.name}: no kernel has this operation")
            continue
        named = {name for name in _header(course.root, path)[1] if name}
        wrong += [
            f"operations/{operation}/{path.name}: {name} is no kernel of this operation"
            for name in sorted(named - kernels[operation])
        ]
    return wrong


def _operations(root: Path) -> Path:
    return root / "grader" / "hidden" / "operations"


def _qualified(lab: Lab, kernel: str) -> str:
    return f"{lab.namespace}::{kernel}"


def _header(root: Path, path: Path) -> tuple[str, dict[str | None, tuple[str, Reason]]]:
    """The mistake, and the verdict of each kernel that is named; of all others, that of None."""
    header = HEADER.match(path.read_text(encoding="utf-8"))
    if header is None:
        raise wrong_file(root, path, "does not begin with its mistake and verdict")
    verdicts: dict[str | None, tuple[str, Reason]] = {}
    for line in header["verdicts"].splitlines():
        found = VERDICT.fullmatch(line)
        if found is None or found["reason"] not in list(Reason) or found["kernel"] in verdicts:
            raise wrong_file(
                root, path, f'says "{line}", not "// verdict: correctness REASON", once'
            )
        verdicts[found["kernel"]] = found["check"], Reason(found["reason"])
    if None not in verdicts:
        raise wrong_file(root, path, "has no verdict for kernels that it does not name")
    return header["mistake"], verdicts


def build_variant_for_races(
    trusted: LabBuild, races: RacesBuild, mutant: Mutant, work: Path
) -> RacesProgram | Cause:
    """The same under ThreadSanitizer; its lines are those of the whole submission."""
    folder = work / f"{mutant.kernel}-{mutant.name}-races"
    folder.mkdir()
    lab = trusted.lab
    source = re.sub("^#line.*$", "", whole_source(lab, mutant), flags=re.MULTILINE)
    submission = SubmittedFiles({lab.manifest.sources[0]: source.encode()})
    includes = (lab.root, mutant.path.parent)
    return build_for_races(trusted, races, submission, folder, includes)
