"""Hostile and broken submissions of lab 02, really graded: a clear verdict each, and no harm done.

A submission is a correct one with some kernels replaced, so one grading shows several verdicts and
that the other kernels keep theirs. Timing is left out where it is not the subject.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lab02_sources import PARAMETERS, RIGHT, source

from rooflab import cli
from rooflab.base.errors import SetupError
from rooflab.compile import objects
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import (
    BottleneckQuestion,
    Manifest,
    Measurement,
    MeasurementKind,
    PredictionQuestion,
    Question,
)
from rooflab.grading import grade
from rooflab.grading.measurement import measure
from rooflab.measure import machine, scoring, timing
from rooflab.measure.estimates import Estimate
from rooflab.measure.machine import Measured
from rooflab.report.model import Check, Reason, Report, Status, Tier
from rooflab.report.wording import key_figure


class Grader:
    """Grades what it is given, with what was built once, and keeps its files to itself."""

    def __init__(
        self, trusted: LabBuild, measured: Measured, folder: Path, patch: pytest.MonkeyPatch
    ) -> None:
        self.course = Course(folder / "course")
        self.submission = folder / "submission"
        self.file = self.submission / "labs" / trusted.lab.name / "kernels.cpp"
        self.file.parent.mkdir(parents=True)
        self.trusted = trusted
        self.measures()
        patch.setattr(grade, "prepare", lambda _course, lab: replace(self.trusted, lab=lab))
        patch.setattr(machine, "measure", lambda *_: measured)

    def measures(self, *measurements: Measurement, kernels: Sequence[str] = ()) -> None:
        """Just those, over the baseline alone; and tests of just those kernels, if any."""
        manifest = self.trusted.lab.manifest
        update = {
            "measurements": measurements,
            "kernels": tuple(k for k in manifest.kernels if not kernels or k.name in kernels),
        }
        self.lab = lab_with(self.course.root, manifest.model_copy(update=update))
        self.trusted = replace(self.trusted, lab=self.lab, reference=None)

    def asks(self, *asked: Question) -> None:
        """Those questions; `answers` is where they are answered."""
        update = {"files": ("kernels.cpp", "answers.toml"), "questions": asked}
        self.lab = lab_with(self.course.root, self.lab.manifest.model_copy(update=update))
        self.trusted = replace(self.trusted, lab=self.lab)

    @property
    def answers(self) -> Path:
        return self.file.with_name("answers.toml")

    def grade(self, text: str | None = None, tier: Tier = Tier.LOCAL) -> Report:
        if text is not None:
            self.file.write_text(text, encoding="utf-8")
        (report,) = grade.open_grader(self.course, [self.lab], tier).grade(self.submission)
        assert_harmless(report)
        return report

    def refused(self, text: str | None = None) -> Check:
        """The build check of a submission that earns nothing and has one cause."""
        report = self.grade(text)
        build_check, *rest = report.checks
        assert (report.status, report.score) == (Status.GRADED, 0)
        assert build_check.cause is not None
        assert all((check.points, check.cause) == (0, None) for check in rest)
        return build_check


def assert_harmless(report: Report) -> None:
    text = report.to_json()
    assert "\x1b" not in text
    message = json.loads(text)
    for check in message["checks"]:
        for line in ((check["cause"] or {}).get("rationale") or "").splitlines():
            assert not line.lstrip().startswith("::")


def verdicts(report: Report) -> dict[str, Reason | None]:
    """Each kernel's reason in its public tests; None when it passed public and hidden ones."""
    found: dict[str, Reason | None] = {}
    for kernel in PARAMETERS:
        both = [check_of(report, f"{kernel}.{suite}correctness") for suite in ("", "hidden_")]
        causes = [check.cause for check in both]
        found[kernel] = next((cause.reason for cause in causes if cause is not None), None)
        assert [check.points == check.max_points for check in both] == [c is None for c in causes]
    return found


def check_of(report: Report, name: str) -> Check:
    return next(check for check in report.checks if check.id == name)


def rationale(report: Report, kernel: str) -> str:
    cause = check_of(report, f"{kernel}.correctness").cause
    assert cause is not None
    return cause.rationale


