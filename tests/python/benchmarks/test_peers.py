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


def quick(folder: Path, *options: str) -> tuple[list[dict[str, Any]], str]:
    """The rows of a quick run, and what it said about absent libraries."""
    file = folder / "peers.json"
    done = subprocess.run(
        [sys.executable, str(PEERS), "--quick", "--json", str(file), *options],
        env={**os.environ, "PYTHONPATH": str(ROOT / "grader")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["schema"] == "rooflab/peers/v1"
    assert document["machine"]["cpu"]
    return document["rows"], done.stderr


def test_a_row_tells_ours_from_every_installed_library(tmp_path: Path) -> None:
    rows, said = quick(tmp_path)
    installed = {name for name in ("openblas", "onednn") if f"{name} is not installed" not in said}
    by_work = {(row["work"], row["isa"], row["threads"]): row for row in rows}
    copied = by_work["saxpy in cache", "avx2", 1]
    assert (set(copied["peers"]), copied["unit"], copied["share_of_peak"]) == (
        {"copy"},
        "GB/s",
        None,
    )
    for threads in (1, 2):
        product = by_work["sgemm 40x24x56", "avx2", threads]
        assert set(product["peers"]) == installed
        assert product["unit"] == "GFLOP/s"
        assert product["share_of_peak"] > 0
        if not installed:
            assert product["ratio"] is None
            continue
        assert product["ratio"] == pytest.approx(product["ours"] / max(product["peers"].values()))
        assert product["ci_low"] <= product["ratio"] <= product["ci_high"]


def test_products_of_bytes_stand_beside_ours_in_fp32(tmp_path: Path) -> None:
    rows, _ = quick(tmp_path, "--only", "int8")
    assert all(row["over_fp32"] > 0 and "fp32" not in row["peers"] for row in rows)
    by_isa = {row["isa"]: row for row in rows if row["work"] == "int8 40x24x56"}
    assert "avx2" in by_isa
    for isa, row in by_isa.items():  # where pairs saturate, oneDNN's sums are wrong, and marked
        assert all(("saturates" in peer) == (isa == "avx2") for peer in row["peers"])


def test_the_course_names_its_stages(tmp_path: Path) -> None:
    rows, _ = quick(tmp_path, "--course")
    stages = [row["stage"] for row in rows]
    assert stages[0] == "lab 01, the baseline"
    assert "lab 03, blocked and packed" in stages
    assert all(row["share_of_peak"] > 0 for row in rows)
