"""Back to the stub, without losing the student's work."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rooflab.base.files import write_atomically
from rooflab.course.course import Course, Lab
from rooflab.course.stubs import changed_files, stub


@dataclass(frozen=True)
class Restored:
    """`file` is the stub again; `backup` is what it was, or None where there was no file."""

    file: Path
    backup: Path | None


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
        write_atomically(file, stub(lab, file.name))
        restored.append(Restored(file, backup))
    return tuple(restored)


def summary(course: Course, lab: Lab, restored: tuple[Restored, ...]) -> str:
    """What was done and how to undo it."""
    if not restored:
        return f"Lab {lab.id} is as the course gives it: nothing to reset.\n"
    lines = []
    for item in restored:
        file = item.file.relative_to(course.root)
        lines.append(f"{file} is the stub again.")
        if item.backup is not None:
            backup = item.backup.relative_to(course.root)
            lines.append(f"  yours is kept as {backup}; to have it back:")
            lines.append(f"  mv {shlex.quote(str(backup))} {shlex.quote(str(file))}")
    return "\n".join([*lines, f"next: ./lab test {lab.id}", ""])


def _new_folder(parent: Path, now: datetime) -> Path:
    name = now.strftime("%Y-%m-%d_%H%M%S")
    folder, count = parent / name, 1
    while folder.exists():
        count += 1
        folder = parent / f"{name}_{count}"
    return folder
