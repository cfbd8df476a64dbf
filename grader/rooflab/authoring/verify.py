"""Proves the course: everything a student or instructor relies on, tried out.

* every stub compiles, is what `reset` restores, and fails each kernel's tests without a crash;
* every baseline, handed in, passes the tests of all that is timed, and earns next to nothing;
* every solution scores 100;
* where a lab asks questions, its answers.toml asks each and answers none, and wrong answers earn
  nothing;
* every mutant (a kernel with one mistake, grader/hidden/) gets its verdict, and each kernel has
  enough of them;
* every stage (a right kernel on the way to the solution, grader/hidden/NN_topic/stages/) earns its
  part of the points;
* every lab has its handout, and answers for the instructor, and nothing in it says TODO.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rooflab.authoring.mutants import (
    Mutant,
    build_variant_for_races,
    mutants_of,
    unused_mutants,
)
from rooflab.authoring.questions import wrong_answers, wrongly_asked
from rooflab.base.errors import SetupError
from rooflab.base.progress import Progress
from rooflab.base.scratch import scratch
from rooflab.base.text import sanitize_line
from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.variant import build_variant
from rooflab.compile.worker import Built, build_submission
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import ANSWERS, Measurement, MeasurementKind
from rooflab.course.stages import Stage, stages_of
from rooflab.course.stubs import changed_files
from rooflab.course.submission import SubmittedFiles, collect
from rooflab.grading.grade import Grader, open_grader
from rooflab.grading.measurement import cases_of, measure
from rooflab.measure import correctness, races
from rooflab.measure.correctness import SuiteResult
from rooflab.measure.machine import Measured
from rooflab.measure.scoring import range_of_points, undecided
from rooflab.measure.seeds import Seeds
from rooflab.report.model import Cause, CheckKind, CheckStatus, Reason, Report, Status, Tier

TIMING_BUDGETS_S = (4.0, 10.0, 20.0)  # of each try: noise spoils a longer one less
MIN_MUTANTS = 3  # of each kernel
BASELINE_IS_RIGHT = "the baseline passes all tests, public and hidden, of what is timed"
MAX_BASELINE_POINTS = 15.0  # for handing in what was given: correctness is a gate, speed the course
SUITES = ("correctness", "hidden_correctness")  # each kernel's checks, in a grade's order
RACES = "races"  # the check that is apart from that order
DECLARED = re.compile(r"^KERNEL\([^,]+,\s*(\w+)", re.MULTILINE)
GIVEN = "// Given, for the tests:"  # in kernels.def, before what is no kernel of the manifest
WRITTEN = {".cpp", ".h", ".def", ".toml", ".md"}
# What leaves threads unmeasured: nobody's mistake.
UNMEASURED_THREADS = (Reason.NOISY, Reason.ONE_PROCESSOR)
TRIES = 3  # where noise makes a measurement inconclusive


@dataclass(frozen=True)
class Finding:
    """One thing that was tried. `why` says what is wrong, when it is; `unmeasured`, what this
    machine could not tell just now."""

    lab: str
    what: str
    why: str = ""
    unmeasured: str = ""

    @property
    def ok(self) -> bool:
        return not self.why


def verify(
    course: Course, labs: Sequence[Lab], progress: Progress, timed: bool = True
) -> list[Finding]:
    """Everything, lab by lab. Without `timed`, nothing that depends on speed."""
    if course.solutions is None or course.hidden is None:
        raise SetupError(
            "verify needs solutions/ and grader/hidden/, which a student's copy does not have",
            "run it in the instructor's repository",
        )
    unused = "\n".join(unused_mutants(course))
    findings = [Finding("operations", "each has its kernels and its mutants", unused)]
    for lab in labs:
        with scratch(course.build) as work:
            findings += _verify_lab(course, lab, work, progress, timed)
    return findings


def as_text(findings: Sequence[Finding]) -> str:
    """What failed comes last: whoever sees only the end of a log sees that."""
    lines = []
    for finding in sorted(findings, key=lambda finding: not finding.ok):
        mark = "✗" if finding.why else "–" if finding.unmeasured else "✓"
        lines.append(f"{mark} {finding.lab}: {finding.what}")
        lines += [f"    {line}" for line in (finding.why or finding.unmeasured).splitlines()]
    failed = sum(not finding.ok for finding in findings)
    unmeasured = sum(finding.ok and bool(finding.unmeasured) for finding in findings)
    passed = len(findings) - failed - unmeasured
    lines.append(
        f"verify: {passed} passed, {failed} failed"
        + (f", {unmeasured} could not be measured here" if unmeasured else "")
    )
    return "\n".join(lines) + "\n"


def _verify_lab(
    course: Course, lab: Lab, work: Path, progress: Progress, timed: bool
) -> Iterator[Finding]:
    progress(f"{lab.name}: manifest, handout, stubs")
    yield from _documents(course, lab)
    trusted = prepare(course, lab)
    yield from _earlier_baselines(course, lab, work)
    yield _stub(trusted, lab, work)
    if not timed:  # else a whole grade shows it below
        yield _baseline_is_right(trusted, lab, work)

    mutants = list(mutants_of(lab))
    yield from _enough_mutants(lab, mutants)
    progress(f"{lab.name}: {len(mutants)} mutants")
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield from pool.map(lambda m: _mutant(trusted, m, work), mutants)
    stages = list(stages_of(lab))  # their headers, also when they are not measured
    if not timed:
        return
    for stage in stages:
        progress(f"{lab.name}: measuring {stage.kernel}, stage {stage.name}")
        yield from _stage(trusted, stage, work)
    grader = open_grader(course, [lab], Tier.LOCAL, progress)
    progress(f"{lab.name}: grading the baseline")
    report = _graded_baseline(grader, lab, work)
    yield _graded_baseline_is_right(trusted, report, work)
    yield _baseline_earns_little(lab, report)
    progress(f"{lab.name}: grading the solution")
    assert course.solutions is not None
    report = _graded(grader, course.solutions)
    yield _solution(lab, report)
    yield from _wrong_answers_earn_nothing(lab, report, grader.measured)


def _documents(course: Course, lab: Lab) -> Iterator[Finding]:
    # Loading checks that points add up to 100 and each kernel has its three hints.
    yield Finding(lab.name, f"the manifest is complete: {lab.manifest.title}")
    yield Finding(lab.name, f"there are hints for {len(lab.hints)} kernels")
    yield Finding(lab.name, "kernels.def has the manifest's kernels", _wrongly_declared(lab))
    answers = course.root / "handouts" / "instructor" / f"{lab.name}.md"
    for what, path in (("a handout", lab.handout), ("a page for instructors", answers)):
        there = path.is_file() and path.stat().st_size > 1000
        why = "" if there else f"{path.relative_to(course.root)} is missing or next to empty"
        yield Finding(lab.name, f"there is {what}", why)
    yield Finding(lab.name, "nothing is left to write", "\n".join(_left_to_write(lab)))
    if lab.manifest.questions:
        what = f"{ANSWERS} asks {len(lab.manifest.questions)} questions and answers none"
        yield Finding(lab.name, what, "\n".join(wrongly_asked(lab)))


def _wrongly_declared(lab: Lab) -> str:
    text = (lab.directory / "kernels.def").read_text(encoding="utf-8")
    declared = set(DECLARED.findall(text.partition(GIVEN)[0]))
    kernels = lab.manifest.kernels
    wanted = {kernel.name for kernel in kernels} | {k.over for k in kernels if k.over}
    wrong = [f"{name} is not in lab.toml" for name in sorted(declared - wanted)]
    return "\n".join(
        wrong + [f"{name} is not in kernels.def" for name in sorted(wanted - declared)]
    )


def _left_to_write(lab: Lab) -> Iterator[str]:
    """What says TODO, but for the stubs, which are the student's to write."""
    stubs = {lab.directory / name for name in lab.manifest.files}
    for path in sorted({*lab.root.glob(f"*/{lab.name}*"), *lab.root.glob(f"*/*/{lab.name}*")}):
        if path.is_relative_to(lab.root / "build") or path == lab.stubs:
            continue
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in WRITTEN and file not in stubs:
                lines = file.read_text(encoding="utf-8").splitlines()
                for number, line in enumerate(lines, start=1):
                    if "TODO" in line:
                        yield f"{file.relative_to(lab.root)}:{number}: {line.strip()}"


