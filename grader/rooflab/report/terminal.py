"""A report as text for a terminal or a log: the score, a line a check, then why checks failed."""

from __future__ import annotations

import io
import os
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from rooflab.base.text import sanitize, sanitize_line, without_commands
from rooflab.report.model import Cause, Check, CheckStatus, Report, Status
from rooflab.report.wording import (
    STATUSES,
    Explanation,
    explanations,
    key_figure,
    points_text,
    tally,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

STYLES = {
    CheckStatus.PASS: "green",
    CheckStatus.PARTIAL: "yellow",
    CheckStatus.FAIL: "red",
    CheckStatus.ERROR: "magenta",
    CheckStatus.SKIPPED: "dim",
    CheckStatus.UNMEASURED: "dim",
}
EXPLAINED_LINES = 30  # of compiler output, say; the rest is in the HTML and JSON reports
WIDTH_IN_LOGS = 100


def render(report: Report, *, width: int = WIDTH_IN_LOGS, color: bool = False) -> str:
    """The whole report of a lab."""
    console = _console(width, color)
    _title(console, report)
    console.print(_checks(report.checks))
    for explanation in explanations(report):
        _explain(console, explanation)
    return _text(console)


def summary_of(
    reports: Sequence[Report], *, width: int = WIDTH_IN_LOGS, color: bool = False
) -> str:
    """One line a lab, for `grade --all`."""
    console = _console(width, color)
    table = _grid(False, True, False)
    for report in reports:
        note = sanitize_line(report.reason) or _counted(report.checks)
        score = "no grade" if report.score is None else tally(report).score
        table.add_row(_lab_title(report), score, note)
    if len(reports) > 1 and all(report.score is not None for report in reports):
        first, *others = map(tally, reports)
        together = sum(others, start=first)
        table.add_row(
            "together", together.score, str(together).removeprefix(together.score).strip()
        )
    console.print(table)
    return _text(console)


def show(text: str, stream: TextIO) -> None:
    """Writes rendered text, whatever the stream's encoding."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, errors="replace").decode(encoding))
    stream.flush()


def width_of(stream: TextIO) -> int:
    """The terminal's width, kept readable; a fixed one for logs."""
    if not stream.isatty():
        return WIDTH_IN_LOGS
    return min(max(shutil.get_terminal_size().columns, 60), 120)


def color_on(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Colour is for terminals, unless NO_COLOR is set (no-color.org) or the terminal is dumb."""
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def _console(width: int, color: bool) -> Console:
    from rich.console import Console

    return Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )


def _text(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    return without_commands("".join(f"{line.rstrip()}\n" for line in lines))


def _grid(*right_aligned: bool) -> Table:
    """Columns side by side without lines; those on the right edge of a number are never wrapped."""
    from rich.table import Table

    table = Table.grid(padding=(0, 2, 0, 0))
    for right in right_aligned:
        table.add_column(justify="right" if right else "left", no_wrap=right)
    return table


def _title(console: Console, report: Report) -> None:
    from rich.text import Text

    title = Text.assemble(
        (_lab_title(report), "bold"), "  ", _score(report), f"  ({report.tier.value})"
    )
    console.print(title)
    if report.status is not Status.GRADED:
        console.print(Text(f"{report.status.value}: {sanitize_line(report.reason)}", "yellow"))
    console.print()


def _lab_title(report: Report) -> str:
    return sanitize_line(f"{report.lab[:2]} {report.title}", limit=80)


def _score(report: Report) -> str:
    return "no grade" if report.score is None else str(tally(report))


def _checks(checks: Iterable[Check]) -> Table:
    from rich.text import Text

    table = _grid(False, False, True, False)
    for check in checks:
        points = f"{points_text(check.points)} / {points_text(check.max_points)}"
        table.add_row(
            Text(f"  {STATUSES[check.status][0]}", STYLES[check.status]),
            Text(sanitize_line(check.title, limit=100)),
            Text(points if check.max_points else ""),
            Text(sanitize_line(key_figure(check)), "dim"),
        )
    return table


def _explain(console: Console, explanation: Explanation) -> None:
    """What it concerns, what happened, what to do next."""
    from rich.text import Text

    cause, style = explanation.cause, f"bold {STYLES[explanation.status]}"
    symbol = STATUSES[explanation.status][0]
    room = console.width - 4
    console.print()
    titles = "; ".join(sanitize_line(title, limit=100) for title in explanation.titles)
    for number, line in enumerate(_wrapped(titles, room)):
        console.print(Text(f"{' ' if number else symbol} {line}", style), soft_wrap=True)
    for line in _lines_of(cause, room):
        console.print(Text(f"  │ {line}"), soft_wrap=True)
    # A line of its own is a command: it stays whole, to be copied.
    advice, *commands = sanitize(cause.help).split("\n")
    for number, line in enumerate([*_wrapped(advice, room), *commands]):
        console.print(Text(f"  {' ' if number else '→'} {line}", "bold"), soft_wrap=True)


def _lines_of(cause: Cause, room: int) -> Iterator[str]:
    lines = list(_wrapped(sanitize(cause.rationale), room))
    yield from lines[:EXPLAINED_LINES]
    if len(lines) > EXPLAINED_LINES:
        yield f"… {len(lines) - EXPLAINED_LINES} more lines: see the report as HTML or JSON"
    for name, value in (("expected", cause.expected), ("actual", cause.actual)):
        if value is not None:
            first, *rest = [*_wrapped(sanitize(value, limit=2000), room - 10)] or [""]
            yield f"{name:<9} {first}"
            yield from (f"{'':<9} {line}" for line in rest[:EXPLAINED_LINES])


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width`; what the text laid out by itself stays as it is."""
    for line in text.expandtabs(4).split("\n"):
        yield from textwrap.wrap(
            line, width, replace_whitespace=False, drop_whitespace=True, break_on_hyphens=False
        ) or ([""] if text.strip() else [])


def _counted(checks: Iterable[Check]) -> str:
    """ "7 passed, 1 partial, 2 failed": what a lab's checks came to."""
    statuses = [check.status for check in checks]
    return ", ".join(
        f"{statuses.count(s)} {word}" for s, (_, word) in STATUSES.items() if s in statuses
    )
