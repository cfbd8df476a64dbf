"""`./lab publish`: puts a lab's solution and its walkthrough into the students' template, once
nobody may hand in any more.

What is written is known by its SHA-256 in solutions/.published.json, so that publishing again
replaces its own files, and nobody else's. That record is written first, with what is about to be
written, and again at the end: after a crash a second run finds its own and completes it. On a
branch, everything is one commit: the branch points to it, or nothing has happened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from rooflab.base.errors import SetupError, UsageError
from rooflab.base.files import write_atomically
from rooflab.base.process import Finished, run, trusted_limits
from rooflab.base.progress import Progress
from rooflab.base.scratch import scratch
from rooflab.base.text import sanitize
from rooflab.classroom import deadlines
from rooflab.classroom.deadlines import Class
from rooflab.classroom.walkthrough import Walkthrough, measure_lab, render
from rooflab.course.course import LAB_NAME, Course, Lab

FOLDER = "solutions"
RECORD = f"{FOLDER}/.published.json"
INDEX = f"{FOLDER}/README.md"
PAGE = "walkthrough.html"
SCHEMA = "rooflab/published/v1"
INDEX_HEAD = """\
# Solutions

Each appears when its lab can no longer be handed in, with a walkthrough: the way from the baseline
to the solution, one idea at a time, measured. Download a walkthrough and open it in a browser.

| lab | solution | walkthrough |
|---|---|---|
"""
NAME, EMAIL = "Rooflab", "rooflab@localhost"  # the committer by whom a branch is known as ours
GIT_LIMIT_S = 120.0
# Nothing of the machine's or the user's settings, and nothing that would run or fetch anything.
GIT_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    **{f"GIT_{role}_NAME": NAME for role in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{role}_EMAIL": EMAIL for role in ("AUTHOR", "COMMITTER")},
}
GIT = (
    *("git", "--no-pager", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"),
    *("-c", "protocol.allow=never", "-c", "gc.auto=0", "-c", "maintenance.auto=false"),
)

Measure = Callable[[Course, Lab, Progress], Walkthrough]
Record = Mapping[str, tuple[str, ...]]  # what publish wrote: SHA-256 by path


@dataclass(frozen=True)
class Published:
    """What was written, by path below `directory`; on a branch, the branch and its commit.
    `overridden` are the reasons not to publish that --force passed over."""

    directory: Path
    written: tuple[str, ...]
    walkthrough: Walkthrough
    branch: str = ""
    commit: str = ""
    overridden: tuple[str, ...] = ()


class Target(Protocol):
    """Where files are published: paths are those below the template's folder."""

    def read(self, path: str) -> bytes | None:
        """What is there; None when nothing is."""

    def labs(self) -> list[str]:
        """The folders below solutions/ that have a lab's name."""

    def write(self, files: Mapping[str, bytes], record: Record) -> None:
        """All of them. `record` has what publish wrote before."""


def publish(
    course: Course,
    lab: Lab,
    directory: Path,
    progress: Progress,
    now: datetime,
    *,
    class_file: Path | None = None,
    branch: bool = False,
    force: bool = False,
    measure: Measure = measure_lab,
) -> Published:
    """Publishes a lab in the template `directory`. UsageError while a date is open or not known,
    unless `force`; also for a folder that is no template, and for files that somebody else wrote.
    Without `class_file`, the class is that of the course. Precondition: `now` has a time zone."""
    reasons = too_early(_class(course, class_file), lab, now)
    if reasons and not force:
        raise UsageError(
            f"the solution of lab {lab.id} is not published:\n  " + "\n  ".join(reasons),
            "publish it when nobody can hand in any more; --force does it now",
        )
    if lab.solution is None:
        raise SetupError(
            f"there is no solution of lab {lab.id} in this copy of the course",
            "run it in the instructor's repository",
        )
    _check_is_template(course, lab, directory)
    with scratch(course.build) as work:
        target = Branch(directory, lab, work) if branch else Folder(directory)
        files = {
            f"{FOLDER}/{lab.name}/{name}": (lab.solution / name).read_bytes()
            for name in lab.manifest.files
        }
        page = f"{FOLDER}/{lab.name}/{PAGE}"
        # Before minutes of measuring, and once more with what was measured.
        _check_ours(target, files | {page: b"", INDEX: _index(course, target, files, page)})
        walkthrough = measure(course, lab, progress)
        files[page] = render(walkthrough).encode()
        files[INDEX] = _index(course, target, files, page)
        target.write(files, _check_ours(target, files))
        return Published(
            directory,
            tuple(sorted(files)),
            walkthrough,
            target.name if isinstance(target, Branch) else "",
            target.commit if isinstance(target, Branch) else "",
            tuple(reasons),
        )


