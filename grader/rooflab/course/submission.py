"""A submission: whose it is, and its files: those the manifest names, as regular files, and nothing
else.

It is a folder that holds `labs/NN_topic/…` (a student's repository) or `NN_topic/…` (as
`solutions/` does). It is hostile: no link is followed, no file over the limit is read, and what is
not named is not looked at.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict

from rooflab.base.errors import UsageError
from rooflab.base.text import sanitize_line
from rooflab.course.course import Lab
from rooflab.course.manifest import ANSWERS
from rooflab.report.model import Cause, Reason

MAX_FILE_BYTES = 256 * 1024
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# O_NONBLOCK: opening a named pipe must not wait for a writer.
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Identity(TypedDict):
    """Fields of the report."""

    student: str | None
    commit: str | None
    submitted_at: str | None


@dataclass(frozen=True)
class Submission:
    """Whose work it is and when it was handed in, for the report; None is not known. Text of any
    origin is made safe to print. Precondition: `submitted_at` has a time zone."""

    student: str | None = None
    commit: str | None = None
    submitted_at: datetime | None = None

    def identity(self) -> Identity:
        """As the report has it, times in UTC."""
        at = self.submitted_at
        return {
            "student": self.student and sanitize_line(self.student),
            "commit": self.commit and sanitize_line(self.commit),
            "submitted_at": at.astimezone(UTC).isoformat(timespec="seconds") if at else None,
        }


UNKNOWN = Submission()


@dataclass(frozen=True)
class SubmittedFiles:
    """The files of one lab that are compiled, by name. `folder` is where they lay, below the folder
    handed in. `answers` is its answers.toml, or why it was not taken; None where nothing is asked,
    or nobody answers."""

    files: dict[str, bytes]
    folder: str = ""
    # Of each earlier lab whose kernels this one uses, by the lab's name; or why there are none.
    earlier: Mapping[str, SubmittedFiles | Cause] = field(default_factory=dict)
    # Kernels of earlier labs ("lab03::gelu") that are wrong, and how: the baseline's take their
    # place.
    wrong: Mapping[str, Cause] = field(default_factory=dict)
    answers: bytes | Cause | None = None

    @property
    def sources(self) -> dict[str, bytes]:
        """All of them, those of an earlier lab below its name: "03_simd/kernels.cpp"."""
        found = dict(self.files)
        for lab, taken in self.earlier.items():
            if isinstance(taken, SubmittedFiles):
                found |= {f"{lab}/{name}": content for name, content in taken.files.items()}
        return found


def check_is_folder(directory: Path) -> None:
    """UsageError unless a submission can be there at all."""
    try:
        os.close(os.open(directory, FOLDER))
    except OSError as error:
        raise UsageError(
            f"the submission {directory} cannot be opened as a folder: {error.strerror}",
            "name a folder that holds labs/NN_topic/ or NN_topic/: --submission DIR",
        ) from error


def collect(directory: Path, lab: Lab) -> SubmittedFiles | Cause:
    """The lab's files, or why they cannot be taken; with those of earlier labs that it uses.
    Without its answers a lab is graded all the same."""
    files: dict[str, bytes] = {}
    folders = ["labs", lab.name] if os.path.lexists(directory / "labs") else [lab.name]
    for name in lab.manifest.sources:
        taken = _read(directory, folders, name)
        if isinstance(taken, Cause):
            return taken
        files[name] = taken
    answers = _read(directory, folders, ANSWERS) if lab.manifest.questions else None
    earlier = collect_earlier(directory, lab)
    return SubmittedFiles(files, "/".join(folders), earlier, answers=answers)


def collect_earlier(directory: Path, lab: Lab) -> dict[str, SubmittedFiles | Cause]:
    """The files of the earlier labs whose kernels the lab uses."""
    return {earlier.lab.name: collect(directory, earlier.lab) for earlier in lab.earlier}


def of_sources(lab: Lab, sources: Mapping[str, bytes]) -> SubmittedFiles | None:
    """The submission that has those sources; None when the lab has other files than those."""
    files = {name: sources[name] for name in lab.manifest.sources if name in sources}
    earlier = {}
    for used in lab.earlier:
        named = {name: f"{used.lab.name}/{name}" for name in used.lab.manifest.sources}
        if all(path in sources for path in named.values()):
            below = {name: sources[path] for name, path in named.items()}
            earlier[used.lab.name] = SubmittedFiles(below)
    found = SubmittedFiles(files, earlier=earlier)
    complete = len(files) == len(lab.manifest.sources) and found.sources == sources
    return found if complete else None


def _read(directory: Path, folders: list[str], name: str) -> bytes | Cause:
    where = "/".join([*folders, name])
    try:
        file = _open(directory, folders, name)
    except FileNotFoundError:
        return Cause(
            reason=Reason.MISSING_FILE,
            rationale=f"the submission has no file {where}",
            help=f"put your {name} there, or {_get_back(folders[-1], name)}",
        )
    except OSError as error:
        return _rejected(where, f"it cannot be opened ({error.strerror}); links are not followed")
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            return _rejected(where, "it is not a regular file")
        with open(file, "rb", closefd=False) as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        return _rejected(where, f"it cannot be read ({error.strerror})")
    finally:
        os.close(file)
    if len(content) > MAX_FILE_BYTES:
        return _rejected(where, f"it is larger than {MAX_FILE_BYTES // 1024} KiB")
    if not content.strip():
        yours = "answers" if name == ANSWERS else "kernels"
        return Cause(
            reason=Reason.EMPTY_FILE,
            rationale=f"{where} is empty",
            help=f"write your {yours} there, or {_get_back(folders[-1], name)}",
        )
    return content


def _get_back(lab: str, name: str) -> str:
    if name == ANSWERS:  # `reset` would take the kernels along
        return f"get the stub back:\ncp grader/stubs/{lab}/{name} labs/{lab}/"
    return f"get the stub back: ./lab reset {lab[:2]}"


def _open(directory: Path, folders: list[str], name: str) -> int:
    """Walks down one folder at a time, so that no link on the way is followed."""
    here = os.open(directory, FOLDER)
    try:
        for folder in folders:
            below = os.open(folder, FOLDER | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = below
        return os.open(name, FILE, dir_fd=here)
    finally:
        os.close(here)


def _rejected(where: str, why: str) -> Cause:
    return Cause(
        reason=Reason.REJECTED_FILE,
        rationale=f"{where} was not taken: {why}",
        help="hand in a plain text file",
    )
