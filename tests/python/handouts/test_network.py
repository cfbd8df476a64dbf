"""What the handout of lab 06 says of the slow network's steps is what was measured."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "handouts" / "figures" / "lab06" / "data" / "network.json"
HANDOUT = ROOT / "handouts" / "06_profiling.md"
TABLE = re.compile(r"<!-- network -->\n(.*?)<!-- /network -->", re.DOTALL)
ROWS = {
    "as given": "attention",
    "loops changed": "attention, one change",
    "own kernels": "attention, own kernels",
}
COLUMNS = (  # the steps that each is made of
    ("first_layer",),
    ("gelu",),
    ("qkv",),
    ("scores", "softmax", "mean", "attention"),
    ("classify",),
    ("all",),
)


def test_the_table_of_the_handout_has_the_same_figures() -> None:
    series = json.loads(DATA.read_text(encoding="utf-8"))["series"]
    found = TABLE.search(HANDOUT.read_text(encoding="utf-8"))
    assert found is not None
    for line, (label, name) in zip(found[1].splitlines()[2:], ROWS.items(), strict=True):
        (row,) = series[name]
        ms = [sum(row.get(step, 0) for step in steps) / 1e6 for steps in COLUMNS]
        assert line == f"| {label} | {' | '.join(f'{time:.2f}' for time in ms)} |"