def _suites(
    trusted: LabBuild, built: Built, kernel: str, folder: Path
) -> tuple[SuiteResult, SuiteResult]:
    """Public and hidden tests."""
    result = correctness.run_kernel(trusted, built.worker, kernel, folder, Seeds())
    assert result.hidden is not None
    return result.public, result.hidden


def _earlier_baselines(course: Course, lab: Lab, work: Path) -> Iterator[Finding]:
    """Baselines of earlier labs take the place of kernels that are wrong: they must be right, also
    those of kernels that are not timed."""
    for earlier in lab.earlier:
        trusted = prepare(course, earlier.lab)
        for kernel in earlier.kernels:
            result = correctness.run_kernel(trusted, trusted.baseline, kernel, work, Seeds())
            causes = [s.cause for s in (result.public, result.hidden) if s and s.cause]
            what = f"{earlier.lab.namespace}::{kernel}, which it uses, is right in its baseline"
            yield Finding(lab.name, what, "\n".join(cause.rationale for cause in causes))


def _stub(trusted: LabBuild, lab: Lab, work: Path) -> Finding:
    """The stubs score 0 on correctness and say so without crashing."""
    what = "the stub compiles and fails every kernel's tests, cleanly"
    changed = [str(path.relative_to(lab.root)) for path in changed_files(lab)]
    if changed:
        return Finding(lab.name, what, f"not the stub that reset restores: {', '.join(changed)}")
    taken = collect(lab.root, lab)
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


