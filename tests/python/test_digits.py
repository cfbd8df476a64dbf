"""The files of labs/testing/digits are what train.py promises. Nothing is trained here."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "labs" / "testing" / "digits"
LIMIT_BYTES = 700_000
VARIANTS = ("dense", "pruned_80", "pruned_90", "two_of_four")


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module("stored")


@pytest.fixture
def train(stored: ModuleType) -> ModuleType:
    return importlib.import_module("train")


@pytest.fixture
def quantized(stored: ModuleType) -> ModuleType:
    return importlib.import_module("quantized")


def test_there_are_1797_images_of_ten_digits(stored: ModuleType) -> None:
    digits = stored.read_digits()
    assert digits.pixels.shape == (1797, 64)
    assert set(np.unique(digits.pixels)) == set(range(17))
    assert set(np.unique(digits.labels)) == set(range(10))


def test_the_folds_are_those_of_the_seed(stored: ModuleType, train: ModuleType) -> None:
    digits = stored.read_digits()
    assert np.array_equal(digits.folds, train.split(digits.labels))


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_is_read_and_written_again_is_the_same_file(
    stored: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variant: str
) -> None:
    digits, networks = stored.read_digits(), stored.read_networks(variant)
    monkeypatch.setattr(stored, "HERE", tmp_path)
    stored.write_digits(digits)
    stored.write_networks(variant, networks)
    for name in ("images.bin", f"{variant}.bin"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize(
    ("variant", "zeros"),
    [("dense", 0), ("pruned_80", 0.8), ("pruned_90", 0.9), ("two_of_four", 0.5)],
)
def test_that_share_of_each_matrix_is_zero(stored: ModuleType, variant: str, zeros: float) -> None:
    for network in stored.read_networks(variant):
        for w in (network.w1, network.w2):
            assert np.count_nonzero(w == 0) == np.ceil(zeros * w.size)


def test_two_of_four_consecutive_inputs_of_a_unit_are_zero(stored: ModuleType) -> None:
    for network in stored.read_networks("two_of_four"):
        for w in (network.w1, network.w2):
            groups = w.reshape(-1, 4, w.shape[1])
            assert (np.count_nonzero(groups, axis=1) == 2).all()


def test_pruning_costs_less_than_half_a_point_of_accuracy(
    stored: ModuleType, quantized: ModuleType
) -> None:
    digits = stored.read_digits()
    right = {v: sum(quantized.hits(digits, stored.read_networks(v))) for v in VARIANTS}
    assert right["dense"] >= 0.97 * 1797
    assert min(right.values()) > right["dense"] - 0.005 * 1797


@pytest.mark.parametrize("variant", VARIANTS)
def test_int8_changes_at_most_one_image_net_and_int4_more_per_tensor_than_per_channel(
    stored: ModuleType, quantized: ModuleType, variant: str
) -> None:
    digits, networks = stored.read_digits(), stored.read_networks(variant)
    exact = sum(quantized.hits(digits, networks))
    right = {s.name: sum(quantized.hits(digits, networks, s)) for s in quantized.SCHEMES}
    assert abs(right["int8/tensor"] - exact) <= 1
    assert abs(right["int8/channel"] - exact) <= 1
    assert right["int4/tensor"] < right["int4/channel"] < exact


def test_the_files_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.bin")) < LIMIT_BYTES
