"""When work is due: class.toml, which each course writes for its own class.

    time_zone = "Europe/Berlin"

    [deadlines]
    02 = 2026-11-20T23:59:00

    [[extensions]]
    student = "ada"
    lab = "02"
    until = 2026-11-25T23:59:00

A date-time without an offset is the time on a clock in that zone; one with an offset is taken as it
is. When clocks are put back, an hour comes twice; when they are put forward, one is left out. Of
the two instants that such a time could be, the later one is meant: no student may lose an hour.
"""

from __future__ import annotations

import tomllib
import zoneinfo
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, Strict, ValidationError

from rooflab.base.errors import SetupError
from rooflab.course.course import Lab
from rooflab.course.manifest import Model, Text, did_you_mean

FILE = "class.toml"  # in the course's root
YEARS = range(2000, 3000)  # any other is a slip of the finger
# What may stand behind each key, for messages.
ALLOWED = {
    "time_zone": 'the IANA name of a time zone, such as "Europe/Berlin"',
    "deadlines": "a table of dates by lab, such as 02 = 2026-11-20T23:59:00",
    "extensions": "tables that begin with [[extensions]]",
    "student": 'a name, such as "ada"',
    "lab": 'two digits in quotes, such as "02"',
    "until": "a date with a time, such as 2026-11-25T23:59:00",
}


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        known = zoneinfo.available_timezones()
        if not known:
            raise SetupError(
                "this system has no time zones, which deadlines need", "install the package tzdata"
            ) from error
        like = did_you_mean(name, sorted(known)) if len(name) < 80 else ""
        like = like if "did you mean" in like else ""
        raise ValueError(f'"{name:.80}" is no time zone{like}; {_must("time_zone")}') from error
    return name


def _moment(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError(f"the year {moment.year} is not from {YEARS[0]} to {YEARS[-1]}")
    return moment


LabId = Annotated[str, Field(pattern=r"^\d\d$")]
Moment = Annotated[datetime, Strict(), AfterValidator(_moment)]
ZoneName = Annotated[str, AfterValidator(_zone)]


class Extension(Model):
    """More time for one student in one lab."""

    student: Text
    lab: LabId
    until: Moment


class Class(Model):
    """What class.toml says. Date-times are as written there; `instant` tells when they are."""

    time_zone: ZoneName
    deadlines: dict[LabId, Moment] = Field(default_factory=dict)
    extensions: tuple[Extension, ...] = ()

    def instant(self, moment: datetime) -> datetime:
        """The instant, in UTC, that a date-time of the file means."""
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        zone = ZoneInfo(self.time_zone)
        return max(moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))

    def shown(self, instant: datetime) -> str:
        """ "2026-11-20 23:59 CET (Europe/Berlin)"."""
        local = instant.astimezone(ZoneInfo(self.time_zone))
        clock = "%H:%M:%S" if local.second else "%H:%M"
        return f"{local:%Y-%m-%d {clock} %Z} ({self.time_zone})"


@dataclass(frozen=True)
class Due:
    """Until when, in UTC, work may be handed in; by everybody, or by one student. The instant
    itself is still in time."""

    until: datetime
    student: str | None = None

    def __str__(self) -> str:
        return "the deadline" if self.student is None else f"the extension of {self.student}"


def load(path: Path, labs: Sequence[Lab]) -> Class:
    """The class in `path`. SetupError names the file, each key that is wrong and what is allowed;
    `labs` are those of the course."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            f"{path}: cannot be read: {error}", "name another: --class FILE"
        ) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _wrong(path, [f"is not TOML: {error}"]) from error
    try:
        found = Class.model_validate(content)
    except ValidationError as error:
        raise _wrong(path, [_sentence(d) for d in error.errors(include_url=False)]) from error
    if findings := list(_out_of_place(found, [lab.id for lab in labs])):
        raise _wrong(path, findings)
    return found


def dues(class_: Class, lab: Lab) -> list[Due]:
    """The deadline of a lab and all extensions of it, the earliest first; empty without a
    deadline."""
    if lab.id not in class_.deadlines:
        return []
    found = [Due(class_.instant(class_.deadlines[lab.id]))]
    found += [
        Due(class_.instant(extension.until), extension.student)
        for extension in class_.extensions
        if extension.lab == lab.id
    ]
    return sorted(found, key=lambda due: due.until)


def open_until(class_: Class, lab: Lab) -> Due | None:
    """When nobody may hand in any more, and whose date that is; None without a deadline."""
    return max(dues(class_, lab), key=lambda due: due.until, default=None)


def still_open(class_: Class, lab: Lab, now: datetime) -> list[Due]:
    """The dates that are not over at `now`, which has a time zone; the earliest first."""
    return [due for due in dues(class_, lab) if now <= due.until]


def _out_of_place(class_: Class, labs: list[str]) -> Iterator[str]:
    for lab in class_.deadlines:
        if lab not in labs:
            yield f"deadlines.{lab}: there is no such lab; there are: {', '.join(labs)}"
    for number, extension in enumerate(class_.extensions):
        if extension.lab not in class_.deadlines:
            yield (
                f"extensions[{number}].lab: lab {extension.lab} has no deadline to extend: add one "
                "to [deadlines]"
            )


def _wrong(path: Path, findings: Sequence[str]) -> SetupError:
    return SetupError(f"{path}:\n  " + "\n  ".join(findings), f"correct {path}")


def _sentence(detail: Any) -> str:
    """One finding of pydantic as "key: what is wrong, and what is allowed"."""
    names = [part for part in detail["loc"] if part != "[key]"]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in names)
    model: type[Model] = Extension if names[0] == "extensions" and len(names) > 1 else Class
    match detail["type"]:
        case "missing":
            problem = f"is missing; {_must(names[-1])}"
        case "extra_forbidden":
            problem = f"is no key of this file{did_you_mean(names[-1], list(model.model_fields))}"
        case "value_error":
            problem = str(detail["ctx"]["error"])
        case _ if detail["loc"][-1] == "[key]":
            problem = "is no lab: a lab is two digits, such as 02"
        case _:
            inside = names[0] == "deadlines" and len(names) > 1
            allowed = "until" if inside else names[-1] if names[-1] in ALLOWED else names[0]
            given = detail["input"]
            shown = given.isoformat() if isinstance(given, date) else repr(given)
            problem = f"{_must(allowed)}, but is {shown:.60}"
    return f"{key.removeprefix('.')}: {problem}"


def _must(key: str) -> str:
    return f"it must be {ALLOWED[key]}"
