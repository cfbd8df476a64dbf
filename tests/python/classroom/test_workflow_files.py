"""All workflows, ours and the students': by GitHub's schema, and what a hostile push could use."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from actions_runner import load

PROJECT = Path(__file__).resolve().parents[3]
OURS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
STUDENTS = PROJECT / ".github" / "classroom" / "student" / ".github" / "workflows" / "classroom.yml"
ALL = [*OURS, STUDENTS]
PINNED = re.compile(r"uses: [\w.-]+(/[\w.-]+)+@[0-9a-f]{40} # v\d+(\.\d+)*$")
# Of what somebody writes: a title, a branch, a message.
WRITTEN = re.compile(r"\$\{\{[^}]*github\.(event|head_ref|ref_name|actor)\b")


def steps(workflow: Any) -> Iterator[Any]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
class TestEveryWorkflow:
    def test_it_follows_the_schema(self, path: Path) -> None:
        command = [sys.executable, "-m", "check_jsonschema"]
        command += ["--builtin-schema", "vendor.github-workflows", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def test_actions_are_pinned_by_commit_and_say_their_version(self, path: Path) -> None:
        lines = [line.strip().removeprefix("- ") for line in path.read_text("utf-8").splitlines()]
        used = [line for line in lines if line.startswith("uses:")]
        assert used
        assert [line for line in used if not PINNED.fullmatch(line)] == []

    def test_a_token_may_do_no_more_than_is_used(self, path: Path) -> None:
        workflow = load(path)
        wanted = {"contents": "read"}
        if path == STUDENTS:
            wanted |= {"checks": "write", "actions": "read"}
        assert workflow["permissions"] == wanted
        assert not [job for job in workflow["jobs"].values() if "permissions" in job]
        assert "secrets." not in path.read_text(encoding="utf-8")

    def test_a_checkout_leaves_no_token_behind(self, path: Path) -> None:
        checkouts = [s for s in steps(load(path)) if "actions/checkout@" in s.get("uses", "")]
        assert checkouts
        assert all(step["with"]["persist-credentials"] is False for step in checkouts)

    def test_no_script_contains_what_somebody_else_wrote(self, path: Path) -> None:
        assert [s for s in steps(load(path)) if WRITTEN.search(s.get("run", ""))] == []

    def test_every_job_has_a_limit_of_time(self, path: Path) -> None:
        assert all("timeout-minutes" in job for job in load(path)["jobs"].values())


class TestStudentsWorkflow:
    def test_it_is_what_reporters_of_autograding_look_for(self) -> None:
        workflow = load(STUDENTS)
        assert workflow["name"] == "Autograding Tests"
        assert workflow["on"] == ["push", "workflow_dispatch", "repository_dispatch"]
        assert list(workflow["jobs"]) == ["run-autograding-tests"]
        job = workflow["jobs"]["run-autograding-tests"]
        assert "strategy" not in job
        assert job["if"] == "github.actor != 'github-classroom[bot]'"

    def test_a_newer_push_ends_the_older_run_of_its_branch(self) -> None:
        concurrency = load(STUDENTS)["concurrency"]
        assert concurrency["cancel-in-progress"] is True
        assert "github.ref" in concurrency["group"]
