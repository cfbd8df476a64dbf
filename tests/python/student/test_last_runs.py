"""What `./lab bench` remembers of earlier runs, and what becomes of it when it is broken."""

import json
from pathlib import Path

import pytest

from rooflab.course.course import Course, Lab
from rooflab.course.submission import MAX_FILE_BYTES, SubmittedFiles
from rooflab.student import last_runs

NEW = SubmittedFiles({"kernels.cpp": b"// new\n"})
OLD = SubmittedFiles({"kernels.cpp": b"// old\n"})


@pytest.fixture
def lab(course: Course) -> Lab:
    return course.find("02")


@pytest.fixture
def file(course: Course, lab: Lab) -> Path:
    return last_runs.file_of(course, lab)


def test_before_the_first_run_there_is_none(file: Path, lab: Lab) -> None:
    assert last_runs.read(file, lab) == []


def test_runs_come_back_as_they_were_the_newest_first(file: Path, lab: Lab) -> None:
    last_runs.write(file, [NEW, OLD])
    assert last_runs.read(file, lab) == [NEW, OLD]


def test_answers_are_not_timed_and_not_kept(file: Path, lab: Lab) -> None:
    files = {"files": ("kernels.cpp", "answers.toml")}
    lab.__dict__["manifest"] = lab.manifest.model_copy(update=files)
    last_runs.write(file, [SubmittedFiles(NEW.files, answers=b"saxpy = ''")])
    assert last_runs.read(file, lab) == [NEW]


def test_two_are_kept(file: Path, lab: Lab) -> None:
    last_runs.write(file, [NEW, OLD, NEW])
    assert last_runs.read(file, lab) == [NEW, OLD]


def test_every_byte_comes_back_even_of_the_longest_file(file: Path, lab: Lab) -> None:
    content = (bytes(range(256)) * (MAX_FILE_BYTES // 256))[:MAX_FILE_BYTES]
    runs = 2 * [SubmittedFiles({"kernels.cpp": content})]
    last_runs.write(file, runs)
    assert last_runs.read(file, lab) == runs


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[",
        "1",
        "[1]",
        "null",
        '["text"]',
        '[{"kernels.cpp": 1}]',
        '[{"kernels.cpp": "\\u1234"}]',
        '{"kernels.cpp": "text"}',
        "[" * 100_000,
    ],
)
def test_a_broken_file_counts_as_none(file: Path, lab: Lab, written: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(written, encoding="utf-8")
    assert last_runs.read(file, lab) == []


@pytest.mark.parametrize("names", [["../kernels.cpp"], [], ["kernels.cpp", "more.cpp"]])
def test_a_run_of_other_files_than_the_labs_counts_as_none(
    file: Path, lab: Lab, names: list[str]
) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps([dict.fromkeys(names, "text")]), encoding="utf-8")
    assert last_runs.read(file, lab) == []


def test_a_link_in_its_place_is_not_followed(file: Path, lab: Lab, tmp_path: Path) -> None:
    last_runs.write(tmp_path / "elsewhere", [NEW])
    file.parent.mkdir(parents=True)
    file.symlink_to(tmp_path / "elsewhere")
    assert last_runs.read(file, lab) == []


def test_files_of_earlier_labs_come_back(file: Path, uses_relu: Lab) -> None:
    both = SubmittedFiles(NEW.files, earlier={"01_baseline": OLD})
    last_runs.write(file, [both, NEW])
    assert last_runs.read(file, uses_relu) == [both, NEW]
