"""Confined compilers read what belongs to them, and a course does not lie among it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import small_build

from rooflab.base.errors import SetupError
from rooflab.compile import toolchain
from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.worker import Built, build_submission
from rooflab.course.course import Course
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause, Reason

GCC_ONLY = "-fno-gnu-unique"  # CMakeLists.txt gives it to no other compiler
COMPILERS = [name for name in ("g++", "clang++") if shutil.which(name)]


def with_compiler(trusted: LabBuild, name: str) -> LabBuild:
    """The course as it is built with that compiler; the fixture was built with GCC."""
    compiler = shutil.which(name) or ""
    flags = [flag for flag in trusted.compile_flags if name == "g++" or flag != GCC_ONLY]
    return replace(
        trusted,
        compiler=compiler,
        toolchain=toolchain.readable(compiler),
        compile_flags=tuple(flags),
    )


@pytest.mark.parametrize("name", COMPILERS)
def test_each_compiler_builds_a_worker_from_what_it_may_read(
    trusted: LabBuild, tmp_path: Path, name: str
) -> None:
    assert trusted.lab.solution is not None
    source = (trusted.lab.solution / "kernels.cpp").read_bytes()
    by_name = with_compiler(trusted, name)
    built = build_submission(by_name, SubmittedFiles({"kernels.cpp": source}), tmp_path)
    assert isinstance(built, Built), built


@pytest.mark.parametrize("name", COMPILERS)
def test_what_does_not_build_is_the_submissions_fault_with_each_compiler(
    trusted: LabBuild, tmp_path: Path, name: str
) -> None:
    by_name = with_compiler(trusted, name)
    cause = build_submission(by_name, SubmittedFiles({"kernels.cpp": b"#error"}), tmp_path)
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.BUILD_FAILED


def test_a_compiler_without_its_files_is_no_ones_grade(trusted: LabBuild, tmp_path: Path) -> None:
    without = replace(trusted, toolchain=())
    with pytest.raises(SetupError, match="the compiler does not work in its sandbox"):
        build_submission(without, SubmittedFiles({"kernels.cpp": b""}), tmp_path)


@pytest.mark.parametrize("name", COMPILERS)
@pytest.mark.parametrize(
    "place", ["/usr/share", "/usr/src", "/usr/local/include", "/opt", "/home", "/etc/passwd"]
)
def test_what_is_no_ones_toolchain_is_not_among_it(name: str, place: str) -> None:
    for path in toolchain.readable(name):
        assert not Path(place).is_relative_to(path)
        assert not path.is_relative_to(place)


def test_a_compiler_behind_links_is_found(tmp_path: Path) -> None:
    link = tmp_path / "c++"
    link.symlink_to(shutil.which(COMPILERS[0]) or "")
    assert toolchain.readable(str(link)) == toolchain.readable(COMPILERS[0])


@pytest.mark.parametrize("place", ["/usr/include/course", "/usr"])
def test_a_course_among_compilers_files_is_refused(place: str) -> None:
    with pytest.raises(SetupError, match="the course lies in") as caught:
        toolchain.keep_apart(Path(place), toolchain.readable(COMPILERS[0]))
    assert "move the course" in caught.value.help


def test_nothing_is_graded_there(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    small_build.write(course)
    monkeypatch.setattr(toolchain, "cached", lambda *_: (course.root.parent,))
    with pytest.raises(SetupError, match="the course lies in"):
        prepare(course, course.find("02"))


def test_compilers_are_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "toolchain.json"
    found = toolchain.cached(COMPILERS[0], file)
    assert found == toolchain.readable(COMPILERS[0])
    monkeypatch.setattr(toolchain, "readable", lambda _: ())
    assert toolchain.cached(COMPILERS[0], file) == found


@pytest.mark.parametrize("text", ["", "{}", '{"stamp": ["another", 1, 1], "readable": ["/"]}'])
def test_an_answer_for_another_compiler_is_not_taken(tmp_path: Path, text: str) -> None:
    file = tmp_path / "toolchain.json"
    file.write_text(text, encoding="utf-8")
    assert toolchain.cached(COMPILERS[0], file) == toolchain.readable(COMPILERS[0])


def test_headers_behind_a_link_are_among_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers, elsewhere, searched = (tmp_path / name for name in ("lib/asm", "other", "include"))
    for folder in (headers, elsewhere, searched):
        folder.mkdir(parents=True)
    (headers / "types.h").touch()
    (elsewhere / "types.h").touch()
    (searched / "asm").mkdir()
    (searched / "asm" / "types.h").symlink_to(headers / "types.h")
    (searched / "foreign").symlink_to(elsewhere)
    monkeypatch.setattr(toolchain, "HEADERS", tmp_path / "lib")
    output = f"search starts here:\n {searched}\nEnd of search list"
    monkeypatch.setattr(toolchain, "_output", lambda *_: output)
    found = toolchain.readable(COMPILERS[0])
    assert headers / "types.h" in found
    assert elsewhere not in found
