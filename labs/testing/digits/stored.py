"""The files of this folder, as README.md describes them: written by train.py, read here and in
digits.cpp."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

HERE = Path(__file__).resolve().parent
FOLDS = 5
PIXELS = 64
HIDDEN = 128
CLASSES = 10
VARIANTS = ("dense", "pruned_80", "pruned_90", "two_of_four")
SHAPES = ((PIXELS, HIDDEN), (HIDDEN, CLASSES))


class Digits(NamedTuple):
    pixels: Bytes  # images × 64, 0 to 16, each image row by row
    labels: Bytes
    folds: Bytes  # of each image, 0 to 4

    def of(self, fold: int) -> Digits:
        """What the network of that fold is tested on."""
        return Digits(*(part[self.folds == fold] for part in self))

    def outside(self, fold: int) -> Digits:
        """What the network of that fold is trained and calibrated on."""
        return Digits(*(part[self.folds != fold] for part in self))


class Network(NamedTuple):
    """logits = max(x·w1 + b1, 0)·w2 + b2, with x = pixels/16."""

    w1: Floats  # 64×128: a column per hidden unit
    b1: Floats
    w2: Floats  # 128×10
    b2: Floats


def write_digits(digits: Digits) -> None:
    pixels, labels, folds = digits
    records = np.column_stack([pixels, labels, folds])
    (HERE / "images.bin").write_bytes(records.tobytes())


def read_digits() -> Digits:
    data = np.frombuffer((HERE / "images.bin").read_bytes(), np.uint8)
    records = data.reshape(-1, PIXELS + 2)
    return Digits(records[:, :PIXELS], records[:, PIXELS], records[:, PIXELS + 1])


def write_networks(variant: str, networks: list[Network]) -> None:
    """One per fold."""
    (HERE / f"{variant}.bin").write_bytes(b"".join(map(_packed, networks)))


def read_networks(variant: str) -> list[Network]:
    """One per fold."""
    data = (HERE / f"{variant}.bin").read_bytes()
    networks = []
    for _ in range(FOLDS):
        network, data = _unpacked(data)
        networks.append(network)
    if data:
        raise ValueError(f"{variant}.bin: {len(data)} bytes too many")
    return networks


def _packed(network: Network) -> bytes:
    weights = (network.w1, network.w2)
    masks = [np.packbits(w.ravel() != 0, bitorder="little").tobytes() for w in weights]
    values = [*(w[w != 0] for w in weights), network.b1, network.b2]
    return b"".join([*masks, *(v.astype("<f4").tobytes() for v in values)])


def _unpacked(data: bytes) -> tuple[Network, bytes]:
    """The network that the data begin with, and the rest."""
    masks = []
    for rows, columns in SHAPES:
        count = rows * columns // 8
        bits = np.unpackbits(np.frombuffer(data, np.uint8, count), bitorder="little")
        masks.append(bits.astype(bool).reshape(rows, columns))
        data = data[count:]
    parts: list[Floats] = []
    for count in [*(int(mask.sum()) for mask in masks), HIDDEN, CLASSES]:
        parts.append(np.frombuffer(data, "<f4", count).astype(np.float32))
        data = data[4 * count :]
    w1, w2 = (np.zeros(shape, np.float32) for shape in SHAPES)
    w1[masks[0]], w2[masks[1]] = parts[:2]
    return Network(w1, parts[2], w2, parts[3]), data
