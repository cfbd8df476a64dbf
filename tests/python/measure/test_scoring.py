"""Points follow the log ramp, and noise never costs any."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.measure import scoring
from rooflab.measure.estimates import Estimate
from rooflab.report.model import Check, CheckKind, CheckStatus, Status

ratios = st.floats(min_value=1e-6, max_value=1e6)
zeros = st.floats(min_value=1, max_value=100)
factors = st.floats(min_value=1.01, max_value=100)

SPEEDUP = Measurement(
    kind=MeasurementKind.SPEEDUP, kernel="matmul", case="matmul/512", points=10, zero=2, full=8
)


MEMORY = Measurement(
    kind=MeasurementKind.MEMORY, kernel="matmul", case="matmul/512", points=10, zero=32, full=4
)


def estimate(low: float, high: float, rounds: int = 20) -> Estimate:
    return Estimate(math.sqrt(low * high), low, high, rounds)


@given(ratios, zeros, factors)
def test_the_ramp_stays_between_none_and_all(x: float, zero: float, factor: float) -> None:
    assert 0 <= scoring.ramp(x, zero, zero * factor) <= 1


@given(ratios, ratios, zeros, factors)
def test_faster_never_earns_less(x: float, y: float, zero: float, factor: float) -> None:
    slow, fast = sorted((x, y))
    full = zero * factor
    assert scoring.points(10, slow, zero, full) <= scoring.points(10, fast, zero, full)


@given(zeros, factors)
def test_the_ramp_starts_at_zero_and_ends_at_full(zero: float, factor: float) -> None:
    assert scoring.ramp(zero, zero, zero * factor) == 0
    assert scoring.ramp(zero * factor, zero, zero * factor) == 1


def test_each_doubling_is_worth_the_same() -> None:
    assert [scoring.ramp(x, 1, 8) for x in (2, 4)] == pytest.approx([1 / 3, 2 / 3])


@pytest.mark.parametrize("x", [0.0, -1.0, -math.inf])
def test_an_impossible_ratio_earns_nothing(x: float) -> None:
    assert scoring.ramp(x, 1, 2) == 0


def test_infinitely_fewer_misses_earn_everything() -> None:
    assert scoring.ramp(math.inf, 1, 2) == 1


def test_nan_is_no_measurement() -> None:
    with pytest.raises(ValueError, match="unmeasured"):
        scoring.ramp(math.nan, 1, 2)


@pytest.mark.parametrize(("zero", "full"), [(2, 2), (0, 2), (2, 0), (1, math.inf), (math.nan, 2)])
def test_a_ramp_that_leads_nowhere_is_refused(zero: float, full: float) -> None:
    with pytest.raises(ValueError, match="two ends"):
        scoring.ramp(1, zero, full)


def test_where_less_is_better_the_ramp_falls() -> None:
    shares = [scoring.ramp(x, 32, 4) for x in (64, 32, 16, 8, 4, 2, 0)]
    assert shares == pytest.approx([0, 0, 1 / 3, 2 / 3, 1, 1, 1])


@given(ratios, ratios, zeros, factors)
def test_less_never_earns_less_there(x: float, y: float, full: float, factor: float) -> None:
    less, more = sorted((x, y))
    zero = full * factor
    assert scoring.points(10, less, zero, full) >= scoring.points(10, more, zero, full)


@given(ratios, st.floats(min_value=0.1, max_value=100))
def test_points_have_one_decimal_or_are_all(x: float, max_points: float) -> None:
    earned = scoring.points(max_points, x, 1, 10)
    assert earned == max_points or earned == round(earned, 1)


@pytest.mark.parametrize(
    ("measured", "status", "earned"),
    [
        (estimate(1.0, 1.9), CheckStatus.FAIL, 0),
        (estimate(3.0, 4.0), CheckStatus.PARTIAL, 5.0),  # the upper end, 4, is half way
        (estimate(7.0, 8.1), CheckStatus.PASS, 10),
    ],
)
def test_the_intervals_upper_end_counts(
    measured: Estimate, status: CheckStatus, earned: float
) -> None:
    assert scoring.judge(measured, SPEEDUP) == scoring.Outcome(status, earned)


def test_a_wide_interval_above_full_is_settled() -> None:
    assert scoring.settled(estimate(9, 20), SPEEDUP)


def test_a_wide_interval_on_the_ramp_is_not_settled() -> None:
    assert not scoring.settled(estimate(3, 4), SPEEDUP)


def test_a_handful_of_rounds_settles_nothing() -> None:
    assert not scoring.settled(estimate(9, 9, rounds=4), SPEEDUP)


def test_an_interval_from_no_gain_to_points_decides_nothing() -> None:
    assert scoring.undecided(estimate(0.9, 2.5), SPEEDUP)


@pytest.mark.parametrize(("low", "high"), [(1.1, 2.7), (3, 4), (6, 9)])
def test_an_interval_worth_more_than_two_points_decides_nothing(low: float, high: float) -> None:
    assert scoring.undecided(estimate(low, high), SPEEDUP)
    assert not scoring.settled(estimate(low, high), SPEEDUP)


@pytest.mark.parametrize(("low", "high"), [(0.9, 1.9), (1.1, 2.6), (3, 3.9), (6.1, 9), (9, 90)])
def test_any_other_interval_decides(low: float, high: float) -> None:
    assert not scoring.undecided(estimate(low, high), SPEEDUP)


def test_a_reference_at_full_marks_makes_a_grade() -> None:
    assert scoring.status_of([(SPEEDUP, estimate(7.5, 8.5))]) == (Status.GRADED, "")


def test_a_slow_reference_makes_the_result_inconclusive() -> None:
    status, reason = scoring.status_of([(SPEEDUP, estimate(5, 6))])
    assert status is Status.INCONCLUSIVE
    assert "matmul/512: 6× of the 8× it needs" in reason


@pytest.mark.parametrize("mib", [0.1, 0.9, 4])
def test_an_amount_is_decided_whatever_it_is(mib: float) -> None:
    exact = Estimate.exact(mib)
    assert not scoring.undecided(exact, MEMORY)
    assert scoring.judge(exact, MEMORY) == scoring.Outcome(CheckStatus.PASS, 10)


def test_a_reference_that_needs_too_much_says_how_much() -> None:
    _, reason = scoring.status_of([(MEMORY, Estimate.exact(8))])
    assert "matmul/512: 8 MiB of the 4 MiB it needs" in reason


def check(earned: float | None) -> Check:
    return Check(
        id="a",
        kind=CheckKind.SPEEDUP,
        title="a",
        status=CheckStatus.PARTIAL if earned is not None else CheckStatus.UNMEASURED,
        points=earned,
        max_points=50,
    )


def test_the_total_leaves_out_what_was_not_measured() -> None:
    assert scoring.total([check(0.1), check(0.2), check(None)]) == 0.3


def test_nothing_measured_is_not_zero() -> None:
    assert scoring.total([check(None)]) is None
