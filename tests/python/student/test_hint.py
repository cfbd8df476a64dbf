"""Hints come one at a time, are remembered, and say how to go on."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rooflab.base.errors import UsageError
from rooflab.course.course import Course, Lab
from rooflab.student.hint import hint, seen_hints


def ask(course: Course, kernel: str | None = "relu", again: bool = False) -> str:
    return hint(course, course.find("02"), kernel, again)


def test_hints_come_one_stage_at_a_time(course: Course) -> None:
    first, second = ask(course), ask(course)
    assert "a nudge" in first
    assert "a push" not in first
    assert "a push" in second
    assert "a nudge" not in second


def test_a_hint_says_how_many_remain_and_what_to_type(course: Course) -> None:
    assert "2 more hints. When you are stuck: ./lab hint 02 relu" in ask(course)
    assert "1 more hint. " in ask(course)


def test_after_the_last_hint_it_stays(course: Course) -> None:
    shown = [ask(course) for _ in range(4)]
    assert "hint 3 of 3" in shown[2]
    assert shown[3] == shown[2]
    assert "--again" in shown[3]


def test_again_shows_those_seen_and_no_new_one(course: Course) -> None:
    ask(course)
    ask(course)
    shown = ask(course, again=True)
    assert "a nudge" in shown
    assert "a push" in shown
    assert "nearly there" not in shown
    assert shown == ask(course, again=True)


def test_again_before_any_shows_the_first(course: Course) -> None:
    assert "hint 1 of 3" in ask(course, again=True)


def test_kernels_and_labs_are_remembered_apart(course: Course) -> None:
    ask(course)
    assert "hint 1 of 3" in ask(course, "softmax")
    assert "hint 1 of 3" in hint(course, course.find("01"), "relu")


def test_without_a_kernel_the_kernels_are_listed(course: Course) -> None:
    ask(course)
    rows = ask(course, None).splitlines()
    assert "  relu     1 of 3 seen" in rows
    assert "  softmax  0 of 3 seen" in rows


def test_listing_uses_up_no_hint(course: Course) -> None:
    ask(course, None)
    assert "hint 1 of 3" in ask(course)


def test_an_unknown_kernel_lists_the_kernels_and_suggests_one(course: Course) -> None:
    with pytest.raises(UsageError, match="relu, softmax") as caught:
        ask(course, "softmaxx")
    assert caught.value.help == "./lab hint 02 softmax"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary()
    | st.sampled_from(
        [b"[1]", b"{", b'{"02_blocking": 3}', b'{"02_blocking": {"relu": "x"}}', b"[" * 100_000]
    )
)
def test_a_broken_memory_starts_anew(course: Course, content: bytes) -> None:
    path = course.state / "hints.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    assert "hint 1 of 3" in ask(course)


def test_a_count_beyond_the_last_hint_shows_the_last(course: Course) -> None:
    course.state.mkdir(parents=True)
    (course.state / "hints.json").write_text('{"02_blocking": {"relu": 99}}', encoding="utf-8")
    assert "hint 3 of 3" in ask(course)


def test_no_memory_is_no_hint_seen(tmp_path: Path) -> None:
    assert seen_hints(tmp_path / "hints.json") == {}


@pytest.mark.parametrize("lab", Course(Path(__file__).resolve().parents[3]).labs, ids=str)
def test_hints_of_the_course_are_words_and_out_of_the_manifests_sight(lab: Lab) -> None:
    assert list(lab.hints) == [kernel.name for kernel in lab.manifest.kernels]
    assert not any(
        assigned in stages[-1]
        for stages in lab.hints.values()
        for assigned in ("+= ", ") = ", "] = ")
    )
    assert "hint" not in (lab.directory / "lab.toml").read_text(encoding="utf-8")
