"""Lab 05's figures: one function per figure, from the series of its JSON file; `affine` is computed
from the map itself."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from figure import Series
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator
from style import BLUE, GREY, INK, RED, column, new, note, plain_ticks, save

DOTTED = (0, (1, 2))
ROWS, DEPTH = 512, 510  # of the sparse matrix


def affine(target: Path) -> None:
    """From reals to whole numbers and back; below, what becomes of numbers between two steps."""
    figure, axes = new(height=4.3)
    lo, hi = -1.0, 3.0
    scale = (hi - lo) / 255
    zero_point = round(-lo / scale)

    def stored(x: float) -> int:
        return min(max(round(x / scale) + zero_point, 0), 255)

    def place(q: int) -> float:
        return scale * (q - zero_point)

    top, bottom = 3.0, 1.5
    axes.plot([-2, 4], [top, top], color=INK, linewidth=0.8)
    axes.plot([place(0), place(255)], [bottom, bottom], color=INK, linewidth=0.8)
    for q in range(0, 256, 8):
        axes.plot([place(q)] * 2, [bottom, bottom + 0.05], color=GREY, linewidth=0.6)
    for x, name, colour in (
        (-1.7, "−1.7", RED),
        (lo, "lo = −1", INK),
        (0.0, "0", BLUE),
        (1.7, "1.7", BLUE),
        (hi, "hi = 3", INK),
        (3.6, "3.6", RED),
    ):
        q = stored(x)
        axes.plot([x, place(q)], [top, bottom], color=colour, linewidth=1.1,
                  marker="o", markersize=3.5)  # fmt: skip
        axes.text(x, top + 0.16, name, ha="center", color=colour)
    for q, name, colour in (
        (0, "0", INK),
        (zero_point, f"zero_point = {zero_point}", BLUE),
        (stored(1.7), f"{stored(1.7)}", BLUE),
        (255, "255", INK),
    ):
        axes.text(place(q), bottom - 0.13, name, ha="center", va="top", color=colour)
        back = f"{place(q):.3f}".replace("-", "−") if q != zero_point else "0"
        axes.text(place(q), bottom - 0.45, back, ha="center", va="top", color=colour, fontsize=9)
    axes.text(-2.15, bottom - 0.45, "stands for", ha="left", va="top", fontsize=9)
    axes.text(0.85, 2.35, f"scale = 4/255\n= {scale:.5f}", ha="center", va="center", fontsize=9)
    axes.text(-1.85, 2.2, "saturates", ha="center", color=RED, fontsize=9)
    axes.text(3.75, 2.2, "saturates", ha="center", color=RED, fontsize=9)
    axes.text(-2.15, top, "x", ha="left", va="center")
    axes.text(-2.15, bottom, "q", ha="left", va="center")

    def across(steps: float) -> float:
        return -0.7 + 0.9 * steps

    above, below = 0.2, -0.55
    axes.text(-2.15, above, "x / scale", ha="left", va="center")
    axes.text(-2.15, below, "rounded", ha="left", va="center")
    for line in (above, below):
        axes.plot([across(-0.35), across(4.35)], [line, line], color=INK, linewidth=0.8)
    for n in range(5):
        axes.plot([across(n)] * 2, [above, below], color=GREY, linewidth=0.6, linestyle=DOTTED)
        axes.text(across(n), below - 0.13, f"{n}", ha="center", va="top",
                  color=BLUE if n % 2 == 0 else INK)  # fmt: skip
    for half in (0.5, 1.5, 2.5, 3.5):
        axes.annotate("", (across(round(half)), below), (across(half), above),
                      arrowprops={"arrowstyle": "->", "color": BLUE, "linewidth": 1.2,
                                  "shrinkA": 0, "shrinkB": 0})  # fmt: skip
        axes.text(across(half), above + 0.1, f"{half}", ha="center", fontsize=9)
    axes.set(xlim=(-2.3, 4.25), ylim=(-1.0, 3.4))
    axes.axis("off")
    save(figure, target)


def bits(target: Path, series: Series) -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(6.6, 3.3), layout="constrained")
    (fp32,) = series["fp32"]
    images = fp32["images"]
    exact = 100 * (1 - fp32["right"] / images)
    left.axhline(exact, color=INK, linewidth=0.8)
    note(left, f"fp32: {fp32['right']:,.0f} of {images:,.0f} right", (2, exact), xytext=(0, -4),
         textcoords="offset points", va="top", fontsize=8.5)  # fmt: skip
    for name, colour, marker in (("per tensor", RED, "o"), ("per channel", BLUE, "^")):
        rows = series[name]
        wrong = 100 * (1 - column(rows, "right") / images)
        left.plot(column(rows, "bits"), wrong, color=colour, marker=marker, label=name)
        right.plot(column(rows, "bits"), 100 * column(rows, "error"), color=colour, marker=marker)
    left.set(yscale="log", xlabel="bits of a weight", ylabel="images read wrong (%)",
             ylim=(0.8, 100))  # fmt: skip
    left.yaxis.set_major_locator(FixedLocator([1, 2, 5, 10, 20, 50, 100]))
    left.legend(loc="upper right", frameon=False, fontsize=9)
    n = np.array([4.0, 8.0])
    start = 100 * series["per channel"][2]["error"]
    right.plot(n, 0.62 * start * 2.0 ** (4 - n), color=GREY, linewidth=1, linestyle="--")
    note(right, "halved by each bit:\n6 dB", (5.3, 0.62 * start / 2**1.3), xytext=(-6, -4),
         textcoords="offset points", ha="right", va="top", color="#555555")  # fmt: skip
    right.set(yscale="log", xlabel="bits of a weight", ylabel="RMS error of the weights (%)")
    right.yaxis.set_major_locator(FixedLocator([0.5, 1, 2, 5, 10, 20, 50, 100]))
    for axes in (left, right):
        plain_ticks(axes)
        axes.set_xticks(list(range(2, 9)))
    save(figure, target)


def clipping(target: Path, series: Series) -> None:
    figure, axes = new(height=3.7)
    none = 0.0004  # where 100 stands: of a share of 0 there is no logarithm
    whole = none * 1.6
    for name, colour, marker in (("4 bits", RED, "o"), ("8 bits", BLUE, "^")):
        rows = series[name]
        beyond, error, rounding = (column(rows, key) for key in ("beyond", "error", "rounding"))
        x = np.where(beyond > 0, beyond, none)
        inside = x > whole
        axes.plot(x[inside], 100 * error[inside], color=colour, marker=marker, markersize=3.5)
        axes.plot(x[inside], 100 * rounding[inside], color=colour, linewidth=1, linestyle=DOTTED)
        axes.plot(x[~inside], 100 * error[~inside], marker, color=colour)
        least = int(np.argmin(error))
        axes.plot(x[least], 100 * error[least], "o", color=colour, markersize=9, fillstyle="none")
        note(axes, f"least at {rows[least]['percentile']:g}", (x[least], 100 * error[least]),
             xytext=(0, 9), textcoords="offset points", ha="center", color=colour)  # fmt: skip
    rows = [row for row in series["8 bits"] if row["beyond"] > 0]
    axes.plot(column(rows, "beyond"), 100 * column(rows, "clipping"), color=GREY, linewidth=1,
              linestyle="--")  # fmt: skip
    for text, at, colour in (
        ("8 bits", (0.03, 0.9), BLUE),
        ("rounding within the range", (1.7, 0.155), BLUE),
        ("4 bits", (0.005, 8.0), RED),
        ("rounding within the range", (7.5, 2.1), RED),
        ("clipping beyond it,\nthe same for both", (0.36, 1.0), "#555555"),
    ):
        note(axes, text, at, color=colour, ha="right" if "\n" in text else "left")
    axes.set(xscale="log", yscale="log", xlim=(12, none / 1.4), ylim=(0.1, 40),
             xlabel="percentile of the hidden activations where the range ends",
             ylabel="RMS error of the activations (%)")  # fmt: skip
    ticks = [10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001]
    axes.xaxis.set_major_locator(FixedLocator([*ticks, none]))
    axes.yaxis.set_major_locator(FixedLocator([0.1, 0.2, 0.5, 1, 2, 5, 10, 20]))
    plain_ticks(axes)
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks([*ticks, none], [*(f"{100 - tick:g}" for tick in ticks), "100"], fontsize=9)
    save(figure, target)


def sparse(target: Path, series: Series) -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(6.6, 3.4), layout="constrained")
    (dense,) = column(series["dense"], "ns")
    zeros, ns = (column(series["csr"], key) for key in ("zeros", "ns"))
    speedup = dense / ns
    left.plot(zeros, speedup, color=BLUE, marker="^")
    left.plot(zeros, 100 / (100 - zeros), color=GREY, linewidth=1, linestyle="--")
    note(left, "as there is\nless to multiply", (62, 100 / 38), xytext=(-4, 6), ha="right",
         textcoords="offset points", color="#555555", fontsize=8.5)  # fmt: skip
    left.axhline(1, color=INK, linewidth=0.8)
    mark(left, float(np.interp(1, speedup, zeros)), ".0f", BLUE, 6)
    left.set(yscale="log", ylabel="times as fast as the dense product")
    left.yaxis.set_major_locator(FixedLocator([0.5, 1, 2, 5, 10, 20, 50]))
    share = np.linspace(0, 98, 99)
    # Of each nonzero 8 bytes; 4 for where each row starts, and one more of those.
    csr = 8 * ROWS * DEPTH * (1 - share / 100) + 4 * (ROWS + 1)
    for name, bytes_each, colour, at in (("int8", 1, RED, (68, 4.2)), ("fp32", 4, BLUE, (24, 1.8))):
        ratio = csr / (bytes_each * ROWS * DEPTH)
        right.plot(share, ratio, color=colour)
        note(right, f"to dense {name}", at, color=colour)
        mark(right, float(np.interp(-1, -ratio, share)), ".1f", colour, -6)
    right.axhline(1, color=INK, linewidth=0.8)
    right.set(yscale="log", ylabel="bytes in CSR, relative")
    right.yaxis.set_major_locator(FixedLocator([0.05, 0.1, 0.2, 0.5, 1, 2, 5]))
    for axes in (left, right):
        plain_ticks(axes)
        axes.set(xlabel="zeros (%)", xlim=(-2, 101))
        axes.set_xticks([0, 20, 40, 60, 80, 100])
    save(figure, target)


def mark(axes: Axes, x: float, digits: str, colour: str, aside: float) -> None:
    """The share of zeros from which it pays: where a curve is at 1."""
    axes.plot([x], [1], "o", color=colour, markersize=6)
    note(axes, f"{x:{digits}} %", (x, 1), xytext=(aside, -13), textcoords="offset points",
         ha="left" if aside > 0 else "right", color=colour)  # fmt: skip
