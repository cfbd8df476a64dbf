"""Figures are worded alike everywhere, and missing ones are not made up."""

import math

import pytest
from example_reports import ANSWERED, CORRECT, FASTER, MISSES, UNMEASURED, WRONG, report

from rooflab.report.model import Cause, Check, CheckKind, CheckStatus, Reason
from rooflab.report.wording import Tally, explanations, key_figure, points_text, tally, times


def with_data(check: Check, **data: float | str | None) -> Check:
    return check.model_copy(update={"data": data})


def test_a_speedup_shows_its_interval_and_rate() -> None:
    assert key_figure(FASTER) == "2.4× (2.4–2.5), 4.1 GFLOP/s"


def test_a_speedup_without_interval_shows_itself() -> None:
    assert key_figure(with_data(FASTER, speedup=6.8, ci_low=None)) == "6.8×"


def test_wall_time_stands_beside_it() -> None:
    assert key_figure(with_data(FASTER, speedup=6.8, wall_speedup=6.5)) == "6.8×, 6.5× by wall time"


@pytest.mark.parametrize(
    ("misses", "figure"),
    [
        (100, "10.0× fewer misses (1,000 → 100)"),
        (2000, "2.0× more misses (1,000 → 2,000)"),
        (0, "no misses (1,000 → 0)"),
    ],
)
def test_misses_show_the_cut_and_both_counts(misses: int, figure: str) -> None:
    assert key_figure(with_data(MISSES, misses=misses, baseline_misses=1000)) == figure


def test_vector_use_shows_the_share_and_what_it_is_worth() -> None:
    counts = {"share": 0.957, "floating_point": 3120, "instructions": 4000}
    check = MISSES.model_copy(
        update={"kind": CheckKind.VECTOR, "data": counts | {"baseline_instructions": 36000}}
    )
    assert key_figure(check) == (
        "96% of 3,120 floating-point instructions on vectors of 256 bits, 9.0× fewer instructions"
    )
    assert key_figure(with_data(check, floating_point=0)) == ""


@pytest.mark.parametrize(
    ("needed", "shown"),
    [(0, "less than 0.1 MiB"), (300 << 10, "0.3 MiB"), (64 << 20, "64.0 MiB")],
)
def test_memory_is_shown_in_mib(needed: int, shown: str) -> None:
    check = MISSES.model_copy(update={"kind": CheckKind.MEMORY, "data": {"memory_bytes": needed}})
    assert key_figure(check) == f"{shown} beyond its inputs and outputs"
    assert key_figure(with_data(check)) == ""


@pytest.mark.parametrize(
    ("data", "figure"),
    [
        (ANSWERED.data, "compute: 0.167 flop per byte, the ridge is at 9.62"),
        ({"answer": 9.0, "measured": 12.34}, "9 predicted, 12.3 measured"),
        ({"unknown": "saxpi"}, "no question is called saxpi"),
        ({}, ""),
        ({"answer": "compute", "intensity": None, "ridge": 2.0}, ""),
    ],
)
def test_an_answer_stands_beside_what_it_is_compared_with(
    data: dict[str, float | str | None], figure: str
) -> None:
    assert key_figure(ANSWERED.model_copy(update={"data": data})) == figure


@pytest.mark.parametrize("value", [None, math.nan, math.inf, "6.8"])
def test_what_is_no_number_makes_no_figure(value: float | str | None) -> None:
    assert key_figure(with_data(FASTER, speedup=value)) == ""


def test_unmeasured_is_worded_not_numbered() -> None:
    assert key_figure(UNMEASURED) == "not measured"
    assert points_text(None) == "–"


@pytest.mark.parametrize(
    ("ratio", "shown"), [(1.234, "1.23"), (6.78, "6.8"), (45.67, "45.7"), (123.4, "123")]
)
def test_ratios_have_the_digits_they_are_worth(ratio: float, shown: str) -> None:
    assert times(ratio) == shown


def test_all_points_of_a_whole_copy_are_told_as_they_are() -> None:
    assert str(tally(report(CORRECT))) == "4 of 100"


def test_efficiency_says_of_what_and_how_it_scales() -> None:
    check = FASTER.model_copy(
        update={
            "kind": CheckKind.EFFICIENCY,
            "data": {
                **{"efficiency": 0.9, "ci_low": 0.88, "ci_high": 0.91, "threads": 2, "norm": 0.95},
                **{"alone_ms": 10.0, "scaling_4_ms": 3.0, "scaling_2_ms": 5.5, "scaling_1_ms": 10},
            },
        }
    )
    assert key_figure(check) == (
        "90% (88%–91%) of what 2 threads can gain here, which is 1.90×, "
        "2 threads 1.82× (5.5 ms), 4 threads 3.33× (3 ms)"
    )


def test_points_that_nobody_could_earn_are_told_apart_and_by_their_reason() -> None:
    hidden = UNMEASURED.model_copy(update={"max_points": 30})
    noise = Cause(reason=Reason.INTERNAL, rationale="no counters")
    other = UNMEASURED.model_copy(update={"max_points": 5, "cause": noise})
    full = CORRECT.model_copy(update={"points": 60, "max_points": 65})
    assert str(tally(report(full, hidden))) == (
        "60 of 70 that can be measured here; 30 more in hidden tests"
    )
    assert str(tally(report(full, other))) == "60 of 95 that can be measured here; 5 not measured"
    assert str(tally(report(full, hidden, other))) == (
        "60 of 65 that can be measured here; 30 more in hidden tests, 5 not measured"
    )


def test_tallies_add_up() -> None:
    both = tally(report(CORRECT, UNMEASURED)) + tally(report(MISSES))
    assert str(both) == "19 of 188 that can be measured here; 12 more in hidden tests"


def test_checks_that_failed_alike_are_explained_once() -> None:
    other = WRONG.model_copy(update={"title": "another"})
    (message,) = explanations(report(WRONG, CORRECT, other))
    assert message.titles == (WRONG.title, "another")


def test_a_measurement_without_a_right_kernel_is_told_in_its_line() -> None:
    cause = Cause(reason=Reason.KERNEL_WRONG, rationale="not right yet")
    skipped = FASTER.model_copy(update={"status": CheckStatus.SKIPPED, "cause": cause, "data": {}})
    assert key_figure(skipped) == "not run: the kernel is not right yet"
    assert explanations(report(skipped)) == []


def test_all_points_are_told_as_all_points() -> None:
    assert Tally(earned=82.25, possible=82.25, hidden=0, unmeasured=0).score == "82.25 of 82.25"
    assert Tally(earned=82.2, possible=82.25, hidden=0, unmeasured=0).score == "82.2 of 82.25"
