"""`./lab release`: writes the student tree, and proves it first.

A release onto a tree that was released before updates it. What the last release wrote is recorded
in the tree, so that the student's own changes are known from the course's: their kernels are never
touched, and a course file that they changed is kept beside the new one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from rooflab import __version__
from rooflab.base.errors import RooflabError, UsageError
from rooflab.base.files import write_atomically
from rooflab.base.progress import Progress
from rooflab.base.scratch import scratch
from rooflab.classroom import trial
from rooflab.classroom.leaks import GIVEN_LINES, Leak, find_leaks, secrets_of
from rooflab.classroom.tree import File, Tree, check_complete, select, student_tree
from rooflab.course.course import Course, Lab
from rooflab.report.model import Model

RECORD = ".rooflab-release.json"
SHOWN_LEAKS = 20


class LeakError(RooflabError):
    """Something that students must not have is in the student tree. Nothing was written."""

    def __init__(self, leaks: Sequence[Leak]) -> None:
        more = len(leaks) - SHOWN_LEAKS
        lines = [*map(str, leaks[:SHOWN_LEAKS]), *([f"… and {more} more"] if more > 0 else [])]
        super().__init__(
            "\n".join([f"nothing was written; leaks: {len(leaks)}", *lines]),
            f"take them out. A line that students may have belongs in {GIVEN_LINES}",
        )


class Record(Model):
    """What a release wrote: SHA-256 by path."""

    rooflab_version: str
    labs: tuple[str, ...]
    files: dict[str, str]


@dataclass
class Changes:
    """Paths, by what happened to them. `kept` are the student's own, by what they are now called;
    `yours` editable files whose stub is another now."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    yours: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Released:
    labs: tuple[Lab, ...]
    files: int
    secrets: int
    lines: int
    names: int
    tried: trial.Trial
    changes: Changes
    first: bool


def release(course: Course, target: Path, labs_text: str | None, progress: Progress) -> Released:
    """Writes or updates the student tree in `target`. LeakError, TrialError, or UsageError for a
    folder that holds something else: then nothing was written."""
    if course.solutions is None or course.hidden is None:
        raise UsageError(
            "only a copy with solutions and hidden tests can be released: here nothing shows "
            "what must not be given",
            "use the instructor's copy",
        )
    record = read_record(target)
    chosen = select(course, labs_text) if labs_text else course.labs
    before = record.labs if record else ()
    labs = tuple(lab for lab in course.labs if lab in chosen or lab.name in before)
    check_complete(labs)
    progress("student tree: looking for leaks")
    tree = student_tree(course, labs)
    secrets = secrets_of(course)
    if leaks := find_leaks(tree, secrets):
        raise LeakError(leaks)
    with scratch(course.build) as place:
        tried = trial.try_out(tree, labs, place, progress, os.environ)
    changes = update(target, tree, labs, record)
    return Released(
        labs,
        len(tree),
        secrets.files,
        len(secrets.lines),
        len(secrets.names),
        tried,
        changes,
        first=record is None,
    )


def read_record(target: Path) -> Record | None:
    """Of the last release into that folder; None for a new one. UsageError where the folder holds
    something else, which would be mixed up with it."""
    path = target / RECORD
    try:
        record = Record.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        pass
    except (OSError, ValidationError) as error:
        raise UsageError(f"{path} cannot be read", "name another folder") from error
    else:
        # Whoever owns the tree can write it, and what it names may be removed.
        for name in map(PurePosixPath, record.files):
            if name.is_absolute() or {"..", ".git"} & set(name.parts):
                raise UsageError(f"{path} names a file outside of it: {name}", "do not use it")
        return record
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is not a folder", "name another one")
    if target.is_dir() and any(entry.name != ".git" for entry in target.iterdir()):
        raise UsageError(
            f"{target} is not empty, and no student tree: it has no {RECORD}",
            "name an empty folder, or one that ./lab release has written",
        )
    return None


