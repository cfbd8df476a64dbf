"""What several formats need: harmless JSON, names and texts of checks, whole points."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rooflab.base.text import LIMIT, sanitize, sanitize_line
from rooflab.report.model import Cause, Check, CheckStatus, Report, Status, Tier
from rooflab.report.wording import key_figure

# All others are replaced in names: services show them in terminals, HTML and Markdown alike.
NOT_IN_NAMES = re.compile(r"[^\w .,:/()×≥≤–+%-]")
PROVISIONAL = {
    Tier.LOCAL: "tier local is provisional: the grading machine decides",
    Tier.CI: "tier ci is provisional: hosted runners differ from job to job",
    Tier.OFFICIAL: "tier official",
}


@dataclass(frozen=True)
class Place:
    """What formats are told besides the reports. `collection`: all labs were asked for, even if
    there is one only. `environment` has the variables by which a service says what it grades."""

    collection: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)


# Precondition: there is at least one report.
Format = Callable[[Sequence[Report], Place], bytes]


def json_bytes(document: object) -> bytes:
    """The document in UTF-8, indented. Every string in it is made harmless, and a number that is
    not finite becomes null, so that no format can forget either."""
    text = json.dumps(_harmless(document), indent=2, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


def _harmless(value: object) -> object:
    if isinstance(value, str):
        return sanitize(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {sanitize_line(str(key)): _harmless(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_harmless(item) for item in value]
    return value


def fitting(build: Callable[[int], bytes], most_bytes: int) -> bytes:
    """What `build` makes when its long texts are cut after so many characters: the most that still
    fits. Without texts it must fit."""
    for limit in (LIMIT, 4000, 1000, 200):
        if len(built := build(limit)) <= most_bytes:
            return built
    return build(0)


def name_of(report: Report, check: Check, several: bool) -> str:
    """The check's title, harmless in any language of markup; with the lab where there are
    several."""
    return harmless_name(f"{report.lab[:2]} {check.title}" if several else check.title)


def harmless_name(text: str) -> str:
    return NOT_IN_NAMES.sub("·", sanitize_line(text, limit=100)) or "·"


def text_of(check: Check, limit: int = LIMIT) -> str:
    """The check's figure, why it did not pass and what to do next: lines, made harmless."""
    lines = [key_figure(check)]
    if check.cause is not None:
        lines += lines_of(check.cause)
    return sanitize("\n".join(filter(None, lines)), limit) if limit else ""


def lines_of(cause: Cause) -> list[str]:
    """What happened and what to do next. Not made harmless."""
    expected = [f"expected: {cause.expected}"] if cause.expected is not None else []
    actual = [f"actual: {cause.actual}"] if cause.actual is not None else []
    help = [f"next: {cause.help}"] if cause.help else []
    return [cause.rationale, *expected, *actual, *help]


def no_grade(report: Report) -> str:
    """Why the report has no score."""
    why = sanitize(report.reason, limit=2000) or report.status.value
    if report.status is Status.ERROR:
        return f"{report.lab} could not be graded: {why}"
    if report.status is Status.GRADED:
        return f"{report.lab} has no grade: nothing of it could be measured here"
    return f"{report.lab} has no grade, this machine could not measure fairly: {why}\nGrade again."


def without_grade(reports: Sequence[Report]) -> list[Report]:
    return [report for report in reports if report.score is None]


def machine_line(report: Report) -> str:
    """ "graded on CPU X, 2 cores; tier ci is provisional: …"."""
    machine = report.machine
    cores = "1 core" if machine.cores == 1 else f"{machine.cores} cores"
    return f"graded on {sanitize_line(machine.cpu)}, {cores}; {PROVISIONAL[report.tier]}"


def whole(points: float) -> int:
    """To the nearest whole point, a half up."""
    return math.floor(points + 0.5)


def passed(check: Check) -> bool:
    return check.status is CheckStatus.PASS


def in_utc(time: str) -> str:
    """An ISO 8601 time as "2026-01-02T03:04:05Z"; without a time zone it is taken as UTC."""
    parsed = datetime.fromisoformat(time)
    zoned = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
