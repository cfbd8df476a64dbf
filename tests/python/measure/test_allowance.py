"""A submission's time in all: charged by the harness for what its worker ran or slept."""

from pathlib import Path

import pytest
from lab02_sources import RIGHT, source

from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built, build_submission
from rooflab.course.submission import SubmittedFiles
from rooflab.measure import correctness, timing
from rooflab.measure.allowance import Allowance
from rooflab.measure.seeds import Seeds
from rooflab.measure.timing import Role, Rounds
from rooflab.report.model import Cause, Reason

SEEDS = Seeds(b"secret")
KEY = SEEDS.key()
NONE_LEFT = "the submission has used up the time that its build and its calls together may take"
# Of calls that come back: some sleep, longer when they are measured, others compute. And of calls
# that do not: after a while they crash, or flood.
NAPS = "timespec nap{a.rows > 200 ? 100 : 0, 200'000'000}; nanosleep(&nap, nullptr);"
WORKS = "for (const std::clock_t end = std::clock() + 200'000; std::clock() < end;) {}"
CRASHES = WORKS + "std::abort();"
FLOODS = WORKS + 'for (;;) std::puts("flood");'


@pytest.fixture
def granted(tmp_path: Path) -> Allowance:
    allowance = Allowance(tmp_path / "worker")
    allowance.grant(10)
    return allowance


def test_what_is_charged_is_gone(granted: Allowance) -> None:
    granted.charge(3)
    assert granted.left_s == 7


def test_time_for_one_purpose_is_used_up_first(granted: Allowance) -> None:
    with granted.more(5):
        granted.charge(4)
    assert granted.left_s == 10
    with granted.more(5):
        granted.charge(6)
    assert granted.left_s == 9


def test_nothing_that_lies_in_its_place_is_written_through(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("kept", encoding="utf-8")
    (tmp_path / "worker.allowance").symlink_to(precious)
    Allowance(tmp_path / "worker").grant(1)
    assert precious.read_text(encoding="utf-8") == "kept"


def build(trusted: LabBuild, first: str, folder: Path) -> Path:
    """A worker whose matmul_reordered does that first."""
    kernels = {"matmul_reordered": first + RIGHT["matmul_reordered"]}
    submission = SubmittedFiles({"kernels.cpp": source(kernels, "#include <ctime>").encode()})
    built = build_submission(trusted, submission, folder)
    assert isinstance(built, Built)
    return built.worker


@pytest.fixture(scope="module", params=[NAPS, WORKS], ids=["naps", "works"])
def worker(
    trusted: LabBuild, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path:
    """It is right, and takes a while."""
    return build(trusted, request.param, tmp_path_factory.mktemp("slow"))


def judged(trusted: LabBuild, worker: Path, kernel: str, work: Path) -> Cause | None:
    return correctness.run_suite(trusted.tests, worker, kernel, work, KEY).cause


def test_many_calls_together_use_it_up(trusted: LabBuild, worker: Path, tmp_path: Path) -> None:
    allowance = Allowance(worker)
    allowance.grant(0.5)
    for kernel in ("matmul_reordered", "transpose_blocked"):  # it is the submission's, no kernel's
        cause = judged(trusted, worker, kernel, tmp_path)
        assert cause is not None
        assert cause.reason is Reason.TIMED_OUT
        assert NONE_LEFT in cause.rationale
    assert -0.5 < allowance.left_s <= 0


@pytest.mark.parametrize("first", [CRASHES, FLOODS], ids=["crashes", "floods"])
def test_calls_that_do_not_come_back_are_charged(
    trusted: LabBuild, tmp_path: Path, first: str
) -> None:
    worker = build(trusted, first, tmp_path)
    allowance = Allowance(worker)
    allowance.grant(10)
    assert judged(trusted, worker, "matmul_reordered", tmp_path) is not None
    assert allowance.left_s < 9.8


def test_a_quick_kernel_of_it_is_charged_little(
    trusted: LabBuild, worker: Path, tmp_path: Path
) -> None:
    allowance = Allowance(worker)
    allowance.grant(5)
    assert judged(trusted, worker, "choose_tile", tmp_path) is None
    assert 4 < allowance.left_s < 5


def test_a_measured_call_ends_when_it_is_used_up(
    trusted: LabBuild, worker: Path, tmp_path: Path
) -> None:
    allowance = Allowance(worker)
    allowance.grant(0.1)
    workers = {Role.BASELINE: trusted.baseline, Role.SUBMISSION: worker}
    rounds = Rounds(trusted.timing, workers, "matmul_reordered/256")
    cause = timing.run_rounds(rounds, 0, 1, tmp_path, KEY)
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.TIMED_OUT
    assert NONE_LEFT in cause.rationale
    assert -0.5 < allowance.left_s <= 0