def lab_with(root: Path, manifest: Manifest, name: str = "02_blocking") -> Lab:
    changed = Lab(root, name)
    changed.__dict__["manifest"] = manifest  # in place of the file's
    return changed


def measurement(trusted: LabBuild, name: str) -> Measurement:
    return next(m for m in trusted.lab.manifest.measurements if m.id == name)


@pytest.fixture(scope="session")
def measured(trusted: LabBuild) -> Measured:
    return machine.measure(trusted.machine, trusted.probe, trusted.counters)


@pytest.fixture
def grader(
    trusted: LabBuild, measured: Measured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Grader:
    """Of correctness only."""
    return Grader(trusted, measured, tmp_path, monkeypatch)


def test_a_right_submission_earns_all_points_for_correctness(grader: Grader) -> None:
    report = grader.grade(source({}))
    assert set(verdicts(report).values()) == {None}
    assert report.score == sum(
        k.points.public + k.points.hidden for k in grader.lab.manifest.kernels
    )
    assert not list((grader.course.build / "tmp").iterdir())


# --- What is handed in ---------------------------------------------------------------------------


def nothing(path: Path) -> None:
    assert not path.exists()


def no_folder(path: Path) -> None:
    path.parent.rmdir()


def empty(path: Path) -> None:
    path.touch()


def link(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def linked_folder(path: Path) -> None:
    path.parent.rmdir()
    path.parent.symlink_to(Path(__file__).parents[3] / "solutions" / "02_blocking")


def too_large(path: Path) -> None:
    path.write_bytes(b"/" * (1 << 20))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (nothing, Reason.MISSING_FILE),
        (no_folder, Reason.MISSING_FILE),
        (empty, Reason.EMPTY_FILE),
        (link, Reason.REJECTED_FILE),
        (linked_folder, Reason.REJECTED_FILE),
        (os.mkfifo, Reason.REJECTED_FILE),
        (Path.mkdir, Reason.REJECTED_FILE),
        (too_large, Reason.REJECTED_FILE),
    ],
)
def test_what_cannot_be_taken_has_a_reason(
    grader: Grader, make: Callable[[Path], None], reason: Reason
) -> None:
    make(grader.file)
    cause = grader.refused().cause
    assert cause is not None
    assert cause.reason is reason


# --- What the compiler and the linker say ---------------------------------------------------------

BOMB = """
constexpr long spin() { long n = 0; while (n >= 0) n = (n + 1) % 1000; return n; }
template <int I> struct Spin { static constexpr long value = spin() + Spin<I - 1>::value; };
template <> struct Spin<0> { static constexpr long value = 0; };
long result = Spin<800>::value;
"""
ESCAPES = """
#error \x1b[31mred\x1b]0;title\x07
static_assert(false, "\\n::error file=x::pwned");
::error::pwned
"""


@pytest.mark.parametrize(
    ("text", "reason", "message"),
    [
        ("namespace lab02 { void matmul_blocked( }", Reason.BUILD_FAILED, "does not compile"),
        (BOMB, Reason.BUILD_FAILED, "did not finish kernels.cpp in 1 s"),
        (ESCAPES, Reason.BUILD_FAILED, "\\x1b[31mred"),
        ("int nothing;\n", Reason.UNDEFINED_KERNEL, "lab02::choose_tile, lab02::conv2d_blocked"),
        (
            source({}).replace("choose_tile(std", "choose_tyle(std"),
            Reason.UNDEFINED_KERNEL,
            "does not define lab02::choose_tile",
        ),
        (
            source({}, "int main() {}"),
            Reason.BUILD_FAILED,
            "defines what the tests define too: main",
        ),
        ('#include "/etc/passwd"', Reason.BUILD_FAILED, "Permission denied"),
        ('asm(".incbin \\"/etc/passwd\\"");', Reason.BUILD_FAILED, "/etc/passwd"),
    ],
)
def test_what_does_not_build_has_a_reason(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, text: str, reason: Reason, message: str
) -> None:
    limits = replace(objects.COMPILE_LIMITS, wall_s=1 if text == BOMB else 60)
    monkeypatch.setattr(objects, "COMPILE_LIMITS", limits)
    cause = grader.refused(text).cause
    assert cause is not None
    assert cause.reason is reason
    assert message in cause.rationale


