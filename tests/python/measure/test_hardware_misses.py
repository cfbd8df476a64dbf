"""Counts of the processor stand in the report, or the reason why there are none; never points."""

import os
import subprocess
from pathlib import Path

import pytest

from rooflab.compile.trusted import LabBuild
from rooflab.measure import hardware_misses, machine
from rooflab.measure.machine import Counters
from rooflab.measure.seeds import Seeds
from rooflab.measure.timing import Role
from rooflab.report.model import Data

CASE = "matmul_blocked/64x400x400"
KEY = Seeds(b"secret").key()
ROOT = Path(__file__).resolve().parents[3]
NONE = Counters((), "it has none", "")
SOME = Counters(("PAPI_L1_DCM", "PAPI_L2_DCM", "PAPI_TOT_INS"), "", "")
# A processor with counters, in place of libpapi's own functions from the program's start.
PRELOADED = """
#include <cstdio>
#include "fake_processor.h"
static struct Preloaded {
  FakeProcessor processor;
  Preloaded() { processor.counts = {{"PAPI_L1_DCM", 4000}, {"PAPI_L2_DCM", 300}}; }
  ~Preloaded() {
    for (const auto& call : processor.calls) std::fprintf(stderr, "%s\\n", call.c_str());
  }
} preloaded;
"""


def count(trusted: LabBuild, counters: Counters, work: Path) -> Data:
    workers = {Role.BASELINE: trusted.baseline, Role.SUBMISSION: trusted.baseline}
    return hardware_misses.count(trusted.hardware, workers, CASE, 1, counters, work, key=KEY)


def instead_of(program: Path, message: str, work: Path) -> Path:
    script = work / "script"
    script.write_text(f"#!/bin/sh\n{message}\n", encoding="utf-8")
    script.chmod(0o755)
    return script


@pytest.fixture(scope="session")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fake processor as a library to preload."""
    folder = tmp_path_factory.mktemp("fake")
    source, library = folder / "preloaded.cpp", folder / "fake.so"
    source.write_text(PRELOADED, encoding="utf-8")
    sources = [source, ROOT / "tests/cpp/fake_processor.cpp"]
    flags = ["-std=c++20", "-shared", "-fPIC", f"-I{ROOT}/tests/cpp"]
    subprocess.run(["c++", *flags, *sources, "-o", library, "-ldl"], check=True)
    return library


def test_without_counters_the_reason_is_told(trusted: LabBuild, tmp_path: Path) -> None:
    assert count(trusted, NONE, tmp_path) == {"hardware": "unmeasured: it has none"}


def test_this_machine_has_counts_or_a_reason(trusted: LabBuild, tmp_path: Path) -> None:
    counters = machine.count(trusted.counters)
    data = count(trusted, counters, tmp_path)
    if counters.reason:
        assert data == {"hardware": f"unmeasured: {counters.reason}"}
    else:
        assert isinstance(data["hardware_misses"], int)


def test_counters_that_vanish_are_no_count(trusted: LabBuild, tmp_path: Path) -> None:
    """What a machine without counters answers when it is asked all the same."""
    if not machine.count(trusted.counters).reason:
        pytest.skip("this machine has counters")
    message = str(count(trusted, SOME, tmp_path)["hardware"])
    assert message.startswith("unmeasured: baseline: this machine offers no ")


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("echo oops", "the counts cannot be read"),
        ("echo '{\"counts\": {}}'", "the counts cannot be read"),
        ("echo '{\"counts\": 7}'", "the counts cannot be read"),
        ("echo 'reason: crashed' >&2; exit 1", "reason: crashed"),
        ("exit 3", "it ended by itself (3)"),
    ],
)
def test_a_run_that_went_wrong_is_no_count(
    trusted: LabBuild, tmp_path: Path, message: str, reason: str
) -> None:
    script = instead_of(trusted.hardware, message, tmp_path)
    workers = {Role.SUBMISSION: trusted.baseline}
    data = hardware_misses.count(script, workers, CASE, 1, SOME, tmp_path, key=KEY)
    assert data == {"hardware": f"unmeasured: submission: {reason}"}


def test_each_role_is_counted_by_each_event_there_is(
    trusted: LabBuild, tmp_path: Path, fake: Path
) -> None:
    program = f'LD_PRELOAD="{fake}" exec "{trusted.hardware}" "$@"'
    script = instead_of(trusted.hardware, program, tmp_path)
    workers = {Role.BASELINE: trusted.baseline, Role.SUBMISSION: trusted.baseline}
    assert hardware_misses.count(script, workers, CASE, 1, SOME, tmp_path, key=KEY) == {
        "hardware": "papi",
        "hardware_misses": 4000,
        "hardware_l2_misses": 300,
        "hardware_baseline_misses": 4000,
        "hardware_baseline_l2_misses": 300,
    }


def test_the_worker_is_what_is_counted_and_only_its_call(
    trusted: LabBuild, tmp_path: Path, fake: Path
) -> None:
    done = subprocess.Popen(
        [
            trusted.hardware,
            f"--case={CASE}",
            f"--worker={trusted.baseline}",
            "--threads=1",
            "--events=PAPI_L1_DCM",
        ],
        env={**os.environ, "LD_PRELOAD": str(fake), "ROOFLAB_KEY": KEY},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    out, steps = done.communicate(timeout=60)
    assert out == '{"counts": {"PAPI_L1_DCM": 4000}}\n'
    assign, inherit, attach, *rest = steps.splitlines()
    assert (assign, inherit) == ("assign", "inherit")
    assert attach.startswith("attach ")
    assert attach != f"attach {done.pid}"
    assert rest == ["add PAPI_L1_DCM", "add PAPI_TOT_INS", "start", "stop", "destroy"]


def test_a_machine_with_counters_says_which(trusted: LabBuild, tmp_path: Path, fake: Path) -> None:
    program = f'LD_PRELOAD="{fake}" exec "{trusted.counters}"'
    counters = machine.count(instead_of(trusted.counters, program, tmp_path))
    assert str(counters).startswith("available: PAPI_L1_DCM, PAPI_L2_DCM")
