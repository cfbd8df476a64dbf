"""What the handout of lab 05 says of the small models that read digits is what they do."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FIGURES = ROOT / "handouts" / "figures"
DATA = FIGURES / "lab05" / "data" / "models.json"
HANDOUT = ROOT / "handouts" / "05_quantization.md"
TABLE = re.compile(r"<!-- models -->\n(.*?)<!-- /models -->", re.DOTALL)
IMAGES = 1797
Exact = dict[str, dict[str, float]]


def exact(series: dict[str, list[dict[str, float]]]) -> Exact:
    """By model; without what takes another time in each run."""
    return {name: rows[0] for name, rows in series.items() if not name.startswith("time of ")}


@pytest.fixture
def committed() -> Exact:
    return exact(json.loads(DATA.read_text(encoding="utf-8"))["series"])


def test_the_models_are_as_right_and_as_small_as_the_data_say(
    committed: Exact, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.syspath_prepend(str(FIGURES))
    monkeypatch.setattr(importlib.import_module("programs"), "BUILD", tmp_path)
    figure = importlib.import_module("lab05.figures").FIGURES["models"]
    assert exact(figure.measure(Path())) == committed


def test_the_folds_of_a_model_add_up(committed: Exact) -> None:
    assert len(committed) == 9
    for row in committed.values():
        assert sum(row[f"fold_{fold}"] for fold in range(5)) == row["right"]
        assert row["percent"] == pytest.approx(100 * row["right"] / IMAGES)


def table_rows(committed: Exact) -> list[str]:
    """model | right of 1,797 | % | weights, bytes | whole model, bytes | times smaller"""
    whole = committed["fp32"]["model_bytes"]
    rows = []
    for name, row in committed.items():
        model, comma, percentile = name.partition(", ")
        rows.append(
            f"| `{model}`{comma}{percentile} | {row['right']:,.0f} | {row['percent']:.2f} "
            f"| {row['weight_bytes']:,.0f} | {row['model_bytes']:,.0f} "
            f"| {whole / row['model_bytes']:.2f} |"
        )
    return rows


def test_the_table_of_the_handout_has_the_same_figures(committed: Exact) -> None:
    found = TABLE.search(HANDOUT.read_text(encoding="utf-8")) if HANDOUT.exists() else None
    lines = [line for line in found[1].splitlines() if line.startswith("|")] if found else []
    if not lines:
        pytest.skip(f"{HANDOUT.relative_to(ROOT)} has no table of models yet")
    assert lines[2:] == table_rows(committed)  # below the head and its line