# --- What kernels do ------------------------------------------------------------------------------

UNUSED = {
    "matmul_reordered": "(void)a, (void)b, (void)c;",
    "matmul_blocked": "(void)a, (void)b, (void)c;",
    "transpose_blocked": "(void)a, (void)b;",
    "conv2d_blocked": "(void)x, (void)w, (void)bias, (void)padding, (void)y;",
    "choose_tile": "(void)cache_bytes;",
}
SMALLEST = "a 1×1, b 1×1, c 1×1"


def test_a_crash_costs_only_its_own_kernel_and_shows_its_smallest_call(grader: Grader) -> None:
    crash = RIGHT["matmul_reordered"] + "\n if (c.cols > 2) *static_cast<volatile int*>(where) = 1;"
    report = grader.grade(source({"matmul_blocked": crash}, "void* where = nullptr;"))
    wanted = dict.fromkeys(PARAMETERS) | {"matmul_blocked": Reason.CRASHED}
    assert verdicts(report) == wanted
    message = rationale(report, "matmul_blocked").splitlines()
    assert message[0].startswith('crashed with SIGSEGV, in the test "')
    assert message[1] == "call: a 1×1, b 1×3, c 1×3"


def test_wild_kernels_each_get_their_verdict(grader: Grader) -> None:
    kernels = {
        "matmul_reordered": "exhaust(1);",
        "matmul_blocked": 'throw std::runtime_error("no\\x1b[m\\n::error::pwned");',
        "transpose_blocked": "for (;;) std::puts(text);",
        "conv2d_blocked": "std::exit(0);",
        "choose_tile": "for (std::vector<std::unique_ptr<char[]>> all;;)"
        " all.push_back(std::make_unique_for_overwrite<char[]>(1 << 24));",
    }
    report = grader.grade(
        source(
            {name: UNUSED[name] + body for name, body in kernels.items()},
            # Not a tail call: each level needs its own stack.
            "int exhaust(volatile int n) { return n == 0 ? 0 : exhaust(n + 1) + n; }\n"
            f'const char* text = "{"x" * 1000}";',
        )
    )
    assert verdicts(report) == {
        "matmul_reordered": Reason.CRASHED,
        "matmul_blocked": Reason.CRASHED,
        "transpose_blocked": Reason.TOO_MUCH_OUTPUT,
        "conv2d_blocked": Reason.EXITED,
        "choose_tile": Reason.TOO_MUCH_MEMORY,
    }
    assert rationale(report, "matmul_reordered").startswith("crashed with SIGSEGV")
    assert rationale(report, "matmul_blocked").startswith("threw an exception")
    assert "exit status 0" in rationale(report, "conv2d_blocked")
    assert (report.status, report.score) == (Status.GRADED, 0)


def test_sly_kernels_each_get_their_verdict(grader: Grader) -> None:
    report = grader.grade(
        source(
            {
                "matmul_reordered": RIGHT["matmul_reordered"] + "\n if (c.rows > 0 && c.cols > 0)"
                " (&c(c.rows - 1, c.cols - 1))[1] = 7;",
                "matmul_blocked": RIGHT["matmul_reordered"]
                + "\n if (a.rows > 0 && a.cols > 0) const_cast<float&>(a(0, 0)) = 7;",
                "transpose_blocked": RIGHT["transpose_blocked"] + "\n if (b.cols > 8) b(0, 8) = 7;",
                "conv2d_blocked": RIGHT["conv2d_blocked"] + "\n y.data[-100'000'000] = 7;",
                "choose_tile": "return 8 + 0 * cache_bytes;",
            }
        )
    )
    assert verdicts(report) == {
        "matmul_reordered": Reason.OUT_OF_BOUNDS,
        "matmul_blocked": Reason.INPUT_MODIFIED,
        "transpose_blocked": Reason.WRONG_RESULT,
        "conv2d_blocked": Reason.CRASHED,
        "choose_tile": Reason.WRONG_RESULT,
    }
    assert f"\ncall: {SMALLEST}" in rationale(report, "matmul_reordered")
    assert f"\ncall: {SMALLEST}" in rationale(report, "matmul_blocked")
    assert "\ncall: a 9×1, b 1×9" in rationale(report, "transpose_blocked")


