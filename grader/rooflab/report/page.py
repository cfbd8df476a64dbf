"""A report as one self-contained HTML page: no scripts, nothing loaded, every string made plain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from rooflab.base.text import sanitize
from rooflab.report.model import Check, Report
from rooflab.report.roofline import roofline
from rooflab.report.wording import (
    STATUSES,
    explanations,
    key_figure,
    number,
    points_text,
    tally,
    times,
)

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class MissLine:
    """A line of a kernel's source, as the check's data tells of it."""

    place: str
    text: str
    misses: float
    references: float
    share: float  # of all misses, in per cent


@dataclass(frozen=True)
class Gauge:
    """A ratio and its interval on a log axis from 1 to a little past full marks, in per cent."""

    zero: float
    full: float
    low: float
    high: float
    label: str


def render(reports: Sequence[Report]) -> str:
    """The page. One report is the usual case; `--all` puts the labs one after another."""
    template = templates().get_template("report.html.j2")
    return template.render(
        reports=reports,
        statuses=STATUSES,
        key_figure=key_figure,
        explanations=explanations,
        gauge=gauge,
        miss_lines=miss_lines,
        share=_share,
        tally=tally,
        roofline=roofline,
    )


def templates(*more: Path) -> Environment:
    """Templates of pages, these and those of other folders: page.html.j2 has what all share."""
    environment = Environment(
        loader=FileSystemLoader([*more, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )
    environment.filters["points"] = points_text
    return environment


def gauge(check: Check) -> Gauge | None:
    """Where the measured ratio lies between no and all points; None when the check has no ratio."""
    zero, full = number(check, "zero"), number(check, "full")
    value = _ratio(check)
    if zero is None or full is None or value is None or not 0 < zero < full or value <= 0:
        return None
    low, high = number(check, "ci_low") or value, number(check, "ci_high") or value
    end = 1.1 * max(full, min(high, 3 * full))

    def place(ratio: float) -> float:
        return round(100 * min(max(math.log(max(ratio, 1)) / math.log(end), 0), 1), 1)

    return Gauge(
        zero=place(zero),
        full=place(full),
        low=place(low),
        high=place(high),
        label=f"{times(value)}×; points begin at {times(zero)}×, all from {times(full)}×",
    )


def miss_lines(check: Check) -> list[MissLine]:
    """The lines with the most cache misses; empty for other checks."""
    found: list[MissLine] = []
    total = number(check, "misses") or 1
    while (place := check.data.get(f"line_{len(found) + 1}")) is not None:
        key = f"line_{len(found) + 1}"
        misses = number(check, f"{key}_misses") or 0
        references = number(check, f"{key}_references") or 0
        text = str(check.data.get(f"{key}_text") or "")
        found.append(MissLine(str(place), text, misses, references, _share(misses, total)))
    return found


def _ratio(check: Check) -> float | None:
    misses, baseline = number(check, "misses"), number(check, "baseline_misses")
    if misses and baseline:
        return baseline / misses
    return number(check, "speedup")


def _share(part: float | None, whole: float) -> float:
    """A part of a whole in per cent, for the width of a bar."""
    return round(100 * min(max((part or 0) / whole, 0), 1), 1) if whole > 0 else 0


def _plain(value: object) -> object:
    """Runs on all that the template prints, so that no string can be forgotten."""
    return sanitize(value) if isinstance(value, str) and not isinstance(value, Markup) else value
