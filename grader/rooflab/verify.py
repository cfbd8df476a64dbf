"""Proves the course: everything a student or instructor relies on, tried out.

* every stub compiles, is what `reset` restores, and fails each kernel's tests without a crash;
* every baseline passes all tests, public and hidden;
* every solution scores 100;
* every mutant (a kernel with one mistake, grader/hidden/NN_topic/mutants/) gets its verdict;
* every lab has its handout, and answers for the instructor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rooflab import correctness, grade
from rooflab.build import Built, LabBuild, build_submission, prepare
from rooflab.correctness import SuiteResult
from rooflab.course import Course, Lab
from rooflab.errors import SetupError
from rooflab.manifest import MeasurementKind
from rooflab.measure import measure
from rooflab.mutants import Mutant, build_mutant, mutants_of
from rooflab.progress import Progress
from rooflab.report import Cause, CheckStatus, Reason, Status, Tier
from rooflab.reset import changed_files
from rooflab.scoring import judge, undecided
from rooflab.scratch import scratch
from rooflab.seeds import Seeds
from rooflab.submission import Submission, take
from rooflab.text import plain_line

TIMING_BUDGET_S = 4.0
TRIES = 3  # where noise makes a measurement inconclusive


@dataclass(frozen=True)
class Finding:
    """One thing that was tried. `why` says what is wrong, when it is."""

    lab: str
    what: str
    why: str = ""

    @property
    def ok(self) -> bool:
        return not self.why


def verify(course: Course, progress: Progress, timed: bool = True) -> list[Finding]:
    """Everything, lab by lab. Without `timed`, nothing that depends on speed."""
    if course.solutions is None or course.hidden is None:
        raise SetupError(
            "verify needs solutions/ and grader/hidden/, which a student's copy does not have",
            "run it in the instructor's repository",
        )
    findings: list[Finding] = []
    for lab in course.labs:
        with scratch(course) as work:
            findings += _verify_lab(course, lab, work, progress, timed)
    return findings


def as_text(findings: Sequence[Finding]) -> str:
    lines = []
    for finding in findings:
        mark = "✓" if finding.ok else "✗"
        lines.append(f"{mark} {finding.lab}: {finding.what}")
        lines += [f"    {line}" for line in finding.why.splitlines()]
    failed = sum(not finding.ok for finding in findings)
    lines.append(f"verify: {len(findings) - failed} passed, {failed} failed")
    return "\n".join(lines) + "\n"


def _verify_lab(
    course: Course, lab: Lab, work: Path, progress: Progress, timed: bool
) -> Iterator[Finding]:
    progress(f"{lab.name}: manifest, handout, stubs")
    yield from _documents(course, lab)
    trusted = prepare(course, lab)
    yield _stub(trusted, lab, work)
    yield _baseline(trusted, lab, work)

    mutants = list(mutants_of(lab))
    yield from _enough_mutants(lab, mutants)
    right_or_wrong = [m for m in mutants if not m.timed]
    progress(f"{lab.name}: {len(right_or_wrong)} mutants")
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield from pool.map(lambda m: _mutant(trusted, m, work, timed=False), right_or_wrong)
    if not timed:
        return
    for mutant in mutants:
        if mutant.timed:
            progress(f"{lab.name}: timing the mutant {mutant.name}")
            yield _mutant(trusted, mutant, work, timed=True)
    progress(f"{lab.name}: grading the solution")
    yield _solution(course, lab, progress)


def _documents(course: Course, lab: Lab) -> Iterator[Finding]:
    # Loading checks that points add up to 100 and each kernel has its three hints.
    yield Finding(lab.name, f"the manifest is complete: {lab.manifest.title}")
    yield Finding(lab.name, f"there are hints for {len(lab.hints)} kernels")
    answers = course.root / "handouts" / "instructor" / f"{lab.name}.md"
    for what, path in (("handout", lab.handout), ("instructor's answers", answers)):
        there = path.is_file() and path.stat().st_size > 1000
        why = "" if there else f"{path.relative_to(course.root)} is missing or next to empty"
        yield Finding(lab.name, f"there is a {what}", why)


def _suites(
    trusted: LabBuild, built: Built, kernel: str, folder: Path
) -> tuple[SuiteResult, SuiteResult]:
    """Public and hidden tests."""
    result = correctness.run_kernel(trusted, built.worker, kernel, folder, Seeds())
    assert result.hidden is not None
    return result.public, result.hidden


def _stub(trusted: LabBuild, lab: Lab, work: Path) -> Finding:
    """The stubs score 0 on correctness and say so without crashing."""
    what = "the stub compiles and fails every kernel's tests, cleanly"
    changed = [str(path.relative_to(lab.root)) for path in changed_files(lab)]
    if changed:
        return Finding(lab.name, what, f"not the stub that reset restores: {', '.join(changed)}")
    taken = take(lab.root, lab)
    if isinstance(taken, Cause):
        return Finding(lab.name, what, taken.rationale)
    folder = work / "stub"
    folder.mkdir()
    built = build_submission(trusted, taken, folder)
    if isinstance(built, Cause):
        return Finding(lab.name, what, built.rationale)
    if built.warnings:
        return Finding(lab.name, what, f"the compiler warns:\n{built.warnings}")
    wrong = []
    for kernel in lab.manifest.kernels:
        for result in _suites(trusted, built, kernel.name, folder):
            if result.cause is None:
                wrong.append(f"{kernel.name} passes")
            elif result.cause.reason is not Reason.WRONG_RESULT:
                wrong.append(f"{kernel.name}: {result.cause.rationale}")
    return Finding(lab.name, what, "\n".join(wrong))


def _baseline(trusted: LabBuild, lab: Lab, work: Path) -> Finding:
    what = "the baseline passes all tests, public and hidden"
    source = (lab.directory / "baseline.cpp").read_bytes()
    (work / "baseline").mkdir()
    name = lab.manifest.files[0]
    built = build_submission(trusted, Submission({name: source}), work / "baseline")
    if isinstance(built, Cause):
        return Finding(lab.name, what, built.rationale)
    wrong = [
        f"{kernel.name}: {result.cause.rationale}"
        for kernel in lab.manifest.kernels
        for result in _suites(trusted, built, kernel.name, work / "baseline")
        if result.cause is not None
    ]
    return Finding(lab.name, what, "\n".join(wrong))


def _enough_mutants(lab: Lab, mutants: Sequence[Mutant]) -> Iterator[Finding]:
    for kernel in lab.manifest.kernels:
        count = sum(mutant.kernel == kernel.name for mutant in mutants)
        why = "" if count >= 3 else f"it has {count}; three are the least"
        yield Finding(lab.name, f"{kernel.name} has mutants", why)


def _mutant(trusted: LabBuild, mutant: Mutant, work: Path, timed: bool) -> Finding:
    what = f"mutant {mutant.name}: {mutant.check} {mutant.reason}"
    built = build_mutant(trusted, mutant, work)
    if isinstance(built, Cause):
        return Finding(trusted.lab.name, what, built.rationale)
    got = _verdict(trusted, built, mutant, work / mutant.name)
    wanted = (mutant.check, mutant.reason)
    why = "" if got == wanted else f"got {got[0]} {got[1]}" if got else "nothing failed"
    return Finding(trusted.lab.name, what, why)


def _verdict(
    trusted: LabBuild, built: Built, mutant: Mutant, folder: Path
) -> tuple[str, Reason] | None:
    """The first check that fails, in the order in which a grade looks at them."""
    public, hidden = _suites(trusted, built, mutant.kernel, folder)
    if public.cause is not None:
        return f"{mutant.kernel}.correctness", public.cause.reason
    if hidden.cause is not None:
        return f"{mutant.kernel}.hidden_correctness", hidden.cause.reason
    if not mutant.timed:
        return None
    for measurement in trusted.lab.manifest.measurements:
        if measurement.id != mutant.check:
            continue
        if measurement.kind is MeasurementKind.CACHE_MISSES:
            emulated = build_mutant(trusted, mutant, folder, for_emulator=True)
            if isinstance(emulated, Cause):
                return measurement.id, emulated.reason
            built = emulated
        for _ in range(TRIES):
            measured = measure(trusted, built.worker, measurement, folder, TIMING_BUDGET_S)
            if isinstance(measured, Cause):
                return measurement.id, measured.reason
            if judge(measured, measurement).status is CheckStatus.FAIL:
                return measurement.id, Reason.TOO_SLOW
            if not undecided(measured, measurement):
                break
    return None


def _solution(course: Course, lab: Lab, progress: Progress) -> Finding:
    assert course.solutions is not None
    for _ in range(TRIES):
        report = grade.grade_lab(course, lab, course.solutions, Tier.LOCAL, progress)
        if report.status is not Status.INCONCLUSIVE:
            break
    what = "the solution scores 100"
    if report.status is not Status.GRADED:
        return Finding(lab.name, what, f"{report.status}: {report.reason}")
    lost = [
        f"{check.id}: {check.points} of {check.max_points}"
        + (f": {plain_line(check.cause.rationale)}" if check.cause else "")
        for check in report.checks
        if check.points != check.max_points
    ]
    return Finding(lab.name, what, "\n".join(lost))