FORBIDDEN = [
    {
        "matmul_reordered": ('open("/etc/passwd", O_RDONLY);', "openat"),
        "matmul_blocked": ("socket(AF_INET, SOCK_STREAM, 0);", "socket"),
        "transpose_blocked": ("fork();", "to start a process or a thread"),
        "conv2d_blocked": ("kill(getppid(), SIGKILL);", "getppid"),
        "choose_tile": ('return std::system("rm -rf ../*");', "most likely to start a process"),
    },
    {
        "matmul_reordered": ('open("worker", O_WRONLY | O_CREAT, 0755);', "openat"),
        "matmul_blocked": ("kill(-1, SIGKILL);", "kill"),
        "transpose_blocked": (
            "pthread_t t; pthread_create(&t, nullptr, idle, nullptr);",
            "most likely to start a process or a thread",
        ),
        "conv2d_blocked": ("setsid();", "setsid"),
        "choose_tile": ('return memfd_create("fills the disk", 0);', "memfd_create"),
    },
]


@pytest.mark.parametrize("tried", FORBIDDEN)
def test_kernels_ask_the_operating_system_for_nothing_but_memory(
    grader: Grader, tried: dict[str, tuple[str, str]]
) -> None:
    kernels = {name: UNUSED[name] + body for name, (body, _) in tried.items()}
    idle = "void* idle(void*) { return nullptr; }"
    report = grader.grade(source(kernels, f'#pragma GCC diagnostic ignored "-Wall"\n{idle}'))
    assert set(verdicts(report).values()) == {Reason.FORBIDDEN_SYSCALL}
    for name, (_, call) in tried.items():
        first, *rest = rationale(report, name).splitlines()
        assert first.startswith("asked the operating system for something that kernels may not do")
        assert call in first
        assert rest[0].startswith("call: ")


def test_one_that_never_returns_is_ended_once(grader: Grader) -> None:
    grader.trusted = replace(grader.trusted, hidden_tests=None)
    grader.measures(kernels=["choose_tile", "transpose_blocked"])
    report = grader.grade(source({"choose_tile": "for (volatile auto n = cache_bytes;;) n = n;"}))
    cause = check_of(report, "choose_tile.correctness").cause
    assert cause is not None
    assert cause.reason is Reason.TIMED_OUT
    assert cause.rationale.startswith("was still running after 3 s of CPU time\ncall: lab02::")
    assert check_of(report, "transpose_blocked.correctness").cause is None


def test_one_that_sleeps_is_ended(grader: Grader) -> None:
    grader.measures(kernels=["choose_tile"])
    report = grader.grade(source({"choose_tile": "sleep(118);" + RIGHT["choose_tile"]}))
    for name in ("choose_tile.correctness", "choose_tile.hidden_correctness"):
        cause = check_of(report, name).cause
        assert cause is not None
        assert cause.reason is Reason.TIMED_OUT
        assert cause.rationale.startswith("was still running after 10 s, asleep for most of them")


def test_one_that_has_used_up_its_time_gets_a_score_for_what_came_before(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grade, "ALLOWANCE_S", 0.0)  # the compiler has used it up
    report = grader.grade(source({}))
    assert set(verdicts(report).values()) == {Reason.TIMED_OUT}
    assert (report.status, report.score) == (Status.GRADED, 0)
    assert rationale(report, "choose_tile").startswith("the submission has used up the time")


