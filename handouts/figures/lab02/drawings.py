"""Lab 02's figures: one function per figure, from the series of its JSON file; `sets` and `tiling`
explain rather than measure, and are drawn or computed from a cache's geometry."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from figure import Series
from matplotlib.ticker import FixedLocator, NullLocator
from style import (
    BLUE,
    GREY,
    INK,
    PALE,
    PLAIN,
    RED,
    boundary,
    box,
    column,
    new,
    note,
    plain_ticks,
    save,
)

CURVES = (
    ("ijk", RED, "o", "i-j-k (baseline)"),
    ("ikj", GREY, "s", "i-k-j (reordered)"),
    ("blocked", BLUE, "^", "tiles and registers"),
)


def sets(target: Path) -> None:
    """Lines of one column of b in each set of a 32 KiB, 8-way cache, from addresses alone."""
    figure, panels = plt.subplots(2, 1, figsize=(6.6, 4.0), sharex=True, layout="constrained")
    for axes, n, colour, text in (
        (panels[0], 256, RED, "n = 256: 64 lines in each of 4 sets"),
        (panels[1], 400, BLUE, "n = 400: 6 or 7 lines in every set"),
    ):
        first_bytes = np.arange(n) * n * 4  # of the rows: where a column meets them
        count = np.bincount(first_bytes // 64 % 64, minlength=64)
        axes.bar(np.arange(64), count, width=0.85, color=colour)
        axes.axhline(8, color=INK, linewidth=1)
        axes.set(ylabel="lines in the set", xlim=(-1, 64), ylim=(0, 70))
        axes.set_yticks([0, 8, 16, 32, 48, 64])
        axes.set_title(text, color=colour)
    note(panels[0], "8 ways: a set holds 8", (40, 11), ha="center", fontsize=8)
    panels[1].set_xlabel("set of the cache (of 64)")
    panels[1].set_xticks(range(0, 64, 8))
    save(figure, target)


def tiling(target: Path) -> None:
    """Cache tiles and the register tile of c = a·b."""
    figure, axes = new(height=2.9)
    side, tile = 9.0, 3.0

    def matrix(x: float, name: str) -> None:
        box(axes, x, 0, side, side)
        axes.text(x + side / 2, side + 0.35, name, ha="center")

    matrix(0, "c")
    matrix(11, "a")
    matrix(22, "b")
    axes.text(10, side / 2, "=", ha="center", va="center", fontsize=13)
    axes.text(21, side / 2, "·", ha="center", va="center", fontsize=16)
    box(axes, 22 + 3, 3, tile, tile, "#bcd3ec")  # the tile of b
    axes.text(26.5, 6.3, "t×t: stays in L1", ha="center", fontsize=8)
    box(axes, 11 + 3, 0, tile, side, PALE)
    box(axes, 3, 0, tile, side, PALE)
    for x, width in ((3 + 1, 0.75), (11 + 3, tile)):
        box(axes, x, 5.2, width, 1.0, BLUE)
    axes.text(15.5, 7.4, "all rows\npass by", ha="center", va="center", fontsize=8)
    note(axes, "register tile: 4×3 sums", (4.4, 5.2), xytext=(-0.2, -1.6), color=BLUE,
         arrowprops={"arrowstyle": "-", "color": BLUE})  # fmt: skip
    note(axes, "4 rows × t of a", (15.5, 5.2), xytext=(12.4, -1.6), color=BLUE,
         arrowprops={"arrowstyle": "-", "color": BLUE})  # fmt: skip
    box(axes, 25 + 1, 3, 0.75, tile, BLUE)
    note(axes, "t × 3 panel of b", (26.4, 3), xytext=(24.2, -1.6), color=BLUE,
         arrowprops={"arrowstyle": "-", "color": BLUE})  # fmt: skip
    axes.set(xlim=(-0.4, 31.4), ylim=(-2.0, side + 1.2))
    axes.set_aspect("equal")
    axes.axis("off")
    save(figure, target)


def gflops(target: Path, series: Series) -> None:
    figure, axes = new()
    for curve, colour, marker, label in CURVES:
        n, rate = (column(series[curve], key) for key in ("n", "gflops"))
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
        n, count = (column(series[curve], key) for key in ("n", "misses"))
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
    plain_ticks(axes)
    save(figure, target)


def tiles(target: Path, series: Series) -> None:
    figure, axes = new(height=4.0)
    curves = (("tiled 400", BLUE, "s"), ("tiled 256", RED, "o"), ("packed 256", GREY, "^"))
    for curve, colour, marker in curves:
        tile, count, n = (column(series[curve], key) for key in ("tile", "misses", "n"))
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
    plain_ticks(axes)
    save(figure, target)
