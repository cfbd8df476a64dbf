"""Lab 03's figures: one function per figure, from the series of its JSON file. What explains rather
than measures is in sketches.py."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from figure import Series
from lab03.sketches import lanes, mask, panels
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator
from style import BLUE, GREY, INK, RED, boundary, column, new, note, plain_ticks, save

__all__ = ["lanes", "mask", "panels"]  # drawings, too

TURNS = (1, 2, 3, 4, 6, 8, 10, 12)


def compiler(target: Path, series: Series) -> None:
    figure, axes = new(height=3.6)
    kernels = list(series)
    for key, colour, marker, label in (
        ("o3", GREY, "s", "compiler, -O3"),
        ("fast_math", RED, "o", "compiler, -O3 -ffast-math"),
        ("intrinsics", BLUE, "^", "intrinsics"),
    ):
        speedup = [series[kernel][0][key] for kernel in kernels]
        axes.plot(
            speedup, -np.arange(len(kernels)), marker, color=colour, markersize=6.5, label=label
        )
    for row in range(len(kernels)):
        axes.axhline(-row, color=GREY, linewidth=0.4, zorder=0)
    axes.set(xscale="log", xlabel="times as fast as the scalar baseline (by CPU time)")
    axes.set_yticks([-row for row in range(len(kernels))], kernels)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(FixedLocator([0.5, 1, 2, 4, 8, 16, 32]))
    plain_ticks_x(axes)
    axes.axvline(1, color=INK, linewidth=0.8)
    axes.legend(loc="upper center", bbox_to_anchor=(0.45, 1.13), ncols=3, frameon=False, fontsize=9)
    save(figure, target)


def plain_ticks_x(axes: Axes) -> None:
    """Plain numbers below; names stay at the side."""
    labels = [text.get_text() for text in axes.get_yticklabels()]
    places = axes.get_yticks()
    plain_ticks(axes)
    axes.set_yticks(places, labels)


def accumulators(target: Path, series: Series) -> None:
    figure, axes = new(height=3.0)
    for cache, colour, marker, label, at in (
        ("L2", RED, "o", "from L2 (65,280 elements)", (12, 1.25)),
        ("L1", BLUE, "s", "from L1 (3,840 elements)", (12, 0.72)),
    ):
        sums, ns = (column(series[cache], key) for key in ("sums", "ns"))
        axes.plot(sums, ns, color=colour, marker=marker)
        note(axes, label, (12, float(ns[-1]) * at[1]), ha="right", color=colour)
    sums, ns = (column(series["L1"], key) for key in ("sums", "ns"))
    axes.plot(sums, ns[0] / sums, color=GREY, linewidth=1, linestyle="--")
    note(axes, "one vector's time, divided", (5.2, ns[0] / 7), color="#555555", ha="right")
    axes.set(xscale="log", yscale="log", xlabel="vectors of sums that take turns",
             ylabel="CPU time per vector\nmultiply-add (ns)")  # fmt: skip
    axes.xaxis.set_major_locator(FixedLocator(list(TURNS)))
    axes.yaxis.set_major_locator(FixedLocator([0.1, 0.2, 0.5, 1, 2]))
    plain_ticks(axes)
    save(figure, target)


def spills(target: Path, series: Series) -> None:
    figure, axes = new(height=3.2)
    for where, colour, marker, label, at in (
        ("registers", BLUE, "s", "loop over the rows unrolled", 1),
        ("memory", RED, "o", "not unrolled: sums in memory", 3),
    ):
        rows, gflops = (column(series[where], key) for key in ("rows", "gflops"))
        axes.plot(rows, gflops, color=colour, marker=marker)
        note(axes, label, (rows[at], gflops[at]), xytext=(8, -14), textcoords="offset points",
             color=colour)  # fmt: skip
    axes.set(xlabel="rows of the register tile, of two vectors each",
             ylabel="GFLOP/s (by CPU time)")  # fmt: skip
    axes.set_ylim(bottom=0)
    axes.set_xticks(range(1, 9))
    save(figure, target)


def bandwidth(target: Path, series: Series) -> None:
    figure, both = plt.subplots(1, 2, figsize=(6.6, 3.3), sharey=True, layout="constrained")
    for axes, kernel in zip(both, ("relu", "saxpy"), strict=True):
        for curve, colour, marker, label in (
            ("copy", GREY, "", "a copy"),
            (f"{kernel} plain", RED, "o", "one float at a time"),
            (f"{kernel} vectors", BLUE, "^", "vectors"),
        ):
            kib, gbs = (column(series[curve], key) for key in ("kib", "gbs"))
            axes.plot(kib, gbs, color=colour, marker=marker, markersize=3, label=label)
        boundary(axes, 48, "L1")
        boundary(axes, 2048, "L2")
        axes.set(xscale="log", yscale="log", xlabel="KiB of x and y", title=kernel)
        axes.xaxis.set_major_locator(FixedLocator([10, 100, 1000, 10_000, 100_000]))
        axes.yaxis.set_major_locator(FixedLocator([5, 10, 20, 50, 100, 200]))
        plain_ticks(axes)
    both[0].set_ylabel("GB/s (by CPU time)")
    both[0].legend(frameon=False, fontsize=8.5, loc="upper right", bbox_to_anchor=(1.02, 0.94))
    save(figure, target)


def course(target: Path, series: Series) -> None:
    figure, axes = new(height=3.4)
    stages = list(series)
    gflops = [series[stage][0]["gflops"] for stage in stages]
    shares = [series[stage][0]["share"] for stage in stages]
    axes.barh(-np.arange(len(stages)), gflops, height=0.6, color=BLUE)
    for row, (speed, share) in enumerate(zip(gflops, shares, strict=True)):
        text = f"{speed:.{0 if speed > 99 else 1}f}, {share:.{0 if share > 0.01 else 1}%}"
        axes.text(speed * 1.06, -row, text, va="center", fontsize=8.5)
    axes.axvline(gflops[0] / shares[0], color=INK, linewidth=0.8, linestyle=(0, (1, 2)))
    axes.set(xscale="log", xlabel="GFLOP/s, share of one thread's peak (wall time)")
    axes.set_xlim(right=4 * max(gflops))
    axes.set_yticks([-row for row in range(len(stages))], stages)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(FixedLocator([0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200]))
    plain_ticks_x(axes)
    save(figure, target)


def exp_degree(target: Path, series: Series) -> None:
    figure, axes = new(height=2.9)
    for name, colour, marker, label in (
        ("taylor", RED, "o", "Taylor series"),
        ("fitted", BLUE, "s", "fitted"),
    ):
        degree, ulp = (column(series[name], key) for key in ("degree", "ulp"))
        axes.plot(degree, ulp, color=colour, marker=marker)
        note(axes, label, (degree[1], ulp[1]), xytext=(8, 4) if name == "taylor" else (-8, -10),
             textcoords="offset points", color=colour,
             ha="left" if name == "taylor" else "right")  # fmt: skip
    axes.axhline(2, color=INK, linewidth=0.8, linestyle=(0, (1, 2)))
    note(axes, "2 ulp: what the lab allows", (8, 2.3), ha="right", fontsize=8)
    axes.set(yscale="log", xlabel="degree of the polynomial for e^r",
             ylabel="largest error (ulp)")  # fmt: skip
    axes.yaxis.set_major_locator(FixedLocator([0.5, 1, 2, 10, 100, 1000, 10_000]))
    plain_ticks(axes)
    save(figure, target)


def exp_reduction(target: Path, series: Series) -> None:
    figure, axes = new(height=2.9)
    for how, colour, label, at in (
        ("one, rounded", RED, "ln 2 in one float, product rounded", (-2, 40)),
        ("one", INK, "ln 2 in one float, fused", (48, 1.35)),
        ("two", BLUE, "ln 2 in two floats, fused", (-2, 0.6)),
    ):
        x, ulp = (column(series[how], key) for key in ("x", "ulp"))
        axes.plot(x, ulp, color=colour)
        note(axes, label, at, color=colour, ha="center")
    axes.axhline(2, color=INK, linewidth=0.8, linestyle=(0, (1, 2)))
    axes.set(yscale="log", xlabel="x", ylabel="largest error of e^x nearby (ulp)")
    axes.set_ylim(0.5, 100)
    axes.yaxis.set_major_locator(FixedLocator([0.5, 1, 2, 5, 10, 20, 50]))
    plain_ticks(axes)
    save(figure, target)


def gelu_forms(target: Path, series: Series) -> None:
    figure, axes = new(height=2.9)
    for form, colour, label, at in (
        ("tanh", RED, "0.5·x·(1 + tanh z)", (-4.6, 1.5e-1)),
        ("quotient", BLUE, "x / (1 + exp(−2z))", (-4.6, 1.4e-7)),
    ):
        x, error = (column(series[form], key) for key in ("x", "error"))
        axes.plot(x, error, color=colour)
        note(axes, label, at, color=colour)
    axes.axhline(1, color=GREY, linewidth=0.8, linestyle=(0, (1, 2)))
    note(axes, "no digit is right", (3, 1.25), ha="right", fontsize=8)
    axes.set(yscale="log", xlabel="x", ylabel="largest relative error nearby", ylim=(2e-8, 5))
    save(figure, target)