def as_text(published: Published) -> str:
    """What was written and where, how long it took, and what --force passed over."""
    lines = [f"--force overrides: {reason}" for reason in published.overridden]
    where = str(published.directory)
    if published.branch:
        where += f", branch {published.branch}, commit {published.commit[:12]} on top of HEAD"
    lines += [f"written to {where}:", *(f"    {path}" for path in published.written)]
    walk = published.walkthrough
    lines.append(f"measured in {walk.took_s:.0f} s: {walk.figures} figures")
    if walk.unmeasured:
        lines[-1] += f", of which {walk.unmeasured} could not be measured; the page says why"
    if walk.short_of_points:
        lines.append(
            "! the solution itself did not earn all points just now; the page says so. On a quiet "
            "machine, publish again: " + "; ".join(walk.short_of_points)
        )
    return sanitize("\n".join(lines)) + "\n"


def too_early(class_: Class | None, lab: Lab, now: datetime) -> list[str]:
    """Why the solution must not be seen at `now`: every date that is still open, and whose it is.
    Empty when all are over."""
    if class_ is None:
        return [f"there is no {deadlines.FILE}: nobody knows until when lab {lab.id} is open"]
    if not deadlines.dues(class_, lab):
        return [f"{deadlines.FILE} has no deadline of lab {lab.id}: it may still be open"]
    return [
        f"{due} is open until {class_.shown(due.until)}"
        for due in deadlines.still_open(class_, lab, now)
    ]


def _class(course: Course, named: Path | None) -> Class | None:
    file = named or course.root / deadlines.FILE
    if named is None and not file.exists():
        return None
    return deadlines.load(file, course.labs)


def _check_is_template(course: Course, lab: Lab, directory: Path) -> None:
    if not (directory / "labs" / lab.name).is_dir():
        raise UsageError(
            f"{directory} is no students' template: it has no folder labs/{lab.name}",
            "name the folder that students get",
        )
    if directory.resolve() == course.root or (directory / "grader" / "hidden").exists():
        raise UsageError(
            f"{directory} has grader/hidden: it is an instructor's copy of the course",
            "name the folder that students get",
        )


def _index(course: Course, target: Target, files: Mapping[str, bytes], page: str) -> bytes:
    """solutions/README.md, of what is there and what is about to be."""
    there = {*target.labs(), *(path.split("/")[1] for path in files if path.count("/") > 1)}
    titles = {lab.name: lab.manifest.title for lab in course.labs}
    rows = []
    for name in sorted(there):
        links = [
            f"[{file}]({name}/{file})"
            if (path := f"{FOLDER}/{name}/{file}") in {*files, page} or target.read(path)
            else ""
            for file in ("kernels.cpp", PAGE)
        ]
        if any(links):
            rows.append(f"| {name[:2]} {titles.get(name, name[3:])} | {' | '.join(links)} |\n")
    return (INDEX_HEAD + "".join(rows)).encode()


def _check_ours(target: Target, files: Mapping[str, bytes]) -> Record:
    """What publish wrote before. UsageError when a file would be lost that somebody else wrote."""
    record = _record(target.read(RECORD))
    others = [
        path
        for path, content in files.items()
        if (there := target.read(path)) not in (None, content)
        and _digest(there or b"") not in record.get(path, ())
    ]
    if others:
        raise UsageError(
            f"not written by publish, or changed since: {', '.join(sorted(others))}",
            "move them away, then publish again",
        )
    return record


def _record(content: bytes | None) -> Record:
    """Empty where nobody can read it."""
    try:
        files = json.loads(content or b"")["files"]
        return {str(path): tuple(map(str, digests)) for path, digests in files.items()}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def _record_text(record: Record) -> bytes:
    return (
        json.dumps({"schema": SCHEMA, "files": record}, indent=2, sort_keys=True) + "\n"
    ).encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Folder:
    """The template's working tree."""

    root: Path

    def read(self, path: str) -> bytes | None:
        file = self.root
        for part in path.split("/"):
            file /= part
            if file.is_symlink():
                raise UsageError(f"{file} is a link", "publish writes through none: remove it")
        try:
            return file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UsageError(f"{file} cannot be read: {error.strerror}", "move it away") from error

    def labs(self) -> list[str]:
        folders = (self.root / FOLDER).glob("*/")
        return [folder.name for folder in folders if LAB_NAME.fullmatch(folder.name)]

    def write(self, files: Mapping[str, bytes], record: Record) -> None:
        new = {path: (_digest(content),) for path, content in files.items()}
        both = {path: (*record.get(path, ()), *digests) for path, digests in new.items()}
        write_atomically(self.root / RECORD, _record_text({**record, **both}))
        for path, content in files.items():
            write_atomically(self.root / path, content)
        write_atomically(self.root / RECORD, _record_text({**record, **new}))


