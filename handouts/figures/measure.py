"""Measures what the handouts' figures show, and draws them.

    measure.py run [DATA…]       compiles, measures, then draws: all into build/figures
    measure.py run gflops misses --kernels labs/02_blocking/kernels.cpp
                                 the same with your kernels
    measure.py draw [FIGURE…]    draws SVG files from what was measured, or from the course's data
    … --update                   for authors: replaces the course's own data and drawings

Times are CPU times: medians of at least seven rounds, each round in another random order, and more
rounds where the times still spread. Cache misses are those that ./lab misses and ./lab grade count.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from programs import BUILD, ROOT, Program, build, machine, time_call, time_cases

# Modules that need packages are imported where they are used: see check_packages().
HERE = Path(__file__).resolve().parent
REFERENCE = ROOT / "solutions" / "02_blocking" / "kernels.cpp"
OWN = ROOT / "labs" / "02_blocking" / "kernels.cpp"
BASELINE = ROOT / "labs" / "02_blocking" / "baseline.cpp"

WALK_SIZES = (
    "112 144 176 240 304 368 432 496 560 688 848 1072 1264 1520 1840 2160 2544 2800 "
    "3120 3568 4336 5360"
)
STEPS = "1 2 3 4 6 8 10 12 14 16 20 24 28 32 40 48 64"
CUBES = (
    "16 32 48 64 96 112 128 160 192 224 256 304 320 352 384 400 432 448 480 512 "
    "560 640 688 768 880 1024"
)
STAGES = ROOT / "grader" / "hidden" / "02_blocking" / "stages"
IDEAS = {  # of lab 02, one by one
    "baseline": BASELINE,
    "interchange": STAGES / "matmul_blocked_interchange.cpp",
    "lab01": STAGES / "matmul_blocked_lab01.cpp",
    "tiles": STAGES / "matmul_blocked_tiles.cpp",
    "register_tile_alone": STAGES / "matmul_blocked_register_tile_alone.cpp",
    "variable_limits": STAGES / "matmul_blocked_variable_limits.cpp",
    "register_tile": STAGES / "matmul_blocked_register_tile.cpp",
}
TILES = "4 8 12 16 24 32 40 48 56 64 72 80 88 96 112 128 160 200 256"

Series = dict[str, list[dict[str, float]]]


def sizes(text: str) -> list[int]:
    return [int(word) for word in text.split()]


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
            flags=(f"-DPADDING={64 + padding}", *flags),
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


def tiles(_: Path) -> Series:
    from counting import count_case, lab, side_by_side, worker_in_place

    trusted = lab()
    curves = [("false", "tiled", 400), ("false", "tiled", 256), ("true", "packed", 256)]
    wanted = [(packed, tile, n) for packed, _, n in curves for tile in sizes(TILES)]

    def count(item: tuple[str, int, int]) -> int:
        packed, tile, n = item
        worker = worker_in_place(trusted, "tile_kernels.h", f"tiled<{tile}, {packed}>")
        return count_case(trusted, worker, f"matmul_blocked/{n}").misses

    counts = side_by_side(count, wanted)
    return {
        f"{kind} {n}": [
            {"tile": tile, "misses": counts[packed, tile, n], "n": n} for tile in sizes(TILES)
        ]
        for packed, kind, n in curves
    }


def ideas(kernels: Path) -> Series:
    """What each idea of lab 02 is worth: GFLOP/s of cubes, and of the flat product of the lab."""
    cases = HERE / "blocking_cases.cpp"
    programs = {
        name: Program(name, (cases, source), flags=(f"-I{ROOT}",))
        for name, source in {**IDEAS, "submission": kernels}.items()
    }
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

    def counted(source: Path, n: int) -> dict[str, float]:
        worker = worker_of(trusted, source.read_text(encoding="utf-8"))
        return {"n": n, **asdict(count_case(trusted, worker, f"matmul_blocked/64x{n}x{n}"))}

    return {
        name: [counted(source, n) for n in (400, 512)]
        for name, source in {**IDEAS, "submission": kernels}.items()
    }


MEASURED: dict[str, Callable[[Path], Series]] = {
    "walks": walks,
    "steps": steps,
    "sums": sums,
    "gflops": gflops,
    "misses": misses,
    "tiles": tiles,
    "noise": noise,
    "alignment": alignment,
    "ideas": ideas,  # a table, not a figure
    "idea_misses": idea_misses,  # of the same table
}
# Roughly, on two cores of a virtual machine.
SECONDS = {
    "walks": 120,
    "steps": 140,
    "sums": 25,
    "gflops": 330,
    "misses": 100,
    "tiles": 340,
    "noise": 25,
    "alignment": 60,
    "ideas": 100,
    "idea_misses": 40,
}
DRAWN = ("walks", "steps", "sums", "gflops", "misses", "tiles", "noise", "alignment")  # by plots.py
CONCEPTS = ("layout", "sets", "tiling")  # by concepts.py, without data
NEEDED = {
    "alignment": ROOT / "solutions" / "01_baseline" / "kernels.cpp",
    "ideas": STAGES,
    "idea_misses": STAGES,
}


def check_packages() -> None:
    """Ends with what to type where packages are missing, before anything is measured."""
    missing = [name for name in ("matplotlib", "numpy", "pydantic") if find_spec(name) is None]
    if not missing:
        return
    if Path(sys.prefix) == ROOT / ".venv":
        lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
        pinned = [re.search(rf"^{name}==\S+", lock, re.MULTILINE) for name in missing]
        command = shlex.join([".venv/bin/pip", "install", *(pin[0] for pin in pinned if pin)])
    else:
        made = "" if (ROOT / ".venv").exists() else "./lab doctor && "
        arguments = [".venv/bin/python", "handouts/figures/measure.py", *sys.argv[1:]]
        command = made + shlex.join(arguments)
    raise SystemExit(f"error: this Python does not have {', '.join(missing)}\nnext: {command}")


def measurable(wanted: Sequence[str]) -> list[str]:
    """What to measure: all that this copy of the course can, or what was named."""
    lacking = {name: path for name, path in NEEDED.items() if not path.exists()}
    for name in wanted:
        if name in lacking:
            path = lacking[name].relative_to(ROOT)
            draws = f".venv/bin/python handouts/figures/measure.py draw {name}"
            raise SystemExit(
                f"error: {name} measures {path}, which a student's copy does not have\n"
                f"next: {draws if name in DRAWN else 'see the table in the handout'}"
            )
    return list(wanted) or [name for name in MEASURED if name not in lacking]


def duration(names: Sequence[str]) -> str:
    seconds = sum(SECONDS[name] for name in names)
    return f"{seconds} seconds" if seconds < 100 else f"{round(seconds / 60)} minutes"


def run(names: Sequence[str], kernels: Path, data: Path, update: bool) -> None:
    data.mkdir(parents=True, exist_ok=True)
    for name in names:
        print(f"measuring {name}, about {duration([name])}", file=sys.stderr)
        series = MEASURED[name](kernels)
        command = ["handouts/figures/measure.py", "run", name]
        if kernels != REFERENCE:
            command += ["--kernels", os.path.relpath(kernels, ROOT)]
        if update:
            command.append("--update")
        document = {
            "command": shlex.join(command),
            "date": datetime.date.today().isoformat(),
            "machine": machine(),
            "series": series,
        }
        text = json.dumps(document, indent=1, ensure_ascii=False)
        (data / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(f"wrote {shown(data / f'{name}.json')}", file=sys.stderr)


def draw(names: Sequence[str], data: Path, folder: Path, suffix: str) -> None:
    """Draws from `data`, and from the course's own data what is not there."""
    import concepts
    import plots

    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        target = folder / f"{name}.{suffix}"
        if name in CONCEPTS:
            getattr(concepts, name)(target)
            print(f"drew {shown(target)}", file=sys.stderr)
            continue
        source = data / f"{name}.json"
        if not source.exists():
            source = HERE / "data" / f"{name}.json"
        document = json.loads(source.read_text(encoding="utf-8"))
        getattr(plots, name)(target, document["series"])
        print(f"drew {shown(target)} from {shown(source)}", file=sys.stderr)


