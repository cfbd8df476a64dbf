"""No honest measurement meets a floor; one that no arithmetic could have earned does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooflab.measure.plausibility import too_fast

FLOPS, BYTES = 2.0 * 512**3, 12.0 * 512**2
PEAK, BANDWIDTH = 50.0, 20.0


@given(share=st.floats(0.01, 1.0))
def test_no_time_that_the_machine_can_reach_is_too_fast(share: float) -> None:
    at_peak = max(FLOPS / PEAK, BYTES / BANDWIDTH)
    assert too_fast(at_peak / share, FLOPS, BYTES, PEAK, BANDWIDTH) == ""


def test_the_floor_of_arithmetic_stands_above_two_and_a_half_peaks() -> None:
    least = FLOPS / (2.5 * PEAK)
    assert too_fast(least * 1.001, FLOPS, BYTES, PEAK, BANDWIDTH) == ""
    assert "Gflop/s" in too_fast(least * 0.999, FLOPS, BYTES, PEAK, BANDWIDTH)


def test_the_floor_of_moving_stands_above_eight_bandwidths() -> None:
    least = BYTES / (8 * BANDWIDTH)
    slow = PEAK / 10  # so that caches are no faster
    assert too_fast(least * 1.001, 0, BYTES, slow, BANDWIDTH) == ""
    assert "GB/s" in too_fast(least * 0.999, 0, BYTES, slow, BANDWIDTH)


def test_a_cache_may_be_more_than_eight_times_as_fast_as_memory() -> None:
    # Measured: saxpy of 16,389 elements in 2,381 ns, beside 10 GB/s from memory and 93 GFLOP/s.
    assert too_fast(2381, 2 * 16389, 12 * 16389, 93, 10) == ""


@pytest.mark.parametrize(("peak", "bandwidth"), [(0, 0), (0, BANDWIDTH), (PEAK, 0)])
def test_what_is_unmeasured_sets_no_floor(peak: float, bandwidth: float) -> None:
    assert too_fast(1e12, FLOPS, BYTES, peak, bandwidth) == ""
    assert (too_fast(0, FLOPS, BYTES, peak, bandwidth) == "") == (peak == bandwidth == 0)