@dataclass
class Branch:
    """One commit on top of HEAD in the template's repository, which a branch is made to point to.
    The working tree, the index and HEAD stay as they are; no hook and no filter runs."""

    root: Path
    lab: Lab
    work: Path
    head: str = field(init=False)
    previous: str = field(init=False)  # what the branch points to; empty when there is none
    commit: str = field(init=False, default="")

    def __post_init__(self) -> None:
        top = self._try("rev-parse", "--show-toplevel")
        if top.stdout.decode().strip() != str(self.root.resolve()):
            raise UsageError(
                f"{self.root} is not the top folder of a git repository: "
                + (sanitize(top.stderr).strip() or f"that is {sanitize(top.stdout).strip()}"),
                "publish without --branch, or name the repository's folder",
            )
        self.head = self._commit_of("HEAD")
        if not self.head:
            raise UsageError(f"{self.root} has no commit yet", "commit the template first")
        self.previous = self._commit_of(self.reference)
        if f"branch {self.reference}" in self._git("worktree", "list", "--porcelain").splitlines():
            raise UsageError(
                f"{self.name} is checked out", f"switch to another branch: {self.root}"
            )
        if self.previous and not self._is_ours(self.previous):
            raise UsageError(
                f"the branch {self.name} has a commit that publish did not make",
                f"rename it: git -C {self.root} branch -m {self.name} OTHER",
            )

    @property
    def name(self) -> str:
        return f"solution-{self.lab.id}"

    @property
    def reference(self) -> str:
        return f"refs/heads/{self.name}"

    def read(self, path: str) -> bytes | None:
        """As HEAD has it."""
        name = self._git("ls-tree", "--format=%(objecttype) %(objectname)", self.head, "--", path)
        kind, _, object_name = name.strip().partition(" ")
        if kind == "blob":
            return self._done("cat-file", "blob", object_name).stdout
        return None

    def labs(self) -> list[str]:
        listed = self._git("ls-tree", "-z", "--name-only", self.head, "--", f"{FOLDER}/")
        names = (path.rpartition("/")[2] for path in listed.split("\0"))
        return [name for name in names if LAB_NAME.fullmatch(name)]

    def write(self, files: Mapping[str, bytes], record: Record) -> None:
        new = {path: (_digest(content),) for path, content in files.items()}
        entries = list(self._entries({**files, RECORD: _record_text({**record, **new})}))
        index = {"GIT_INDEX_FILE": str(self.work / "index")}
        self._git("read-tree", self.head, **index)
        self._git("update-index", "--add", *entries, **index)
        tree = self._git("write-tree", **index).strip()
        message = f"Publish the solution of lab {self.lab.id}"
        commit = self._git("commit-tree", tree, "-p", self.head, "-m", message)
        self.commit = commit.strip()
        self._git("update-ref", "-m", message, self.reference, self.commit, self.previous)

    def _entries(self, files: Mapping[str, bytes]) -> Iterator[str]:
        blob = self.work / "blob"
        for path, content in files.items():
            blob.write_bytes(content)
            name = self._git("hash-object", "-w", "--no-filters", "--", str(blob)).strip()
            yield from ("--cacheinfo", f"100644,{name},{path}")

    def _commit_of(self, name: str) -> str:
        done = self._try("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return done.stdout.decode().strip() if done.succeeded else ""

    def _is_ours(self, commit: str) -> bool:
        head = self._git("cat-file", "commit", commit).partition("\n\n")[0]
        return f"\ncommitter {NAME} <{EMAIL}> " in head

    def _git(self, *arguments: str, **environment: str) -> str:
        return self._done(*arguments, **environment).stdout.decode("utf-8", "replace")

    def _done(self, *arguments: str, **environment: str) -> Finished:
        done = self._try(*arguments, **environment)
        if not done.succeeded:
            words = sanitize(done.stderr).strip()[-400:] or f"{done.ending.value} ({done.code})"
            raise SetupError(f"git {arguments[0]} failed in {self.root}: {words}", "git status")
        return done

    def _try(self, *arguments: str, **environment: str) -> Finished:
        limits = trusted_limits(GIT_LIMIT_S)
        everything = GIT_ENVIRONMENT | environment
        return run([*GIT, *arguments], limits, directory=self.root, environment=everything)
