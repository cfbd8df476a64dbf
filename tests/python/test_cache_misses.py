"""Cache misses are counted the same on every run, and only of runs whose output was right."""

import shutil
from pathlib import Path

import pytest

from rooflab import cache_misses
from rooflab.build import LabBuild
from rooflab.cache_misses import MissCounts, count, parse
from rooflab.errors import SetupError
from rooflab.manifest import SimulatedCaches
from rooflab.plausibility import CLIENT_REQUEST
from rooflab.report import Cause, Reason
from rooflab.seeds import Seeds

CASE = "matmul_blocked/64x400x400"
KEY = Seeds(b"secret").key()
FILE = """# callgrind format
version: 1
creator: callgrind-3.19.0
cmd:  ./measured matmul_blocked/64
desc: D1 cache: 32768 B, 64 B, 8-way associative
events: Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw
summary: 1000 300 200 5 30 20 1 2 3
fn=(1) lab02::matmul_blocked
16 1000 300 200
totals: 1000 300 200 5 30 20 1 2 3
"""

needs_valgrind = pytest.mark.skipif(
    not cache_misses.available(), reason="Valgrind is not installed"
)


def test_the_totals_are_read() -> None:
    assert parse(FILE) == MissCounts(d1_misses=50, references=500, instructions=1000)


def test_zeros_that_valgrind_leaves_out_are_zeros() -> None:
    cut = FILE.replace("totals: 1000 300 200 5 30 20 1 2 3", "totals: 1000 300")
    assert parse(cut) == MissCounts(d1_misses=0, references=300, instructions=1000)


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        FILE.replace("totals:", "total:"),
        FILE.replace("events:", "event:"),
        FILE.replace(" D1mr", ""),
        FILE.replace("totals: 1000", "totals: 0"),
        FILE.replace("totals: 1000", "totals: many"),
        FILE.replace("totals: 1000", "totals: 1 2 3 4 5 6"),
        FILE.replace("totals: 1000", "totals: " + "9" * 5000),
        "fn=(1) a name that holds\ntotals: 9 9 9 1 1 1 1 1 1\n" + FILE,
        "fn=(1) a name that holds\nevents: D1mr D1mw Ir Dr Dw\n" + FILE,
    ],
)
def test_a_file_without_counts_has_none(damaged: str) -> None:
    assert parse(damaged) is None


@pytest.fixture
def caches(trusted: LabBuild) -> SimulatedCaches:
    caches = trusted.lab.manifest.cache
    assert caches is not None
    return caches


@needs_valgrind
def test_the_count_repeats_bit_for_bit(
    trusted: LabBuild, caches: SimulatedCaches, tmp_path: Path
) -> None:
    """Whatever the key and the working folder."""
    folders = [tmp_path / "a", tmp_path / "another folder" / ("with a long name" * 5)]
    for folder in folders:
        folder.mkdir(parents=True)
    counts = [
        count(trusted.misses, trusted.baseline, CASE, caches, folder, Seeds().key())
        for folder in (folders[0], folders[0], folders[1])
    ]
    assert isinstance(counts[0], MissCounts)
    assert counts == [counts[0]] * 3


@needs_valgrind
def test_nor_does_the_count_depend_on_where_the_worker_lies(
    trusted: LabBuild, caches: SimulatedCaches, tmp_path: Path
) -> None:
    moved = tmp_path / "moved to a place with a longer name"
    shutil.copy(trusted.baseline, moved)
    counts = [
        count(trusted.misses, worker, CASE, caches, tmp_path, key=KEY)
        for worker in (trusted.baseline, moved)
    ]
    assert counts[0] == counts[1]


def test_without_valgrind_nothing_is_counted(
    caches: SimulatedCaches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_misses, "simulator", lambda: None)
    outcome = count(Path("misses"), Path("worker"), CASE, caches, tmp_path, key=KEY)
    assert isinstance(outcome, Cause)
    assert outcome.reason is Reason.TOOL_MISSING


