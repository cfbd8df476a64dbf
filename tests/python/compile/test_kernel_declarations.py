"""A lab's kernels.def is the one place where its kernels are listed for the harness. One that is
missing there is found before anybody is graded."""

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course, Lab

LABS = Course(Path(__file__).resolve().parents[3]).labs
HEADER = "#pragma once\nnamespace lab02 { void listed(); void forgotten(); }\n"
LISTED = "KERNEL(void, listed, ())\n"
FORGOTTEN = "KERNEL(void, forgotten, ())\n"
MAIN = '#include "kernels.h"\nint main() { lab02::listed(); lab02::forgotten(); }\n'


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_kernels_that_earn_points_are_listed(lab: Lab) -> None:
    text = (lab.directory / "kernels.def").read_text(encoding="utf-8")
    listed = re.findall(r"^KERNEL\([^,]+, (\w+),", text, re.MULTILINE)
    assert {kernel.name for kernel in lab.manifest.kernels} <= set(listed)
    assert len(set(listed)) == len(listed)


def link(trusted: LabBuild, work: Path, kernels: str) -> subprocess.CompletedProcess[str]:
    """Links a program that calls both kernels with their proxies, as the build makes those."""
    folder = trusted.tests.parent
    commands = json.loads((folder / "compile_commands.json").read_text(encoding="utf-8"))
    (command,) = (
        shlex.split(entry["command"])
        for entry in commands
        if "lab02_proxies.dir" in entry["command"]
    )
    flags = [part for part in command[1:] if part.startswith(("-I", "-D", "-std"))]
    for name, text in (("kernels.h", HEADER), ("kernels.def", kernels), ("main.cpp", MAIN)):
        (work / name).write_text(text, encoding="utf-8")
    proxies = trusted.lab.root / "grader" / "harness" / "session" / "proxies.cpp"
    library = folder / "librooflab_harness.a"
    parts = [str(work / "main.cpp"), str(proxies), str(library), "-lseccomp"]
    compiling = [trusted.compiler, f"-I{work}", *flags, *parts, "-o", str(work / "program")]
    return subprocess.run(compiling, capture_output=True, text=True, check=False)


def test_kernels_that_are_listed_have_a_proxy(trusted: LabBuild, tmp_path: Path) -> None:
    assert link(trusted, tmp_path, LISTED + FORGOTTEN).returncode == 0


def test_one_that_was_forgotten_does_not_link(trusted: LabBuild, tmp_path: Path) -> None:
    missing = re.findall(r"undefined reference to `(.+?)'", link(trusted, tmp_path, LISTED).stderr)
    assert missing == ["lab02::forgotten()"]
