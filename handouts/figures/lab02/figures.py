"""What lab 02's figures show, measured."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from figure import Figure, Series, sizes
from programs import BUILD, ROOT, Program, build, time_cases

# Modules that need packages are imported where they are used: see measure.check_packages().
HERE = Path(__file__).resolve().parent
BASELINE = ROOT / "labs" / "02_blocking" / "baseline.cpp"

CUBES = (
    "16 32 48 64 96 112 128 160 192 224 256 304 320 352 384 400 432 448 480 512 "
    "560 640 688 768 880 1024"
)
KERNEL = "matmul_blocked"
STAGES = ROOT / "grader" / "hidden" / "02_blocking" / "stages" / KERNEL
IDEAS = (  # of lab 02, one by one
    "interchange",
    "lab01",
    "tiles",
    "register_tile_alone",
    "variable_limits",
    "register_tile",
)
TILES = "4 8 12 16 24 32 40 48 56 64 72 80 88 96 112 128 160 200 256"


def matmul_programs(kernels: Path) -> dict[str, tuple[Program, str]]:
    """The three curves of lab 02: which program, and which of its kernels."""
    cases = HERE / "blocking_cases.cpp"
    baseline = Program("baseline", (cases, BASELINE))
    submission = Program("submission", (cases, kernels))
    return {
        "ijk": (baseline, "matmul_reordered"),
        "ikj": (submission, "matmul_reordered"),
        "blocked": (submission, "matmul_blocked"),
    }


def gflops(kernels: Path) -> Series:
    curves = matmul_programs(kernels)
    build([curves["ijk"][0], curves["blocked"][0]])
    wanted = [(p, f"{kernel}/{n}") for p, kernel in curves.values() for n in sizes(CUBES)]
    timings = time_cases(wanted)
    return {
        curve: [
            {"n": n, "gflops": 2 * n**3 / timings[program.name, f"{kernel}/{n}"].median_ns}
            for n in sizes(CUBES)
        ]
        for curve, (program, kernel) in curves.items()
    }


def misses(kernels: Path) -> Series:
    """Of the baseline's i-j-k, and of both products in `kernels`."""
    from counting import count_case, lab, side_by_side, with_cases, worker_of

    trusted = with_cases(lab(), HERE / "blocking_cases.cpp")
    submission = worker_of(trusted, kernels.read_text(encoding="utf-8"))
    curves = {
        "ijk": (trusted.emulated.baseline, "matmul_reordered"),
        "ikj": (submission, "matmul_reordered"),
        "blocked": (submission, "matmul_blocked"),
    }
    slabs = {n: "64" if n == 64 else f"64x{n}x{n}" for n in range(48, 641, 16)}
    wanted = [(w, f"{kernel}/{slab}") for w, kernel in curves.values() for slab in slabs.values()]
    counts = side_by_side(lambda item: count_case(trusted, *item), wanted)
    return {
        curve: [{"n": n, **asdict(counts[worker, f"{kernel}/{slab}"])} for n, slab in slabs.items()]
        for curve, (worker, kernel) in curves.items()
    }


def tiles(_: Path) -> Series:
    from counting import count_case, lab, side_by_side, worker_in_place

    trusted = lab()
    curves = [("false", "tiled", 400), ("false", "tiled", 256), ("true", "packed", 256)]
    wanted = [(packed, tile, n) for packed, _, n in curves for tile in sizes(TILES)]

    def count(item: tuple[str, int, int]) -> int:
        packed, tile, n = item
        worker = worker_in_place(trusted, "lab02/tile_kernels.h", f"tiled<{tile}, {packed}>")
        return count_case(trusted, worker, f"matmul_blocked/{n}").misses

    counts = side_by_side(count, wanted)
    return {
        f"{kind} {n}": [
            {"tile": tile, "misses": counts[packed, tile, n], "n": n} for tile in sizes(TILES)
        ]
        for packed, kind, n in curves
    }


def idea_sources(kernels: Path) -> dict[str, str]:
    """A whole kernels.cpp per idea, from the baseline to `kernels`."""
    from counting import stages

    known = stages(KERNEL)
    return {
        "baseline": BASELINE.read_text(encoding="utf-8"),
        **{name: known[name] for name in IDEAS},
        "submission": kernels.read_text(encoding="utf-8"),
    }


def ideas(kernels: Path) -> Series:
    """What each idea of lab 02 is worth: GFLOP/s of cubes, and of the flat product of the lab."""
    cases = HERE / "blocking_cases.cpp"
    programs = {}
    BUILD.mkdir(parents=True, exist_ok=True)
    for name, text in idea_sources(kernels).items():
        source = BUILD / f"{name}.cpp"
        source.write_text(text, encoding="utf-8")
        programs[name] = Program(name, (cases, source), flags=(f"-I{ROOT}", f"-I{STAGES}"))
    build(list(programs.values()))
    shapes = {"256": 256**3, "400": 400**3, "512": 512**3, "64x1024x1024": 64 * 1024**2}
    timings = time_cases(
        [(program, f"matmul_blocked/{shape}") for program in programs.values() for shape in shapes]
    )
    return {
        name: [
            {
                f"gflops_{shape}": 2 * size / timings[name, f"matmul_blocked/{shape}"].median_ns
                for shape, size in shapes.items()
            }
        ]
        for name in programs
    }


def idea_misses(kernels: Path) -> Series:
    """The same ideas' misses in the graded cases."""
    from counting import count_case, lab, worker_of

    trusted = lab()

    def counted(worker: Path, n: int) -> dict[str, float]:
        return {"n": n, **asdict(count_case(trusted, worker, f"{KERNEL}/64x{n}x{n}"))}

    workers = {
        name: worker_of(trusted, source, STAGES) for name, source in idea_sources(kernels).items()
    }
    return {name: [counted(worker, n) for n in (400, 512)] for name, worker in workers.items()}


FIGURES = {
    "gflops": Figure(gflops, 330),
    "misses": Figure(misses, 100),
    "sets": Figure(),
    "tiling": Figure(),
    "tiles": Figure(tiles, 340),
    # Of a table, not of a figure.
    "ideas": Figure(ideas, 100, needs=STAGES, drawn=False),
    "idea_misses": Figure(idea_misses, 40, needs=STAGES, drawn=False),
}
