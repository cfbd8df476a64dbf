"""A share of packed instructions counts when all of a right call was counted, and when they stand
in place of scalar ones."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from rooflab.base.errors import SetupError
from rooflab.compile.trusted import LabBuild
from rooflab.measure import vector_use
from rooflab.measure.one_call import Unmeasured
from rooflab.measure.seeds import Seeds
from rooflab.measure.vector_use import Executed, VectorUse
from rooflab.report.model import Cause, Reason

KEY = Seeds(b"secret").key()
NONE = {"packed_512": 0, "packed_256": 0, "packed_128": 0, "scalar": 0}


def executed(instructions: int = 1000, cut_short: str = "", **kinds: int) -> Executed:
    return Executed(instructions, NONE | kinds, cut_short)


BASELINE = executed(8000, scalar=2000)


def share(mine: Executed) -> float:
    return VectorUse(mine, BASELINE).estimate.value


def test_the_share_is_of_floating_point_instructions() -> None:
    assert share(executed(packed_256=90, scalar=10)) == 0.9


def test_wider_vectors_count_as_well_and_narrower_ones_against() -> None:
    assert share(executed(packed_512=40, packed_256=10, packed_128=50)) == 0.5


@pytest.mark.parametrize(("instructions", "counts"), [(2000, True), (2001, False)])
def test_vectors_must_make_the_instructions_fewer(instructions: int, counts: bool) -> None:
    mine = executed(instructions, packed_256=900, scalar=100)
    assert share(mine) == (0.9 if counts else 0)
    assert ("4 times fewer" in VectorUse(mine, BASELINE).not_proven) is not counts


def test_half_a_count_proves_nothing() -> None:
    mine = executed(cut_short="it makes the system call write", packed_256=100)
    assert share(mine) == 0
    assert "can be counted: it makes the system call write" in VectorUse(mine, BASELINE).not_proven


def test_a_kernel_without_floating_point_work_proves_nothing() -> None:
    assert share(executed()) == 0
    assert "none of its 1,000" in VectorUse(executed(), BASELINE).not_proven


def saying(what: Any, folder: Path, code: int = 0) -> Path:
    """A program that says that, as JSON or on standard error."""
    script = folder / "program"
    text = f"echo '{json.dumps(what)}'" if code == 0 else f"printf '%s' '{what}' >&2"
    script.write_text(f"#!/bin/sh\n{text}\nexit {code}\n", encoding="utf-8")
    script.chmod(0o755)
    return script


def count(program: Path, folder: Path) -> Executed | Unmeasured | Cause:
    return vector_use.count(program, folder / "worker", "relu/1003", folder, KEY)


def test_counts_are_read(tmp_path: Path) -> None:
    said = {"instructions": 912, "kinds": {**NONE, "packed_256": 125}, "cut_short": ""}
    assert count(saying(said, tmp_path), tmp_path) == executed(912, packed_256=125)


def test_where_nobody_may_trace_nothing_is_measured(tmp_path: Path) -> None:
    said = {"unmeasured": "workers cannot be traced here\033[2J"}
    found = count(saying(said, tmp_path), tmp_path)
    assert found == Unmeasured("workers cannot be traced here\\x1b[2J")


def test_a_kernel_that_fails_meanwhile_says_why(tmp_path: Path) -> None:
    program = saying("reason: wrong_result\nwhat: y is wrong\n", tmp_path, code=1)
    found = count(program, tmp_path)
    assert found == Cause(
        reason=Reason.WRONG_RESULT, rationale="while its instructions were counted: y is wrong"
    )


def test_any_other_failure_is_the_machines(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no such case"):
        count(saying("no such case", tmp_path, code=2), tmp_path)


def test_a_case_that_is_too_large_to_step_through_is_the_courses_mistake(
    trusted: LabBuild, tmp_path: Path
) -> None:
    with pytest.raises(SetupError, match="it takes more than 200000 steps") as raised:
        vector_use.count_baseline(
            trusted.instructions, trusted.baseline, "matmul_blocked/64", tmp_path, KEY
        )
    assert "choose a case" in raised.value.help


@pytest.mark.skipif(os.geteuid() != 0, reason="others trace processes of their own user only")
def test_root_without_the_right_to_trace_other_users_counts_as_well(
    trusted: LabBuild, tmp_path: Path
) -> None:
    """As in most containers."""
    script = tmp_path / "script"
    less = "setpriv --bounding-set=-sys_ptrace --inh-caps=-sys_ptrace"
    script.write_text(f'#!/bin/sh\nexec {less} {trusted.instructions} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    found = vector_use.count(script, trusted.baseline, "matmul_blocked/64", tmp_path, KEY)
    assert isinstance(found, Executed)
    assert found.instructions > 100_000
