"""What grading services are given."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from rooflab import cli
from rooflab.base.errors import SetupError, UsageError
from rooflab.classroom import export
from rooflab.classroom.leaks import Leak
from rooflab.classroom.release import LeakError
from rooflab.course.course import Course

COURSE = Course(Path(__file__).resolve().parents[3])


def test_a_gradescope_autograder_has_all_that_a_lab_is_graded_with(tmp_path: Path) -> None:
    file = tmp_path / "autograder.zip"
    export.gradescope(COURSE, COURSE.find("05"), file)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        assert archive.read("lab") == b"05\n"
        modes = {entry.filename: entry.external_attr >> 16 for entry in archive.infolist()}
    assert {
        "setup.sh",
        "run_autograder",
        "rooflab/lab",
        "rooflab/solutions/05_quantization/kernels.cpp",
        "rooflab/grader/hidden/05_quantization/tests.cpp",
        "rooflab/grader/hidden/promises/spmm.h",
        "rooflab/grader/stubs/05_quantization/kernels.cpp",
    } <= names
    assert not [name for name in names if name.startswith(("rooflab/tests/", "rooflab/.git/"))]
    assert not [name for name in names if "01_baseline" in name]
    for name in ("setup.sh", "run_autograder", "rooflab/lab"):
        assert modes[name] & stat.S_IXUSR, name
    assert not modes["rooflab/CMakeLists.txt"] & stat.S_IXUSR


def test_labs_that_a_lab_uses_go_along(tmp_path: Path) -> None:
    file = tmp_path / "autograder.zip"
    export.gradescope(COURSE, COURSE.find("06"), file)
    names = zipfile.ZipFile(file).namelist()
    for lab in ("02_blocking", "03_simd", "05_quantization", "06_profiling"):
        assert f"rooflab/solutions/{lab}/kernels.cpp" in names
    assert "rooflab/solutions/04_threading/kernels.cpp" not in names


def test_the_same_course_makes_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        export.gradescope(COURSE, COURSE.find("01"), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_nothing_is_exported_from_a_students_copy(course: Course, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no solution or no hidden tests"):
        export.gradescope(course, course.find("01"), tmp_path / "autograder.zip")


def test_a_classroom50_bundle_holds_a_student_tree(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    assert cli.main(["export", "classroom50", str(bundle), "--lab", "02"]) == 0
    assert (bundle / "autograder.py").is_file()
    assert (bundle / "lab").read_text() == "02\n"
    assert (bundle / "rooflab/lab").stat().st_mode & stat.S_IXUSR
    assert (bundle / "rooflab/labs/02_blocking/tests.cpp").is_file()
    assert not (bundle / "rooflab/solutions").exists()
    assert not (bundle / "rooflab/labs/01_baseline").exists()


def test_a_public_bundle_is_looked_through_for_leaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "find_leaks", lambda *_: [Leak("README.md", 1, "a secret")])
    with pytest.raises(LeakError):
        export.classroom50(COURSE, None, tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


def test_a_bundle_is_not_mixed_with_other_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine\n")
    with pytest.raises(UsageError, match="not an empty folder"):
        export.classroom50(COURSE, None, tmp_path)
