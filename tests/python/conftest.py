"""A small course of two labs, for what works on a course's files; lab 02 itself, built; and a lab
that uses kernels of an earlier one, built."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import two_labs
from lifeline import Lifeline
from manifests import MANIFEST, set_uses

from rooflab.classroom.tree import student_tree, write
from rooflab.compile.trusted import LabBuild, prepare
from rooflab.course.course import Course, Lab

HINTS = """
relu = ["relu: a nudge", "relu: a push", "relu: nearly there"]
softmax = ["softmax: a nudge", "softmax: a push", "softmax: nearly there"]
"""
STUB = "// TODO\n"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """As a student receives it: stubs in place, nothing built, no solutions."""
    for name in ("01_baseline", "02_blocking"):
        for folder in ("labs", "grader/stubs"):
            directory = tmp_path / folder / name
            directory.mkdir(parents=True)
            (directory / "kernels.cpp").write_text(STUB, encoding="utf-8")
        manifest = MANIFEST.format(name=name)
        (tmp_path / "labs" / name / "lab.toml").write_text(manifest, encoding="utf-8")
        hints = tmp_path / "grader" / "hints" / f"{name}.toml"
        hints.parent.mkdir(exist_ok=True)
        hints.write_text(HINTS, encoding="utf-8")
    return Course(tmp_path)


@pytest.fixture(scope="session")
def students_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole course as `./lab release` writes it."""
    course = Course(Path(__file__).resolve().parents[2])
    copy = tmp_path_factory.mktemp("student") / "rooflab"
    write(student_tree(course, course.labs), copy)
    return copy


@pytest.fixture
def uses_relu(course: Course) -> Lab:
    """Lab 02 of it, whose kernels may call relu of lab 01."""
    return set_uses(course.find("02"), "lab01::relu")


@pytest.fixture(scope="session")
def trusted() -> LabBuild:
    """What submissions of lab 02 are graded with, built once."""
    course = Course(Path(__file__).resolve().parents[2])
    return prepare(course, course.find("02"))


@pytest.fixture(scope="session")
def threaded(trusted: LabBuild) -> LabBuild:
    """Lab 02, as if its kernels might have two threads, and matmul_blocked a point for having no
    data races."""
    lab = replace(trusted.lab)
    manifest = trusted.lab.manifest
    kernels = []
    for kernel in manifest.kernels:
        races = 1 if kernel.name == "matmul_blocked" else 0
        points = kernel.points.model_copy(update={"races": races})
        kernels.append(kernel.model_copy(update={"points": points}))
    changed = {"threads": 2, "kernels": tuple(kernels)}
    lab.__dict__["manifest"] = manifest.model_copy(update=changed)
    return prepare(Course(lab.root), lab)


@pytest.fixture(scope="session")
def using(tmp_path_factory: pytest.TempPathFactory) -> LabBuild:
    """The second of two labs (two_labs.py), whose kernel calls two of the first."""
    course = two_labs.write(tmp_path_factory.mktemp("two_labs"))
    return prepare(course, course.find("02"))


@pytest.fixture
def lifeline(tmp_path: Path) -> Iterator[Lifeline]:
    line = Lifeline(tmp_path / "lifeline")
    yield line
    line.close()
