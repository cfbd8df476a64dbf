"""When work is due: what class.toml may say, and until when a lab is open."""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooflab.base.errors import SetupError
from rooflab.classroom import deadlines
from rooflab.classroom.deadlines import Class, Due, Extension, dues, load, open_until, still_open
from rooflab.course.course import Course, Lab

BERLIN = 'time_zone = "Europe/Berlin"\n'
WHOLE = (
    BERLIN
    + """
[deadlines]
02 = 2026-11-20T23:59:00

[[extensions]]
student = "ada"
lab = "02"
until = 2026-11-25T23:59:00
"""
)


def read(course: Course, text: str) -> Class:
    file = course.root / "class.toml"
    file.write_text(text, encoding="utf-8")
    return load(file, course.labs)


def complaint(course: Course, text: str) -> str:
    with pytest.raises(SetupError) as raised:
        read(course, text)
    assert str(course.root / "class.toml") in raised.value.message
    return raised.value.message


def test_a_date_is_in_the_class_zone(course: Course) -> None:
    class_ = read(course, WHOLE)
    ends = [datetime(2026, 11, day, 22, 59, tzinfo=UTC) for day in (20, 25)]
    assert dues(class_, course.find("02")) == [Due(ends[0]), Due(ends[1], "ada")]
    assert class_.shown(ends[0]) == "2026-11-20 23:59 CET (Europe/Berlin)"


def test_a_date_with_an_offset_is_taken_as_it_is(course: Course) -> None:
    class_ = read(course, BERLIN + "deadlines = { 02 = 2026-11-20T23:59:30-08:00 }")
    found = open_until(class_, course.find("02"))
    assert found == Due(datetime(2026, 11, 21, 7, 59, 30, tzinfo=UTC))
    assert class_.shown(found.until) == "2026-11-21 08:59:30 CET (Europe/Berlin)"


def test_without_a_deadline_nobody_knows(course: Course) -> None:
    class_ = read(course, WHOLE)
    assert open_until(class_, course.find("01")) is None
    assert dues(class_, course.find("01")) == []


def test_the_last_moment_is_still_in_time(course: Course) -> None:
    class_, lab = read(course, WHOLE), course.find("02")
    end = dues(class_, lab)[1].until
    assert still_open(class_, lab, end) == [Due(end, "ada")]
    assert still_open(class_, lab, end + timedelta(microseconds=1)) == []


