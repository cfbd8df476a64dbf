"""Creates the files of this folder: python train.py. What they are worth: python train.py --check.

Training needs scikit-learn, for the images; --check needs numpy only. The same seed gives the same
networks on the same machine with the same numpy. Elsewhere, sums that are rounded in another order
lead to other networks, which are as good.
"""

from __future__ import annotations

import argparse
import importlib
import math

import numpy as np
from pruning import RULES, Rule
from quantized import SCHEMES, hits
from stored import (
    CLASSES,
    FOLDS,
    HIDDEN,
    PIXELS,
    VARIANTS,
    Bytes,
    Digits,
    Floats,
    Network,
    read_digits,
    read_networks,
    write_digits,
    write_networks,
)

Random = np.random.Generator

SEED = 1
EPOCHS = 100  # for a dense network, and as many again to fine-tune each sparse one
BATCH = 32
RATE = 3e-3
WEIGHT_DECAY = 0.05
NOISE = 0.05  # on pixels of 0 to 1: it makes margins wide, which quantization then leaves intact
# Twice the usual deviation of the first weights. What INT4 costs per tensor and per channel then
# differs as it does in large networks; from smaller weights, digits this easy often hide it.
INITIAL_GAIN = 2.0


def load() -> Digits:
    # By its name, as it is not among the developers' packages.
    data = importlib.import_module("sklearn.datasets").load_digits()
    labels = data.target.astype(np.uint8)
    return Digits(data.data.astype(np.uint8), labels, split(labels))


def split(labels: Bytes) -> Bytes:
    """Each class's images, shuffled, are dealt to the folds in turn."""
    random = np.random.default_rng(SEED)
    classes = [np.flatnonzero(labels == label) for label in range(CLASSES)]
    order = np.concatenate([random.permutation(images) for images in classes])
    folds = np.empty(len(labels), np.uint8)
    folds[order] = np.arange(len(labels)) % FOLDS
    return folds


def initial(random: Random) -> Network:
    def weights(rows: int, columns: int) -> Floats:
        deviation = np.float32(INITIAL_GAIN * math.sqrt(2 / rows))
        return deviation * random.standard_normal((rows, columns), np.float32)

    return Network(
        weights(PIXELS, HIDDEN),
        np.zeros(HIDDEN, np.float32),
        weights(HIDDEN, CLASSES),
        np.zeros(CLASSES, np.float32),
    )


def gradients(network: Network, x: Floats, labels: Bytes) -> Network:
    """Those of the mean cross-entropy."""
    h = np.maximum(x @ network.w1 + network.b1, np.float32(0))
    logits = h @ network.w2 + network.b2
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    errors = powers / powers.sum(axis=1, keepdims=True)
    errors[np.arange(len(labels)), labels] -= 1
    errors /= len(labels)
    back = (errors @ network.w2.T) * (h > 0)
    return Network(x.T @ back, back.sum(axis=0), h.T @ errors, errors.sum(axis=0))


class Adam:
    """With decoupled weight decay (Loshchilov and Hutter, 2019). Changes the network in place."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._means = [np.zeros_like(part) for part in network]
        self._squares = [np.zeros_like(part) for part in network]
        self._steps = 0

    def step(self, gradients: Network, rate: float) -> None:
        self._steps += 1
        for part, gradient, mean, square in zip(
            self._network, gradients, self._means, self._squares, strict=True
        ):
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient * gradient - square)
            unbiased = mean / (1 - 0.9**self._steps)
            deviation = np.sqrt(square / (1 - 0.999**self._steps))
            if part.ndim == 2:  # biases do not decay
                part *= 1 - rate * WEIGHT_DECAY
            part -= rate * unbiased / (deviation + 1e-8)


def train(start: Network, digits: Digits, rule: Rule, random: Random) -> Network:
    network = Network(*(part.copy() for part in start))
    adam = Adam(network)
    pixels = digits.pixels.astype(np.float32) / np.float32(16)
    for epoch in range(EPOCHS):
        w1_mask, w2_mask = rule(network, epoch / EPOCHS)
        order = random.permutation(len(pixels))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            noise = np.float32(NOISE) * random.standard_normal((len(batch), PIXELS), np.float32)
            progress = (epoch + first / len(order)) / EPOCHS
            found = gradients(network, pixels[batch] + noise, digits.labels[batch])
            adam.step(found, RATE * (1 + math.cos(math.pi * progress)) / 2)
            network.w1[...] *= w1_mask
            network.w2[...] *= w2_mask
    return network


def create() -> None:
    digits = load()
    write_digits(digits)
    dense = []
    for fold in range(FOLDS):
        random = np.random.default_rng([SEED, fold])
        dense.append(train(initial(random), digits.outside(fold), RULES["dense"], random))
    write_networks("dense", dense)
    for number, variant in enumerate(VARIANTS[1:]):
        networks = []
        for fold, start in enumerate(dense):
            random = np.random.default_rng([SEED, fold, number])
            networks.append(train(start, digits.outside(fold), RULES[variant], random))
        write_networks(variant, networks)


def check() -> None:
    """Prints how many images each variant gets right: all, and per fold."""
    digits = read_digits()
    sizes = np.bincount(digits.folds).tolist()
    print(f"{'images':<32}{len(digits.labels):>5}          {sizes}")
    for variant in VARIANTS:
        networks = read_networks(variant)
        for scheme in (None, *SCHEMES):
            right = hits(digits, networks, scheme)
            name = f"{variant} {scheme.name if scheme else 'fp32'}"
            share = sum(right) / len(digits.labels)
            print(f"{name:<32}{sum(right):>5}  {share:.2%}  {right}")


def main() -> None:
    parser = argparse.ArgumentParser(description="The networks of lab 05.")
    parser.add_argument("--check", action="store_true", help="only evaluate the files")
    if not parser.parse_args().check:
        create()
    check()


if __name__ == "__main__":
    main()
