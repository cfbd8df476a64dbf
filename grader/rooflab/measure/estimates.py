"""How many times faster, and how sure of it: the ratio of typical times with a bootstrap interval.

Noise makes times longer, hardly ever shorter, so the faster half of them says more, and their mean
varies less than any single one of them. On recorded turns of both labs, quiet and beside three
kinds of busy neighbours, ratios of these means moved about half as much as ratios of medians, a
quarter less than ratios of lower quartiles, and far less at worst than ratios of minima
(tests/benchmarks/noise.py; docs/measurements.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONFIDENCE = 0.95
RESAMPLES = 2000
# Half of all ratios lie below the true one. So even the widest interval there is, from the least
# ratio to the greatest, holds it only 1 - 2 / 2**5 = 94 % of the time from five rounds; from seven
# 98 %, which leaves room for what resampling misses.
MIN_ROUNDS = 7


def load() -> None:
    """Imports what takes long to import."""
    import scipy.stats  # noqa: F401


@dataclass(frozen=True)
class Estimate:
    """A ratio, the ends of its 95 % interval, and the number of rounds behind it."""

    value: float
    low: float
    high: float
    rounds: int

    @staticmethod
    def exact(value: float) -> Estimate:
        """A figure without noise, such as a ratio of counted cache misses."""
        return Estimate(value, value, value, 1)


def typical(times: Sequence[float]) -> float:
    """The mean of the faster half."""
    import numpy as np  # slow to import

    return float(_faster_half(np.asarray(times, dtype=np.float64)))


def _faster_half(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each row. The one in the middle belongs to it."""
    import numpy as np

    rounds = times.shape[-1]
    mean: NDArray[np.float64] = np.sort(times, axis=-1)[..., : (rounds + 1) // 2].mean(axis=-1)
    return mean


def ratio_of_typical(
    baseline_ns: Sequence[float], submission_ns: Sequence[float], seed: int
) -> Estimate:
    """How many times faster the submission is. Element i of both is from one
    round, but for quiet turns that were left of rounds with loud ones.

    Rounds are resampled whole, because the two times of a round are correlated. Resampled apart,
    intervals are thrice too wide when slow spells hit both, and hold the truth only 89 % of the
    time, not 95 %, when being first in a round costs something.

    The interval is the expanded percentile interval (Hesterberg, "What teachers should know about
    the bootstrap", The American Statistician 69, 2015): resampling spreads too little by a factor
    of √((n - 1) / n), and few rounds have heavier tails than a normal distribution. Here n is the
    number of times that enter a mean: with all rounds for n, intervals held the truth 95 % of the
    time on recorded turns, but 85 % in a series of 20 on a busy host; with half of them, 97 %.
    """
    import numpy as np  # slow to import
    from scipy.special import ndtr, stdtrit

    times = np.array([baseline_ns, submission_ns], dtype=np.float64)  # ValueError when ragged
    rounds = times.shape[1]
    if rounds == 0 or not np.all(np.isfinite(times) & (times > 0)):
        raise ValueError("times must be positive, finite, and from at least one round")

    baseline, submission = _faster_half(times)
    drawn = np.random.default_rng(seed).integers(rounds, size=(RESAMPLES, rounds))
    resampled = _faster_half(times[:, drawn])
    behind = max((rounds + 1) // 2, 2)
    quantile = stdtrit(behind - 1, (1 - CONFIDENCE) / 2)
    tail = ndtr(math.sqrt(behind / (behind - 1)) * quantile)
    low, high = np.quantile(resampled[0] / resampled[1], [tail, 1 - tail])
    value = float(baseline / submission)
    return Estimate(value, min(float(low), value), max(float(high), value), rounds)


def mann_whitney_p(baseline_ns: Sequence[float], submission_ns: Sequence[float]) -> float:
    """Two-sided p of the Mann-Whitney U test: how likely times that differ so much, or more, would
    be if both kernels were equally fast. It uses ranks: no outlier weighs more than another.
    """
    from scipy.stats import mannwhitneyu  # slow to import

    return float(mannwhitneyu(baseline_ns, submission_ns).pvalue)


def narrow_enough(estimate: Estimate, relative_width: float = 0.04) -> bool:
    """Whether the whole interval is at most that share of the value, from enough rounds."""
    return (
        estimate.rounds >= MIN_ROUNDS
        and estimate.high - estimate.low <= relative_width * estimate.value
    )