@pytest.mark.parametrize(
    ("early", "reason"),
    [
        ("_exit(0);", Reason.EXITED),
        ("char* volatile all = new char[3'000'000'000];", Reason.CRASHED),  # nobody catches yet
        ("fork();", Reason.FORBIDDEN_SYSCALL),
    ],
)
def test_one_that_ends_before_it_begins_has_passed_nothing(
    grader: Grader, early: str, reason: Reason
) -> None:
    report = grader.grade(source({}, f"struct Early {{ Early() {{ {early} }} }} early;"))
    assert set(verdicts(report).values()) == {reason}
    assert (report.status, report.score) == (Status.GRADED, 0)


# --- Tiers ----------------------------------------------------------------------------------------


def test_an_official_grade_is_given_where_all_is_there(
    trusted: LabBuild, measured: Measured, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = replace(measured, sandbox={**measured.sandbox, "tier": "complete"})
    monkeypatch.setattr(machine, "measure", lambda *_: complete)
    grader.trusted = replace(grader.trusted, reference=trusted.reference)
    report = grader.grade(source({}), Tier.OFFICIAL)
    assert (report.tier, report.status, report.score) == (Tier.OFFICIAL, Status.GRADED, 16)
    assert report.machine.sandbox == complete.sandbox


def test_no_official_grade_is_given_without_hidden_tests(grader: Grader) -> None:
    grader.trusted = replace(grader.trusted, hidden_tests=None)
    with pytest.raises(SetupError, match="it needs the hidden tests"):
        grader.grade(source({}), Tier.OFFICIAL)


# --- What is measured -----------------------------------------------------------------------------


@pytest.fixture
def timed_grader(grader: Grader, trusted: LabBuild, monkeypatch: pytest.MonkeyPatch) -> Grader:
    """Of matmul_reordered alone, timed in one round."""
    speed = measurement(trusted, "matmul_reordered.speedup")
    grader.measures(speed, kernels=["matmul_reordered"])
    monkeypatch.setattr(timing, "MIN_ROUNDS", 1)
    monkeypatch.setattr(grade, "TIMING_BUDGET_S", 0.0)
    return grader


def speed_of(report: Report) -> Check:
    return check_of(report, "matmul_reordered.speedup")


@pytest.mark.parametrize(
    ("at_large_sizes", "reason"),
    [
        ("c(3, 399) += 1000;", Reason.WRONG_RESULT),
        ("(&c(c.rows - 1, c.cols - 1))[1] = 7;", Reason.OUT_OF_BOUNDS),
        ("const_cast<float&>(a(0, 0)) = 7;", Reason.INPUT_MODIFIED),
        ("std::exit(0);", Reason.EXITED),
        ("std::abort();", Reason.CRASHED),
        ('for (;;) std::puts("flood");', Reason.TOO_MUCH_OUTPUT),
        ('open("/etc/passwd", O_RDONLY);', Reason.FORBIDDEN_SYSCALL),
    ],
)
def test_one_that_misbehaves_only_at_the_measured_size_earns_nothing_for_speed(
    timed_grader: Grader, at_large_sizes: str, reason: Reason
) -> None:
    body = (
        RIGHT["matmul_reordered"] + f"\n if (c.rows == 400 && c.cols == 400) {{ {at_large_sizes} }}"
    )
    report = timed_grader.grade(source({"matmul_reordered": body}))
    assert check_of(report, "matmul_reordered.hidden_correctness").cause is None
    check = speed_of(report)
    assert (check.status, check.points) == ("fail", 0)
    assert check.cause is not None
    assert check.cause.reason is reason
    assert check.cause.rationale.startswith("at the measured size, matmul_reordered/400: ")
    assert report.status is Status.GRADED


def test_a_wrong_kernel_is_not_timed(timed_grader: Grader) -> None:
    report = timed_grader.grade(source({"matmul_reordered": UNUSED["matmul_reordered"]}))
    check = speed_of(report)
    assert (check.status, check.points) == ("skipped", 0)
    assert check.cause is not None
    assert check.cause.reason is Reason.KERNEL_WRONG


def test_a_kernel_as_slow_as_the_baseline_is_told_its_figures(timed_grader: Grader) -> None:
    check = speed_of(timed_grader.grade(source({})))
    assert check.data["rounds"] == 1
    assert {"speedup", "cpu_ms", "baseline_cpu_ms", "gflops", "roof_share"} <= check.data.keys()


def test_on_a_machine_where_the_reference_is_slow_there_is_no_grade(
    timed_grader: Grader, trusted: LabBuild
) -> None:
    timed_grader.trusted = replace(timed_grader.trusted, reference=trusted.baseline)
    report = timed_grader.grade(source({}))
    assert (report.status, report.score) == (Status.INCONCLUSIVE, None)
    assert "the reference solution is too slow here: matmul_reordered/400" in report.reason


def test_on_a_machine_that_is_too_busy_there_is_no_grade(
    timed_grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if every interval were worth too much."""
    monkeypatch.setattr(scoring, "MAX_POINTS_IN_DOUBT", -1)
    report = timed_grader.grade(source({}))
    check = speed_of(report)
    assert (check.status, check.points) == ("unmeasured", None)
    assert check.cause is not None
    assert check.cause.reason is Reason.NOISY
    assert (report.status, report.score) == (Status.INCONCLUSIVE, None)
    assert report.reason == (
        "the times on this machine vary too much: matmul_reordered: speedup at 400"
    )


@pytest.fixture
def miss_grader(grader: Grader, trusted: LabBuild) -> Grader:
    """Of matmul_blocked alone, and its cache misses."""
    misses = measurement(trusted, "matmul_blocked.cache_misses/64x400x400")
    assert misses.kind is MeasurementKind.CACHE_MISSES
    grader.measures(misses, kernels=["matmul_blocked"])
    return grader


def misses_of(report: Report) -> Check:
    return check_of(report, "matmul_blocked.cache_misses/64x400x400")


@pytest.mark.parametrize(
    ("in_the_counted_call", "reason"),
    [
        ("std::exit(0);", Reason.EXITED),
        ("c(3, 300) += 1000;", Reason.WRONG_RESULT),
        ('open("counts", O_WRONLY | O_CREAT, 0644);', Reason.FORBIDDEN_SYSCALL),
    ],
)
def test_one_that_misbehaves_only_while_it_is_counted_earns_nothing(
    miss_grader: Grader, in_the_counted_call: str, reason: Reason
) -> None:
    misbehaves = f"if (c.rows == 64 && a.cols == 400) {{ {in_the_counted_call} }}"
    body = f"matmul_reordered(a, b, c);\n {misbehaves}"
    report = miss_grader.grade(source({"matmul_blocked": body}))
    assert check_of(report, "matmul_blocked.hidden_correctness").cause is None
    check = misses_of(report)
    assert (check.status, check.points) == ("fail", 0)
    assert check.cause is not None
    assert check.cause.reason is reason
    assert check.cause.rationale.startswith("while its cache misses were counted: ")


def test_one_that_does_not_compile_without_avx_keeps_its_other_points(miss_grader: Grader) -> None:
    body = """
#ifndef __AVX2__
#error "AVX2 only"
#endif
matmul_reordered(a, b, c);"""
    report = miss_grader.grade(source({"matmul_blocked": body}))
    assert check_of(report, "matmul_blocked.correctness").points
    check = misses_of(report)
    assert (check.status, check.points) == ("fail", 0)
    assert check.cause is not None
    assert check.cause.reason is Reason.NOT_PORTABLE
    assert "AVX2 only" in check.cause.rationale


def test_the_report_tells_where_the_misses_are(miss_grader: Grader) -> None:
    check = misses_of(miss_grader.grade(source({})))
    assert str(check.data["line_1"]).startswith("kernels.cpp:")
    assert int(check.data["line_1_misses"] or 0) > 1000


@pytest.fixture
def memory_grader(grader: Grader) -> Grader:
    """Of transpose_blocked alone, and its memory."""
    amount = Measurement(
        kind=MeasurementKind.MEMORY,
        kernel="transpose_blocked",
        case="transpose_blocked/1024",
        points=6,
        zero=32,
        full=4,
    )
    grader.measures(amount, kernels=["transpose_blocked"])
    return grader


@pytest.mark.parametrize(
    ("scratch_bytes", "points", "figure"),
    [
        (0, 6, "less than 0.1 MiB beyond its inputs and outputs"),
        (15 << 20, 2.2, "15.0 MiB beyond its inputs and outputs"),
        (48 << 20, 0, "48.0 MiB beyond its inputs and outputs"),
    ],
)
def test_memory_earns_points(
    memory_grader: Grader, scratch_bytes: int, points: float, figure: str
) -> None:
    takes = f"std::vector<char> scratch({scratch_bytes});"
    used = 'asm volatile("" : : "r"(scratch.data()) : "memory");'
    right = RIGHT["transpose_blocked"]
    report = memory_grader.grade(source({"transpose_blocked": f"{takes}{used}{right}"}))
    check = check_of(report, "transpose_blocked.memory")
    assert (check.points, key_figure(check)) == (points, figure)


def test_the_reference_needs_to_have_full_marks_for_memory_too(
    memory_grader: Grader, trusted: LabBuild
) -> None:
    memory_grader.trusted = replace(memory_grader.trusted, reference=trusted.reference)
    assert memory_grader.grade(source({})).status is Status.GRADED
    (amount,) = memory_grader.lab.manifest.measurements
    less = amount.model_copy(update={"full": 0.001})
    memory_grader.measures(less, kernels=["transpose_blocked"])
    memory_grader.trusted = replace(memory_grader.trusted, reference=trusted.reference)
    report = memory_grader.grade(source({}))
    assert report.status is Status.INCONCLUSIVE
    assert "transpose_blocked/1024: 0.0039 MiB of the 0.001 MiB it needs" in report.reason


def test_what_a_stage_needs_is_measured_alike(
    memory_grader: Grader, trusted: LabBuild, tmp_path: Path
) -> None:
    (amount,) = memory_grader.lab.manifest.measurements
    assert trusted.reference is not None
    found = measure(trusted, trusted.reference, amount, tmp_path, budget_s=1)
    assert isinstance(found, Estimate)
    assert 0 < found.value < 0.1


# --- Questions ------------------------------------------------------------------------------------

SAXPY = BottleneckQuestion(
    kind="bottleneck", name="saxpy", title="saxpy", points=2, flops=2e6, bytes=12e6
)
FASTER = PredictionQuestion(
    kind="prediction",
    name="faster",
    title="how many times as fast?",
    points=5,
    measurement="matmul_reordered.speedup",
    within=2,  # one round
)
REORDERED = """
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) c(i, j) = 0;
    for (std::int64_t p = 0; p < a.cols; ++p)
      for (std::int64_t j = 0; j < c.cols; ++j) c(i, j) += a(i, p) * b(p, j);
  }"""


@pytest.fixture
def asking_grader(timed_grader: Grader) -> Grader:
    """Of matmul_reordered alone, its speed, and what the student says about it."""
    timed_grader.asks(SAXPY, FASTER)
    return timed_grader


def asked(report: Report) -> dict[str, tuple[str, float | None]]:
    checks = [check for check in report.checks if check.kind == "answer"]
    return {check.id: (check.status.value, check.points) for check in checks}


def test_answers_are_compared_with_what_the_session_measured(
    asking_grader: Grader, measured: Measured
) -> None:
    asking_grader.answers.write_text('saxpy = "memory"\nfaster = 1e6\n', encoding="utf-8")
    report = asking_grader.grade(source({"matmul_reordered": REORDERED}))
    assert speed_of(report).status in ("pass", "partial")
    assert asked(report) == {
        "answers": ("pass", 0),
        "answers.saxpy": ("pass", 2),
        "answers.faster": ("fail", 0),
    }
    faster = check_of(report, "answers.faster")
    assert faster.data["measured"] == speed_of(report).data["speedup"]
    assert faster.cause is not None
    assert faster.cause.reason is Reason.WRONG_ANSWER
    saxpy = check_of(report, "answers.saxpy")
    assert saxpy.data["ridge"] == measured.peak_gflops / measured.bandwidth_gbs

    measured_now = faster.data["measured"]
    assert isinstance(measured_now, float)
    asking_grader.answers.write_text(
        f'saxpy = "compute"\nfaster = {measured_now:.1f}\n', encoding="utf-8"
    )
    report = asking_grader.grade()
    assert asked(report)["answers.saxpy"] == ("fail", 0)
    assert asked(report)["answers.faster"] == ("pass", 5)


def test_who_gains_nothing_earns_nothing_by_predicting_it(asking_grader: Grader) -> None:
    asking_grader.answers.write_text('saxpy = "memory"\nfaster = 1.0\n', encoding="utf-8")
    slow = {"matmul_reordered": RIGHT["matmul_blocked"]}
    report = asking_grader.grade(source(slow))
    assert asked(report)["answers.faster"] == ("skipped", 0)


def test_a_wrong_kernel_leaves_the_other_answers_their_points(asking_grader: Grader) -> None:
    asking_grader.answers.write_text('saxpy = "memory"\nfaster = 5\n', encoding="utf-8")
    report = asking_grader.grade(source({"matmul_reordered": UNUSED["matmul_reordered"]}))
    assert asked(report) == {
        "answers": ("pass", 0),
        "answers.saxpy": ("pass", 2),
        "answers.faster": ("skipped", 0),
    }


HOSTILE = [
    b"\xff\xfe",
    b"\x00" * 100,
    b"saxpy = " + b"[" * 8000,
    b"saxpy = " + b"9" * 8000,
    b"saxpy = 0x" + b"f" * 8000,
    b".".join([b"a"] * 4000) + b"=1",
    b'"\\u001b[2J\\n::error::pwned" = 1\n',
    b'saxpy = "\\u001b[2J\\n::error::pwned"\nfaster = nan\n',
    b"x" * (1 << 20),
]


@pytest.mark.parametrize("content", HOSTILE)
def test_hostile_answers_cost_their_own_points_only(grader: Grader, content: bytes) -> None:
    grader.measures(kernels=["choose_tile"])
    grader.asks(SAXPY)
    grader.answers.write_bytes(content)
    report = grader.grade(source({}))
    assert check_of(report, "choose_tile.hidden_correctness").status == "pass"
    assert asked(report)["answers.saxpy"][1] == 0
    assert report.status is Status.GRADED
    assert report.score == sum(k.points.sum for k in grader.lab.manifest.kernels)


def test_without_answers_the_kernels_keep_their_points(grader: Grader) -> None:
    grader.measures(kernels=["choose_tile"])
    grader.asks(SAXPY)
    report = grader.grade(source({}))
    assert report.score == sum(k.points.sum for k in grader.lab.manifest.kernels)
    cause = check_of(report, "answers").cause
    assert cause is not None
    assert cause.reason is Reason.MISSING_FILE
    assert asked(report)["answers.saxpy"] == ("skipped", 0)


def test_answers_to_kernels_that_do_not_compile_earn_nothing(grader: Grader) -> None:
    grader.asks(SAXPY)
    grader.answers.write_text('saxpy = "memory"\n', encoding="utf-8")
    grader.refused("int nothing;")


# --- The command line -----------------------------------------------------------------------------


def test_a_bad_lab_does_not_keep_the_others_from_being_graded(
    grader: Grader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two labs alike; what is handed in for the first is hostile, for the second right."""
    labs = tuple(
        lab_with(grader.course.root, grader.lab.manifest, name)
        for name in ("02_blocking", "03_again")
    )
    grader.course.__dict__["labs"] = labs
    monkeypatch.setattr(Course, "discover", lambda: grader.course)
    for lab, content in zip(labs, (source({}, "int main() {}"), source({})), strict=True):
        folder = grader.submission / "labs" / lab.name
        folder.mkdir(exist_ok=True)
        (folder / "kernels.cpp").write_text(content, encoding="utf-8")
    command = ["grade", "--all", "--submission", str(grader.submission)]
    assert cli.main([*command, "--json", str(tmp_path / "reports.json")]) == 0
    document = json.loads((tmp_path / "reports.json").read_text(encoding="utf-8"))
    assert [(lab["lab"], lab["score"]) for lab in document["labs"]] == [
        ("02_blocking", 0),
        ("03_again", 16),
    ]
