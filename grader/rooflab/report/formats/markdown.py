"""Markdown for people: the summary of a GitHub step ($GITHUB_STEP_SUMMARY) or a comment.

Points stand as the report has them: 7.5 where they are partial, a dash where nothing could be
measured. A session without a grade says so in its heading, and why. GitHub refuses a summary over
1 MiB (docs.github.com, "Workflow commands"), so long texts are cut until all fits.

Titles are escaped; what compilers and kernels print stands in code fences that are longer than any
run of backticks in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rooflab.base.text import sanitize, sanitize_line, without_commands
from rooflab.report.formats.shared import Place, fitting, lines_of, machine_line, no_grade
from rooflab.report.model import Report
from rooflab.report.wording import (
    STATUSES,
    Explanation,
    explanations,
    key_figure,
    points_text,
    tally,
)

MOST_BYTES = 1_000_000
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
STRUCTURE = re.compile(r"[\\`*_{}\[\]()#+!|~@$]|(?<=www)\.|:(?=//)", re.IGNORECASE)


def write(reports: Sequence[Report], place: Place) -> bytes:
    return fitting(lambda limit: _document(reports, limit).encode(), MOST_BYTES)


def _document(reports: Sequence[Report], limit: int) -> str:
    lines = [line for report in reports for line in _lab(report, limit)]
    return without_commands("\n".join([*lines, escaped(machine_line(reports[0])), ""]))


def _lab(report: Report, limit: int) -> list[str]:
    title = escaped(f"{report.lab[:2]} {report.title}")
    score = "no grade" if report.score is None else escaped(str(tally(report)))
    lines = [f"## {title}: {score}", ""]
    if report.score is None:
        lines += [*_fenced(no_grade(report)), ""]
    if report.checks:
        lines += ["| | check | points | |", "|---|---|---:|---|"]
    for check in report.checks:
        points = f"{points_text(check.points)} / {points_text(check.max_points)}"
        cells = (
            STATUSES[check.status][0],
            escaped(check.title),
            points if check.max_points else "",
            escaped(key_figure(check)),
        )
        lines.append(f"| {' | '.join(cells)} |")
    for explanation in explanations(report):
        lines += ["", *_explained(explanation, limit)]
    return [*lines, ""]


def _explained(explanation: Explanation, limit: int) -> list[str]:
    titles = escaped("; ".join(explanation.titles)) or "–"
    heading = f"{STATUSES[explanation.status][0]} **{titles}**"
    if not limit:
        return [heading]
    return [heading, "", *_fenced(sanitize("\n".join(lines_of(explanation.cause)), limit))]


def _fenced(text: str) -> list[str]:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", text, fence]


def escaped(text: str) -> str:
    """One line of text that Markdown shows as it is. It may stand anywhere but at the beginning of
    a line."""
    plain = re.sub("[&<>]", lambda match: ENTITIES[match.group()], sanitize_line(text))
    return STRUCTURE.sub(r"\\\g<0>", plain)
