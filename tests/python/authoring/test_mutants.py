"""Mutants: what their files say and where they lie."""

from __future__ import annotations

import pytest

from rooflab.authoring.mutants import (
    mutants_of,
    unused_mutants,
)
from rooflab.base.errors import SetupError
from rooflab.course.course import Course, Lab
from rooflab.report.model import Reason

HEADER = """// mistake: forgets the tail
// verdict: hidden_correctness wrong_result
"""
EXCEPTION = "// verdict of lab02::relu: correctness crashed\n"


@pytest.fixture
def lab(course: Course) -> Lab:
    """Lab 02 of a course in which each lab's relu, and nothing else, has the operation relu."""
    for lab in course.labs:
        (lab.root / "grader/hidden" / lab.name).mkdir(parents=True)
        path = lab.directory / "lab.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace('name = "relu"', 'name = "relu"\noperation = "relu"'), encoding="utf-8"
        )
    put(course.labs[1], "operations/relu/from_both.cpp")
    return course.labs[1]


def put(lab: Lab, path: str, text: str = HEADER) -> None:
    file = lab.root / "grader/hidden" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_mutant_is_for_the_kernel_of_its_folder(lab: Lab) -> None:
    put(lab, "02_blocking/mutants/softmax/tail.cpp")
    (mutant,) = (m for m in mutants_of(lab) if m.kernel == "softmax")
    assert (mutant.name, mutant.mistake) == ("tail", "forgets the tail")
    assert (mutant.check, mutant.reason) == ("hidden_correctness", Reason.WRONG_RESULT)


def test_an_operations_mutant_is_for_each_of_its_kernels(course: Course, lab: Lab) -> None:
    put(lab, "02_blocking/mutants/relu/own.cpp")
    found = [[(m.kernel, m.name) for m in mutants_of(each)] for each in course.labs]
    assert found == [[("relu", "from_both")], [("relu", "own"), ("relu", "from_both")]]


def test_a_verdict_of_one_kernel_is_for_no_other(course: Course, lab: Lab) -> None:
    put(lab, "operations/relu/from_both.cpp", HEADER + EXCEPTION)
    verdicts = [(m.check, m.reason) for each in course.labs for m in mutants_of(each)]
    assert verdicts == [
        ("hidden_correctness", Reason.WRONG_RESULT),
        ("correctness", Reason.CRASHED),
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("#include <cmath>\n", "does not begin with its mistake and verdict"),
        (HEADER.replace("wrong_result", "wrong"), "hidden_correctness wrong"),
        (HEADER.replace("hidden_correctness", "speedup"), "speedup wrong_result"),
        (HEADER + "// verdict: correctness crashed\n", "correctness crashed"),
        (HEADER + "// verdict of relu: correctness crashed\n", "of relu"),
        (HEADER.replace("verdict", "verdict of lab02::relu"), "kernels that it does not name"),
    ],
)
def test_a_wrong_header_is_named(lab: Lab, text: str, complaint: str) -> None:
    put(lab, "02_blocking/mutants/relu/one.cpp", text)
    with pytest.raises(SetupError) as raised:
        list(mutants_of(lab))
    assert raised.value.message.startswith("grader/hidden/02_blocking/mutants/relu/one.cpp ")
    assert complaint in raised.value.message


@pytest.mark.parametrize("place", ["one.cpp", "gelu/one.cpp", "relu/more/one.cpp"])
def test_a_file_that_no_kernel_would_run_is_named(lab: Lab, place: str) -> None:
    put(lab, f"02_blocking/mutants/{place}")
    with pytest.raises(SetupError) as raised:
        list(mutants_of(lab))
    assert f"mutants/{place} must lie in mutants/KERNEL/" in raised.value.message


def test_a_mistake_that_is_written_twice_is_named(lab: Lab) -> None:
    put(lab, "02_blocking/mutants/relu/from_both.cpp")
    with pytest.raises(SetupError) as raised:
        list(mutants_of(lab))
    assert "relu/from_both.cpp is there twice, for relu" in raised.value.message


def test_operations_that_fit_the_kernels_leave_nothing_unused(course: Course, lab: Lab) -> None:
    put(lab, "operations/relu/other.cpp", HEADER + EXCEPTION)
    assert unused_mutants(course) == []


def test_an_operation_without_a_folder_is_named(course: Course, lab: Lab) -> None:
    path = lab.directory / "lab.toml"
    text = path.read_text(encoding="utf-8").replace('operation = "relu"', 'operation = "rely"')
    path.write_text(text, encoding="utf-8")
    assert unused_mutants(course) == ['lab02::relu: there is no operation "rely"; there are: relu']


def test_an_operation_without_a_kernel_is_named(course: Course, lab: Lab) -> None:
    put(lab, "operations/gelu/one.cpp")
    assert unused_mutants(course) == ["operations/gelu/one.cpp: no kernel has this operation"]


def test_a_verdict_of_a_kernel_that_is_not_tried_is_named(course: Course, lab: Lab) -> None:
    put(lab, "operations/relu/one.cpp", HEADER + EXCEPTION.replace("relu", "softmax"))
    assert unused_mutants(course) == [
        "operations/relu/one.cpp: lab02::softmax is no kernel of this operation"
    ]
