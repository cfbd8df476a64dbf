"""Reset restores the stub and never loses the student's file."""

from datetime import datetime
from pathlib import Path

import pytest

from rooflab.base.errors import SetupError
from rooflab.course.course import Course
from rooflab.student import reset

NOW = datetime(2026, 1, 2, 3, 4, 5)
STUB = "// TODO\n"


@pytest.fixture
def file(course: Course) -> Path:
    path = course.find("02").directory / "kernels.cpp"
    path.write_text("my work", encoding="utf-8")
    return path


def restore(course: Course) -> tuple[reset.Restored, ...]:
    return reset.reset(course, course.find("02"), NOW)


def test_the_stub_is_back(course: Course, file: Path) -> None:
    restore(course)
    assert file.read_text(encoding="utf-8") == STUB


def test_the_work_is_kept(course: Course, file: Path) -> None:
    (restored,) = restore(course)
    backup = course.root / "build/backup/02_blocking/2026-01-02_030405/kernels.cpp"
    assert restored == reset.Restored(file, backup)
    assert backup.read_text(encoding="utf-8") == "my work"


def test_two_resets_in_one_second_keep_both(course: Course, file: Path) -> None:
    restore(course)
    file.write_text("second work", encoding="utf-8")
    restore(course)
    kept = sorted((course.build / "backup").rglob("kernels.cpp"))
    assert [path.read_text(encoding="utf-8") for path in kept] == ["my work", "second work"]


def test_the_message_says_how_to_undo(course: Course, file: Path) -> None:
    said = reset.summary(course, course.find("02"), restore(course))
    assert (
        "mv build/backup/02_blocking/2026-01-02_030405/kernels.cpp labs/02_blocking/kernels.cpp"
    ) in said


def test_answers_are_a_stub_like_others(course: Course, file: Path) -> None:
    lab = course.find("02")
    files = {"files": ("kernels.cpp", "answers.toml")}
    lab.__dict__["manifest"] = lab.manifest.model_copy(update=files)
    (lab.stubs / "answers.toml").write_text('saxpy = ""\n', encoding="utf-8")
    answers = lab.directory / "answers.toml"
    answers.write_text('saxpy = "memory"\n', encoding="utf-8")
    assert [item.file for item in reset.reset(course, lab, NOW)] == [file, answers]
    assert answers.read_text(encoding="utf-8") == 'saxpy = ""\n'
    backup = course.root / "build/backup/02_blocking/2026-01-02_030405/answers.toml"
    assert backup.read_text(encoding="utf-8") == 'saxpy = "memory"\n'


def test_an_untouched_lab_is_left_alone(course: Course) -> None:
    assert restore(course) == ()
    assert not course.build.exists()
    assert "nothing to reset" in reset.summary(course, course.find("02"), ())


def test_a_deleted_file_comes_back(course: Course, file: Path) -> None:
    file.unlink()
    assert restore(course) == (reset.Restored(file, None),)
    assert file.read_text(encoding="utf-8") == STUB


def test_a_link_is_moved_not_followed(course: Course, file: Path) -> None:
    target = course.root / "elsewhere.cpp"
    file.rename(target)
    file.symlink_to(target)
    restore(course)
    assert target.read_text(encoding="utf-8") == "my work"
    assert not file.is_symlink()


def test_other_files_of_the_lab_stay(course: Course, file: Path) -> None:
    notes = file.with_name("notes.txt")
    notes.write_text("keep", encoding="utf-8")
    restore(course)
    assert notes.read_text(encoding="utf-8") == "keep"


def test_without_a_stub_nothing_is_touched(course: Course, file: Path) -> None:
    (course.find("02").stubs / "kernels.cpp").unlink()
    with pytest.raises(SetupError, match="cannot be read"):
        restore(course)
    assert file.read_text(encoding="utf-8") == "my work"