def _baseline_is_right(trusted: LabBuild, lab: Lab, work: Path) -> Finding:
    source = (lab.directory / "baseline.cpp").read_bytes()
    (work / "baseline").mkdir()
    name = lab.manifest.sources[0]
    built = build_submission(trusted, SubmittedFiles({name: source}), work / "baseline")
    if isinstance(built, Cause):
        return Finding(lab.name, BASELINE_IS_RIGHT, built.rationale)
    wrong = [
        f"{kernel}: {result.cause.rationale}"
        for kernel in sorted(_timed_kernels(trusted, work))
        for result in _suites(trusted, built, kernel, work / "baseline")
        if result.cause is not None
    ]
    return Finding(lab.name, BASELINE_IS_RIGHT, "\n".join(wrong))


def _timed_kernels(trusted: LabBuild, work: Path) -> set[str]:
    """Of the manifest: what others are timed over, is given."""
    kernels = {kernel.name for kernel in trusted.lab.manifest.kernels}
    return kernels & {case.partition("/")[0] for case in cases_of(trusted, work)}


def _graded_baseline(grader: Grader, lab: Lab, work: Path) -> Report:
    folder = work / "baseline-handed-in" / lab.name
    folder.mkdir(parents=True)
    source = (lab.directory / "baseline.cpp").read_bytes()
    (folder / lab.manifest.sources[0]).write_bytes(source)
    if lab.manifest.questions:
        (folder / ANSWERS).write_bytes((lab.directory / ANSWERS).read_bytes())
    return _graded(grader, folder.parent)


def _graded_baseline_is_right(trusted: LabBuild, report: Report, work: Path) -> Finding:
    wanted = {f"{kernel}.{suite}" for kernel in _timed_kernels(trusted, work) for suite in SUITES}
    right = {check.id for check in report.checks if check.status is CheckStatus.PASS}
    causes = {check.id: check.cause.rationale for check in report.checks if check.cause}
    wrong = [f"{check}: {causes.get(check, 'not tested')}" for check in sorted(wanted - right)]
    return Finding(trusted.lab.name, BASELINE_IS_RIGHT, "\n".join(wrong))


