"""Lab 06's figures: one function per figure, from the series of its JSON file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from figure import Series
from matplotlib.colors import to_rgb
from matplotlib.ticker import FixedLocator
from style import BLUE, GREY, INK, PALE, RED, column, new, note, plain_ticks, save

DOTTED = (0, (1, 2))
ROWS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 16, 24, 32, 64, 128)  # as in roof_cases.cpp
STEPS = {  # of a network, and the series' keys that make up each
    "first layer": ("first_layer",),
    "gelu": ("gelu",),
    "q, k, v": ("qkv",),
    "attention": ("scores", "softmax", "mean", "attention"),
    "classifier": ("classify",),
}
FILLS = dict(zip(STEPS, (PALE, INK, BLUE, RED, GREY), strict=True))


def power(target: Path, series: Series) -> None:
    figure, axes = new(height=3.5)
    for name, colour in (("5 %", BLUE), ("2 %", RED), ("0 %", INK)):
        rows = series[name]
        samples = column(rows, "samples")
        axes.plot(samples, 100 * column(rows, "both"), color=colour, marker="o")
        axes.plot(samples, 100 * column(rows, "p"), color=colour, linewidth=1, linestyle=DOTTED)
    for text, at, colour in (
        ("5 % slower", (6.2, 84), BLUE),
        ("2 % slower", (14, 47), RED),
        ("the same: false alarms", (14, 7.5), INK),
    ):
        note(axes, text, at, color=colour)
    axes.set(
        xscale="log", xlabel="samples of each", ylabel="a difference is found (%)", ylim=(-3, 104)
    )
    axes.xaxis.set_major_locator(FixedLocator([3, 4, 5, 7, 9, 12, 15, 20, 30, 40, 50]))
    plain_ticks(axes)
    save(figure, target)


def clock(target: Path, series: Series) -> None:
    figure, axes = new(height=3.3)
    for name, colour, marker in (("ticks", RED, "o"), ("processor's", BLUE, "^")):
        rows = series[name]
        calls = column(rows, "calls")
        axes.fill_between(
            calls, column(rows, "low"), column(rows, "high"), color=colour, alpha=0.18, linewidth=0
        )
        axes.plot(calls, column(rows, "ns"), color=colour, marker=marker)
    (reading,) = column(series["reading"], "ns")
    truth = series["processor's"][-1]["ns"]
    axes.axhline(truth, color=INK, linewidth=0.8)
    note(
        axes,
        f"{truth:.0f} ns",
        (4096, truth),
        xytext=(0, -12),
        ha="right",
        textcoords="offset points",
    )
    note(axes, f"the processor's clock, {reading:.0f} ns to read", (1.3, 560), color=BLUE)
    note(axes, "a clock that ticks every 1,000 ns", (5, 262), color=RED)
    axes.set(
        xscale="log",
        xlabel="calls in a sample",
        ylabel="ns per call",
        ylim=(-10, 650),
        xlim=(0.9, 5000),
    )
    axes.set_xticks([4**k for k in range(7)])
    plain_ticks(axes)
    save(figure, target)


def network(target: Path, series: Series) -> None:
    figure, axes = new(height=3.6)
    y = 0.0
    ticks = []
    for case in ("products", "attention", "classes"):
        for name, label in ((case, f"{case}: as given"), (f"{case}, own kernels", "own kernels")):
            (row,) = series[name]
            start = 0.0
            whole = sum(row[key] for keys in STEPS.values() for key in keys if key in row)
            for step, keys in STEPS.items():
                share = 100 * sum(row.get(key, 0) for key in keys) / whole
                axes.barh(y, share, 0.8, start, color=FILLS[step], edgecolor="white", linewidth=0.7)
                if share > 6:
                    dark = sum(to_rgb(FILLS[step])) < 1.8
                    axes.text(
                        start + share / 2,
                        y,
                        f"{share:.0f}",
                        ha="center",
                        va="center",
                        fontsize=9,
                        color="white" if dark else INK,
                    )
                start += share
            axes.text(101, y, f"{whole / 1e6:.3g} ms", va="center", fontsize=9)
            ticks.append((y, label))
            y -= 1
        y -= 0.5
    handles = [axes.barh(0, 0, color=FILLS[step]) for step in STEPS]
    figure.legend(
        handles=handles,
        labels=list(STEPS),
        loc="outside upper center",
        ncols=5,
        frameon=False,
        fontsize=9,
    )
    axes.set(xlabel="share of the time (%)", xlim=(0, 100))
    axes.set_yticks([at for at, _ in ticks], [label for _, label in ticks])
    axes.tick_params(axis="y", length=0)
    save(figure, target)


def roof(target: Path, series: Series) -> None:
    figure, axes = new(height=4.1)
    (top,) = series["roof"]
    corner = top["gflops"] / top["gbs"]
    x = np.array([0.1, corner, 250])
    axes.plot(x, np.minimum(top["gflops"], x * top["gbs"]), color=INK, linewidth=1.4)
    note(
        axes,
        f"{top['gflops']:.0f} GFLOP/s",
        (250, top["gflops"]),
        xytext=(0, 5),
        ha="right",
        textcoords="offset points",
    )
    note(
        axes,
        f"{top['gbs']:.0f} GB/s",
        (0.115, 0.115 * top["gbs"]),
        xytext=(4, -10),
        textcoords="offset points",
    )
    batch = series["batch"]
    x = column(batch, "intensity")
    y = 1 / column(batch, "ns")
    axes.plot(x, y, color=BLUE, marker="^")
    for rows, aside in ((1, (-10, 8)), (128, (-18, -14))):
        at = ROWS.index(rows)
        note(
            axes,
            f"{rows} row" + "s" * (rows > 1),
            (x[at], y[at]),
            xytext=aside,
            color=BLUE,
            textcoords="offset points",
        )
    if (inlined := series.get("batch, inlined")) is not None:
        y = 1 / column(inlined, "ns")
        axes.plot(x, y, color=BLUE, marker="^", markersize=3, linewidth=1, linestyle=DOTTED)
        for rows in (8, 13):
            at = ROWS.index(rows)
            note(
                axes,
                f"{rows} rows",
                (x[at], y[at]),
                xytext=(5, -8),
                color=BLUE,
                fontsize=8,
                textcoords="offset points",
            )
    for name, colour, aside in (
        ("saxpy", INK, (0, 7)),
        ("gemv fp32", INK, (8, -3)),
        ("gemv bf16", INK, (8, 0)),
        ("mean, down columns", RED, (0, -15)),
        ("mean, along rows", RED, (0, 7)),
        ("attention", RED, (0, -15)),
    ):
        (row,) = series[name]
        point = row["intensity"], 1 / row["ns"]
        axes.plot(*point, "o", color=colour, markersize=5)
        note(
            axes,
            name,
            point,
            xytext=aside,
            textcoords="offset points",
            color=colour,
            ha="left" if aside[0] > 0 else "center",
        )
    down, along = (series[f"mean, {how}"][0] for how in ("down columns", "along rows"))
    axes.annotate(
        "",
        (along["intensity"], 0.85 / along["ns"]),
        (down["intensity"], 1.15 / down["ns"]),
        arrowprops={"arrowstyle": "->", "color": RED, "linewidth": 1},
    )
    axes.set(
        xscale="log",
        yscale="log",
        xlabel="floating-point operations per byte",
        ylabel="GFLOP/s",
        xlim=(0.1, 260),
        ylim=(1, 200),
    )
    axes.xaxis.set_major_locator(FixedLocator([0.1, 0.3, 1, 3, 10, 30, 100]))
    axes.yaxis.set_major_locator(FixedLocator([1, 2, 5, 10, 20, 50, 100]))
    plain_ticks(axes)
    save(figure, target)
