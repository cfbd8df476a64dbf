"""Lab 04's figures: one function per figure, from the series of its JSON file; `amdahl` is computed
from two formulas."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from figure import Series
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator
from style import BLUE, GREY, INK, PALE, RED, boundary, box, column, new, note, plain_ticks, save

DOTTED = (0, (1, 2))


def amdahl(target: Path) -> None:
    """Speedup against the number of processors, by Amdahl and by Gustafson."""
    figure, axes = new(height=3.6)
    processors = np.geomspace(1, 64, 200)
    axes.plot(processors, processors, color=GREY, linewidth=0.8, linestyle=DOTTED)
    note(axes, "all of it parallel", (23, 33), color="#555555", fontsize=8, ha="right")
    for share, colour, at in ((0.99, BLUE, 26), (0.9, RED, 6.6), (0.5, GREY, 1.45)):
        axes.plot(processors, 1 / (1 - share + share / processors), color=colour)
        shade = INK if colour == GREY else colour
        note(axes, f"{100 * share:.0f} % parallel", (64, at), color=shade, ha="right", va="top")
    axes.plot(processors, 0.1 + 0.9 * processors, color=RED, linestyle=(0, (4, 2)), linewidth=1.2)
    note(axes, "90 % parallel, and the\nwork grows (Gustafson)", (11, 10.0), xytext=(13.5, 4.6),
         color=RED, va="top", arrowprops={"arrowstyle": "-", "color": RED})  # fmt: skip
    axes.plot([8], [1 / (0.1 + 0.9 / 8)], "o", color=RED)
    note(axes, "4.71", (8, 4.71), xytext=(8.1, 3.9), color=RED, va="top", ha="center")
    axes.set(xscale="log", yscale="log", xlabel="processors", ylabel="speedup",
             xlim=(1, 68), ylim=(1, 68))  # fmt: skip
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(FixedLocator([1, 2, 4, 8, 16, 32, 64]))
    plain_ticks(axes)
    save(figure, target)


def team(target: Path, series: Series) -> None:
    figure, axes = new()
    alone = {row["steps"]: row["ns"] / 1000 for row in series["one thread"]}
    for name, colour, marker in (("new thread", RED, "o"), ("pool", BLUE, "^")):
        rows = [row for row in series[name] if row["steps"] > 0]
        work = np.array([alone[row["steps"]] for row in rows])
        axes.plot(work, 1000 * work / column(rows, "ns"), color=colour, marker=marker)
    note(axes, "helper waits in a pool", (70, 1.62), color=BLUE, ha="right")
    note(axes, "helper is started\nand joined", (330, 1.2), color=RED)
    axes.axhline(1, color=INK, linewidth=0.8)
    note(axes, "as one thread", (1.0, 1.03), xycoords=("axes fraction", "data"), fontsize=8,
         ha="right")  # fmt: skip
    axes.set(xscale="log", xlabel="work: µs that one thread needs for it",
             ylabel="speedup on two threads", ylim=(0, 2.05))  # fmt: skip
    axes.xaxis.set_major_locator(FixedLocator([1, 3, 10, 30, 100, 300, 1000, 3000]))
    plain_ticks(axes)
    save(figure, target)


def schedules(target: Path, series: Series) -> None:
    figure, axes = new()
    (alone,) = column(series["one thread"], "ns")
    for name, colour, marker in (("taken", BLUE, "o"), ("taken, long rows first", GREY, "^")):
        grain, time = (column(series[name], key) for key in ("grain", "ns"))
        axes.plot(grain, alone / time, color=colour, marker=marker)
    (halves,) = alone / column(series["halves"], "ns")
    axes.axhline(halves, color=RED, linewidth=1.2)
    note(axes, "one half each, beforehand", (2.2, halves), xytext=(0, -12),
         textcoords="offset points", color=RED)  # fmt: skip
    note(axes, "taken by whoever has time,\nshort rows first", (900, 1.62), color=BLUE, ha="right")
    note(axes, "long rows first", (5600, 1.84))
    axes.set(xscale="log", xlabel="rows taken at a time, of 16,384",
             ylabel="speedup on two threads", ylim=(0.8, 2.05), xlim=(0.8, 40000))  # fmt: skip
    axes.xaxis.set_major_locator(FixedLocator([1, 4, 16, 64, 256, 1024, 4096]))
    plain_ticks(axes)
    save(figure, target)


def sharing(target: Path, series: Series) -> None:
    figure, axes = new()
    for name, colour, marker in (("atomic", RED, "o"), ("histogram", BLUE, "^")):
        rows = [row for row in series[name] if row["distance"] > 0]
        axes.plot(column(rows, "distance"), column(rows, "ns"), color=colour, marker=marker)
    atomic, histogram = (series[name][1]["ns"] for name in ("atomic", "histogram"))
    note(axes, "one atomic number each", (8, atomic), xytext=(0, 8), textcoords="offset points",
         color=RED)  # fmt: skip
    note(axes, "32 counters each", (8, histogram), xytext=(0, -16), textcoords="offset points",
         color=BLUE)  # fmt: skip
    boundary(axes, 60, "another line from here on")
    axes.set(xscale="log", xlabel="bytes from one thread's number to the other's",
             ylabel="ns per addition, both threads at work")  # fmt: skip
    axes.set_ylim(0, None)
    axes.xaxis.set_major_locator(FixedLocator([8, 16, 32, 64, 128, 256]))
    plain_ticks(axes)
    save(figure, target)


def loader(target: Path, series: Series) -> None:
    """What producers and the consumer did, and when, with little room and with enough."""
    figure, panels = plt.subplots(2, 1, figsize=(6.6, 3.9), sharex=True, layout="constrained")
    for axes, capacity in zip(panels, (2, 6), strict=True):
        rows = series[f"capacity {capacity}"]
        end = rows[-1]["used_ms"]
        axes.set_title(f"capacity {capacity}: {end:.0f} ms")
        for row in rows:
            slow = row["made_ms"] - row["begin_ms"] > 8
            _span(axes, 2 - row["producer"], row, "begin", "made", RED if slow else PALE)
            _span(axes, 0, row, "taken", "used", BLUE)
        axes.set_yticks([2.35, 1.35, 0.35], ["producer 1", "producer 2", "consumer"])
        axes.tick_params(axis="y", length=0)
        axes.set(ylim=(-0.1, 3), xlim=(0, 1.01 * series["capacity 2"][-1]["used_ms"]))
    panels[1].set_xlabel("ms")
    save(figure, target)


def _span(axes: Axes, lane: float, row: dict[str, float], begin: str, end: str, fill: str) -> None:
    """A box from one moment of an item to another, with the item's number."""
    from_ms, to_ms = row[f"{begin}_ms"], row[f"{end}_ms"]
    box(axes, from_ms, lane, to_ms - from_ms, 0.7, fill)
    axes.text((from_ms + to_ms) / 2, lane + 0.33, f"{row['item']:.0f}", ha="center", va="center",
              fontsize=8, color=INK if fill == PALE else "white")  # fmt: skip
