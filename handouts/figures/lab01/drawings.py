"""Lab 01's figures: one function per figure, from the series of its JSON file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from figure import Series
from matplotlib.ticker import FixedLocator, MultipleLocator
from style import BLUE, GREY, INK, RED, boundary, box, column, new, note, plain_ticks, save


def layout(target: Path) -> None:
    """A 3×5 view with stride 8, as a grid and as memory."""
    rows, cols, stride = 3, 5, 8
    figure, axes = new(height=2.9)
    for i in range(rows):
        for j in range(stride):
            inside = j < cols
            fill = BLUE if (i, j) == (1, 2) else "#d3e2f2" if inside else "#f4f4f4"
            ink = "white" if (i, j) == (1, 2) else INK if inside else GREY
            for x, y in ((3 * (j - 0.2) + 4.2, 6.4 - 1.2 * i), (1.0 * (i * stride + j), 0.6)):
                width = 3.0 if y > 1 else 1.0
                box(axes, x, y, width, 1.2, fill)
                text = f"({i}, {j})" if y > 1 else f"{i * stride + j}"
                axes.text(x + width / 2, y + 0.58, text, ha="center", va="center",
                          fontsize=8, color=ink)  # fmt: skip
    axes.text(11.1, 8.0, "cols = 5", ha="center")
    axes.annotate("", (3.6, 7.85), (18.6, 7.85), arrowprops={"arrowstyle": "-", "color": INK})
    axes.text(23.1, 8.0, "somebody else's", ha="center", color="#555555")
    axes.text(3.2, 6.7, "row 0", ha="right")
    axes.text(3.2, 5.5, "row 1", ha="right")
    axes.text(3.2, 4.3, "row 2", ha="right")
    axes.text(0, 2.2, "the same elements in memory: element (i, j) is data[i * stride + j]")
    axes.annotate("", (0, 0.25), (8, 0.25), arrowprops={"arrowstyle": "<->", "color": INK})
    axes.text(4, -0.75, "stride = 8", ha="center")
    axes.annotate("", (10.5, 0.5), (10.5, -0.4), arrowprops={"arrowstyle": "->", "color": BLUE})
    axes.text(10.5, -1.1, "(1, 2): 1·8 + 2 = 10", color=BLUE, ha="left")
    axes.set(xlim=(-0.3, 28.2), ylim=(-1.4, 8.8))
    axes.axis("off")
    save(figure, target)


def walks(target: Path, series: Series) -> None:
    figure, axes = new()
    for walk, colour, marker, label, at in (
        ("columns", RED, "o", "down columns", (1750, 2.2)),
        ("rows", BLUE, "s", "along rows", (2700, 0.27)),
    ):
        n, ns = (column(series[walk], key) for key in ("n", "ns_per_number"))
        axes.plot(n, ns, color=colour, marker=marker)
        note(axes, label, at, ha="right", color=colour)
    boundary(axes, 768, "768 lines = L1")
    boundary(axes, 2048, "2048 pages", y=0.99)
    axes.set(xscale="log", yscale="log", xlabel="side n of an n×n matrix of 4-byte numbers",
             ylabel="CPU time per number (ns)")  # fmt: skip
    axes.xaxis.set_major_locator(FixedLocator([112, 240, 496, 1072, 2160, 4336]))
    axes.yaxis.set_major_locator(FixedLocator([0.2, 0.5, 1, 2, 5, 10]))
    axes.set_ylim(0.2, 15)
    plain_ticks(axes)
    save(figure, target)


def steps(target: Path, series: Series) -> None:
    figure, axes = new()
    step, ms = (column(series["walk"], key) for key in ("step", "ms"))
    axes.plot(step, ms, color=INK, marker="o")
    axes.plot(step, ms[0] / step, color=GREY, linewidth=1, linestyle="--")
    note(axes, "if only the\nadditions counted", (3.9, ms[0] / 8.5), color="#555555", ha="right")
    note(axes, "measured", (step[5], ms[5]), xytext=(0, 8), textcoords="offset points")
    boundary(axes, 16, "16 numbers = one line")
    axes.set(xscale="log", yscale="log", xlabel="step s: every s-th number is read",
             ylabel="CPU time of the whole walk (ms)")  # fmt: skip
    axes.xaxis.set_major_locator(FixedLocator([1, 2, 4, 8, 16, 32, 64]))
    axes.yaxis.set_major_locator(FixedLocator([1, 2, 5, 10, 20, 50]))
    plain_ticks(axes)
    save(figure, target)


def sums(target: Path, series: Series) -> None:
    figure, axes = new(height=2.8)
    parts, ns = (column(series["sums"], key) for key in ("parts", "ns_per_term"))
    axes.plot(parts, ns, color=BLUE, marker="o")
    axes.plot(parts, ns[0] / parts, color=GREY, linewidth=1, linestyle="--")
    note(axes, "one sum's time, divided", (7, ns[0] / 12), color="#555555", ha="right")
    note(axes, "measured", (parts[4], ns[4]), xytext=(0, 8), textcoords="offset points")
    axes.set(xscale="log", yscale="log", xlabel="sums that take turns",
             ylabel="CPU time per multiply-add (ns)")  # fmt: skip
    axes.xaxis.set_major_locator(FixedLocator([1, 2, 3, 4, 6, 8, 12, 16]))
    axes.yaxis.set_major_locator(FixedLocator([0.1, 0.2, 0.5, 1, 2]))
    plain_ticks(axes)
    save(figure, target)


def noise(target: Path, series: Series) -> None:
    figure, axes = new(height=2.2)
    for y, (clock, colour, label) in enumerate(
        (("wall", RED, "by wall time"), ("cpu", BLUE, "by CPU time"))
    ):
        ratio = column(series["repeats"], clock)
        axes.plot(ratio, np.full(len(ratio), y), "|", color=colour, markersize=16)
        note(axes, label, (float(ratio.min()), y + 0.32), color=colour)
    axes.set(xlabel="speedup over the baseline, the same two programs 20 times",
             ylim=(-0.5, 1.7), yticks=[])  # fmt: skip
    axes.set_xlim(left=0)
    axes.spines["left"].set_visible(False)
    save(figure, target)


def alignment(target: Path, series: Series) -> None:
    figure, axes = new(height=2.8)
    for how, colour, marker, label in (
        ("usual", RED, "o", "as the compiler places it"),
        ("aligned", BLUE, "s", "loops on lines of 64 bytes"),
    ):
        padding, ms = (column(series[how], key) for key in ("padding", "ms"))
        axes.plot(padding, ms, color=colour, marker=marker)
        at = (36.0, 18.0) if how == "usual" else (28.0, 8.5)
        note(axes, label, at, ha="right" if how == "usual" else "center", color=colour)
    axes.set(xlabel="bytes of unused code in front", ylabel="CPU time (ms)")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MultipleLocator(8))
    save(figure, target)
