"""`./lab new` writes a lab that builds, says what is left to write, and grades what is written."""

import shutil
from pathlib import Path

import pytest

from rooflab import cli
from rooflab.authoring.new import TEMPLATE, new
from rooflab.base.errors import UsageError
from rooflab.course.course import Course
from rooflab.grading.grade import open_grader
from rooflab.report.model import Status, Tier

ROOT = Path(__file__).resolve().parents[3]
# What a lab is built with.
SHARED = ("CMakeLists.txt", "cmake", "labs", "grader/harness", "grader/hidden")
FILLED_IN = """#include <algorithm>
#include <cstring>

#include "kernels.h"

namespace lab09 {

using Vector = float __attribute__((vector_size(32)));

void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::fill_n(c.row(i), c.cols, 0.0F);
    for (std::int64_t k = 0; k < a.cols; ++k) {
      const float factor = a(i, k);
      std::int64_t j = 0;
      for (; j + 8 <= c.cols; j += 8) {
        Vector sum, row;
        std::memcpy(&sum, c.row(i) + j, sizeof(sum));
        std::memcpy(&row, b.row(k) + j, sizeof(row));
        sum += factor * row;
        std::memcpy(c.row(i) + j, &sum, sizeof(sum));
      }
      for (; j < c.cols; ++j) c(i, j) += factor * b(k, j);
    }
  }
}

}  // namespace lab09
"""
TRIES = 3  # where noise makes a grade inconclusive


def test_a_new_lab_is_written_filled_in_and_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for part in SHARED:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tmp_path / part)
        else:
            shutil.copy(ROOT / part, tmp_path / part)
    monkeypatch.setenv("ROOFLAB_ROOT", str(tmp_path))

    assert cli.main(["new", "09_demo"]) == 0
    assert "labs/09_demo/kernels.h\n" in capsys.readouterr().out
    course = Course(tmp_path)
    lab = course.find("09")
    assert lab == course.labs[-1]

    # What is missing is named; all that needs no author is right already.
    assert cli.main(["verify", "09", "--quick"]) == 1
    found = capsys.readouterr().out
    assert "solutions/09_demo/kernels.cpp:7: // TODO: the lab's idea." in found
    assert "handouts/09_demo.md:1: # Lab 09: TODO, the lab's title" in found
    assert "\nverify: " in found
    wrong = [line for line in found.splitlines() if line.startswith("✗")]
    assert [line for line in wrong if "mutant" not in line] == [  # which may call the solution
        "✗ 09_demo: there is a handout",
        "✗ 09_demo: there is a page for instructors",
        "✗ 09_demo: nothing is left to write",
    ]

    # The stub earns nothing; so does a solution that is not written.
    (report,) = open_grader(course, [lab], Tier.LOCAL).grade(course.root)
    assert (report.status, report.score) == (Status.GRADED, 0)

    solution = tmp_path / "solutions" / "09_demo" / "kernels.cpp"
    solution.write_text(FILLED_IN, encoding="utf-8")
    grader = open_grader(course, [lab], Tier.LOCAL)
    for _ in range(TRIES):
        (report,) = grader.grade(tmp_path / "solutions")
        if report.status is not Status.INCONCLUSIVE:
            break
    assert (report.status, report.score) == (Status.GRADED, 100), report.reason


@pytest.mark.parametrize("name", ["demo", "9_demo", "09-demo", "09_Demo", "../09_x", "", "009_x"])
def test_a_name_that_no_lab_can_have_is_refused(course: Course, name: str) -> None:
    before = sorted(course.root.rglob("*"))
    with pytest.raises(UsageError, match="no name for a lab"):
        new(course, name)
    assert sorted(course.root.rglob("*")) == before


def test_a_number_that_is_taken_is_refused(course: Course) -> None:
    with pytest.raises(UsageError, match="lab 02 is there: 02_blocking"):
        new(course, "02_other")


def test_a_file_in_the_way_is_kept(course: Course) -> None:
    handout = course.root / "handouts" / "09_demo.md"
    handout.parent.mkdir()
    handout.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"in the way: handouts/09_demo\.md"):
        new(course, "09_demo")
    assert handout.read_text(encoding="utf-8") == "mine"
    assert not (course.root / "labs" / "09_demo").exists()


def test_nothing_of_the_template_s_own_names_is_left(course: Course) -> None:
    written = new(course, "09_demo")
    assert (
        len(written) == sum(path.is_file() for path in TEMPLATE.rglob("*")) + 1
    )  # the stub, twice
    for path in written:
        assert "NN" not in str(path)
        assert "NN" not in path.read_text(encoding="utf-8").replace("CNN", "")
    assert Course(course.root).find("09").manifest.kernels[0].name == "matmul"
    assert Course(course.root).find("09").hints.keys() == {"matmul"}