@pytest.mark.parametrize(
    ("local", "later"),
    [
        ("2026-10-25T02:30:00", "2026-10-25T01:30:00+00:00"),  # comes twice: 02:30 CEST, then CET
        ("2026-03-29T02:30:00", "2026-03-29T01:30:00+00:00"),  # is left out: 03:30 CEST
    ],
)
def test_of_two_instants_the_later_one_is_meant(course: Course, local: str, later: str) -> None:
    class_ = read(course, BERLIN + f"deadlines = {{ 02 = {local} }}")
    found = open_until(class_, course.find("02"))
    assert found == Due(datetime.fromisoformat(later))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 'time_zone: is missing; it must be the IANA name of a time zone, such as "Europe/'),
        ('time_zone = "Europe/Berlim"', 'is no time zone; did you mean "Europe/Berlin"?'),
        ('time_zone = "../../etc/passwd"', "is no time zone; it must be the IANA name"),
        ("time_zone = 1", 'time_zone: it must be the IANA name of a time zone, such as "Europe/B'),
        (BERLIN + "deadline = {}", 'deadline: is no key of this file; did you mean "deadlines"?'),
        (WHOLE + "unti = 1", 'extensions[0].unti: is no key of this file; did you mean "until"?'),
        (BERLIN + "deadlines = { 2 = 2026-01-01T00:00:00 }", "deadlines.2: is no lab: a lab is"),
        (BERLIN + "deadlines = { 09 = 2026-01-01T00:00:00 }", "09: there is no such lab; there a"),
        (BERLIN + "deadlines = { 02 = 2026-01-01 }", "date with a time, such as 2026-11-25T23:59"),
        (BERLIN + "deadlines = { 02 = 2026-01-01 }", "but is 2026-01-01"),
        (BERLIN + 'deadlines = { 02 = "tomorrow" }', "deadlines.02: it must be a date with a time"),
        (BERLIN + "deadlines = { 02 = 17 }", "deadlines.02: it must be a date with a time"),
        (BERLIN + "deadlines = { 02 = 1026-01-01T00:00:00 }", "year 1026 is not from 2000 to 2999"),
        (WHOLE.replace('lab = "02"', "lab = 2"), 'lab: it must be two digits in quotes, such as "'),
        (WHOLE.replace('lab = "02"', 'lab = "01"'), "[0].lab: lab 01 has no deadline to extend"),
        (WHOLE.replace('student = "ada"', ""), "extensions[0].student: is missing; it must be a"),
        (BERLIN + "[", "is not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(course: Course, text: str, words: str) -> None:
    assert words in complaint(course, text)


def test_a_file_that_is_not_there_is_named(course: Course) -> None:
    with pytest.raises(SetupError, match=re.escape("none.toml: cannot be read")):
        load(course.root / "none.toml", course.labs)


def test_a_system_without_time_zones_names_the_package(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(name: str) -> ZoneInfo:
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(deadlines, "ZoneInfo", none)
    monkeypatch.setattr(zoneinfo, "available_timezones", set)
    with pytest.raises(SetupError) as raised:
        read(course, WHOLE)
    assert "tzdata" in raised.value.help


ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
)
LOCAL = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31))
OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
MOMENTS = LOCAL | st.datetimes(
    datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=OFFSETS, allow_imaginary=False
)
EXTENSIONS = st.lists(
    st.builds(
        Extension,
        student=st.sampled_from(["ada", "grace", "alan"]),
        lab=st.sampled_from(["01", "02"]),
        until=MOMENTS,
    ),
    max_size=6,
).map(tuple)
LABS = [Lab(Path(), name) for name in ("01_baseline", "02_blocking")]


@given(ZONES, LOCAL)
def test_no_reading_of_a_clock_is_later_than_the_instant(zone: str, local: datetime) -> None:
    instant = Class(time_zone=zone).instant(local)
    for fold in (0, 1):
        assert instant >= local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
    shown = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    assert shown == local or local < shown <= local + timedelta(hours=2)  # the hour left out


@given(ZONES, MOMENTS, EXTENSIONS)
def test_a_lab_is_open_until_its_last_date(
    zone: str, deadline: datetime, extensions: tuple[Extension, ...]
) -> None:
    class_ = Class(time_zone=zone, deadlines={"02": deadline}, extensions=extensions)
    own = [e for e in extensions if e.lab == "02"]
    last = open_until(class_, LABS[1])
    assert last is not None
    assert last.until == max(class_.instant(m) for m in [deadline, *(e.until for e in own)])
    assert last.student is None or last.student in {e.student for e in own}
    assert still_open(class_, LABS[1], last.until + timedelta(seconds=1)) == []
    assert last.until in {due.until for due in still_open(class_, LABS[1], last.until)}
    assert open_until(class_, LABS[0]) is None


@given(ZONES, MOMENTS, EXTENSIONS, MOMENTS)
def test_one_more_extension_makes_no_lab_close_earlier(
    zone: str, deadline: datetime, extensions: tuple[Extension, ...], until: datetime
) -> None:
    class_ = Class(time_zone=zone, deadlines={"02": deadline}, extensions=extensions)
    more = Extension(student="ada", lab="02", until=until)
    extended = class_.model_copy(update={"extensions": (*extensions, more)})
    before, after = open_until(class_, LABS[1]), open_until(extended, LABS[1])
    assert before is not None
    assert after is not None
    assert after.until == max(before.until, class_.instant(until))
