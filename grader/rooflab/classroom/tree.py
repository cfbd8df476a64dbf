"""The student tree: what students receive of the course, as a value.

What is not listed here is not given: a new file at the top of the course stays with its authors
until somebody adds it.
"""

from __future__ import annotations

import posixpath
import re
import stat
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rooflab.base.errors import SetupError, UsageError
from rooflab.course.course import Course, Lab
from rooflab.course.stubs import stub

GIVEN = (
    ".clang-format",
    ".devcontainer",
    ".gitignore",
    "CMakeLists.txt",
    "CMakePresets.json",
    "LICENSE",
    "cmake",
    "docs/students.md",
    "docs/trust.md",
    "grader/README.md",
    "grader/apt-packages.txt",
    "grader/harness",
    "grader/hints",
    "grader/rooflab",
    "grader/stubs",
    "handouts",
    "lab",
    "labs",
    "requirements.lock",
)
KEPT = (
    "grader/rooflab/authoring",
    "grader/rooflab/classroom",
    "grader/rooflab/commands/authoring.py",
    "grader/rooflab/commands/classroom.py",
    "handouts/instructor",
)
# Lies here as it lies in the student tree.
OWN = ".github/classroom/student"
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")
ENTRY = re.compile(r"[|*-] *" + LINK.pattern)


@dataclass(frozen=True)
class File:
    content: bytes
    executable: bool = False

    @property
    def mode(self) -> int:
        return 0o755 if self.executable else 0o644


Tree = Mapping[str, File]  # by path, as "labs/02_blocking/kernels.cpp"


def select(course: Course, text: str) -> tuple[Lab, ...]:
    """The labs that "01-03", "02,blocking" or "01-02,05" means, in the course's order."""
    chosen = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        begin = course.find(first)
        end = course.find(last) if dash else begin
        if end.id < begin.id:
            raise UsageError(f'"{part.strip()}" ends before it begins', "--labs 01-03")
        chosen |= {lab for lab in course.labs if begin.id <= lab.id <= end.id}
    return tuple(lab for lab in course.labs if lab in chosen)


def with_used(lab: Lab) -> tuple[Lab, ...]:
    """The lab, and before it those whose kernels it uses."""
    return (*(used.lab for used in lab.earlier), lab)


def check_complete(labs: Sequence[Lab]) -> None:
    """UsageError where a lab uses kernels of one that is not among them."""
    for lab in labs:
        missing = [used.lab.id for used in lab.earlier if used.lab not in labs]
        if missing:
            raise UsageError(
                f"lab {lab.id} uses kernels of other labs: {', '.join(missing)}",
                f"--labs {','.join(sorted({*missing, *(lab.id for lab in labs)}))}",
            )


def student_tree(course: Course, labs: Sequence[Lab]) -> Tree:
    """What students receive of those labs: editable files as the stubs have them, and no link that
    leads nowhere. SetupError for what cannot be given, such as a symbolic link."""
    withheld = [lab for lab in course.labs if lab not in labs]
    tree: dict[str, File] = {}
    for path in _files(course.root):
        given = path[len(OWN) + 1 :] if _below(path, [OWN]) else path
        listed = given != path or (_below(path, GIVEN) and not _below(path, KEPT))
        if listed and not any(_belongs_to(given, lab) for lab in withheld):
            tree[given] = _read(course.root / path)
    for lab in labs:
        for name in lab.manifest.files:
            tree[f"labs/{lab.name}/{name}"] = File(stub(lab, name))
    known = {*tree, *(str(folder) for path in tree for folder in PurePosixPath(path).parents)}
    for path, file in tree.items():
        if path.endswith(".md"):
            text = unlinked(path, file.content.decode(), known)
            tree[path] = File(text.encode(), file.executable)
    return dict(sorted(tree.items()))


def course_files(course: Course, labs: Sequence[Lab], left_out: Iterable[str]) -> Tree:
    """All of the course, hidden parts too, but what belongs to other labs or is left out."""
    withheld = [lab for lab in course.labs if lab not in labs]
    return {
        path: _read(course.root / path)
        for path in _files(course.root)
        if not _below(path, left_out) and not any(_belongs_to(path, lab) for lab in withheld)
    }


def write(tree: Tree, folder: Path) -> None:
    """Writes the tree into an empty folder."""
    for name, file in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        path.chmod(file.mode)


def unlinked(path: str, text: str, known: Collection[str]) -> str:
    """A page without what leads out of the tree, whose files and folders are `known`: of a link its
    text is left; an entry of a list or a table that begins with one is left out."""
    folder = posixpath.dirname(path)

    def leads_somewhere(target: str) -> bool:
        if re.match(r"[a-z]+:|#", target):
            return True
        return posixpath.normpath(posixpath.join(folder, target.partition("#")[0])) in known

    lines = []
    for line in text.split("\n"):
        entry = ENTRY.match(line)
        if entry is None or leads_somewhere(entry[2]):
            lines.append(LINK.sub(lambda m: m[0] if leads_somewhere(m[2]) else m[1], line))
    return "\n".join(lines)


def _files(root: Path) -> Iterator[str]:
    """Those under version control, where it is; so that no note of an author's is given by
    mistake. All of them elsewhere."""
    if (root / ".git").exists():
        listed = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z", "--", "."], capture_output=True, check=False
        )
        if listed.returncode == 0:
            names = filter(None, listed.stdout.decode().split("\0"))
            yield from (name for name in names if (root / name).exists())
            return
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_dir() and not re.search(
            r"(^|/)(build|\.venv|__pycache__|\.\w+_cache)/", name
        ):
            yield name


def _below(path: str, places: Iterable[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _belongs_to(path: str, lab: Lab) -> bool:
    """Its folders and files are named after the lab, but for those of figures: "lab02"."""
    parts = PurePosixPath(path).parts
    figures = parts[:2] == ("handouts", "figures") and lab.namespace in parts
    return figures or any(part.split(".")[0] == lab.name for part in parts)


def _read(path: Path) -> File:
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode):
        raise SetupError(f"{path} is not a regular file", "students receive regular files only")
    return File(path.read_bytes(), bool(mode & stat.S_IXUSR))
