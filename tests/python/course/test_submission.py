"""Only regular files that the manifest names are taken; whatever else is there gets an answer."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from example_questions import MANIFEST

from rooflab.base.errors import UsageError
from rooflab.course.course import Course, Lab
from rooflab.course.submission import (
    MAX_FILE_BYTES,
    Submission,
    SubmittedFiles,
    check_is_folder,
    collect,
    of_sources,
)
from rooflab.report.model import Cause, Reason

NOBODY = 65534


@pytest.fixture
def lab(course: Course) -> Lab:
    return course.find("02")


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """A student's repository with one file."""
    folder = tmp_path / "handed in"
    (folder / "labs" / "02_blocking").mkdir(parents=True)
    (folder / "labs" / "02_blocking" / "kernels.cpp").write_bytes(b"// mine\n")
    return folder


@contextmanager
def without_rights() -> Iterator[None]:
    """As no administrator, whom no permission stops."""
    before = os.geteuid()
    os.seteuid(NOBODY if before == 0 else before)
    try:
        yield
    finally:
        os.seteuid(before)


def rejected(directory: Path, lab: Lab) -> str:
    """Why the file was not taken."""
    cause = collect(directory, lab)
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.REJECTED_FILE
    assert "labs/02_blocking/kernels.cpp was not taken" in cause.rationale
    return cause.rationale


def test_a_students_repository_is_taken(handed_in: Path, lab: Lab) -> None:
    assert collect(handed_in, lab) == SubmittedFiles(
        {"kernels.cpp": b"// mine\n"}, "labs/02_blocking"
    )


def test_a_tree_like_solutions_is_taken(handed_in: Path, lab: Lab) -> None:
    assert collect(handed_in / "labs", lab) == SubmittedFiles(
        {"kernels.cpp": b"// mine\n"}, "02_blocking"
    )


def test_bytes_are_taken_as_they_are(handed_in: Path, lab: Lab) -> None:
    content = b"\xff\x00\r\n"
    (handed_in / "labs/02_blocking/kernels.cpp").write_bytes(content)
    assert collect(handed_in, lab) == SubmittedFiles({"kernels.cpp": content}, "labs/02_blocking")


@pytest.fixture
def asking(lab: Lab) -> Lab:
    """A lab with questions."""
    changed = {"files": MANIFEST.files, "questions": MANIFEST.questions}
    lab.__dict__["manifest"] = lab.manifest.model_copy(update=changed)
    return lab


def taken_with(handed_in: Path, lab: Lab) -> SubmittedFiles:
    taken = collect(handed_in, lab)
    assert isinstance(taken, SubmittedFiles)
    return taken


def test_answers_are_taken_apart_from_what_is_compiled(handed_in: Path, asking: Lab) -> None:
    (handed_in / "labs/02_blocking/answers.toml").write_bytes(b"saxpy = ''\n")
    assert collect(handed_in, asking) == SubmittedFiles(
        {"kernels.cpp": b"// mine\n"}, "labs/02_blocking", answers=b"saxpy = ''\n"
    )


def linked(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def empty(path: Path) -> None:
    path.write_bytes(b"\n")


def of_holes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (nothing, Reason.MISSING_FILE),
        (empty, Reason.EMPTY_FILE),
        (linked, Reason.REJECTED_FILE),
        (os.mkfifo, Reason.REJECTED_FILE),
        (Path.mkdir, Reason.REJECTED_FILE),
        (of_holes, Reason.REJECTED_FILE),
    ],
)
def test_answers_that_cannot_be_taken_do_not_cost_the_kernels(
    handed_in: Path, asking: Lab, make: Callable[[Path], None], reason: Reason
) -> None:
    make(handed_in / "labs/02_blocking/answers.toml")
    taken = taken_with(handed_in, asking)
    assert taken.files == {"kernels.cpp": b"// mine\n"}
    assert isinstance(taken.answers, Cause)
    assert taken.answers.reason is reason
    assert "labs/02_blocking/answers.toml" in taken.answers.rationale


def test_getting_the_answers_stub_back_does_not_cost_the_kernels(
    handed_in: Path, asking: Lab
) -> None:
    answers = taken_with(handed_in, asking).answers
    assert isinstance(answers, Cause)
    assert answers.help.splitlines()[-1] == (
        "cp grader/stubs/02_blocking/answers.toml labs/02_blocking/"
    )


def test_where_nothing_is_asked_no_answers_are_taken(handed_in: Path, lab: Lab) -> None:
    (handed_in / "labs/02_blocking/answers.toml").write_bytes(b"saxpy = ''\n")
    assert taken_with(handed_in, lab).answers is None


def test_files_that_the_manifest_does_not_name_are_not_taken(handed_in: Path, lab: Lab) -> None:
    (handed_in / "labs/02_blocking/tests.cpp").write_text("// easier tests", encoding="utf-8")
    taken = collect(handed_in, lab)
    assert isinstance(taken, SubmittedFiles)
    assert list(taken.files) == ["kernels.cpp"]


@pytest.mark.parametrize("missing", ["labs/02_blocking/kernels.cpp", "labs/02_blocking", "labs"])
def test_a_missing_file_is_named(handed_in: Path, lab: Lab, missing: str) -> None:
    (handed_in / missing).rename(handed_in / "elsewhere")
    cause = collect(handed_in, lab)
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.MISSING_FILE
    assert "02_blocking/kernels.cpp" in cause.rationale
    assert "./lab reset 02" in cause.help


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_no_work(handed_in: Path, lab: Lab, content: bytes) -> None:
    (handed_in / "labs/02_blocking/kernels.cpp").write_bytes(content)
    cause = collect(handed_in, lab)
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.EMPTY_FILE


