"""What all figures look like: one column wide, grey-proof, labelled at the line, no frame."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("svg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, NullLocator

INK = "#1a1a1a"
GREY = "#8a8a8a"
PALE = "#dcdcdc"
BLUE = "#1f5fa8"
RED = "#b8321f"
PLAIN = FuncFormatter(lambda value, _: f"{value:g}")

mpl.rcParams.update(
    {
        "font.family": "sans-serif",
        "font.size": 10,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 10.5,
        "xtick.color": INK,
        "ytick.color": INK,
        "text.color": INK,
        "lines.linewidth": 1.6,
        "lines.markersize": 4,
        "svg.fonttype": "path",  # the same picture whichever fonts the reader has
        "svg.hashsalt": "rooflab",  # the same file from the same data
        "savefig.facecolor": "white",
    }
)


def new(width: float = 6.6, height: float = 3.6) -> tuple[Figure, Axes]:
    return plt.subplots(figsize=(width, height), layout="constrained")


def save(figure: Figure, target: Path) -> None:
    metadata = {"Date": None} if target.suffix == ".svg" else None
    figure.savefig(target, dpi=130, metadata=metadata)
    plt.close(figure)


def note(axes: Axes, text: str, at: tuple[float, float], **options: object) -> None:
    """A remark in the plot, in data coordinates."""
    axes.annotate(text, at, **{"fontsize": 9, "color": INK, **options})  # type: ignore[arg-type]


def boundary(axes: Axes, x: float, text: str, y: float = 0.99) -> None:
    """A thin vertical line at x, named at height y of the axes."""
    axes.axvline(x, color=GREY, linewidth=0.8, linestyle=(0, (2, 2)), zorder=0)
    axes.annotate(
        text,
        (x, y),
        xycoords=("data", "axes fraction"),
        xytext=(3, 0),
        textcoords="offset points",
        fontsize=8,
        color="#555555",
        va="top",
    )


def box(axes: Axes, x: float, y: float, width: float, height: float, fill: str = "none") -> None:
    axes.add_patch(Rectangle((x, y), width, height, facecolor=fill, edgecolor=INK, linewidth=0.7))


def column(rows: list[dict[str, float]], key: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([row[key] for row in rows], dtype=np.float64)


def plain_ticks(axes: Axes) -> None:
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(PLAIN)
