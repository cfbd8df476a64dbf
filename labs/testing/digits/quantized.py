"""What a network loses when it computes with integers: an INT8 or INT4 network in numpy, whose
arithmetic is exact but for the roundings that quantization itself is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from stored import Bytes, Digits, Floats, Network

Integers = NDArray[np.int64]
Doubles = NDArray[np.float64]

PIXEL_SCALE = 1 / 16  # exact, with zero point 0: a pixel is an integer already


@dataclass(frozen=True)
class Scheme:
    name: str
    largest: int  # weights are from -largest to largest
    per_channel: bool  # a scale per column of the weights, else one for all
    percentile: float = 100  # of the hidden activations, which becomes hidden_largest
    hidden_largest: int = 255  # hidden activations are from 0 to it

    def weights(self, w: Floats) -> tuple[Integers, Doubles]:
        """Symmetric: the integers, and the scale of each column."""
        magnitudes = np.abs(w.astype(np.float64))
        reach = (
            magnitudes.max(axis=0) if self.per_channel else np.full(w.shape[1], magnitudes.max())
        )
        scale = np.where(reach > 0, reach, 1) / self.largest  # a column may be all zeros
        return np.rint(w / scale).astype(np.int64), scale


SCHEMES = (
    Scheme("int8/tensor", 127, False),
    Scheme("int8/channel", 127, True),
    Scheme("int4/tensor", 7, False),
    Scheme("int4/channel", 7, True),
    Scheme("int8/channel 99.9%", 127, True, 99.9),
    Scheme("int8/channel 99%", 127, True, 99),
)


def hidden(network: Network, pixels: Bytes) -> Floats:
    x = pixels.astype(np.float32) / np.float32(16)
    return np.maximum(x @ network.w1 + network.b1, np.float32(0))


def float_logits(network: Network, pixels: Bytes) -> Floats:
    return hidden(network, pixels) @ network.w2 + network.b2


def quantized_logits(
    network: Network, pixels: Bytes, calibration: Bytes, scheme: Scheme
) -> Doubles:
    """`calibration` are the images that the range of the hidden activations is taken from."""
    w1, w1_scale = scheme.weights(network.w1)
    w2, w2_scale = scheme.weights(network.w2)
    scale1 = PIXEL_SCALE * w1_scale
    reach = np.percentile(hidden(network, calibration), scheme.percentile)
    hidden_scale = reach / scheme.hidden_largest
    scale2 = hidden_scale * w2_scale
    sums = pixels.astype(np.int64) @ w1 + np.rint(network.b1 / scale1).astype(np.int64)
    # Rounds halves to even; clamping below at 0 is the ReLU.
    h = np.rint(sums * (scale1 / hidden_scale))
    h = np.clip(h, 0, scheme.hidden_largest).astype(np.int64)
    result: Doubles = (h @ w2 + np.rint(network.b2 / scale2).astype(np.int64)) * scale2
    return result


def hits(digits: Digits, networks: list[Network], scheme: Scheme | None = None) -> list[int]:
    """Per fold, how many of its images the network of that fold gets right; in float32 without a
    scheme."""
    counts = []
    for fold, network in enumerate(networks):
        tested, calibration = digits.of(fold), digits.outside(fold)
        if scheme is None:
            logits = float_logits(network, tested.pixels).astype(np.float64)
        else:
            logits = quantized_logits(network, tested.pixels, calibration.pixels, scheme)
        counts.append(int((logits.argmax(axis=1) == tested.labels).sum()))
    return counts
