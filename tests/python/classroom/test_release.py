"""Releases onto nothing, onto a tree released before, and onto what a student has changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rooflab.base.errors import UsageError
from rooflab.base.progress import silent
from rooflab.classroom import release
from rooflab.classroom.leaks import Leak
from rooflab.classroom.release import RECORD, LeakError, read_record, update
from rooflab.classroom.tree import File, Tree
from rooflab.course.course import Course

KERNELS = "labs/01_baseline/kernels.cpp"
TESTS = "labs/01_baseline/tests.cpp"
FIRST = {
    "lab": File(b"#!/bin/sh\n", executable=True),
    KERNELS: File(b"// TODO\n"),
    TESTS: File(b"// tests\n"),
    "docs/old.md": File(b"old\n"),
}


@pytest.fixture
def student(course: Course, tmp_path: Path) -> Path:
    """The folder of a first release."""
    folder = tmp_path / "student"
    update(folder, FIRST, course.labs, None)
    return folder


def again(course: Course, student: Path, tree: Tree) -> release.Changes:
    return update(student, tree, course.labs, read_record(student))


def test_a_first_release_writes_all_files_with_their_modes(student: Path) -> None:
    assert (student / KERNELS).read_text() == "// TODO\n"
    assert os.access(student / "lab", os.X_OK)
    assert not os.access(student / TESTS, os.X_OK)
    assert read_record(student) is not None


def test_the_same_again_changes_nothing(course: Course, student: Path) -> None:
    assert again(course, student, FIRST) == release.Changes()


def test_course_files_are_updated_added_and_removed(course: Course, student: Path) -> None:
    tree = {**FIRST, TESTS: File(b"// better\n"), "docs/new.md": File(b"new\n")}
    del tree["docs/old.md"]
    changes = again(course, student, tree)
    assert (changes.updated, changes.added, changes.removed) == (
        [TESTS],
        ["docs/new.md"],
        ["docs/old.md"],
    )
    assert (student / TESTS).read_text() == "// better\n"
    assert not (student / "docs/old.md").exists()


def test_a_students_kernels_are_never_touched(course: Course, student: Path) -> None:
    (student / KERNELS).write_text("// mine\n")
    changes = again(course, student, {**FIRST, KERNELS: File(b"// a better TODO\n")})
    assert (student / KERNELS).read_text() == "// mine\n"
    assert changes.yours == [KERNELS]
    assert again(course, student, {**FIRST, KERNELS: File(b"// a better TODO\n")}).yours == []


def test_a_stub_that_nobody_has_edited_is_updated(course: Course, student: Path) -> None:
    changes = again(course, student, {**FIRST, KERNELS: File(b"// a better TODO\n")})
    assert changes.updated == [KERNELS]


def test_a_kernel_file_that_was_deleted_stays_deleted(course: Course, student: Path) -> None:
    (student / KERNELS).unlink()
    assert again(course, student, FIRST) == release.Changes()
    assert not (student / KERNELS).exists()


def test_a_students_change_to_a_course_file_is_kept_beside(course: Course, student: Path) -> None:
    (student / TESTS).write_text("// mine\n")
    changes = again(course, student, FIRST)
    assert changes.kept == {TESTS: f"{TESTS}.yours"}
    assert (student / f"{TESTS}.yours").read_text() == "// mine\n"
    assert (student / TESTS).read_text() == "// tests\n"
    (student / TESTS).write_text("// mine again\n")
    assert again(course, student, FIRST).kept == {TESTS: f"{TESTS}.yours2"}
    assert (student / f"{TESTS}.yours").read_text() == "// mine\n"


def test_a_changed_file_that_the_course_no_longer_has_stays(course: Course, student: Path) -> None:
    (student / "docs/old.md").write_text("my notes\n")
    tree = {path: file for path, file in FIRST.items() if path != "docs/old.md"}
    assert again(course, student, tree).kept == {"docs/old.md": "docs/old.md"}
    assert (student / "docs/old.md").read_text() == "my notes\n"


def test_files_of_the_students_own_are_left_alone(course: Course, student: Path) -> None:
    (student / "notes.txt").write_text("mine\n")
    again(course, student, FIRST)
    assert (student / "notes.txt").read_text() == "mine\n"


def test_line_ends_of_another_system_are_no_change(course: Course, student: Path) -> None:
    (student / TESTS).write_bytes(b"// tests\r\n")
    assert again(course, student, FIRST).kept == {}


def test_an_interrupted_update_is_finished_by_the_next(
    course: Course, student: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = {**FIRST, TESTS: File(b"// better\n"), "docs/new.md": File(b"new\n")}
    written: list[Path] = []

    def fail_late(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) > 1:
            raise KeyboardInterrupt
        path.write_bytes(content)

    with monkeypatch.context() as patched:
        patched.setattr(release, "write_atomically", fail_late)
        with pytest.raises(KeyboardInterrupt):
            again(course, student, tree)
    changes = again(course, student, tree)
    assert changes.kept == {}
    assert {path: (student / path).read_bytes() for path in tree} == {
        path: file.content for path, file in tree.items()
    }


def test_nothing_is_written_through_a_link(course: Course, student: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (student / "docs").rename(elsewhere)
    (student / "docs").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="symbolic link"):
        again(course, student, {**FIRST, "docs/old.md": File(b"written\n")})
    assert (elsewhere / "old.md").read_text() == "old\n"


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine\n")
    with pytest.raises(UsageError, match="is not empty, and no student tree"):
        read_record(tmp_path)
    (tmp_path / RECORD).write_text("{}")
    with pytest.raises(UsageError, match="cannot be read"):
        read_record(tmp_path)


@pytest.mark.parametrize("path", ["../mine.txt", "/mine.txt", "docs/../../mine.txt", ".git/config"])
def test_a_record_that_names_other_files_is_refused(
    path: str, course: Course, student: Path
) -> None:
    record = (student / RECORD).read_text().replace("docs/old.md", path)
    (student / RECORD).write_text(record)
    with pytest.raises(UsageError, match="names a file outside of it"):
        read_record(student)


def test_an_empty_repository_can_be_released_into(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert read_record(tmp_path) is None


def test_a_leak_stops_the_release_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = Course(Path(__file__).resolve().parents[3])
    monkeypatch.setattr(release, "find_leaks", lambda *_: [Leak("README.md", 3, "a secret")] * 30)
    with pytest.raises(LeakError) as caught:
        release.release(course, tmp_path / "new", "01", silent)
    assert "nothing was written; leaks: 30\nREADME.md:3: a secret\n" in caught.value.message
    assert "… and 10 more" in caught.value.message
    assert not (tmp_path / "new").exists()


def test_a_students_copy_cannot_be_released(course: Course, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="only a copy with solutions and hidden tests"):
        release.release(course, tmp_path / "new", None, silent)
