"""`./lab export`: what a grading service is given, ready to upload.

A Gradescope autograder is not public, so hidden tests and solutions are in it. A Classroom 50
bundle is public: it holds a student tree, which is looked through for leaks as a release is.
"""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

from rooflab.base.errors import SetupError, UsageError
from rooflab.base.files import write_atomically
from rooflab.classroom.leaks import find_leaks, secrets_of
from rooflab.classroom.release import LeakError
from rooflab.classroom.tree import File, Tree, course_files, student_tree, with_used, write
from rooflab.course.course import Course, Lab

BUNDLES = ".github/classroom"
# What no grade needs.
LEFT_OUT = (".ci", ".devcontainer", ".github", "docs", "handouts", "tests")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same course makes the same file


def gradescope(course: Course, lab: Lab, file: Path) -> int:
    """Writes the zip file of a lab's autograder; how many files are in it."""
    if lab.solution is None or lab.hidden is None:
        raise SetupError(
            f"lab {lab.id} has no solution or no hidden tests here",
            "export from the instructor's copy",
        )
    inside = _bundle(course, "gradescope", course_files(course, with_used(lab), LEFT_OUT), lab)
    write_atomically(file, _zipped(inside))
    return len(inside)


def classroom50(course: Course, lab: Lab | None, directory: Path) -> int:
    """Writes the bundle of an assignment, of all labs or of one with those it uses, into an empty
    folder; how many files it has. LeakError: then nothing was written."""
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(f"{directory} is not an empty folder", "name a new one")
    tree = student_tree(course, course.labs if lab is None else with_used(lab))
    if leaks := find_leaks(tree, secrets_of(course)):
        raise LeakError(leaks)
    inside = _bundle(course, "classroom50", tree, lab)
    write(inside, directory)
    return len(inside)


def _bundle(course: Course, service: str, tree: Tree, lab: Lab | None) -> Tree:
    """The service's scripts, the tree as rooflab/, and the lab's number, if it is for one."""
    folder = course.root / BUNDLES / service
    scripts = [path for path in folder.glob("*") if path.is_file()]
    if not scripts:
        raise SetupError(f"{folder} is empty", "get a complete copy of the course")
    inside = {f"rooflab/{path}": file for path, file in tree.items()}
    inside |= {path.name: File(path.read_bytes(), executable=True) for path in scripts}
    if lab is not None:
        inside["lab"] = File(f"{lab.id}\n".encode())
    return inside


def _zipped(files: Tree) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in sorted(files.items()):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.external_attr = (stat.S_IFREG | file.mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.content)
    return stream.getvalue()
