"""The interval holds the truth about as often as it says."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from rooflab.measure.estimates import (
    MIN_ROUNDS,
    Estimate,
    mann_whitney_p,
    narrow_enough,
    ratio_of_typical,
)

Times = NDArray[np.float64]
Noise = Callable[[np.random.Generator, int], tuple[Times, Times]]


def independent(random: np.random.Generator, rounds: int) -> tuple[Times, Times]:
    a, b = np.exp(0.03 * random.standard_normal((2, rounds)))
    return a, b


def slow_spells(random: np.random.Generator, rounds: int) -> tuple[Times, Times]:
    a, b = independent(random, rounds)
    spell = np.exp(0.1 * random.standard_normal(rounds))
    return a * spell, b * spell


def first_pays(random: np.random.Generator, rounds: int) -> tuple[Times, Times]:
    a, b = independent(random, rounds)
    first = random.integers(2, size=rounds)
    return a * (1 + 0.1 * first), b * (1 + 0.1 * (1 - first))


def spikes(random: np.random.Generator, rounds: int) -> tuple[Times, Times]:
    a, b = np.exp(0.03 * np.abs(random.standard_cauchy((2, rounds))).clip(0, 50))
    return a, b


def coverage(noise: Noise, speedup: float, rounds: int, sessions: int = 100) -> float:
    random = np.random.default_rng(7)
    held = 0
    for seed in range(sessions):
        baseline, submission = noise(random, rounds)
        found = ratio_of_typical(list(speedup * baseline), list(submission), seed)
        held += found.low <= speedup <= found.high
    return held / sessions


@pytest.mark.parametrize("noise", [independent, slow_spells, first_pays, spikes])
@pytest.mark.parametrize("rounds", [MIN_ROUNDS, 9, 30])
def test_the_interval_holds_the_true_speedup(noise: Noise, rounds: int) -> None:
    assert coverage(noise, 6.0, rounds) >= 0.9


def test_a_kernel_compared_with_itself_is_as_fast_as_itself() -> None:
    assert coverage(slow_spells, 1.0, 15) >= 0.9


def between(random: np.random.Generator, rounds: int) -> Estimate:
    baseline, submission = independent(random, rounds)
    return ratio_of_typical(list(baseline), list(submission), seed=1)


def test_more_rounds_make_the_interval_narrower() -> None:
    random = np.random.default_rng(3)
    few, many = (between(random, n) for n in (7, 200))
    assert many.high - many.low < few.high - few.low


def test_the_value_is_the_ratio_of_the_faster_halves_means_and_within_its_interval() -> None:
    found = ratio_of_typical([7, 8, 9, 10, 100], [1, 2, 3, 4, 70], seed=1)
    assert found.value == 4
    assert found.low <= found.value <= found.high


def test_the_same_seed_gives_the_same_interval() -> None:
    baseline, submission = [6.0, 8.0, 9.0], [1.0, 2.0, 2.5]
    assert ratio_of_typical(baseline, submission, 5) == ratio_of_typical(baseline, submission, 5)


@pytest.mark.parametrize(
    ("baseline", "submission"), [([], []), ([1, 2], [1]), ([0.0], [1.0]), ([float("nan")], [1.0])]
)
def test_times_that_are_no_times_are_refused(
    baseline: list[float], submission: list[float]
) -> None:
    with pytest.raises(ValueError, match=r"positive|inhomogeneous"):
        ratio_of_typical(baseline, submission, 1)


def test_a_narrow_interval_from_enough_rounds_is_narrow_enough() -> None:
    assert narrow_enough(Estimate(5.0, 4.95, 5.1, 9))


def test_neither_a_wide_interval_nor_two_rounds_are_narrow_enough() -> None:
    assert not narrow_enough(Estimate(5.0, 4.0, 6.0, 9))
    assert not narrow_enough(Estimate(5.0, 5.0, 5.0, 2))


def test_kernels_that_never_overlap_differ_as_much_as_ranks_can_tell() -> None:
    # 2 / C(8, 4): all four of one before all four of the other, in either order.
    assert mann_whitney_p([5, 6, 7, 8], [1, 2, 3, 4]) == pytest.approx(2 / 70)


def test_equally_fast_kernels_do_not_differ() -> None:
    assert mann_whitney_p([1, 3, 5, 7], [2, 4, 6, 8]) > 0.5