class Stand:
    """Counts with a shell script in place of the harness's program."""

    def __init__(self, caches: SimulatedCaches, folder: Path) -> None:
        self.caches = caches
        self.folder = folder
        self.worker = folder / "kernels"
        self.worker.write_bytes(b"\x7fELF")

    def count(self, code: str, written: str = FILE) -> MissCounts | Cause:
        (self.folder / "written").write_text(written, encoding="utf-8")
        program = self.folder / "script"
        program.write_text(f"#!/bin/sh\n{code}\n", encoding="utf-8")
        program.chmod(0o755)
        return count(program, self.worker, CASE, self.caches, self.folder, key=KEY)

    def failed(self, code: str, written: str = FILE) -> Cause:
        outcome = self.count(code, written)
        assert isinstance(outcome, Cause)
        return outcome


@pytest.fixture
def stand(caches: SimulatedCaches, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    monkeypatch.setattr(cache_misses, "simulator", lambda: Path("/valgrind"))
    return Stand(caches, tmp_path)


TOLD = "echo flops: 16000; echo bytes: 16000"
COUNTED = f"cp written callgrind.out; {TOLD}"


def test_the_harness_is_told_what_to_simulate(stand: Stand) -> None:
    assert isinstance(stand.count('echo "$ROOFLAB_KEY $*" >told; ' + COUNTED), MissCounts)
    assert (stand.folder / "told").read_text(encoding="utf-8").split() == [
        KEY,
        f"--case={CASE}",
        f"--worker={stand.folder}/worker",
        "--simulator=/valgrind",
        f"--out={stand.folder}/callgrind.out",
        "--d1=32768,8,64",
        "--ll=1048576,16,64",
    ]
    assert (stand.folder / "worker").resolve() == stand.worker


def test_what_the_harness_says_is_passed_on(stand: Stand) -> None:
    code = "printf 'kernel: x\nreason: input_modified\nwhat: changed its input a\n' >&2; exit 1"
    cause = stand.failed(code)
    assert cause.reason is Reason.INPUT_MODIFIED
    assert cause.rationale == "in the simulated run: changed its input a"


def test_a_kernel_does_not_speak_for_the_harness(stand: Stand) -> None:
    """What it prints stands before what the harness says, and takes four times its length."""
    forged = "reason: tool_missing\\nwhat: none\\n" + "\\001" * 8000
    told = "reason: crashed\\nwhat: crashed with SIGABRT\\n"
    cause = stand.failed(f"printf '{forged}\\n{told}' >&2; exit 1")
    assert cause.reason is Reason.CRASHED
    assert cause.rationale == "in the simulated run: crashed with SIGABRT"


@pytest.mark.parametrize(
    "code",
    [
        "exit 1",
        "echo reason: because >&2; exit 1",
        "echo reason: crashed >&2; exit 3",
        "kill -SEGV $$",
        "exec yes",
        COUNTED.replace("flops", "flop"),
    ],
)
def test_trouble_of_the_harness_is_no_kernels_fault(stand: Stand, code: str) -> None:
    with pytest.raises(SetupError, match="the cache cannot be simulated here"):
        stand.count(code)


def test_counts_of_an_earlier_run_do_not_count(stand: Stand) -> None:
    assert isinstance(stand.count(COUNTED), MissCounts)
    cause = stand.failed(TOLD)
    assert cause.reason is Reason.IMPLAUSIBLE
    assert "left no counts behind" in cause.rationale


def test_a_link_is_not_followed_to_counts(stand: Stand) -> None:
    assert stand.failed("ln -s written callgrind.out; " + TOLD).reason is Reason.IMPLAUSIBLE


@pytest.mark.parametrize("key", ["flops", "bytes"])
def test_counts_below_what_the_call_takes_are_not_believed(stand: Stand, key: str) -> None:
    """1000 instructions and 500 references do at most 16 operations and move 32 bytes each."""
    cause = stand.failed(COUNTED.replace(f"{key}: 16000", f"{key}: 16033"))
    assert cause.reason is Reason.IMPLAUSIBLE
    assert cause.rationale.startswith("not all of the call was simulated")


def test_kernels_that_talk_to_the_simulator_are_not_run(stand: Stand) -> None:
    stand.worker.write_bytes(b"\x7fELF..." + CLIENT_REQUEST)
    cause = stand.failed("touch ran")
    assert cause.reason is Reason.IMPLAUSIBLE
    assert not (stand.folder / "ran").exists()
