"""What lab 01's figures show, measured."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from figure import Figure, Series, sizes
from lab02.figures import matmul_programs
from programs import ROOT, Program, build, time_call, time_cases

HERE = Path(__file__).resolve().parent
WALK_SIZES = (
    "112 144 176 240 304 368 432 496 560 688 848 1072 1264 1520 1840 2160 2544 2800 "
    "3120 3568 4336 5360"
)
STEPS = "1 2 3 4 6 8 10 12 14 16 20 24 28 32 40 48 64"


def walks(_: Path) -> Series:
    program = Program("walks", (HERE / "walk_cases.cpp",))
    build([program])
    cases = [f"{walk}/{n}" for walk in ("rows", "columns") for n in sizes(WALK_SIZES)]
    timings = time_cases([(program, case) for case in cases])
    return {
        walk: [
            {"n": n, "ns_per_number": timings["walks", f"{walk}/{n}"].median_ns / n**2}
            for n in sizes(WALK_SIZES)
        ]
        for walk in ("rows", "columns")
    }


def steps(_: Path) -> Series:
    program = Program("walks", (HERE / "walk_cases.cpp",))
    build([program])
    timings = time_cases([(program, f"steps/{step}") for step in sizes(STEPS)])
    return {
        "walk": [
            {"step": step, "ms": timings["walks", f"steps/{step}"].median_ns / 1e6}
            for step in sizes(STEPS)
        ]
    }


def sums(_: Path) -> Series:
    """One sum in several parts: ns a term."""
    program = Program("sums", (HERE / "sum_cases.cpp",))
    build([program])
    parts = sizes("1 2 3 4 5 6 8 10 12 16")
    timings = time_cases([(program, f"sums/{n}") for n in parts])
    return {
        "sums": [
            {"parts": n, "ns_per_term": timings["sums", f"sums/{n}"].median_ns / 384_000}
            for n in parts
        ]
    }


def noise(kernels: Path) -> Series:
    """The same speedup 20 times, by both clocks, with two busy processes for each core."""
    curves = matmul_programs(kernels)
    build([curves["ijk"][0], curves["blocked"][0]])
    cores = os.cpu_count() or 1
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * cores)]
    try:
        repeats = [
            [time_call(program, f"{kernel}/256") for program, kernel in curves.values()]
            for _ in range(20)
        ]
    finally:
        for process in busy:
            process.kill()
            process.wait()
    return {
        "repeats": [
            {clock: ijk[f"{clock}_ns"] / blocked[f"{clock}_ns"] for clock in ("cpu", "wall")}
            for ijk, _, blocked in repeats
        ]
    }


def alignment(_: Path) -> Series:
    """One convolution behind paddings of 0 to 56 bytes: as compilers place loops, and aligned."""
    case = "conv2d/32x56x56_32x3x3"
    usual = ("-falign-functions=16", "-falign-loops=16:11:8")
    programs = {
        (how, padding): Program(
            f"{how}_{padding}",
            (HERE / "padded_cases.cpp",),
            lab="01_baseline",
            flags=(f"-I{ROOT}", f"-DPADDING={64 + padding}", *flags),
        )
        for how, flags in (("usual", usual), ("aligned", ()))
        for padding in range(0, 64, 8)
    }
    build(list(programs.values()))
    timings = time_cases([(program, case) for program in programs.values()])
    return {
        how: [
            {"padding": padding, "ms": timings[program.name, case].median_ns / 1e6}
            for (its_way, padding), program in programs.items()
            if its_way == how
        ]
        for how in ("usual", "aligned")
    }


FIGURES = {
    "layout": Figure(),
    "walks": Figure(walks, 120),
    "steps": Figure(steps, 140),
    "sums": Figure(sums, 25),
    "noise": Figure(noise, 25),
    "alignment": Figure(alignment, 60, needs=ROOT / "solutions" / "01_baseline" / "kernels.cpp"),
}