def update(target: Path, tree: Tree, labs: Sequence[Lab], record: Record | None) -> Changes:
    """Makes the folder that tree, but for what is the student's. Interrupted, it can be repeated:
    the record is written last."""
    editable = {f"labs/{lab.name}/{name}" for lab in labs for name in lab.manifest.files}
    written = record.files if record else {}
    changes = Changes()
    for path in sorted({*tree, *written}):
        _check_no_link(target, path)
        here = _hash_of_file(target / path)
        new = tree.get(path)
        if new is not None and here == _hash(new.content):
            pass
        elif here is not None and here != written.get(path):
            if path in editable:
                if new is not None and written.get(path) != _hash(new.content):
                    changes.yours.append(path)
            elif new is not None:
                changes.kept[path] = _keep_beside(target, path)
                _write(target, path, new)
                changes.updated.append(path)
            else:
                changes.kept[path] = path
        elif new is None:
            if here is not None:
                (target / path).unlink()
                changes.removed.append(path)
        elif here is not None or path not in written or path not in editable:
            _write(target, path, new)
            (changes.added if here is None else changes.updated).append(path)
    now = Record(
        rooflab_version=__version__,
        labs=tuple(lab.name for lab in labs),
        files={path: _hash(file.content) for path, file in tree.items()},
    )
    write_atomically(target / RECORD, (now.model_dump_json(indent=1) + "\n").encode())
    return changes


def summary(target: Path, done: Released) -> str:
    """What was proved and what was written, in lines."""
    tried = done.tried
    network = "without network" if tried.offline else "with network: it cannot be cut off here"
    lines = [
        f"✓ {done.files} files: no line of {done.lines:,} in {done.secrets} hidden files, none of "
        f"{done.names} names of hidden tests, no hash",
        f"✓ set up and built elsewhere with an empty home, {network}",
        f"✓ the stubs earn 0 of {tried.measurable:g} points that can be measured",
        f"✓ ./lab test {done.labs[0].id} answers {tried.test_s:.1f} s after an edit",
        "",
        f"{'written to' if done.first else 'updated'}: {target}, "
        f"labs {', '.join(lab.id for lab in done.labs)}",
    ]
    changes = done.changes
    if not done.first:
        for sign, paths in (
            ("new", changes.added),
            ("changed", changes.updated),
            ("removed", changes.removed),
        ):
            lines += [f"  {sign:<8} {path}" for path in paths]
        if not (changes.added or changes.updated or changes.removed):
            lines.append("  nothing has changed since the last release")
    for path, kept in changes.kept.items():
        told = "no longer in the course" if kept == path else f"what was there is in {kept}"
        lines.append(f"  {'yours':<8} {path}: {told}")
    lines += [
        f"  {'yours':<8} {path}: not touched; the stub is another one now" for path in changes.yours
    ]
    return "\n".join(lines) + "\n"


def _write(target: Path, path: str, file: File) -> None:
    write_atomically(target / path, file.content)
    (target / path).chmod(file.mode)


def _keep_beside(target: Path, path: str) -> str:
    """Moves the student's version out of the way; its new path. CMake compiles no such ending."""
    number = 1
    while (target / (kept := f"{path}.yours{'' if number == 1 else number}")).exists():
        number += 1
    (target / path).rename(target / kept)
    return kept


def _check_no_link(target: Path, path: str) -> None:
    """Nothing is written through a link that somebody has put into the tree."""
    for part in [PurePosixPath(path), *PurePosixPath(path).parents][:-1]:
        if (target / part).is_symlink():
            raise UsageError(
                f"{target / part} is a symbolic link, and course files are none",
                "remove it, then release again",
            )


def _hash(content: bytes) -> str:
    """However lines end: Git may have changed it."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def _hash_of_file(path: Path) -> str | None:
    try:
        return _hash(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", "put it right") from error
