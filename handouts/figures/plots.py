"""The figures of measured data: one function a figure, from the series of its JSON file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter, MultipleLocator, NullLocator
from style import BLUE, GREY, INK, RED, boundary, new, note, save

Series = dict[str, list[dict[str, float]]]
PLAIN = FuncFormatter(lambda value, _: f"{value:g}")


def _column(rows: list[dict[str, float]], key: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([row[key] for row in rows], dtype=np.float64)


def walks(target: Path, series: Series) -> None:
    figure, axes = new()
    for walk, colour, marker, label, at in (
        ("columns", RED, "o", "down columns", (1750, 2.2)),
        ("rows", BLUE, "s", "along rows", (2700, 0.27)),
    ):
        n, ns = (_column(series[walk], key) for key in ("n", "ns_per_number"))
        axes.plot(n, ns, color=colour, marker=marker)
        note(axes, label, at, ha="right", color=colour)
    boundary(axes, 768, "768 lines = L1")
    boundary(axes, 2048, "2048 pages", y=0.99)
    axes.set(xscale="log", yscale="log", xlabel="side n of an n×n matrix of 4-byte numbers",
             ylabel="CPU time per number (ns)")  # fmt: skip
    axes.xaxis.set_major_locator(FixedLocator([112, 240, 496, 1072, 2160, 4336]))
    axes.yaxis.set_major_locator(FixedLocator([0.2, 0.5, 1, 2, 5, 10]))
    axes.set_ylim(0.2, 15)
    _plain_ticks(axes)
    save(figure, target)


def steps(target: Path, series: Series) -> None:
    figure, axes = new()
    step, ms = (_column(series["walk"], key) for key in ("step", "ms"))
    axes.plot(step, ms, color=INK, marker="o")
    axes.plot(step, ms[0] / step, color=GREY, linewidth=1, linestyle="--")
    note(axes, "if only the\nadditions counted", (3.9, ms[0] / 8.5), color="#555555", ha="right")
    note(axes, "measured", (step[5], ms[5]), xytext=(0, 8), textcoords="offset points")
    boundary(axes, 16, "16 numbers = one line")
    axes.set(xscale="log", yscale="log", xlabel="step s: every s-th number is read",
             ylabel="CPU time of the whole walk (ms)")  # fmt: skip
    axes.xaxis.set_major_locator(FixedLocator([1, 2, 4, 8, 16, 32, 64]))
    axes.yaxis.set_major_locator(FixedLocator([1, 2, 5, 10, 20, 50]))
    _plain_ticks(axes)
    save(figure, target)


def sums(target: Path, series: Series) -> None:
    figure, axes = new(height=2.8)
    parts, ns = (_column(series["sums"], key) for key in ("parts", "ns_per_term"))
    axes.plot(parts, ns, color=BLUE, marker="o")
    axes.plot(parts, ns[0] / parts, color=GREY, linewidth=1, linestyle="--")
    note(axes, "one sum's time, divided", (7, ns[0] / 12), color="#555555", ha="right")
    note(axes, "measured", (parts[4], ns[4]), xytext=(0, 8), textcoords="offset points")
    axes.set(xscale="log", yscale="log", xlabel="sums that take turns",
             ylabel="CPU time per multiply-add (ns)")  # fmt: skip
    axes.xaxis.set_major_locator(FixedLocator([1, 2, 3, 4, 6, 8, 12, 16]))
    axes.yaxis.set_major_locator(FixedLocator([0.1, 0.2, 0.5, 1, 2]))
    _plain_ticks(axes)
    save(figure, target)


def noise(target: Path, series: Series) -> None:
    figure, axes = new(height=2.2)
    for y, (clock, colour, label) in enumerate(
        (("wall", RED, "by wall time"), ("cpu", BLUE, "by CPU time"))
    ):
        ratio = _column(series["repeats"], clock)
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
        padding, ms = (_column(series[how], key) for key in ("padding", "ms"))
        axes.plot(padding, ms, color=colour, marker=marker)
        at = (36.0, 18.0) if how == "usual" else (28.0, 8.5)
        note(axes, label, at, ha="right" if how == "usual" else "center", color=colour)
    axes.set(xlabel="bytes of unused code in front", ylabel="CPU time (ms)")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MultipleLocator(8))
    save(figure, target)


CURVES = (
    ("ijk", RED, "o", "i-j-k (baseline)"),
    ("ikj", GREY, "s", "i-k-j (reordered)"),
    ("blocked", BLUE, "^", "tiles and registers"),
)


def gflops(target: Path, series: Series) -> None:
    figure, axes = new()
    for curve, colour, marker, label in CURVES:
        n, rate = (_column(series[curve], key) for key in ("n", "gflops"))
        axes.plot(n, rate, color=colour, marker=marker)
        at = {"ijk": (870, 2.3), "ikj": (1024, 6.1), "blocked": (1024, 12.9)}[curve]
        note(axes, label, at, ha="right", color=INK if colour == GREY else colour)
    boundary(axes, 110, "b = L1", y=0.64)
    boundary(axes, 724, "b = L2", y=0.64)
    axes.set(xscale="log", xlabel="n, all matrices n×n", ylabel="GFLOP/s (by CPU time)")
    axes.set_ylim(0, 14)
    axes.xaxis.set_major_locator(FixedLocator([16, 32, 64, 128, 256, 512, 1024]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(PLAIN)
    save(figure, target)


def misses(target: Path, series: Series) -> None:
    figure, axes = new(height=4.2)
    for curve, colour, marker, label in CURVES:
        n, count = (_column(series[curve], key) for key in ("n", "misses"))
        rate = count / (64 * n * n)
        axes.plot(n, rate, color=colour, marker=marker, markersize=3, linewidth=1.2)
        side = {"ijk": (640, 1.15), "ikj": (640, 0.078), "blocked": (640, 0.0024)}[curve]
        note(axes, label, side, ha="right", color=INK if colour == GREY else colour)
    for value, text in ((1, "1"), (1 / 16, "1/16"), ((1 / 64 + 2 / 48) / 16, "(1/64 + 2/48)/16")):
        axes.axhline(value, color=GREY, linewidth=0.7, linestyle=(0, (1, 2)), zorder=0)
        note(axes, text, (1.01, value), xycoords=("axes fraction", "data"), va="center", fontsize=8)
    for size in (256, 400):
        boundary(axes, size, f"{size}", y=0.04)
    axes.set(yscale="log", xlabel="n; c = a·b with a 64×n, b n×n",
             ylabel="D1 misses per multiplication")  # fmt: skip
    axes.set_ylim(0.001, 2)
    axes.xaxis.set_major_locator(FixedLocator(list(range(64, 641, 64))))
    axes.yaxis.set_major_locator(FixedLocator([0.001, 0.01, 0.1, 1]))
    _plain_ticks(axes)
    save(figure, target)


def tiles(target: Path, series: Series) -> None:
    figure, axes = new(height=4.0)
    curves = (("tiled 400", BLUE, "s"), ("tiled 256", RED, "o"), ("packed 256", GREY, "^"))
    for curve, colour, marker in curves:
        tile, count, n = (_column(series[curve], key) for key in ("tile", "misses", "n"))
        axes.plot(tile, count / n**3, color=colour, marker=marker)
    note(axes, "n = 256", (30, 0.085), color=RED, ha="right")
    note(axes, "n = 400", (29, 0.0036), color=BLUE, ha="right")
    note(axes, "n = 256,\ntile of b copied", (88, 0.0098), xytext=(115, 0.0042),
         arrowprops={"arrowstyle": "-", "color": GREY})  # fmt: skip
    side = np.array([4.0, 90.5])
    axes.plot(side, 2 / (16 * side), color=INK, linewidth=0.8, linestyle=(0, (1, 2)))
    note(axes, "2/(16·t)", (6.5, 0.0135), fontsize=8)
    boundary(axes, 52.3, "3 tiles = 32 KiB")
    boundary(axes, 90.5, "1 tile", y=0.93)
    axes.set(xscale="log", yscale="log", xlabel="tile side t (floats)",
             ylabel="D1 misses per multiplication")  # fmt: skip
    axes.xaxis.set_major_locator(FixedLocator([4, 8, 16, 24, 48, 80, 128, 256]))
    axes.yaxis.set_major_locator(FixedLocator([0.002, 0.005, 0.01, 0.02, 0.05, 0.1]))
    _plain_ticks(axes)
    save(figure, target)


def _plain_ticks(axes: object) -> None:
    from matplotlib.axes import Axes

    assert isinstance(axes, Axes)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(PLAIN)
