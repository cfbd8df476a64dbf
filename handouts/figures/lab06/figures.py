"""What lab 06's figures show, measured. Each program prints the numbers of its figure."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from figure import Figure, Series
from programs import BUILD, ROOT, Program, build, rows_printed_by

HERE = Path(__file__).resolve().parent
LAB = "06_profiling"
# The tile of lab 03's solution: as GCC likes it, and in a function of its own.
INLINED = "  static void multiply(const Tile& t) {"
APART = f"  [[gnu::noinline]] {INLINED.lstrip()}"


def kernels_of(lab: str) -> Path:
    """The solution; of a student's copy, which has none, the student's own."""
    solution = ROOT / "solutions" / lab / "kernels.cpp"
    return solution if solution.exists() else ROOT / "labs" / lab / "kernels.cpp"


def own_kernels(simd: Path | None = None) -> tuple[Program, ...]:
    """Of the labs whose kernels this one uses; `simd` stands in for lab 03's."""
    drivers = ROOT / "labs" / "05_quantization" / "drivers.cpp"
    return (
        Program("simd", (simd or kernels_of("03_simd"),), "03_simd"),
        Program("quantization", (kernels_of("05_quantization"), drivers), "05_quantization"),
    )


def printed_by(name: str, *parts: Program) -> Series:
    """The series that HERE/{name}_cases.cpp prints, linked with the lab's kernels and `parts`."""
    program = Program(
        name,
        (HERE / f"{name}_cases.cpp", kernels_of(LAB)),
        LAB,
        flags=(f"-I{ROOT}", f"-I{ROOT / 'labs'}"),
        parts=parts,
        own_main=True,
        libraries=("papi",),
    )
    build([program])
    return rows_printed_by(program.bench)


def power(_: Path) -> Series:
    """How often 1,000 comparisons tell a difference of 0, 2 and 5 %, against their samples."""
    return printed_by("power", *own_kernels())


def clock(_: Path) -> Series:
    """What an operation seems to take, against its calls per sample, by two clocks."""
    program = Program("clock", (HERE / "clock_cases.cpp",), LAB, own_main=True)
    build([program])
    return rows_printed_by(program.bench)


def network(_: Path) -> Series:
    """ns of each step of three networks: as they are given, with one change, with own kernels. And
    comparisons of them."""
    return printed_by("network", *own_kernels())


def roof(_: Path) -> Series:
    """ns of a floating-point operation, against the intensity; and the roof of the machine. The
    product of lab 03's solution with its tiles inlined, too."""
    harness = ROOT / "grader" / "harness"
    peak = Program("peak", (harness / "programs" / "peak.cpp",), LAB, (f"-I{harness}",))
    source = kernels_of("03_simd").read_text(encoding="utf-8")
    inlined = source.replace(APART, INLINED, 1)
    if INLINED not in inlined:  # it has other tiles
        return printed_by("roof", peak, *own_kernels())
    BUILD.mkdir(parents=True, exist_ok=True)
    found = {}
    for name, text in (("inlined", inlined), ("apart", inlined.replace(INLINED, APART, 1))):
        path = BUILD / f"{name}.cpp"
        path.write_text(text, encoding="utf-8")
        found[name] = printed_by("roof", peak, *own_kernels(path))
    return {**found["apart"], "batch, inlined": found["inlined"]["batch"]}


def column_misses(_: Path) -> Series:
    """D1 misses of the product that the handout changes."""
    from counting import count_case, lab, with_cases, worker_in_place

    trusted = with_cases(lab(), HERE / "column_cases.cpp")
    rows: Series = {}
    for name in ("by_columns", "by_rows"):
        worker = worker_in_place(trusted, "lab06/column_kernels.h", name)
        rows[name] = [asdict(count_case(trusted, worker, "matmul_blocked/640x640x64"))]
    return rows


FIGURES = {
    "power": Figure(power, 60),
    "clock": Figure(clock, 10),
    "network": Figure(network, 30),
    "roof": Figure(roof, 60),
    # Of the text, not of a figure.
    "column_misses": Figure(column_misses, 30, drawn=False),
}
