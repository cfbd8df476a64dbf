"""The trial of a student tree: on trees whose ./lab does as it is told, and on a real one."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import example_reports
import pytest

from rooflab.base.progress import silent
from rooflab.classroom import trial
from rooflab.classroom.tree import File, Tree
from rooflab.classroom.trial import TrialError, try_out
from rooflab.course.course import Course
from rooflab.report.model import CheckStatus, Report, ReportCollection, Status, Tier

LOST = example_reports.CORRECT.model_copy(update={"points": 0, "status": CheckStatus.FAIL})
STUB = example_reports.report(LOST, example_reports.UNMEASURED, lab="01_baseline")


def tree_of(*reports: Report, test_status: int = 1) -> Tree:
    """Its ./lab writes those reports, and its tests end so."""
    document = shlex.quote(ReportCollection(labs=reports).to_json())
    script = (
        '#!/bin/sh\n[ "$HOME" != "$OLD_HOME" ] || exit 9\n[ -z "$SECRET" ] || exit 8\n'
        f'case $1 in\ngrade) mkdir -p build; echo {document} > "$4";;\n'
        f"test) exit {test_status};;\nesac\n"
    )
    return {
        "lab": File(script.encode(), executable=True),
        "labs/01_baseline/kernels.cpp": File(b"// TODO\n"),
    }


def tried(course: Course, tmp_path: Path, tree: Tree) -> trial.Trial:
    place = tmp_path / "place"
    place.mkdir()
    return try_out(tree, course.labs[:1], place, silent, os.environ | {"SECRET": "token"})


def test_stubs_that_earn_nothing_pass(course: Course, tmp_path: Path) -> None:
    assert tried(course, tmp_path, tree_of(STUB)).measurable == 4


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (example_reports.report(example_reports.CORRECT, lab="01_baseline"), "earn 4"),
        (STUB.model_copy(update={"status": Status.INCONCLUSIVE, "reason": "busy"}), "01_.*: busy"),
        (STUB.model_copy(update={"tier": Tier.CI}), "earn 0"),
        (
            STUB.model_copy(update={"checks": (LOST.model_copy(update={"visibility": "hidden"}),)}),
            "hidden tests of lab 01_baseline could be run",
        ),
    ],
)
def test_a_tree_that_is_not_as_it_should_be_is_found(
    report: Report, why: str, course: Course, tmp_path: Path
) -> None:
    with pytest.raises(TrialError, match=why):
        tried(course, tmp_path, tree_of(report))


def test_a_lab_without_a_report_is_found(course: Course, tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="labs are missing"):
        tried(course, tmp_path, tree_of())


def test_stubs_that_pass_their_tests_are_found(course: Course, tmp_path: Path) -> None:
    with pytest.raises(TrialError, match="ended with 0, not 1"):
        tried(course, tmp_path, tree_of(STUB, test_status=0))


def test_a_tree_that_answers_too_late_is_found(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "EDIT_LOOP_S", 0.0)
    with pytest.raises(TrialError, match="too long to wait"):
        tried(course, tmp_path, tree_of(STUB))


def test_the_network_is_cut_off_where_it_can_be(course: Course, tmp_path: Path) -> None:
    tree = dict(tree_of(STUB))
    only_loopback = b'[ "$(grep -c : /proc/net/dev)" -le 1 ] || [ "$1" != grade ] || exit 7\n'
    script = tree["lab"].content.replace(b"case", only_loopback + b"case", 1)
    tree["lab"] = File(script, executable=True)
    if not any(trial._works(words) for words in trial.OFFLINE):
        pytest.skip("this system lets nobody cut the network off")
    assert tried(course, tmp_path, tree).offline