def _baseline_earns_little(lab: Lab, report: Report) -> Finding:
    what = f"the baseline, handed in, earns {MAX_BASELINE_POINTS:g} points at most, none for speed"
    unmeasured = _unmeasured(lab, report)
    if report.score is None and not unmeasured:
        return Finding(lab.name, what, f"{report.status}: {report.reason}")
    # Having no races counts once threads are known to gain something, or nothing.
    unknown = {check.id.partition(".")[0] for check in report.checks if check.points is None}
    known = [
        check
        for check in report.checks
        if check.kind is not CheckKind.RACES or check.id.partition(".")[0] not in unknown
    ]
    wrong = [
        f"{check.id}: {check.points} points"
        for check in known
        if check.kind not in (CheckKind.BUILD, CheckKind.CORRECTNESS) and check.points
    ]
    score = report.score or math.fsum(check.points or 0 for check in known)
    if score > MAX_BASELINE_POINTS:
        wrong.append(f"{score:g} points")
    found = what if wrong else f"{what}: {score:g}"
    return Finding(lab.name, found, "\n".join(wrong), unmeasured)


def _unmeasured(lab: Lab, report: Report) -> str:
    """What of a lab with threads this machine could not measure: they need their processors for
    themselves. Empty for all else that makes a report inconclusive."""
    if lab.manifest.threads == 1:
        return ""
    return "\n".join(
        f"{check.id}: {sanitize_line(check.cause.rationale)}"
        for check in report.checks
        if check.cause and check.cause.reason in UNMEASURED_THREADS
    )


def _enough_mutants(lab: Lab, mutants: Sequence[Mutant]) -> Iterator[Finding]:
    for kernel in lab.manifest.kernels:
        count = sum(mutant.kernel == kernel.name for mutant in mutants)
        why = "" if count >= MIN_MUTANTS else f"{MIN_MUTANTS} are the least"
        yield Finding(lab.name, f"{kernel.name} has {count} mutants", why)


def _mutant(trusted: LabBuild, mutant: Mutant, work: Path) -> Finding:
    what = f"{mutant.kernel}, mutant {mutant.name}: {mutant.check} {mutant.reason}"
    if mutant.check == RACES:
        return Finding(trusted.lab.name, what, _wrong_about_races(trusted, mutant, work))
    built = build_variant(trusted, mutant, work)
    if isinstance(built, Cause):
        return Finding(trusted.lab.name, what, built.rationale)
    got = _verdict(trusted, built, mutant.kernel)
    wanted = (mutant.check, mutant.reason)
    why = "" if got == wanted else f"got {got[0]} {got[1]}" if got else "nothing failed"
    return Finding(trusted.lab.name, what, why)


def _wrong_about_races(trusted: LabBuild, mutant: Mutant, work: Path) -> str:
    """How ThreadSanitizer's verdict differs from the mutant's. Whether a race also gives a wrong
    result is chance."""
    if trusted.races is None:
        return "the lab has no points for races"
    if why := races.unusable(trusted, trusted.races):
        return why
    program = build_variant_for_races(trusted, trusted.races, mutant, work)
    if isinstance(program, Cause):
        return program.rationale
    folder, key = program.path.parent, Seeds().key(RACES, mutant.kernel)
    cause = races.look(trusted, program, mutant.kernel, folder, key)
    if cause is None:
        return "nothing failed"
    return "" if cause.reason is mutant.reason else f"got {cause.reason}: {cause.rationale}"


def _verdict(trusted: LabBuild, built: Built, kernel: str) -> tuple[str, Reason] | None:
    """The first check that fails, in the order in which a grade looks at them."""
    for suite, tests in zip(SUITES, (trusted.tests, trusted.hidden_tests), strict=True):
        assert tests is not None
        folder, key = built.worker.parent, Seeds().key(tests.name, kernel)
        threads = trusted.lab.manifest.threads
        cause = correctness.run_suite(tests, built.worker, kernel, folder, key, threads).cause
        if cause is not None:
            return suite, cause.reason
    return None


