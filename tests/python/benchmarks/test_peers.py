"""tests/benchmarks/peers.py, on tiny sizes: what it writes, not how fast anything is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rooflab.measure import machine

ROOT = Path(__file__).resolve().parents[3]
PEERS = ROOT / "tests/benchmarks/peers.py"

pytestmark = pytest.mark.skipif(
    bool(machine.missing_for_x86_64_v3(machine.cpu_flags())), reason="kernels of lab 03 need AVX2"
)


def quick(tmp_path: Path, *options: str) -> tuple[dict[str, Any], str]:
    """The document of a quick run, and what it said about absent libraries."""
    file = tmp_path / "peers.json"
    done = subprocess.run(
        [sys.executable, str(PEERS), "--quick", "--json", str(file), *options],
        env={**os.environ, "PYTHONPATH": str(ROOT / "grader")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert document["schema"] == "rooflab/peers/v1"
    assert document["machine"]["cpu"]
    return document, done.stderr


def test_a_product_stands_beside_every_installed_library(tmp_path: Path) -> None:
    document, said = quick(tmp_path, "--only", "sgemm")
    installed = {name for name in ("openblas", "onednn") if f"{name} is not installed" not in said}
    if not installed:
        pytest.skip("neither libopenblas-dev nor libdnnl-dev is installed")
    row = document["rows"][0]
    assert (row["work"], row["isa"], row["threads"]) == ("sgemm 40x24x56", "avx2", 1)
    assert row["unit"] == "GFLOP/s"
    assert set(row["peers"]) == installed
    assert row["ratio"] == pytest.approx(row["ours"] / max(row["peers"].values()))
    assert row["ci_low"] <= row["ratio"] <= row["ci_high"]
    assert row["share_of_peak"] > 0


def test_a_bandwidth_stands_beside_a_plain_copy(tmp_path: Path) -> None:
    document, _ = quick(tmp_path, "--only", "saxpy")
    (row,) = document["rows"]
    assert row["unit"] == "GB/s"
    assert set(row["peers"]) == {"copy"}
    assert row["share_of_peak"] is None


def test_the_course_names_its_stages(tmp_path: Path) -> None:
    document, _ = quick(tmp_path, "--course")
    stages = [row["stage"] for row in document["rows"]]
    assert stages[0] == "lab 01, the baseline"
    assert "lab 03, blocked and packed" in stages
    assert all(row["share_of_peak"] > 0 for row in document["rows"])
