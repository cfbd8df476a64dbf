"""Reports that renderings are tested on: a plausible one, and one full of hostile text."""

from rooflab.report.model import (
    Cache,
    Cause,
    Check,
    CheckKind,
    CheckStatus,
    Location,
    Machine,
    Reason,
    Report,
    Status,
    Tier,
)

MACHINE = Machine(
    cpu="Example CPU",
    cores=2,
    isa=("x86-64-v3", "avx2", "fma"),
    caches=(
        Cache(level=1, type="Data", size_bytes=32768, line_bytes=64, ways=8),
        Cache(level=2, type="Unified", size_bytes=1048576, line_bytes=64, ways=16),
    ),
    virtualized=True,
    hardware_counters="unmeasured: the system offers none",
    sandbox={"tier": "none", "why": "direct, in this version"},
)

BUILT = Check(
    id="build",
    kind=CheckKind.BUILD,
    title="Builds",
    status=CheckStatus.PASS,
    points=0,
    max_points=0,
)
CORRECT = Check(
    id="matmul_reordered.public",
    kind=CheckKind.CORRECTNESS,
    title="matmul_reordered: public tests",
    status=CheckStatus.PASS,
    points=4,
    max_points=4,
)
WRONG = Check(
    id="matmul_blocked.hidden",
    kind=CheckKind.CORRECTNESS,
    title="matmul_blocked: hidden tests",
    status=CheckStatus.FAIL,
    points=0,
    max_points=6,
    visibility="hidden",
    cause=Cause(
        reason=Reason.WRONG_RESULT,
        rationale="matmul_blocked(a 9x1, b 1x1, c 9x1): 1 of 9 elements is wrong, the first at "
        "c(8, 0)\nonly rows from 8 on: the tail",
        help="./lab test 02",
        expected="0.5488135",
        actual="nan",
    ),
    location=Location(file="labs/02_blocking/kernels.cpp", line=41),
)
FASTER = Check(
    id="matmul_reordered.speedup",
    kind=CheckKind.SPEEDUP,
    title="matmul_reordered: speedup at 512",
    status=CheckStatus.PARTIAL,
    points=7.5,
    max_points=10,
    cause=Cause(
        reason=Reason.TOO_SLOW,
        rationale="2.4 times faster than the baseline; full points need 3.0",
        help="./lab hint 02 matmul_reordered",
    ),
    data={
        "speedup": 2.41,
        "ci_low": 2.35,
        "ci_high": 2.48,
        "rounds": 12,
        "gflops": 4.1,
        "zero": 1.2,
        "full": 3.0,
    },
    location=Location(file="labs/02_blocking/kernels.cpp", line=12),
)
MISSES = Check(
    id="transpose_blocked.cache_misses",
    kind=CheckKind.CACHE_MISSES,
    title="transpose_blocked: cache misses at 64x400x400",
    status=CheckStatus.PASS,
    points=15,
    max_points=15,
    data={"misses": 91_000, "baseline_misses": 1_234_567, "zero": 1.5, "full": 8.0},
)
UNMEASURED = Check(
    id="conv2d_blocked.hidden",
    kind=CheckKind.CORRECTNESS,
    title="conv2d_blocked: hidden tests",
    status=CheckStatus.UNMEASURED,
    points=None,
    max_points=12,
    visibility="hidden",
    cause=Cause(
        reason=Reason.NO_HIDDEN_TESTS,
        rationale="this copy of the course has no hidden tests",
        help="your course grades them: push your work",
    ),
)

ANSWERED = Check(
    id="answers.saxpy",
    kind=CheckKind.ANSWER,
    title="answer: saxpy of 4 Mi elements",
    status=CheckStatus.FAIL,
    points=0,
    max_points=2,
    cause=Cause(
        reason=Reason.WRONG_ANSWER,
        rationale="8 flop over 48 bytes: 0.167 flop per byte\nleft of the ridge",
        help="count the flops and the bytes",
        expected="memory",
        actual="compute",
    ),
    data={"answer": "compute", "intensity": 1 / 6, "ridge": 9.62},
)

CHECKS = (BUILT, CORRECT, WRONG, FASTER, MISSES, UNMEASURED)


def report(*checks: Check, lab: str = "02_blocking", title: str = "Cache blocking") -> Report:
    """A graded report of those checks, or of one of each sort."""
    checks = checks or CHECKS
    return Report(
        lab=lab,
        title=title,
        tier=Tier.LOCAL,
        status=Status.GRADED,
        score=sum(check.points or 0 for check in checks),
        max_score=100,
        submitted_at=None,
        graded_at="2026-01-02T03:04:05Z",
        rooflab_version="0.1.0",
        seed_commitment="0" * 64,
        machine=MACHINE,
        checks=checks,
    )


def inconclusive() -> Report:
    """A session whose machine could not measure fairly."""
    return report().model_copy(
        update={
            "status": Status.INCONCLUSIVE,
            "score": None,
            "reason": "the reference solution is too slow here: matmul/512: 5× of the 8× it needs",
        }
    )


def hostile(text: str) -> Report:
    """A report with `text` wherever a submission, or a tool that read one, can put text."""
    cause = Cause(reason=Reason.BUILD_FAILED, rationale=text, help=text, expected=text, actual=text)
    location = Location(file=text, line=7)
    data = {"speedup": text, "zero": float("nan"), "full": float("inf"), "ci_low": float("-inf")}
    changed = {"title": text, "cause": cause, "data": data, "location": location}
    check = WRONG.model_copy(update=changed)
    speed = check.model_copy(update={"kind": CheckKind.SPEEDUP, "status": CheckStatus.ERROR})
    answer = check.model_copy(update={"kind": CheckKind.ANSWER, "data": {"unknown": text}})
    page = report(check, speed, answer, title=text)
    changed = {"student": text, "commit": text, "reason": text, "status": Status.ERROR}
    return page.model_copy(update=changed | {"machine": MACHINE.model_copy(update={"cpu": text})})
