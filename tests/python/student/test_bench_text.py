"""What a student reads of `./lab bench`."""

import json
from dataclasses import replace

import pytest

from rooflab.course.course import Course, Lab
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.measure.estimates import Estimate
from rooflab.report.model import Cause, Check, CheckKind, CheckStatus, Reason
from rooflab.student.bench import Row
from rooflab.student.bench_text import Table, as_json, ratio_text, time_text

GRADED = Measurement(
    kind=MeasurementKind.SPEEDUP, kernel="relu", case="relu/512", points=20, zero=1.5, full=6
)
FASTER = Row("relu/512", 164e6, 22.94e6, Estimate(7.15, 7.1, 7.2, 9), gflops=11.7, gbs=1)
SLOWER = Row("copy/64", 1.5e3, 2e3, Estimate(0.752, 0.744, 0.761, 13), gbs=3.5)
BROKEN = Row("relu/64", failure="c is wrong")
CHANGE = Estimate(1.42, 1.4, 1.44, 9)
NONE = Estimate(1.004, 0.98, 1.03, 9)
LONGEST = "conv2d_blocked/32x56x56_32x3x3"


@pytest.fixture
def lab(course: Course) -> Lab:
    return course.find("02")


def table(lab: Lab, compared: bool = False, width: int = 100, longest: str = "relu/512") -> Table:
    return Table(lab, ["relu/64", longest], compared, width)


@pytest.mark.parametrize(
    ("ns", "shown"),
    [
        (0, "0.00 ns"),
        (0.4, "0.40 ns"),
        (7.123, "7.12 ns"),
        (999.4, "999 ns"),
        (999.7, "1.00 µs"),
        (5_130, "5.13 µs"),
        (51_340, "51.3 µs"),
        (999_600, "1.00 ms"),
        (2_041_000, "2.04 ms"),
        (99_960_000, "100 ms"),
        (172_860_000, "173 ms"),
        (1_234_000_000, "1.23 s"),
        (123_400_000_000, "123 s"),
    ],
)
def test_a_time_has_three_digits_in_the_unit_that_fits(ns: float, shown: str) -> None:
    assert time_text(ns) == shown


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        (CHANGE, "1.42× (1.40–1.44)"),
        (Estimate(7.15, 7.1, 7.2, 9), "7.2× (7.1–7.2)"),
        (Estimate(0.7, 0.69, 0.71, 9), "0.70× (0.69–0.71) slower"),
        (NONE, "no difference, 0.98–1.03"),
        (Estimate(1.01, 1.004, 1.02, 9), "no difference, 1.00–1.02"),
        (Estimate(0.99, 0.98, 0.996, 9), "no difference, 0.98–1.00"),
        (Estimate(1.01, 0.9, 1.1, 9), "cannot tell, 0.90–1.10"),
        (Estimate(1.01, 1.006, 1.02, 9), "1.01× (1.01–1.02)"),
    ],
)
def test_a_ratio_says_who_is_faster_or_that_nobody_can_tell(ratio: Estimate, shown: str) -> None:
    assert ratio_text(ratio) == shown


def test_a_row_shows_times_ratio_and_rate(lab: Lab) -> None:
    shown = table(lab)
    assert [shown.head(), shown.row(FASTER), shown.row(SLOWER)] == [
        "case     baseline    yours  over the baseline                 rate\n",
        "relu/512   164 ms  22.9 ms  7.2× (7.1–7.2)            11.7 GFLOP/s\n",
        "copy/64   1.50 µs  2.00 µs  0.75× (0.74–0.76) slower      3.5 GB/s\n",
    ]


def test_beside_it_stands_the_difference_to_the_last_run(lab: Lab) -> None:
    shown = table(lab, compared=True)
    assert [shown.head(), shown.row(replace(FASTER, change=CHANGE)), shown.row(SLOWER)] == [
        "case     baseline    yours  over the baseline         over your last run"
        "                rate\n",
        "relu/512   164 ms  22.9 ms  7.2× (7.1–7.2)            1.42× (1.40–1.44)"
        "         11.7 GFLOP/s\n",
        "copy/64   1.50 µs  2.00 µs  0.75× (0.74–0.76) slower"
        "                                3.5 GB/s\n",
    ]


def test_no_difference_is_told_in_these_words(lab: Lab) -> None:
    row = replace(FASTER, speedup=NONE, change=NONE)
    assert table(lab, compared=True).row(row).count("no difference, 0.98–1.03") == 2


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("compared", [False, True])
def test_no_line_is_longer_than_the_terminal(lab: Lab, width: int, compared: bool) -> None:
    shown = table(lab, compared, width, LONGEST)
    slow = Estimate(0.75, 0.74, 0.76, 9)
    change = slow if compared else None
    row = Row(LONGEST, 999e3, 99.9e6, slow, change, gflops=0.99, graded=GRADED, misses_graded=True)
    rows = [row, replace(row, change=None), Row(LONGEST, failure="it crashed " * 10)]
    lines = "".join([shown.head(), *map(shown.row, rows), shown.end(rows)]).splitlines()
    assert max(map(len, lines)) <= width


def test_where_there_is_no_room_the_rate_goes_first_then_the_last_run_goes_below(lab: Lab) -> None:
    row = replace(FASTER, change=CHANGE)
    assert table(lab, True, 90).row(row) == (
        "relu/512   164 ms  22.9 ms  7.2× (7.1–7.2)            1.42× (1.40–1.44)\n"
    )
    narrow = table(lab, True, 70)
    assert "last run" not in narrow.head()
    assert narrow.row(row) == (
        "relu/512   164 ms  22.9 ms  7.2× (7.1–7.2)\n    over your last run: 1.42× (1.40–1.44)\n"
    )


