"""Back to the stub, without losing the student's work.

The stubs are kept a second time in grader/stubs, because a student's copy may have come without a
repository, and with one its history may hold anything. `verify` proves both to be the same.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rooflab.course import Course, Lab
from rooflab.errors import SetupError
from rooflab.files import write_whole


@dataclass(frozen=True)
class Restored:
    """`file` is the stub again; `backup` is what it was, or None where there was no file."""

    file: Path
    backup: Path | None


def changed_files(lab: Lab) -> tuple[Path, ...]:
    """The editable files that are not, byte for byte, the stubs. Missing ones count."""
    changed = []
    for name in lab.manifest.files:
        stub = _stub(lab, name)
        file = lab.directory / name
        if file.is_symlink() or not file.is_file() or file.read_bytes() != stub:
            changed.append(file)
    return tuple(changed)


def reset(course: Course, lab: Lab, now: datetime) -> tuple[Restored, ...]:
    """Restores the stubs of the changed files, after moving those to build/backup."""
    changed = changed_files(lab)
    folder = _new_folder(course.build / "backup" / lab.name, now) if changed else None
    restored = []
    for file in changed:
        backup = None
        if folder is not None and (file.is_symlink() or file.exists()):
            folder.mkdir(parents=True, exist_ok=True)
            backup = file.rename(folder / file.name)
        write_whole(file, _stub(lab, file.name))
        restored.append(Restored(file, backup))
    return tuple(restored)


def told(course: Course, lab: Lab, restored: tuple[Restored, ...]) -> str:
    """What was done and how to undo it."""
    if not restored:
        return f"Lab {lab.name[:2]} is as the course gives it: nothing to reset.\n"
    lines = []
    for item in restored:
        file = item.file.relative_to(course.root)
        lines.append(f"{file} is the stub again.")
        if item.backup is not None:
            backup = item.backup.relative_to(course.root)
            lines.append(f"  yours is kept as {backup}; to have it back:")
            lines.append(f"  mv {shlex.quote(str(backup))} {shlex.quote(str(file))}")
    return "\n".join([*lines, f"next: ./lab test {lab.name[:2]}", ""])


def _stub(lab: Lab, name: str) -> bytes:
    path = lab.stubs / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise SetupError(
            f"the stub {path.relative_to(lab.root)} cannot be read: {error.strerror}",
            "get a complete copy of the course, or write the file yourself",
        ) from error


def _new_folder(parent: Path, now: datetime) -> Path:
    name = now.strftime("%Y-%m-%d_%H%M%S")
    folder, count = parent / name, 1
    while folder.exists():
        count += 1
        folder = parent / f"{name}_{count}"
    return folder
