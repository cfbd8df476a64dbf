"""On a machine that lacks something: a clear error and exit status 3, or the grade as ever."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rooflab import cli
from rooflab.compile.trusted import LabBuild

GRADER = Path(cli.__file__).parents[1]

pytestmark = pytest.mark.skipif(
    subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode
    != 0,
    reason="file systems can only be mounted by root",
)


def grade(
    trusted: LabBuild, mount: str, *arguments: str, after: str = ":"
) -> subprocess.CompletedProcess[str]:
    """Grades the stubs of lab 02, with something mounted that nobody else sees."""
    script = f'{mount}; status=0; "$@" || status=$?; {after}; exit $status'
    command = [sys.executable, "-P", "-m", "rooflab", "grade", "02", *arguments]
    return subprocess.run(
        ["unshare", "--mount", "sh", "-ec", script, "sh", *command],
        cwd=trusted.lab.root,
        env=os.environ | {"PYTHONPATH": str(GRADER)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("folder", ["build", "build/tmp"])
def test_a_full_disk_is_no_ones_grade(trusted: LabBuild, folder: str) -> None:
    (trusted.lab.root / "build" / "tmp").mkdir(exist_ok=True)
    done = grade(trusted, f"mount -t tmpfs -o size=64k full {folder}")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "the disk is full" in done.stderr
    assert "next: make 256 MiB of room" in done.stderr


def test_a_tree_that_cannot_be_written_is_no_ones_grade(trusted: LabBuild) -> None:
    done = grade(trusted, "mount --bind . .; mount -o remount,bind,ro .")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "Read-only file system\nnext: " in done.stderr


@pytest.mark.parametrize(
    ("options", "why"), [("size=4k", "No space left on device"), ("ro", "Read-only file system")]
)
@pytest.mark.parametrize("kind", ["json", "html"])
def test_a_report_that_cannot_be_written_whole_is_not_written(
    trusted: LabBuild, tmp_path: Path, options: str, why: str, kind: str
) -> None:
    file = tmp_path / f"report.{kind}"
    mount = f"mount -t tmpfs -o {options} small '{tmp_path}'"
    done = grade(trusted, mount, f"--{kind}", str(file), after=f"ls -A '{tmp_path}' >&2")
    assert done.returncode == 3, done.stdout + done.stderr
    assert f"{file} cannot be written: {why}\nnext: " in done.stderr
    assert done.stderr.endswith("make room\n")  # and no file is listed behind it


def test_shared_memory_needs_no_file_system(trusted: LabBuild, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    done = grade(trusted, "mount -t tmpfs -o ro none /dev/shm", "--json", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(file.read_text(encoding="utf-8"))
    assert (report["status"], report["score"]) == ("graded", 0)