@pytest.mark.parametrize(
    ("speedup", "message"),
    [
        (Estimate(7, 6.9, 7.1, 9), "graded: 20 of 20 points"),
        (Estimate(2.99, 2.98, 3, 9), "graded: 10 of 20 points"),
        (Estimate(1.2, 1.19, 1.21, 9), "graded: 0 of 20 points"),
        (
            Estimate(3, 2, 4, 9),
            "graded: undecided, 4.2 to 14.2 of 20 points; close other programs",
        ),
    ],
)
def test_a_graded_case_tells_the_points_it_would_earn(
    lab: Lab, speedup: Estimate, message: str
) -> None:
    row = replace(FASTER, speedup=speedup, graded=GRADED)
    assert table(lab).row(row).splitlines()[1:] == [f"    {message}"]


def test_noise_leaves_the_points_undecided(lab: Lab) -> None:
    row = replace(FASTER, graded=GRADED, noisy=True)
    assert "graded: undecided, 20 to 20 of 20 points" in table(lab).row(row)


def test_a_case_graded_for_cache_misses_names_the_command_that_counts_them(lab: Lab) -> None:
    row = replace(FASTER, misses_graded=True)
    assert table(lab).row(row).endswith("\n    graded by cache misses: ./lab misses 02 relu 512\n")


AMOUNT = Check(
    id="relu.memory",
    kind=CheckKind.MEMORY,
    title="relu: memory at 512",
    status=CheckStatus.PARTIAL,
    points=4,
    max_points=6,
    data={"memory_bytes": 8 << 20},
)


def test_a_case_graded_by_memory_tells_how_much_it_needs(lab: Lab) -> None:
    text = table(lab).row(replace(FASTER, memory=AMOUNT))
    shown = "4 of 6 points, 8.0 MiB beyond its inputs and outputs"
    assert text.endswith(f"\n    graded by memory: {shown}\n")
    assert json.loads(as_json([replace(FASTER, memory=AMOUNT)]))[0]["memory"]["points"] == 4


def test_a_case_for_memory_alone_has_no_time(lab: Lab) -> None:
    head, below = table(lab).row(Row("relu/512", memory=AMOUNT)).splitlines()
    assert head == "relu/512        –        –  not timed"
    assert below.startswith("    graded by memory: 4 of 6 points")


def test_memory_that_cannot_be_told_has_a_reason(lab: Lab) -> None:
    cause = Cause(reason=Reason.NOT_TRACEABLE, rationale="this system does not tell")
    unknown = AMOUNT.model_copy(update={"cause": cause, "data": {}, "points": None})
    text = table(lab).row(replace(FASTER, memory=unknown))
    assert text.endswith("\n    graded by memory: this system does not tell\n")


def test_a_wrong_kernel_has_a_reason_and_no_time(lab: Lab) -> None:
    row = replace(BROKEN, graded=GRADED)
    assert table(lab, compared=True).row(row) == "relu/64         –        –  c is wrong\n"


def test_the_next_command_grades(lab: Lab) -> None:
    assert table(lab).end([FASTER, SLOWER]) == (
        "\nCPU time of a call, with 95 % intervals. next: ./lab grade 02\n"
    )


def test_after_a_wrong_kernel_the_next_command_tests_the_first_of_them(lab: Lab) -> None:
    also = replace(BROKEN, case="softmax/64")
    assert table(lab).end([FASTER, BROKEN, also]).endswith("next: ./lab test 02 relu\n")


def test_rows_are_json() -> None:
    first, second, third = json.loads(
        as_json([replace(FASTER, change=CHANGE, graded=GRADED), SLOWER, BROKEN])
    )
    assert first == {
        "case": "relu/512",
        "kernel": "relu",
        "failure": "",
        "baseline_ms": 164,
        "yours_ms": 22.94,
        "gflops": 11.7,
        "gbs": 1,
        "speedup": 7.15,
        "speedup_low": 7.1,
        "speedup_high": 7.2,
        "over_last_run": 1.42,
        "over_last_run_low": 1.4,
        "over_last_run_high": 1.44,
        "rounds": 9,
        "points": 20,
        "max_points": 20,
        "cache_misses_graded": False,
    }
    assert "points" not in second
    assert (third["failure"], third["yours_ms"], third["speedup"]) == ("c is wrong", None, None)


def test_points_that_are_undecided_are_none_in_json() -> None:
    wide = replace(FASTER, speedup=Estimate(3, 2, 4, 9), graded=GRADED)
    for row in (wide, replace(FASTER, graded=GRADED, noisy=True), replace(BROKEN, graded=GRADED)):
        assert json.loads(as_json([row]))[0]["points"] is None


def test_a_cause_is_json() -> None:
    cause = json.loads(as_json(Cause(reason=Reason.EMPTY_FILE, rationale="empty")))
    assert cause["reason"] == "empty_file"


def test_a_ratio_that_is_off_by_more_than_noise_is_not_told_as_no_difference() -> None:
    assert ratio_text(Estimate(1.09, 0.99, 1.12, 18)) == "cannot tell, 0.99–1.12"
    assert ratio_text(Estimate(1.01, 0.99, 1.03, 18)) == "no difference, 0.99–1.03"


def test_a_share_of_the_bandwidth_is_said_to_be_over_a_copy(lab: Lab) -> None:
    share = GRADED.model_copy(
        update={"kind": MeasurementKind.BANDWIDTH, "points": 4, "zero": 0.5, "full": 0.9}
    )
    row = replace(FASTER, speedup=Estimate(0.95, 0.94, 0.96, 9), graded=share)
    text = table(lab).row(row)
    assert "0.95× (0.94–0.96) slower" in text
    assert "graded: 4 of 4 points, over a copy of as many bytes" in text