def _stage(trusted: LabBuild, stage: Stage, work: Path) -> Iterator[Finding]:
    """It is right, and each of its measurements earns what it should."""
    lab = trusted.lab
    what = f"{stage.kernel}, stage {stage.name}"
    measurements = [m for m in lab.manifest.measurements if m.id in stage.earns]
    built = build_variant(trusted, stage, work)
    if isinstance(built, Cause):
        yield Finding(lab.name, what, built.rationale)
        return
    folder = built.worker.parent
    wrong = [r.cause for r in _suites(trusted, built, stage.kernel, folder) if r.cause]
    yield Finding(lab.name, f"{what} is right", "\n".join(cause.rationale for cause in wrong))
    emulated = None
    if any(m.kind is MeasurementKind.CACHE_MISSES for m in measurements):
        emulated = build_variant(trusted, stage, work, for_emulator=True)
    for measurement in measurements:
        if measurement.kind is MeasurementKind.BANDWIDTH and stage.without_vectors:
            continue  # a grade leaves it out as well
        chosen = emulated if measurement.kind is MeasurementKind.CACHE_MISSES else built
        assert chosen is not None
        if isinstance(chosen, Cause):
            yield Finding(lab.name, what, chosen.rationale)
        else:
            yield _earns(trusted, chosen.worker, measurement, stage, folder)


def _earns(
    trusted: LabBuild, worker: Path, measurement: Measurement, stage: Stage, folder: Path
) -> Finding:
    """Whether one measurement's points are in the stage's range, as far as its noise can tell.

    A grade gives the points of the interval's upper end. That end alone says little of a stage: on
    a busy machine it may lie half a point above a range that the rest of the interval is in. And
    such a machine may be slow for one whole measurement: a stage is wrong when all tries say so.
    """
    low, high = stage.earns[measurement.id]
    wanted = f"{low:g} to {high:g}" if high > low else f"{low:g}"
    name, what = trusted.lab.name, f"stage {stage.name}: {measurement.id} earns {wanted}"
    for budget_s in TIMING_BUDGETS_S:
        found = measure(trusted, worker, measurement, folder, budget_s)
        if isinstance(found, Cause) and found.reason in UNMEASURED_THREADS:
            continue
        if isinstance(found, Cause):
            return Finding(name, what, found.rationale)
        worst, points = range_of_points(found, measurement)
        unit = measurement.kind.unit
        got = (
            f"{points:g} of {measurement.points:g} points at {found.value:.2f}{unit} "
            f"({found.low:.2f}-{found.high:.2f})"
        )
        as_graded, settled = low <= points <= high, not undecided(found, measurement)
        right = as_graded or (settled and worst <= high and low <= points)
        if right:
            break
    if isinstance(found, Cause):
        return Finding(name, what, unmeasured=found.rationale)
    return Finding(name, f"{what}: {got}" if right else what, "" if right else got)


def _graded(grader: Grader, submission: Path) -> Report:
    for _ in range(TRIES):
        (report,) = grader.grade(submission)
        if report.status is not Status.INCONCLUSIVE:
            break
    return report


def _solution(lab: Lab, report: Report) -> Finding:
    what = "the solution scores 100"
    unmeasured = _unmeasured(lab, report)
    if report.status is not Status.GRADED and not unmeasured:
        return Finding(lab.name, what, f"{report.status}: {report.reason}")
    lost = [
        f"{check.id}: {check.points} of {check.max_points}"
        + (f": {sanitize_line(check.cause.rationale)}" if check.cause else "")
        for check in report.checks
        if (check.points != check.max_points and not (unmeasured and check.points is None))
        or (check.cause is not None and check.cause.reason is Reason.REPLACED)
    ]
    return Finding(lab.name, what, "\n".join(lost), unmeasured)


def _wrong_answers_earn_nothing(lab: Lab, report: Report, machine: Measured) -> Iterator[Finding]:
    for question in lab.manifest.questions:
        tried = wrong_answers(question, report, machine)
        earned = [f"{c.data.get('answer')}: {c.points} points" for c in tried if c.points]
        what = f"question {question.name}: a wrong answer earns nothing"
        none = "" if tried else "no answer is wrong here: near the ridge, or nothing was measured"
        yield Finding(lab.name, what, "\n".join(earned), none)
