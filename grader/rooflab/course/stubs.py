"""The editable files of a lab as the course gives them.

The stubs are kept a second time in grader/stubs, because a student's copy may have come without a
repository, and with one its history may hold anything. `verify` proves both to be the same.
"""

from __future__ import annotations

from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.course.course import Lab


def changed_files(lab: Lab) -> tuple[Path, ...]:
    """The editable files that are not, byte for byte, the stubs. Missing ones count."""
    changed = []
    for name in lab.manifest.files:
        given = stub(lab, name)
        file = lab.directory / name
        if file.is_symlink() or not file.is_file() or file.read_bytes() != given:
            changed.append(file)
    return tuple(changed)


def stub(lab: Lab, name: str) -> bytes:
    """SetupError where the course is incomplete."""
    path = lab.stubs / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise SetupError(
            f"the stub {path.relative_to(lab.root)} cannot be read: {error.strerror}",
            "get a complete copy of the course, or write the file yourself",
        ) from error
