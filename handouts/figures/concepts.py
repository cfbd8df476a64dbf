"""The figures that explain rather than measure: drawn, or computed from a cache's geometry."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from style import BLUE, GREY, INK, PALE, RED, new, note, save


def _box(axes: Axes, x: float, y: float, width: float, height: float, fill: str = "none") -> None:
    axes.add_patch(Rectangle((x, y), width, height, facecolor=fill, edgecolor=INK, linewidth=0.7))


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
                _box(axes, x, y, width, 1.2, fill)
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
        _box(axes, x, 0, side, side)
        axes.text(x + side / 2, side + 0.35, name, ha="center")

    matrix(0, "c")
    matrix(11, "a")
    matrix(22, "b")
    axes.text(10, side / 2, "=", ha="center", va="center", fontsize=13)
    axes.text(21, side / 2, "·", ha="center", va="center", fontsize=16)
    _box(axes, 22 + 3, 3, tile, tile, "#bcd3ec")  # the tile of b
    axes.text(26.5, 6.3, "t×t: stays in L1", ha="center", fontsize=8)
    _box(axes, 11 + 3, 0, tile, side, PALE)
    _box(axes, 3, 0, tile, side, PALE)
    for x, width in ((3 + 1, 0.75), (11 + 3, tile)):
        _box(axes, x, 5.2, width, 1.0, BLUE)
    axes.text(15.5, 7.4, "all rows\npass by", ha="center", va="center", fontsize=8)
    note(axes, "register tile: 4×3 sums", (4.4, 5.2), xytext=(-0.2, -1.6), color=BLUE,
         arrowprops={"arrowstyle": "-", "color": BLUE})  # fmt: skip
    note(axes, "4 rows × t of a", (15.5, 5.2), xytext=(12.4, -1.6), color=BLUE,
         arrowprops={"arrowstyle": "-", "color": BLUE})  # fmt: skip
    _box(axes, 25 + 1, 3, 0.75, tile, BLUE)
    note(axes, "t × 3 panel of b", (26.4, 3), xytext=(24.2, -1.6), color=BLUE,
         arrowprops={"arrowstyle": "-", "color": BLUE})  # fmt: skip
    axes.set(xlim=(-0.4, 31.4), ylim=(-2.0, side + 1.2))
    axes.set_aspect("equal")
    axes.axis("off")
    save(figure, target)
