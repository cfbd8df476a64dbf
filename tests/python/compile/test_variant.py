"""What is compiled for a mutant or a stage."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rooflab.base.errors import SetupError
from rooflab.compile.trusted import LabBuild
from rooflab.compile.variant import build_variant, whole_source
from rooflab.course.course import Course
from rooflab.course.stages import Stage
from rooflab.report.model import Cause

HEADER = """// mistake: forgets the tail
// verdict: hidden_correctness wrong_result
"""
VARIANT = """#include "beside.h"
#include <cstdlib>

std::int64_t choose_tile(std::int64_t cache_bytes) {
  return solution(cache_bytes) + std::abs(beside::kMore);
}
"""


def built(trusted: LabBuild, tmp_path: Path, text: str) -> object:
    """What becomes of a variant of lab 02's choose_tile."""
    path = tmp_path / "mutant.cpp"
    path.write_text(HEADER + text, encoding="utf-8")
    (tmp_path / "beside.h").write_text("namespace beside { inline constexpr int kMore = 8; }\n")
    return build_variant(trusted, Stage("choose_tile", "", {}, path), tmp_path)


@pytest.mark.parametrize("name", ["choose_tile", "KERNEL"])
def test_a_variant_replaces_one_kernel_of_the_solution(
    trusted: LabBuild, tmp_path: Path, name: str
) -> None:
    result = built(trusted, tmp_path, VARIANT.replace("choose_tile", name))
    assert not isinstance(result, Cause), result


def test_the_compiler_names_a_variants_own_lines(trusted: LabBuild, tmp_path: Path) -> None:
    result = built(trusted, tmp_path, VARIANT.replace("kMore", "kLess"))
    assert isinstance(result, Cause)
    assert f"{tmp_path}/mutant.cpp:7:" in result.rationale


CHANGE = """// instead of: std::int64_t tile = 8;
// instead of: while (3 * (tile + 8) * (tile + 8) * 4 <= cache_bytes) tile += 8;
std::int64_t tile = 8;
while (3 * (tile + 8) * (tile + 8) * 4 < cache_bytes) tile += 8;
"""


def test_a_variant_changes_lines_of_the_solution(trusted: LabBuild, tmp_path: Path) -> None:
    result = built(trusted, tmp_path, CHANGE)
    assert not isinstance(result, Cause), result


def test_a_variant_replaces_lines_up_to_another(trusted: LabBuild, tmp_path: Path) -> None:
    until = "// instead of: std::int64_t tile = 8;\n// until: return tile;\nconst int tile = 8;\n"
    result = built(trusted, tmp_path, until)
    assert not isinstance(result, Cause), result


def test_the_compiler_names_changed_lines(trusted: LabBuild, tmp_path: Path) -> None:
    result = built(trusted, tmp_path, CHANGE.replace("< cache_bytes", "< cash_bytes"))
    assert isinstance(result, Cause)
    assert f"{tmp_path}/mutant.cpp:6:" in result.rationale


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("// instead of: missing();\n", "has 0 times"),
        ("// instead of: twice();\n", "has 2 times"),
        ("// instead of: once();\n// until: missing();\n", 'no line "missing();" to end at'),
    ],
)
def test_lines_to_change_must_be_there_once(course: Course, lines: str, complaint: str) -> None:
    lab = course.find("02")
    solution = lab.root / "solutions" / lab.name / "kernels.cpp"
    solution.parent.mkdir(parents=True)
    solution.write_text("  once();\n  twice();\n  twice();\n", encoding="utf-8")
    path = lab.root / "one.cpp"
    path.write_text(HEADER + lines, encoding="utf-8")
    with pytest.raises(SetupError, match=re.escape(complaint)):
        whole_source(lab, Stage("relu", "", {}, path))
