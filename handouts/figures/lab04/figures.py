"""What lab 04's figures show, measured. Each program prints the numbers of its figure."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from figure import Figure, Series
from programs import BUILD, FLAGS, ROOT, rows_printed_by

HERE = Path(__file__).resolve().parent
REFERENCE = ROOT / "solutions" / "04_threading" / "kernels.cpp"
OWN = ROOT / "labs" / "04_threading" / "kernels.cpp"


def printed_by(cases: str, *, with_kernels: bool = False) -> Callable[[Path], Series]:
    """The series that HERE/{cases}_cases.cpp prints; some need the lab's pool or loader."""

    def measure(_: Path) -> Series:
        BUILD.mkdir(parents=True, exist_ok=True)
        program = BUILD / f"{cases}_cases"
        includes = [f"-I{ROOT / 'labs' / name}" for name in ("include", "04_threading")]
        sources = [HERE / f"{cases}_cases.cpp"]
        if with_kernels:
            sources.append(REFERENCE if REFERENCE.exists() else OWN)
        subprocess.run(["c++", *FLAGS, *includes, *sources, "-o", program, "-lpthread"], check=True)
        return rows_printed_by(program)

    return measure


FIGURES = {
    "amdahl": Figure(),
    "team": Figure(printed_by("team", with_kernels=True), 20),
    "schedules": Figure(printed_by("schedule"), 20),
    "sharing": Figure(printed_by("sharing"), 20),
    "loader": Figure(printed_by("loader", with_kernels=True), 10),
    # Of a table, not of a figure.
    "orders": Figure(printed_by("order"), 5, drawn=False),
}
