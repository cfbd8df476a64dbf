"""Stages: what their headers must say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rooflab.base.errors import SetupError
from rooflab.course.course import Course, Lab
from rooflab.course.stages import Stage, stages_of

HEADER = """// idea: tiles
// earns: 2-5 of transpose_blocked.speedup
"""


@pytest.fixture
def real() -> Lab:
    return Course(Path(__file__).resolve().parents[3]).find("02")


def stages_with(lab: Lab, tmp_path: Path, text: str) -> Iterator[Stage]:
    """The stages of that lab, if it had this one."""
    folder = tmp_path / "grader/hidden" / lab.name / "stages/transpose_blocked"
    folder.mkdir(parents=True)
    (folder / "one.cpp").write_text(text, encoding="utf-8")
    elsewhere = replace(lab, root=tmp_path)
    elsewhere.__dict__["manifest"] = lab.manifest
    return stages_of(elsewhere)


def test_a_stage_says_what_it_earns(real: Lab, tmp_path: Path) -> None:
    (stage,) = stages_with(real, tmp_path, HEADER)
    assert (stage.name, stage.kernel, stage.idea) == ("one", "transpose_blocked", "tiles")
    assert stage.earns == {"transpose_blocked.speedup": (2, 5)}


def test_one_figure_is_a_range_of_one(real: Lab, tmp_path: Path) -> None:
    (stage,) = stages_with(real, tmp_path, HEADER.replace("2-5", "0"))
    (measurement,) = (m for m in real.manifest.measurements if m.id in stage.earns)
    assert stage.earns_nothing(measurement)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("#include <cmath>\n", "does not begin with"),
        (HEADER.replace("2-5", "some"), 'not "// earns: 3-5 of CHECK"'),
        (HEADER.replace(".speedup", ".cache_misses"), "each of: transpose_blocked.speedup"),
    ],
)
def test_a_wrong_header_is_named(real: Lab, tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SetupError) as raised:
        list(stages_with(real, tmp_path, text))
    assert complaint in raised.value.message
    assert "stages/transpose_blocked/one.cpp" in raised.value.message


def test_every_measurement_but_those_with_nothing_between_has_a_stage(real: Lab) -> None:
    staged = {stage.kernel for stage in stages_of(real)}
    assert staged >= {"matmul_blocked", "transpose_blocked", "conv2d_blocked"}