def shown(path: Path) -> str:
    """As one types it in the course's folder."""
    return os.path.relpath(path, ROOT)


def main() -> None:
    figures = [*DRAWN, *CONCEPTS]
    parser = argparse.ArgumentParser(description="Measures and draws the handouts' figures.")
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="draw from the data that is there")
    drawing.add_argument("names", nargs="*", metavar="FIGURE", help=", ".join(figures))
    measuring = commands.add_parser("run", help="measure, then draw")
    measuring.add_argument("names", nargs="*", metavar="DATA", help=", ".join(MEASURED))
    default = REFERENCE if REFERENCE.exists() else OWN
    measuring.add_argument(
        "--kernels", type=Path, default=default, help=f"kernels.cpp of lab 02 ({shown(default)})"
    )
    for command in (drawing, measuring):
        command.add_argument("--to", type=Path, default=BUILD, help="folder (build/figures)")
        command.add_argument("--png", action="store_true", help="draw PNG, not SVG")
        command.add_argument(
            "--update", action="store_true", help="for authors: replace the course's own files"
        )
    arguments = parser.parse_args()

    known = MEASURED if arguments.command == "run" else figures
    for name in arguments.names:
        if name not in known:
            parser.error(f'there is no "{name}"; there are: {", ".join(known)}')
    check_packages()
    folder = HERE if arguments.update else arguments.to
    names = arguments.names or figures
    if arguments.command == "run":
        measured = measurable(arguments.names)
        print(f"this takes about {duration(measured)}", file=sys.stderr)
        run(measured, arguments.kernels.resolve(), folder / "data", arguments.update)
        names = [name for name in measured if name in DRAWN]
    draw(names, folder / "data", folder, "png" if arguments.png else "svg")


if __name__ == "__main__":
    main()
