"""What lab 03's figures show, measured."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from figure import Figure, Series, sizes
from programs import BUILD, ROOT, Program, build, time_cases

# Modules that need packages are imported where they are used: see measure.check_packages().
HERE = Path(__file__).resolve().parent
LAB = "03_simd"
BASELINE = ROOT / "labs" / LAB / "baseline.cpp"
CASES = HERE / "vector_cases.cpp"
TILE_CASES = HERE / "tile_cases.cpp"
SOLUTION = ROOT / "solutions" / LAB / "kernels.cpp"
# Of a student's copy, which has no solution, the student's own.
KERNELS = SOLUTION if SOLUTION.exists() else ROOT / "labs" / LAB / "kernels.cpp"
PEERS = ROOT / "tests" / "benchmarks" / "peers.py"
STAGES = ROOT / "grader" / "hidden" / LAB / "stages" / "matmul_simd"

COMPARED = (  # data in a cache, but for the last
    "relu/16389",
    "saxpy/16389",
    "dot/16389",
    "exp/16389",
    "gelu/16389",
    "softmax_rows/64x1003",
    "bias_gelu_scale/64x1003",
    "matmul_simd/512",
)
SUMS = "1 2 3 4 5 6 8 10 12"
ELEMENTS = [2**k + 5 for k in range(10, 25)]
TILE_ROWS = (1, 2, 4, 6, 7, 8)


def program(name: str, cases: Path, kernels: Path, *flags: str) -> Program:
    return Program(name, (cases, kernels), lab=LAB, flags=flags)


def compiler(_: Path) -> Series:
    """Speedups over the scalar baseline: of what the compiler makes of it, and of intrinsics."""
    fast = ("-ftree-vectorize", "-ffast-math")
    programs = {
        "scalar": program("scalar", CASES, BASELINE),
        "o3": program("o3", CASES, BASELINE, "-ftree-vectorize"),
        "fast_math": program("fast_math", CASES, BASELINE, *fast),
        "intrinsics": program("intrinsics", CASES, KERNELS),
    }
    build(list(programs.values()))
    timings = time_cases([(p, case) for p in programs.values() for case in COMPARED])
    return {
        case.partition("/")[0]: [
            {
                name: timings["scalar", case].faster_half_ns / timings[name, case].faster_half_ns
                for name in programs
                if name != "scalar"
            }
        ]
        for case in COMPARED
    }


def accumulators(_: Path) -> Series:
    """A dot product in 1 to 12 vectors of sums: ns per multiply-add of a vector."""
    vectors = program("vectors", CASES, KERNELS)
    build([vectors])
    elements = {"L1": 3840, "L2": 65_280}
    timings = time_cases(
        [(vectors, f"dot_in_{sums}/{n}") for sums in sizes(SUMS) for n in elements.values()]
    )
    return {
        cache: [
            {"sums": sums, "ns": timings["vectors", f"dot_in_{sums}/{n}"].faster_half_ns / (n / 8)}
            for sums in sizes(SUMS)
        ]
        for cache, n in elements.items()
    }


def tile_source(rows: int, unrolled: bool) -> str:
    """The stage with packed panels, with tiles of so many rows; and the loop of multiply-adds over
    the rows unrolled, or not."""
    from counting import stage_of

    tile = (STAGES / "register_tile.h").read_text(encoding="utf-8")
    for old, new in (("kRows = 6;", f"kRows = {rows};"), ("#pragma once\n", "")):
        assert tile.count(old) == 1, old
        tile = tile.replace(old, new)
    source = stage_of("03", "matmul_simd", "packed_panels" if unrolled else "tile_in_memory")
    include = '#include "register_tile.h"\n'
    assert source.count(include) == 1
    return source.replace(include, tile)


def spills(_: Path) -> Series:
    """GFLOP/s of register tiles of 1 to 8 rows by 16 columns, by whether the loop over the rows is
    unrolled."""
    case = "matmul_simd/840x256x256"
    programs = {}
    BUILD.mkdir(parents=True, exist_ok=True)
    for where, unrolled in (("registers", True), ("memory", False)):
        for rows in TILE_ROWS:
            source = BUILD / f"{where}_{rows}.cpp"
            source.write_text(tile_source(rows, unrolled), encoding="utf-8")
            flags = (f"-I{ROOT}", f"-I{STAGES}")
            programs[where, rows] = program(source.stem, TILE_CASES, source, *flags)
    build(list(programs.values()))
    timings = time_cases([(one, case) for one in programs.values()], max_rounds=14)
    flops = 2 * 840 * 256 * 256
    return {
        where: [
            {"rows": rows, "gflops": flops / timings[one.name, case].faster_half_ns}
            for (its_place, rows), one in programs.items()
            if its_place == where
        ]
        for where in ("registers", "memory")
    }


def hot_tiles(_: Path) -> Series:
    """What ./lab hot shows of both tiles of 6 rows: shares of the samples by kind."""
    from counting import samples_of

    return {
        where: [samples_of("03", "matmul_simd/512", tile_source(6, unrolled), STAGES)]
        for where, unrolled in (("registers", True), ("memory", False))
    }


def bandwidth(_: Path) -> Series:
    """GB/s of plain and vector kernels beside a copy, from L1 to memory."""
    plain = program("plain", CASES, BASELINE)
    vectors = program("vectors", CASES, KERNELS)
    build([plain, vectors])
    curves = {
        "copy": (plain, "copy", 8),
        "relu plain": (plain, "relu", 8),
        "relu vectors": (vectors, "relu", 8),
        "saxpy plain": (plain, "saxpy", 12),
        "saxpy vectors": (vectors, "saxpy", 12),
    }
    wanted = [(p, f"{kernel}/{n}") for p, kernel, _ in curves.values() for n in ELEMENTS]
    timings = time_cases(wanted, max_rounds=7)
    return {
        curve: [
            {
                "kib": 8 * n / 1024,  # two vectors
                "gbs": bytes_moved * n / timings[one.name, f"{kernel}/{n}"].faster_half_ns,
            }
            for n in ELEMENTS
        ]
        for curve, (one, kernel, bytes_moved) in curves.items()
    }


def fusion(_: Path) -> Series:
    """bias_gelu_scale in one pass and in three: ns per element."""
    vectors = program("vectors", CASES, KERNELS)
    build([vectors])
    rows = (8, 64, 512, 8192)
    passes = {"one": "bias_gelu_scale", "three": "three_passes"}
    timings = time_cases([(vectors, f"{case}/{m}x1003") for case in passes.values() for m in rows])
    return {
        name: [
            {"rows": m, "ns": timings["vectors", f"{case}/{m}x1003"].faster_half_ns / (m * 1003)}
            for m in rows
        ]
        for name, case in passes.items()
    }


def exp_degree(_: Path) -> Series:
    """The largest error of exp between −87 and 88 against the degree of its polynomial."""
    import numpy as np
    from lab03.float_errors import exp, fitted, taylor, ulps_off

    x = np.linspace(-87, 88, 4_000_000, dtype=np.float32)
    return {
        name: [
            {"degree": degree, "ulp": float(ulps_off(x, exp(x, polynomial(degree))).max())}
            for degree in range(3, 9)
        ]
        for name, polynomial in (("taylor", taylor), ("fitted", fitted))
    }


def exp_reduction(_: Path) -> Series:
    """The largest error of exp in each stretch of x, by how n·ln 2 is subtracted."""
    import numpy as np
    from lab03.float_errors import exp, fitted, ulps_off

    q = fitted(6)
    edges = np.linspace(-87, 88, 71)
    stretches = [
        np.linspace(low, high, 60_000, dtype=np.float32) for low, high in itertools.pairwise(edges)
    ]
    return {
        how: [
            {"x": float(x.mean()), "ulp": float(ulps_off(x, exp(x, q, reduction=how)).max())}
            for x in stretches
        ]
        for how in ("two", "one", "one, rounded")
    }


def exp_ends(_: Path) -> Series:
    """exp where one power of two cannot hold 2ⁿ: exact, in one step, in two."""
    import numpy as np
    from lab03.float_errors import exp, fitted

    x = np.array([88.0, 88.5, -87.0, -88.0, -95.0, -103.9], dtype=np.float32)
    columns = {
        "x": x,
        "exact": np.exp(x.astype(np.float64)),
        "one_step": exp(x, fitted(6), steps=1),
        "two_steps": exp(x, fitted(6)),
    }
    return {
        "ends": [
            {name: float(values[i]) for name, values in columns.items()} for i in range(len(x))
        ]
    }


def gelu_forms(_: Path) -> Series:
    """The largest relative error of both forms of gelu in each stretch of x."""
    import numpy as np
    from lab03.float_errors import gelu_errors

    rows: Series = {"tanh": [], "quotient": []}
    edges = np.linspace(-9, 3, 97)
    for low, high in itertools.pairwise(edges):
        x = np.linspace(low, high, 5000, dtype=np.float32)
        for name, errors in gelu_errors(x[x != 0]).items():
            rows[name].append({"x": float(low + high) / 2, "error": float(errors.max())})
    return rows


def course(_: Path) -> Series:
    """GFLOP/s of each lab's product at 1024×1024, and its share of the peak of one thread."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.json"
        subprocess.run(
            [sys.executable, PEERS, "--course", "--json", rows],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT / "grader")},
            check=True,
        )
        document = json.loads(rows.read_text(encoding="utf-8"))
    return {
        row["stage"]: [{"gflops": row["ours"], "share": row["share_of_peak"]}]
        for row in document["rows"]
    }


FIGURES = {
    "lanes": Figure(),
    "mask": Figure(),
    "panels": Figure(),
    "compiler": Figure(compiler, 100),
    "accumulators": Figure(accumulators, 30),
    "spills": Figure(spills, 70, needs=STAGES),
    "bandwidth": Figure(bandwidth, 200),
    "exp_degree": Figure(exp_degree, 20),
    "exp_reduction": Figure(exp_reduction, 10),
    "gelu_forms": Figure(gelu_forms, 5),
    "course": Figure(course, 220, needs=SOLUTION),
    # Of tables, not of figures.
    "hot_tiles": Figure(hot_tiles, 60, needs=STAGES, drawn=False),
    "fusion": Figure(fusion, 20, drawn=False),
    "exp_ends": Figure(exp_ends, 2, drawn=False),
}
