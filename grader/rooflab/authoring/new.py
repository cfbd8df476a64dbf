"""`./lab new NN_topic`: all files of a lab, ready to fill in.

template/ holds them as they will lie in the course, with one kernel as an example; NN and topic
stand for the lab's own. What is left to write says TODO, and `./lab verify` lists it.
"""

from __future__ import annotations

from pathlib import Path

from rooflab.base.errors import UsageError
from rooflab.base.files import write_atomically
from rooflab.course.course import LAB_NAME, Course, Lab

TEMPLATE = Path(__file__).parent / "template"
NAME = "NN_topic"


def new(course: Course, name: str) -> list[Path]:
    """The files, written. UsageError for a name that no lab can have, or that one has; then, and
    when a file is in the way, nothing is written."""
    if LAB_NAME.fullmatch(name) is None:
        raise UsageError(
            f'"{name}" is no name for a lab: two digits, an underscore, a topic in small letters',
            "./lab new 07_sparse",
        )
    lab = Lab(course.root, name)
    for other in course.labs:
        if other.id == lab.id:
            raise UsageError(f"lab {lab.id} is there: {other.name}", "take a free number")
    files = {
        course.root / _filled(lab, path.relative_to(TEMPLATE).as_posix()): _filled(
            lab, path.read_text(encoding="utf-8")
        )
        for path in sorted(TEMPLATE.rglob("*"))
        if path.is_file()
    }
    stub = lab.directory / "kernels.cpp"
    files[lab.stubs / stub.name] = files[stub]  # what ./lab reset restores
    in_the_way = [str(path.relative_to(course.root)) for path in files if path.exists()]
    if in_the_way:
        raise UsageError(
            f"there are files in the way: {', '.join(in_the_way)}",
            "move them away, or take another name",
        )
    for path, text in files.items():
        write_atomically(path, text.encode())
    return list(files)


def summary(course: Course, name: str, written: list[Path]) -> str:
    """What was written, and what to do next."""
    lines = [str(path.relative_to(course.root)) for path in written]
    lab = Lab(course.root, name)
    return "\n".join(
        [*lines, "", f"next: write what says TODO; ./lab verify {lab.id} lists it", ""]
    )


def _filled(lab: Lab, text: str) -> str:
    return text.replace(NAME, lab.name).replace("labNN", lab.namespace).replace("NN", lab.id)