@pytest.mark.parametrize("linked", ["labs/02_blocking/kernels.cpp", "labs/02_blocking", "labs"])
def test_no_link_is_followed(handed_in: Path, lab: Lab, linked: str) -> None:
    target = handed_in / "elsewhere"
    (handed_in / linked).rename(target)
    (handed_in / linked).symlink_to(target)
    assert "links are not followed" in rejected(handed_in, lab)


def make_folder(path: Path) -> None:
    path.mkdir()


def make_socket(path: Path) -> None:
    where = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"/proc/self/fd/{where}/{path.name}")
    os.close(where)


@pytest.mark.parametrize("make", [make_folder, os.mkfifo, make_socket])
def test_only_a_regular_file_is_taken(
    handed_in: Path, lab: Lab, make: Callable[[Path], None]
) -> None:
    path = handed_in / "labs/02_blocking/kernels.cpp"
    path.unlink()
    make(path)
    rejected(handed_in, lab)


def test_a_file_up_to_the_limit_is_taken(handed_in: Path, lab: Lab) -> None:
    (handed_in / "labs/02_blocking/kernels.cpp").write_bytes(b"/" * MAX_FILE_BYTES)
    assert isinstance(collect(handed_in, lab), SubmittedFiles)


def test_a_file_over_the_limit_is_not(handed_in: Path, lab: Lab) -> None:
    (handed_in / "labs/02_blocking/kernels.cpp").write_bytes(b"/" * (MAX_FILE_BYTES + 1))
    assert "larger than 256 KiB" in rejected(handed_in, lab)


def test_a_file_of_holes_is_not_read(handed_in: Path, lab: Lab) -> None:
    with (handed_in / "labs/02_blocking/kernels.cpp").open("wb") as file:
        file.truncate(1 << 40)
    assert "larger than 256 KiB" in rejected(handed_in, lab)


@pytest.mark.parametrize("closed", ["labs/02_blocking/kernels.cpp", "labs/02_blocking", "labs"])
def test_what_is_closed_to_the_grader_says_so(
    handed_in: Path, lab: Lab, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lab.manifest  # read while there are rights to read it
    (handed_in / closed).chmod(0)
    monkeypatch.chdir(handed_in)  # the folders above it may be closed to others
    with without_rights():
        assert "Permission denied" in rejected(Path(), lab)


@pytest.mark.parametrize("folder", [".", "labs"])
def test_a_folder_that_is_closed_to_the_grader_is_wrong_usage(
    handed_in: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(handed_in)
    handed_in.chmod(0)
    with without_rights(), pytest.raises(UsageError, match="Permission denied"):
        check_is_folder(Path(folder))


@pytest.mark.parametrize("name", ["nothing", "labs/02_blocking/kernels.cpp"])
def test_what_is_no_folder_is_wrong_usage(handed_in: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be opened as a folder"):
        check_is_folder(handed_in / name)


def test_an_identity_is_harmless_and_in_utc() -> None:
    handed_in = datetime(2026, 9, 30, 23, 59, tzinfo=timezone(timedelta(hours=2)))
    assert Submission("Ada\x1b[31m\nLovelace", "c0ffee", handed_in).identity() == {
        "student": "Ada\\x1b[31m Lovelace",
        "commit": "c0ffee",
        "submitted_at": "2026-09-30T21:59:00+00:00",
    }
    assert set(Submission().identity().values()) == {None}


# --- Files of earlier labs -----------------------------------------------------------------------


def test_the_labs_whose_kernels_are_used_are_taken_too(handed_in: Path, uses_relu: Lab) -> None:
    (handed_in / "labs/01_baseline").mkdir()
    (handed_in / "labs/01_baseline/kernels.cpp").write_text("// first\n", encoding="utf-8")
    taken = collect(handed_in, uses_relu)
    assert isinstance(taken, SubmittedFiles)
    first = SubmittedFiles({"kernels.cpp": b"// first\n"}, "labs/01_baseline")
    assert taken.earlier == {"01_baseline": first}
    assert taken.sources == {
        "kernels.cpp": b"// mine\n",
        "01_baseline/kernels.cpp": b"// first\n",
    }


def test_an_earlier_lab_that_is_missing_leaves_the_lab_itself(
    handed_in: Path, uses_relu: Lab
) -> None:
    taken = collect(handed_in, uses_relu)
    assert isinstance(taken, SubmittedFiles)
    cause = taken.earlier["01_baseline"]
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.MISSING_FILE
    assert list(taken.sources) == ["kernels.cpp"]


def test_no_link_is_followed_to_an_earlier_lab(handed_in: Path, uses_relu: Lab) -> None:
    (handed_in / "labs/01_baseline").symlink_to(handed_in / "labs/02_blocking")
    taken = collect(handed_in, uses_relu)
    assert isinstance(taken, SubmittedFiles)
    cause = taken.earlier["01_baseline"]
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.REJECTED_FILE


SOURCES = {"kernels.cpp": b"a", "01_baseline/kernels.cpp": b"b"}


@pytest.mark.parametrize("sources", [SOURCES, {"kernels.cpp": b"a"}])
def test_sources_become_a_submission_again(uses_relu: Lab, sources: dict[str, bytes]) -> None:
    found = of_sources(uses_relu, sources)
    assert found is not None
    assert found.sources == sources


@pytest.mark.parametrize(
    "sources",
    [
        {},
        {"01_baseline/kernels.cpp": b"b"},
        {"kernels.cpp": b"a", "other.cpp": b"c"},
        {"kernels.cpp": b"a", "02_blocking/kernels.cpp": b"c"},
    ],
)
def test_sources_of_other_files_are_no_submission(
    uses_relu: Lab, sources: dict[str, bytes]
) -> None:
    assert of_sources(uses_relu, sources) is None
