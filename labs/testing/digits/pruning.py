"""Which weights stay when a network is made sparse."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np
from stored import Floats, Network

Masks = tuple[Floats, Floats]  # of w1 and w2: 1 where a weight stays, else 0
# The masks for a network that has been trained for that share of its epochs.
Rule = Callable[[Network, float], Masks]


def all_stay(network: Network, _progress: float) -> Masks:
    return np.ones_like(network.w1), np.ones_like(network.w2)


def largest_stay(zeros: float, network: Network, progress: float) -> Masks:
    """Makes that share of each matrix zero, the smallest weights first: most of them early, all by
    half of the epochs (Zhu and Gupta, "To prune, or not to prune", 2017)."""
    share = zeros * (1 - (1 - min(1.0, 2 * progress)) ** 3)

    def mask(w: Floats) -> Floats:
        smallest_first = np.argsort(np.abs(w), axis=None, kind="stable")
        stay = np.ones(w.size, np.float32)
        stay[smallest_first[: math.ceil(share * w.size)]] = 0
        return stay.reshape(w.shape)

    return mask(network.w1), mask(network.w2)


def two_of_four_stay(network: Network, _progress: float) -> Masks:
    """The larger two of every four consecutive inputs of a unit (Mishra et al., "Accelerating
    Sparse Deep Neural Networks", 2021)."""

    def mask(w: Floats) -> Floats:
        groups = np.abs(w).reshape(-1, 4, w.shape[1])
        smallest_first = np.argsort(groups, axis=1, kind="stable")
        stay = np.zeros_like(groups)
        np.put_along_axis(stay, smallest_first[:, 2:], 1, axis=1)
        return stay.reshape(w.shape)

    return mask(network.w1), mask(network.w2)


# By variant.
RULES: dict[str, Rule] = {
    "dense": all_stay,
    "pruned_80": partial(largest_stay, 0.8),
    "pruned_90": partial(largest_stay, 0.9),
    "two_of_four": two_of_four_stay,
}
