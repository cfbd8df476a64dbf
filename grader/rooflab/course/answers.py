"""answers.toml: a field for each question of the manifest, empty as the course gives it.

What is handed in may be anything. It is never run, but a hostile file can keep a TOML parser busy:
hence its own limit. At 8 KiB, keys with thousands of dots cost a quarter of a second and 80 MB.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from rooflab.base.text import sanitize_line
from rooflab.course.course import Lab
from rooflab.course.manifest import ANSWERS
from rooflab.report.model import Cause, Reason

MAX_BYTES = 8 * 1024
MAX_SHOWN = 60  # characters of what a student wrote
MAX_NAMED = 5


@dataclass(frozen=True)
class Answers:
    """Values of any type, by question; and the names of fields that no question has."""

    given: Mapping[str, object]
    unknown: tuple[str, ...] = ()


def read(content: bytes | Cause | None, lab: Lab) -> Answers | Cause:
    """What was handed in, or why nothing of it can be read."""
    if isinstance(content, Cause):
        return content
    if content is None:
        return Answers({})
    if len(content) > MAX_BYTES:
        return _unreadable(lab, f"is larger than {MAX_BYTES // 1024} KiB")
    try:
        fields = tomllib.loads(content.decode("utf-8-sig"))  # some editors write a mark in front
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _unreadable(lab, f"is not UTF-8 text: line {line}")
    except tomllib.TOMLDecodeError as error:
        return _unreadable(lab, f"is not TOML: {sanitize_line(str(error))}")
    except (ValueError, RecursionError):  # the limits of Python's numbers, and of its stack
        return _unreadable(lab, "has a number with too many digits, or lists too deep in lists")
    names = [question.name for question in lab.manifest.questions]
    return Answers(
        given={name: fields[name] for name in names if name in fields},
        unknown=tuple(sanitize_line(name, MAX_SHOWN) for name in fields if name not in names),
    )


def is_empty(value: object) -> bool:
    """Whether a field is as the course gives it, or not there."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (_is_number(value) and value == 0)


def word(value: object, known: tuple[str, ...]) -> str | None:
    """The one of these words that was answered, if any."""
    answered = value.strip().casefold() if isinstance(value, str) else ""
    return answered if answered in known else None


def positive(value: object) -> float | None:
    """The number that was answered, if it is one, finite and above 0."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if 0 < number < math.inf else None


def shown(value: object) -> str:
    """An answer as the report repeats it."""
    if isinstance(value, str):
        return f'"{sanitize_line(value, MAX_SHOWN)}"'
    if isinstance(value, bool):
        return str(value).lower()
    if _is_number(value):
        try:
            return f"{value:g}"
        except OverflowError:
            return "a number of hundreds of digits"
    return "a list" if isinstance(value, list) else "neither a word nor a number"


def named(names: tuple[str, ...]) -> str:
    """A few of them, however many there are."""
    more = len(names) - MAX_NAMED
    return ", ".join(names[:MAX_NAMED]) + (f" and {more} more" if more > 0 else "")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unreadable(lab: Lab, why: str) -> Cause:
    return Cause(
        reason=Reason.INVALID_ANSWER,
        rationale=f"{ANSWERS} {why}",
        help=f'each answer is a line of its own, such as name = "word" or name = 2.5: see '
        f"labs/{lab.name}/{ANSWERS}",
    )
