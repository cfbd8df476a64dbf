"""What a student reads about real mistakes: the mutants, in the labs' own tests."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rooflab.authoring.mutants import mutants_of
from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.variant import build_variant
from rooflab.compile.worker import Built, build_submission
from rooflab.course.course import Course
from rooflab.course.submission import SubmittedFiles
from rooflab.measure.correctness import run_kernel
from rooflab.measure.seeds import Seeds
from rooflab.student import test


@pytest.fixture(scope="session")
def trusted01(trusted: LabBuild) -> LabBuild:
    course = Course(trusted.lab.root)
    return prepare(course, course.find("01"))


def shown(trusted: LabBuild, kernel: str, mistake: str, work: Path) -> str:
    """What `./lab test` prints of a mutant."""
    wanted = (kernel, mistake)
    (mutant,) = (m for m in mutants_of(trusted.lab) if (m.kernel, m.name) == wanted)
    built = build_variant(trusted, mutant, work)
    assert isinstance(built, Built)
    result = run_kernel(trusted, built.worker, mutant.kernel, work, Seeds()).public
    return test.as_text(trusted.lab, test.Tested({mutant.kernel: result}))


def test_nan_that_was_lost_is_told_and_not_where_it_stood(
    trusted01: LabBuild, tmp_path: Path
) -> None:
    message = shown(trusted01, "relu", "swallows_nan", tmp_path)
    assert "    pattern: NaN became 0\n" in message
    assert "the tail" not in message


def test_a_missing_tail_is_told_although_the_smallest_call_shows_none(
    trusted: LabBuild, trusted01: LabBuild, tmp_path: Path
) -> None:
    assert (
        "    pattern: nothing was written\n"
        "    found at: 1023 elements\n"
        "    pattern there: only elements >= 1016 are wrong; they were never written: the tail, "
        "1016 = 8·⌊1023/8⌋\n"
    ) in shown(trusted01, "relu", "forgets_the_tail", tmp_path)
    assert (
        "    found at: a 127×63, b 63×95, c 127×95\n"
        "    pattern there: only rows >= 124 are wrong; they were never written: the tail, "
        "124 = 4·⌊127/4⌋\n"
    ) in shown(trusted, "matmul_blocked", "forgets_row_tail", tmp_path)


def test_a_kernel_that_stops_early_has_no_tail(trusted01: LabBuild, tmp_path: Path) -> None:
    message = shown(trusted01, "transpose", "only_right_for_squares", tmp_path)
    assert "pattern there: only rows >= 63 are wrong; they were never written\n" in message


# Far enough behind c to leave all memory of the test, and line 3 of the kernel's file.
FAR = """#include "kernels.h"
namespace lab02 {
static void store(float* c) { c[(16 << 20) / 4] = 1; }
void matmul_blocked(MatrixView<const float>, MatrixView<const float>, MatrixView<float> c) {
  if (c.rows > 0) store(c.data);
}
void matmul_reordered(MatrixView<const float>, MatrixView<const float>, MatrixView<float>) {}
void transpose_blocked(MatrixView<const float>, MatrixView<float>) {}
void conv2d_blocked(Tensor4View<const float>, Tensor4View<const float>, std::span<const float>,
                    std::int64_t, Tensor4View<float>) {}
std::int64_t choose_tile(std::int64_t) { return 8; }
}  // namespace lab02
"""
NEAR = FAR.replace("(16 << 20) / 4", "1").replace("c.rows > 0", "c.rows == 1")


def advice(trusted: LabBuild, source: str, work: Path) -> str:
    work.mkdir()
    built = build_submission(trusted, SubmittedFiles({"kernels.cpp": source.encode()}), work)
    assert isinstance(built, Built)
    cause = run_kernel(trusted, built.worker, "matmul_blocked", work, Seeds()).public.cause
    assert cause is not None
    return cause.help


def test_the_command_for_a_store_far_outside_names_its_line(
    trusted: LabBuild, tmp_path: Path
) -> None:
    root = trusted.lab.root
    copy = tmp_path / "course"  # a student's, whose kernels.cpp may be changed
    for name in ("labs", "cmake", "grader/harness"):
        shutil.copytree(root / name, copy / name)
    for name in ("CMakeLists.txt", "CMakePresets.json"):
        shutil.copy(root / name, copy)
    (copy / "labs/02_blocking/kernels.cpp").write_text(FAR, encoding="utf-8")

    text, command = advice(trusted, FAR, tmp_path / "far").split("\n")
    assert text.endswith("AddressSanitizer usually names the line:")
    ran = subprocess.run(["sh", "-c", command], cwd=copy, capture_output=True, check=False)
    assert re.search(rb"#0 .*labs/02_blocking/kernels\.cpp:3\b", ran.stderr), ran.stdout
    listed = subprocess.run(
        ["sh", "-c", f"{command} --list-test-cases"], cwd=copy, capture_output=True, check=True
    )
    assert b"passing the current filters: 1\n" in listed.stdout


def test_a_store_next_to_an_output_is_left_to_the_guards(trusted: LabBuild, tmp_path: Path) -> None:
    assert advice(trusted, NEAR, tmp_path / "near") == (
        "check loop limits against rows, cols and stride"
    )
