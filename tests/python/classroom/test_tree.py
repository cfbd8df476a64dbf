"""What students receive, and what not."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rooflab.base.errors import SetupError, UsageError
from rooflab.classroom.tree import LINK, check_complete, select, student_tree, unlinked
from rooflab.course.course import Course

ROOT = Path(__file__).resolve().parents[3]
REAL = Course(ROOT)
NEVER = re.compile(
    r"(solutions|tests|\.ci|\.git|build|\.venv)/|grader/hidden|instructor|authoring|classroom/|"
    r"CONTRIBUTING|__pycache__|\.pyc$"
)


@pytest.mark.parametrize("labs", ["01-06", "01", "01-02", "02,05"])
def test_nothing_of_the_instructors_is_given(labs: str) -> None:
    tree = student_tree(REAL, select(REAL, labs))
    assert [path for path in tree if NEVER.search(path)] == []
    assert {"lab", "README.md", ".gitattributes"} <= tree.keys()
    assert tree["lab"].executable


@pytest.mark.parametrize("labs", ["01-06", "01", "01-02"])
def test_every_link_of_a_page_leads_somewhere(labs: str, tmp_path: Path) -> None:
    tree = student_tree(REAL, select(REAL, labs))
    followed = 0
    for path, file in tree.items():
        if path.endswith(".md"):
            for link in LINK.finditer(file.content.decode()):
                target = link[2].partition("#")[0]
                if target and not re.match("[a-z]+:", target):
                    there = (tmp_path / path).parent / target
                    named = there.resolve().relative_to(tmp_path.resolve()).as_posix()
                    assert named in tree, f"{path}: {link[0]}"
                    followed += 1
    assert followed > 5


def test_a_lab_that_is_not_released_has_no_file_in_the_tree() -> None:
    tree = student_tree(REAL, select(REAL, "01-02"))
    assert not [path for path in tree if re.search(r"0[3-6]_[a-z]|/lab0[3-6]/", path)]
    assert "03_simd" not in tree["README.md"].content.decode()
    assert "(02_blocking.md)" in tree["handouts/README.md"].content.decode()


def test_editable_files_are_the_stubs_whatever_lies_in_the_course(course: Course) -> None:
    (course.root / "labs/01_baseline/kernels.cpp").write_text("// tried something\n")
    tree = student_tree(course, course.labs)
    assert tree["labs/01_baseline/kernels.cpp"].content == b"// TODO\n"


def test_a_file_that_is_not_under_version_control_is_not_given(course: Course) -> None:
    subprocess.run(["git", "init", "-q", course.root], check=True)
    subprocess.run(["git", "-C", course.root, "add", "."], check=True)
    (course.root / "labs/01_baseline/solved.cpp").write_text("mine\n")
    assert "labs/01_baseline/solved.cpp" not in student_tree(course, course.labs)
    shutil.rmtree(course.root / ".git")
    assert "labs/01_baseline/solved.cpp" in student_tree(course, course.labs)


def test_a_link_is_not_given(course: Course) -> None:
    (course.root / "labs/01_baseline/notes.md").symlink_to("/etc/hostname")
    with pytest.raises(SetupError, match="not a regular file"):
        student_tree(course, course.labs)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("01-03", ["01", "02", "03"]),
        ("2", ["02"]),
        ("blocking,05", ["02", "05"]),
        ("6,1", ["01", "06"]),
    ],
)
def test_labs_are_named_by_number_topic_or_range(text: str, ids: list[str]) -> None:
    assert [lab.id for lab in select(REAL, text)] == ids


@pytest.mark.parametrize("text", ["03-01", "09", ""])
def test_labs_that_are_not_there_are_an_error(text: str) -> None:
    with pytest.raises(UsageError):
        select(REAL, text)


def test_a_lab_is_not_released_without_those_that_it_uses() -> None:
    with pytest.raises(UsageError, match="lab 06 uses kernels of other labs: 02, 03, 05") as caught:
        check_complete(select(REAL, "06"))
    assert caught.value.help == "--labs 02,03,05,06"
    check_complete(select(REAL, "02,03,05,06"))


def test_links_that_lead_out_lose_their_target_and_entries_are_left_out() -> None:
    page = (
        "| [02](labs/02.md) | tiles |\n* [03](labs/03.md): vectors\n"
        "See [trust](docs/trust.md), [students](docs/students.md#words) and [web](https://a.example).\n"
        "![drawing](gone.svg)\n"
    )
    tree = {"README.md", "labs/02.md", "docs/students.md"}
    assert unlinked("README.md", page, tree) == (
        "| [02](labs/02.md) | tiles |\n"
        "See trust, [students](docs/students.md#words) and [web](https://a.example).\n"
        "![drawing](gone.svg)\n"
    )
