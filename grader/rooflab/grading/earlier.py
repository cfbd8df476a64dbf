"""Which of its kernels of earlier labs a submission may use: those that pass their own labs' tests,
public and hidden. In place of any other, the baseline's is used, never the solution's."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from rooflab.compile.earlier import does_not_build, fails_tests
from rooflab.compile.trusted import EarlierBuild
from rooflab.compile.worker import build_earlier
from rooflab.course.submission import SubmittedFiles
from rooflab.grading.session import Session
from rooflab.measure import correctness
from rooflab.measure.allowance import Allowance
from rooflab.report.model import Cause, CheckStatus, Reason, Report, Status

BUDGET_S = 30.0  # to build and test all of them
TOO_LATE = Cause(
    reason=Reason.TIMED_OUT, rationale=f"no time is left of the {BUDGET_S:g} s for earlier labs"
)
SUITES = {"public": "correctness", "hidden": "hidden_correctness"}


def judged(
    session: Session, submission: SubmittedFiles, reports: Sequence[Report]
) -> SubmittedFiles:
    """The submission, with what is wrong with its kernels of earlier labs. `reports` are on the
    same submission: what they say of a lab is not found out again."""
    wrong: dict[str, Cause] = {}
    left_s = BUDGET_S
    for earlier in session.trusted.earlier:
        name = earlier.build.lab.name
        taken = submission.earlier.get(name)
        told = [r for r in reports if r.lab == name and r.status is not Status.ERROR]
        if told:
            wrong |= _told(earlier, told[0])
        elif isinstance(taken, SubmittedFiles):  # else the build says what is missing
            found, left_s = _tried(session, earlier, taken, left_s)
            wrong |= found
    return replace(submission, wrong=wrong)


def _told(earlier: EarlierBuild, report: Report) -> dict[str, Cause]:
    """What the lab's own report says against its kernels."""
    lab = earlier.build.lab
    failed = {check.id: check.cause for check in report.checks if check.status is CheckStatus.FAIL}
    if (cause := failed.get("build")) is not None:
        return dict.fromkeys(earlier.names, does_not_build(lab, cause))
    found = {}
    for kernel, name in zip(earlier.kernels, earlier.names, strict=True):
        suites = [suite for suite, check in SUITES.items() if f"{kernel}.{check}" in failed]
        if suites:
            found[name] = fails_tests(lab, kernel, suites[0])
    return found


def _tried(
    session: Session, earlier: EarlierBuild, taken: SubmittedFiles, left_s: float
) -> tuple[dict[str, Cause], float]:
    """The same by building the lab's worker and testing what is used of it; and the time that is
    left then."""
    lab, started = earlier.build.lab, time.monotonic()
    if left_s <= 0:
        return dict.fromkeys(earlier.names, does_not_build(lab, TOO_LATE)), left_s
    session.progress(f"{session.lab.name}: compiling lab {lab.id}, whose kernels it uses")
    folder = session.folder("earlier") / lab.name
    folder.mkdir()
    built = build_earlier(earlier.build, taken, folder)
    left_s -= time.monotonic() - started
    if isinstance(built, Cause):
        return dict.fromkeys(earlier.names, does_not_build(lab, built)), left_s
    allowance = Allowance(built.worker)
    allowance.grant(left_s)
    wrong = {}
    for kernel, name in zip(earlier.kernels, earlier.names, strict=True):
        session.progress(f"{session.lab.name}: testing {name}")
        work, seeds = session.folder("tests"), session.seeds
        result = correctness.run_kernel(earlier.build, built.worker, kernel, work, seeds)
        if not result.right:
            suite = "hidden" if result.public.cause is None else "public"
            wrong[name] = fails_tests(lab, kernel, suite)
    return wrong, allowance.left_s
