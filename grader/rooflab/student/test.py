"""`./lab test`: the edit loop. Compiles, runs the public tests, explains the first failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rooflab.base.errors import UsageError
from rooflab.base.progress import Progress
from rooflab.base.scratch import scratch
from rooflab.compile.trusted import prepare
from rooflab.compile.worker import Built, build_submission
from rooflab.course.course import Course, Lab
from rooflab.course.submission import collect
from rooflab.measure import correctness
from rooflab.measure.correctness import SuiteResult
from rooflab.measure.seeds import Seeds
from rooflab.report.model import Cause
from rooflab.report.wording import note


@dataclass(frozen=True)
class Tested:
    """`failure` says why there are no results, `built` what was tested."""

    results: dict[str, SuiteResult]
    built: Built | None = None
    failure: Cause | None = None

    @property
    def passed(self) -> bool:
        return self.failure is None and all(r.cause is None for r in self.results.values())


def run_tests(
    course: Course, lab: Lab, directory: Path, kernels: Sequence[str], progress: Progress
) -> Tested:
    """Runs the public tests of those kernels (of all, when none is named)."""
    known = [kernel.name for kernel in lab.manifest.kernels]
    for name in kernels:
        if name not in known:
            raise UsageError(
                f'lab {lab.id} has no kernel "{name}"; its kernels are: {", ".join(known)}',
                f"./lab test {lab.id}",
            )
    progress("building the tests")
    trusted = prepare(course, lab)
    taken = collect(directory, lab)
    if isinstance(taken, Cause):
        return Tested({}, failure=taken)
    with scratch(course.build) as work:
        progress("compiling your kernels")
        built = build_submission(trusted, taken, work)
        if isinstance(built, Cause):
            return Tested({}, failure=built)
        results = {}
        seeds = Seeds()
        for name in kernels or known:
            progress(f"testing {name}")
            results[name] = correctness.run_suite(
                trusted.tests,
                built.worker,
                name,
                work,
                seeds.key("public", name),
                lab.manifest.threads,
                correctness.public_target(lab),
            )
    return Tested(results, built)


def as_text(lab: Lab, tested: Tested, warnings: bool = False) -> str:
    """What a student reads after each edit: kernels, the failures explained, the next command. The
    compiler's warnings are counted, or shown with `warnings`."""
    lines: list[str] = []
    number = lab.id
    if tested.failure is not None:  # not indented: editors look for file:line at the beginning
        return f"{tested.failure.rationale}\n\nnext: {tested.failure.help}\n"
    width = max(map(len, tested.results))
    for name, result in tested.results.items():
        tests = result.passed + result.failed
        mark, counted = ("✓", "") if result.cause is None else ("✗", f"{result.failed} of ")
        verb = "passed" if result.cause is None else "failed"
        lines.append(f"  {mark} {name:<{width}}  {counted}{tests} tests {verb}")
    for name, result in tested.results.items():
        if result.cause is not None:
            lines += ["", f"✗ {name}", *_indented(_explained(result.cause))]
    if tested.built is not None:
        lines += [f"\n{note(cause)}" for cause in tested.built.reasons]
        lines += _warned(number, tested.built, warnings)
    failed = [name for name, result in tested.results.items() if result.cause is not None]
    if failed:
        lines += ["", f"next: fix {failed[0]}, then ./lab test {number} {failed[0]}"]
        lines.append(f"stuck? ./lab hint {number} {failed[0]}")
        for earlier in lab.earlier:  # linked as they are, right or wrong
            command = f"./lab test {earlier.lab.id} {' '.join(earlier.kernels)}"
            lines.append(f"it may use your kernels of lab {earlier.lab.id}: {command}")
    else:
        lines += ["", f"next: ./lab bench {number}, or ./lab grade {number}"]
    return "\n".join(lines) + "\n"


def _warned(number: str, built: Built, shown: bool) -> list[str]:
    count = built.warning_count
    counted = f"{count} warning{'' if count == 1 else 's'}" if count else "no warnings"
    if shown:
        return ["", *built.warnings.splitlines(), counted]
    return ["", f"{counted} (./lab test {number} --warnings)"] if count else []


def _explained(cause: Cause) -> str:
    lines = [cause.rationale]
    if cause.expected is not None:
        lines.append(f"expected: {cause.expected}")
    if cause.actual is not None:
        lines.append(f"actual: {cause.actual}")
    if cause.help:
        lines.append(f"try: {cause.help}")
    return "\n".join(lines)


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]
