"""What a lab says of its figures: a dictionary FIGURES in labNN/figures.py, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Series = dict[str, list[dict[str, float]]]


@dataclass(frozen=True)
class Figure:
    """Drawn by the function of its name in labNN/drawings.py, from what `measure` found with a
    kernels.cpp of lab 02; without one it explains rather than measures."""

    measure: Callable[[Path], Series] | None = None
    seconds: int = 0  # roughly, on two cores of a virtual machine
    needs: Path | None = None  # what only an instructor's copy has
    drawn: bool = True  # else a table's data


def sizes(text: str) -> list[int]:
    return [int(word) for word in text.split()]
