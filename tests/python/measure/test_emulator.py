"""The emulator's counts beside other opinions: callgrind's, and another processor's."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rooflab.compile.trusted import LabBuild
from rooflab.course.manifest import EmulatedCaches
from rooflab.measure.cache_misses import MissCounts, count
from rooflab.measure.seeds import Seeds

CASE = "matmul_blocked/64x400x400"
# The same call, in a process of its own, with its data where the harness puts it.
PROGRAM = """
#include <cstdlib>
#include <vector>
#include "kernels.h"

alignas(4096) static float inputs[64 * 400 + 400 * 400];
alignas(4096) static float outputs[64 + 64 * 400];  // behind a red zone of 256 bytes

int main() {
  for (float& x : inputs) x = static_cast<float>(std::rand()) / static_cast<float>(RAND_MAX);
  // What the caches hold of this is as good as nothing.
  std::vector<char> rubbish(4 << 20);
  volatile char* bytes = rubbish.data();
  for (std::size_t i = 0; i < rubbish.size(); i += 64) bytes[i] = 1;
  lab02::matmul_blocked({inputs, 64, 400, 400}, {inputs + 64 * 400, 400, 400, 400},
                        {outputs + 64, 64, 400, 400});
}
"""
CALLGRIND = (
    *("valgrind", "--tool=callgrind", "--cache-sim=yes", "--D1=32768,8,64", "--LL=1048576,16,64"),
    *("--toggle-collect=lab02::matmul_blocked*", "--callgrind-out-file=counts"),
)
ARM = "aarch64-linux-gnu-g++"


@pytest.fixture
def caches(trusted: LabBuild) -> EmulatedCaches:
    caches = trusted.lab.manifest.cache
    assert caches is not None
    return caches


def emulated(trusted: LabBuild, worker: Path, caches: EmulatedCaches, work: Path) -> MissCounts:
    counts = count(trusted, worker, CASE, caches, work, key=Seeds().key())
    assert isinstance(counts, MissCounts), counts
    return counts


@pytest.mark.skipif(shutil.which("valgrind") is None, reason="Valgrind is not installed")
@pytest.mark.parametrize("role", ["baseline", "reference"])
def test_callgrind_counts_the_same_but_for_what_calls_cost(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path, role: str
) -> None:
    worker = getattr(trusted.emulated, role)
    root = trusted.lab.root
    kernels = {
        "baseline": root / "labs" / "02_blocking" / "baseline.cpp",
        "reference": root / "solutions" / "02_blocking" / "kernels.cpp",
    }
    (tmp_path / "main.cpp").write_text(PROGRAM, encoding="utf-8")
    flags = trusted.emulated.compile_flags
    build: list[str | Path] = [trusted.compiler, *flags, "main.cpp", kernels[role], "-o", "program"]
    subprocess.run(build, cwd=tmp_path, check=True)
    subprocess.run([*CALLGRIND, "./program"], cwd=tmp_path, check=True, capture_output=True)
    found = callgrind(tmp_path / "counts")
    counts = emulated(trusted, worker, caches, tmp_path)
    references, misses = found["Dr"] + found["Dw"], found["D1mr"] + found["D1mw"]
    # The C library has another memset for another processor, and the heap lies elsewhere.
    assert counts.accesses == pytest.approx(references, rel=0.002)
    assert counts.d1_misses == pytest.approx(misses, rel=0.01)


def callgrind(file: Path) -> dict[str, int]:
    text = file.read_text(encoding="utf-8")
    names = re.search(r"^events: (.+)$", text, re.MULTILINE)
    totals = re.search(r"^totals: (.+)$", text, re.MULTILINE)
    assert names is not None
    assert totals is not None
    return dict(zip(names[1].split(), map(int, totals[1].split()), strict=False))


@pytest.mark.skipif(shutil.which(ARM) is None, reason=f"{ARM} is not installed")
def test_an_arm_guest_misses_as_often(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path
) -> None:
    """The same loops over the same data, compiled for another processor."""
    root = trusted.lab.root
    harness = root / "grader" / "harness"
    sources = [
        root / "labs" / "02_blocking" / "baseline.cpp",
        harness / "worker" / "table.cpp",
        harness / "worker" / "worker_main.cpp",
    ]
    folders = [harness, root / "labs" / "include", root / "labs" / "02_blocking"]
    flags = ["-std=c++20", "-O3", "-fno-tree-vectorize", "-DROOFLAB_LAB=lab02"]
    flags += [f"-I{path}" for path in folders]
    worker = tmp_path / "arm"
    command: list[str | Path] = [ARM, *flags, *sources, "-static", "-o", worker]
    subprocess.run(command, check=True)
    arm = emulated(trusted, worker, caches, tmp_path)
    intel = emulated(trusted, trusted.emulated.baseline, caches, tmp_path)
    assert arm.d1_misses == pytest.approx(intel.d1_misses, abs=50)
    assert arm.accesses == pytest.approx(intel.accesses, abs=500)
