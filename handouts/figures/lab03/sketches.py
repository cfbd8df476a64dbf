"""Lab 03's drawings that explain rather than measure."""

from __future__ import annotations

from pathlib import Path

from matplotlib.axes import Axes
from style import BLUE, GREY, INK, PALE, box, new, note, save

LIGHT = "#d3e2f2"


def row_of_lanes(
    axes: Axes, x: float, y: float, texts: list[str], fills: list[str], width: float = 1.0
) -> None:
    for lane, (text, fill) in enumerate(zip(texts, fills, strict=True)):
        box(axes, x + lane * width, y, width, 1.0, fill)
        ink = "white" if fill == BLUE else INK
        axes.text(x + (lane + 0.5) * width, y + 0.47, text, ha="center", va="center", color=ink,
                  fontsize=8.5)  # fmt: skip


def lanes(target: Path) -> None:
    """A vector's eight lanes added up: halves, quarters, the last pair."""
    figure, axes = new(height=3.4)
    vector = [f"{lane}" for lane in range(8)]
    steps = (
        ("the vector", vector),
        ("+ halves swapped", ["0+4", "1+5", "2+6", "3+7"] * 2),
        ("+ pairs swapped", ["0246", "1357"] * 4),
        ("+ neighbours swapped", ["all"] * 8),
    )
    for step, (name, texts) in enumerate(steps):
        y = 6.6 - 2.1 * step
        different = 8 >> step
        fills = [LIGHT if lane < different else PALE for lane in range(8)]
        if step == 3:
            fills[0] = BLUE
        row_of_lanes(axes, 4.4, y, texts, fills, width=1.35)
        axes.text(4.1, y + 0.47, name, ha="right", va="center", fontsize=9)
        if step < 3:
            distance = 4 >> step
            for lane in range(distance):
                near, far = (4.4 + 1.35 * (at + 0.5) for at in (lane, lane + distance))
                for start in (near, far):
                    axes.annotate("", (near, y - 1.08), (start, y - 0.02),
                                  arrowprops={"arrowstyle": "->", "color": GREY})  # fmt: skip
    axes.set(xlim=(-0.2, 15.4), ylim=(-0.1, 7.9))
    axes.axis("off")
    save(figure, target)


def mask(target: Path) -> None:
    """A tail of three behind whole vectors: what a masked load and a masked store touch."""
    figure, axes = new(height=2.6)
    memory = [f"x[{16 + i}]" for i in range(3)] + ["?"] * 5
    rows = (
        ("memory", memory, [LIGHT] * 3 + ["none"] * 5),
        ("mask", ["−1"] * 3 + ["0"] * 5, [BLUE] * 3 + ["none"] * 5),
        ("masked load", [*memory[:3], *["0"] * 5], [LIGHT] * 3 + [PALE] * 5),
        (
            "masked store",
            [f"y[{16 + i}]" for i in range(3)] + ["·"] * 5,
            [LIGHT] * 3 + ["none"] * 5,
        ),
    )
    for n, (name, texts, fills) in enumerate(rows):
        y = 5.4 - 1.75 * n
        row_of_lanes(axes, 4.0, y, texts, fills, width=1.4)
        axes.text(3.7, y + 0.47, name, ha="right", va="center", fontsize=9)
    axes.text(8.3, 6.7, "end: n = 19", fontsize=8.5)
    axes.plot([8.2, 8.2], [0.1, 7.1], color=INK, linewidth=1.2)
    axes.set(xlim=(0.2, 15.4), ylim=(0, 7.3))
    axes.axis("off")
    save(figure, target)


def panels(target: Path) -> None:
    """The 6×16 tile of c, its rows of a, and the panel of b before and after packing."""
    figure, axes = new(height=3.1)
    side = 9.0

    def matrix(x: float, name: str) -> None:
        box(axes, x, 0, side, side)
        axes.text(x + side / 2, side + 0.35, name, ha="center")

    matrix(0, "c")
    matrix(11, "a")
    matrix(22, "b")
    axes.text(10, side / 2, "=", ha="center", va="center", fontsize=13)
    axes.text(21, side / 2, "·", ha="center", va="center", fontsize=16)
    box(axes, 3.2, 5.2, 1.6, 1.1, BLUE)
    box(axes, 11, 5.2, side, 1.1, LIGHT)
    box(axes, 25.2, 0, 1.6, side, LIGHT)
    for x, y, width, height in ((14, 5.2, 0.25, 1.1), (25.2, 5.8, 1.6, 0.25)):
        box(axes, x, y, width, height, BLUE)
    note(axes, "6×16 sums: 12 vectors", (4.0, 5.2), xytext=(-0.2, -1.7), color=BLUE,
         arrowprops={"arrowstyle": "-", "color": BLUE})  # fmt: skip
    note(axes, "6 numbers,\none after another", (14.1, 5.2), xytext=(11.6, -2.4), color=BLUE,
         arrowprops={"arrowstyle": "-", "color": BLUE})  # fmt: skip
    note(axes, "2 vectors,\none step of k", (25.3, 5.9), xytext=(19.3, -2.4), color=BLUE,
         arrowprops={"arrowstyle": "-", "color": BLUE})  # fmt: skip
    for step in range(9):
        box(axes, 33.2, side - 1 - step, 1.6, 1.0, BLUE if step == 3 else LIGHT)
    axes.annotate("", (33.0, 4.5), (27.0, 4.5), arrowprops={"arrowstyle": "->", "color": INK})
    axes.text(30.9, 4.9, "packing", ha="center", fontsize=9)
    axes.text(34, side + 0.35, "panel", ha="center")
    note(axes, "16 columns,\nrow behind row", (34.0, 0), xytext=(31.2, -2.4), color=INK, fontsize=9)
    axes.set(xlim=(-0.4, 36.4), ylim=(-2.7, side + 1.2))
    axes.set_aspect("equal")
    axes.axis("off")
    save(figure, target)
