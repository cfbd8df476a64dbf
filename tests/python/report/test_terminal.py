"""A terminal report is scannable, explains failures, and cannot be acted on."""

import io
import os
import re

import pytest
from example_reports import (
    ANSWERED,
    FASTER,
    MISSES,
    UNMEASURED,
    WRONG,
    hostile,
    inconclusive,
    report,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from rooflab.report import terminal
from rooflab.report.model import Cause

dangerous = st.lists(
    st.sampled_from(
        ["::error::x", "##[group]", " ", "\n", "\x1b[2J", "\u202e", "[bold]", "w" * 90, "\u3000"]
    )
).map("".join)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_score_comes_first() -> None:
    assert terminal.render(report(FASTER)).startswith("02 Cache blocking  7.5 of 100  (local)\n")


def test_a_score_counts_only_what_can_be_measured() -> None:
    """Full marks where there are no hidden tests must not read as a failure."""
    first, *rest = terminal.render(report(MISSES, UNMEASURED)).splitlines()
    assert first == (
        "02 Cache blocking  15 of 88 that can be measured here; 12 more in hidden tests  (local)"
    )
    assert not any("of 100" in line for line in rest)


def test_a_check_is_one_line_with_points_and_figure() -> None:
    line = next(row for row in terminal.render(report()).splitlines() if "speedup at" in row)
    words = "◐ matmul_reordered: speedup at 512 7.5 / 10 2.4× (2.4–2.5), 4.1 GFLOP/s"
    assert line.split() == words.split()


def test_a_failure_is_explained_with_the_next_command() -> None:
    block = terminal.render(report(WRONG)).split("\n\n")[-1]
    assert block.splitlines() == [
        "✗ matmul_blocked: hidden tests",
        "  │ matmul_blocked(a 9x1, b 1x1, c 9x1): 1 of 9 elements is wrong, the first at c(8, 0)",
        "  │ only rows from 8 on: the tail",
        "  │ expected  0.5488135",
        "  │ actual    nan",
        "  → ./lab test 02",
    ]


def test_a_wrong_answer_is_a_line_and_its_explanation() -> None:
    _, line, block = terminal.render(report(ANSWERED)).split("\n\n")
    figure = "compute: 0.167 flop per byte, the ridge is at 9.62"
    assert " ".join(line.split()) == f"✗ answer: saxpy of 4 Mi elements 0 / 2 {figure}"
    assert block.splitlines() == [
        "✗ answer: saxpy of 4 Mi elements",
        "  │ 8 flop over 48 bytes: 0.167 flop per byte",
        "  │ left of the ridge",
        "  │ expected  memory",
        "  │ actual    compute",
        "  → count the flops and the bytes",
    ]


def test_a_command_of_its_own_line_stays_whole() -> None:
    cause = WRONG.cause or pytest.fail("the example has a cause")
    command = "cmake " + "--build " * 30 + "now"
    long = cause.model_copy(update={"help": f"it names the line:\n{command}"})
    lines = terminal.render(report(WRONG.model_copy(update={"cause": long}))).splitlines()
    assert lines[-2:] == ["  → it names the line:", f"    {command}"]


def test_points_that_were_not_measured_are_a_dash() -> None:
    assert "– / 12  not measured" in terminal.render(report(UNMEASURED))


def test_a_session_without_a_grade_says_why() -> None:
    shown = terminal.render(inconclusive())
    assert "no grade" in shown
    assert "inconclusive: the reference solution is too slow here" in shown


def test_long_compiler_output_is_cut_and_says_where_the_rest_is() -> None:
    cause = WRONG.cause or pytest.fail("the example has a cause")
    long = Cause(reason=cause.reason, rationale="\n".join(f"error {n}" for n in range(500)))
    shown = terminal.render(report(WRONG.model_copy(update={"cause": long})))
    assert len(shown.splitlines()) < 60
    assert "more lines: see the report as HTML or JSON" in shown


def test_a_summary_has_a_line_a_lab_and_the_sum() -> None:
    lines = terminal.summary_of([report(), report(MISSES)]).splitlines()
    assert lines[0].startswith("02 Cache blocking   26.5 of 88  3 passed, 1 partial, ")
    assert lines[1].startswith("02 Cache blocking    15 of 100  1 passed")
    assert lines[2] == (
        "together           41.5 of 188  that can be measured here; 12 more in hidden tests"
    )


def test_a_lab_without_a_grade_has_no_part_in_a_sum() -> None:
    assert "together" not in terminal.summary_of([report(), inconclusive()])


@settings(deadline=None, max_examples=50)
@given(dangerous, st.sampled_from([60, 100]))
def test_no_text_from_a_submission_acts(text: str, width: int) -> None:
    shown = terminal.render(hostile(text), width=width)
    assert not any(line.lstrip().startswith("::") for line in shown.splitlines())
    assert "##[" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_markup_from_a_submission_stays_text() -> None:
    assert "[bold]" in terminal.render(hostile("[bold]"))


def test_lines_fit_the_width() -> None:
    assert max(map(len, terminal.render(hostile("long words " * 50), width=60).splitlines())) <= 62


def test_colour_is_for_terminals() -> None:
    assert terminal.color_on(Terminal(), {})
    assert not terminal.color_on(io.StringIO(), {})


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_refused(environment: dict[str, str]) -> None:
    assert not terminal.color_on(Terminal(), environment)


def test_colour_changes_no_word() -> None:
    colored = terminal.render(report(), color=True)
    assert "\x1b[" in colored
    words = re.sub(r"\x1b\[[0-9;]*m", "", colored).split()
    assert words == terminal.render(report()).split()


def test_a_stream_of_another_encoding_is_no_reason_to_fail() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    terminal.show(terminal.render(report()), stream)
    assert stream.buffer.tell() > 0


def test_logs_have_a_fixed_width() -> None:
    assert terminal.width_of(io.StringIO()) == 100


def test_a_terminal_is_used_up_to_a_readable_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((300, 50)))
    assert terminal.width_of(Terminal()) == 120
