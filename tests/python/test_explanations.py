"""What a student reads about real mistakes: the mutants, in the labs' own tests."""

from pathlib import Path

import pytest

from rooflab import test
from rooflab.build import Built, LabBuild, prepare
from rooflab.correctness import run_kernel
from rooflab.course import Course
from rooflab.mutants import build_mutant, mutants_of
from rooflab.seeds import Seeds


@pytest.fixture(scope="session")
def trusted01(trusted: LabBuild) -> LabBuild:
    course = Course(trusted.lab.root)
    return prepare(course, course.find("01"))


def shown(trusted: LabBuild, name: str, work: Path) -> str:
    """What `./lab test` prints of a mutant."""
    (mutant,) = (m for m in mutants_of(trusted.lab) if m.name == name)
    built = build_mutant(trusted, mutant, work)
    assert isinstance(built, Built)
    result = run_kernel(trusted, built.worker, mutant.kernel, work, Seeds()).public
    return test.as_text(trusted.lab, test.Tested({mutant.kernel: result}))


def test_nan_that_was_lost_is_told_and_not_where_it_stood(
    trusted01: LabBuild, tmp_path: Path
) -> None:
    told = shown(trusted01, "relu_swallows_nan", tmp_path)
    assert "    pattern: NaN became 0\n" in told
    assert "the tail" not in told


def test_a_missing_tail_is_told_although_the_smallest_call_shows_none(
    trusted: LabBuild, trusted01: LabBuild, tmp_path: Path
) -> None:
    assert (
        "    pattern: nothing was written\n"
        "    found at: 1023 elements\n"
        "    pattern there: only elements >= 1016 are wrong; they were never written: the tail, "
        "1016 = 8·⌊1023/8⌋\n"
    ) in shown(trusted01, "relu_forgets_the_tail", tmp_path)
    assert (
        "    found at: a 127×63, b 63×95, c 127×95\n"
        "    pattern there: only rows >= 124 are wrong; they were never written: the tail, "
        "124 = 4·⌊127/4⌋\n"
    ) in shown(trusted, "matmul_blocked_forgets_row_tail", tmp_path)


def test_a_kernel_that_stops_early_has_no_tail(trusted01: LabBuild, tmp_path: Path) -> None:
    told = shown(trusted01, "transpose_only_right_for_squares", tmp_path)
    assert "pattern there: only rows >= 63 are wrong; they were never written\n" in told
