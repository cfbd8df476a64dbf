"""tests/fresh/run, as far as it can be tried without making a system."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "fresh" / "run"
RELEASE = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
ONE_LINE = "deb [signed-by=/k.gpg] {} main contrib\n"
DEB822 = "Types: deb\nURIs: {}\nSuites: {}\nComponents: main\nSigned-By: /k.gpg\n\n"


def function(call: str, **environment: str) -> str:
    """What one of the script's functions prints."""
    done = subprocess.run(
        ["bash", "-c", f"source {SCRIPT}; {call}"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="apt is Debian's")
@pytest.mark.parametrize("form", ["list", "sources"])
def test_the_mirror_is_the_one_of_this_machines_apt(tmp_path: Path, form: str) -> None:
    sources = [
        ("http://security.example/debian-security", f"{RELEASE}-security"),
        ("http://mirror.example/debian", RELEASE),
        ("http://other.example/debian", "elsewhere"),
    ]
    parts = tmp_path / "parts"
    parts.mkdir()
    entries = {
        "list": [ONE_LINE.format(f"{uri} {suite}") for uri, suite in sources],
        "sources": [DEB822.format(uri, suite) for uri, suite in sources],
    }
    (parts / f"debian.{form}").write_text("".join(entries[form]), encoding="utf-8")
    configuration = tmp_path / "apt.conf"
    configuration.write_text(
        f'Dir::Etc::SourceList "/dev/null";\nDir::Etc::SourceParts "{parts}";\n', encoding="utf-8"
    )
    found = function("find_mirror", APT_CONFIG=str(configuration))
    assert found == "http://mirror.example/debian\n"


def test_a_log_is_summed_up_by_its_verdicts(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text(
        "01 Baseline  100 of 100\n(local)\n\n  ✓  compiles\n02 Cache blocking  no grade  (local)\n"
        "01 Baseline  100 of 100  13 passed\n",
        encoding="utf-8",
    )
    assert function(f"verdicts {log}") == "01 Baseline 100 of 100, 02 Cache blocking no grade\n"
    log.write_text("806 passed, 9 skipped in 163 s\n10 passed, 0 failed\n", encoding="utf-8")
    assert function(f"verdicts {log}") == "10 passed, 0 failed\n"


def test_without_a_release_it_says_how_it_is_used() -> None:
    done = subprocess.run([SCRIPT], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr[:6]) == (2, "usage:")


def test_a_dockerfile_is_read_step_by_step(tmp_path: Path) -> None:
    file = tmp_path / "Dockerfile"
    text = "# why\nFROM debian\n\nRUN one \\\n && two \\\n    three\n# why\nUSER ada\n"
    file.write_text(text, encoding="utf-8")
    expected = ["FROM debian", "RUN one  && two  three", "USER ada"]
    assert function(f"dockerfile_steps <{file}").splitlines() == expected


@pytest.mark.parametrize(
    ("expected", "status", "passes"), [(0, 0, True), (1, 1, True), (1, 0, False), (1, 3, False)]
)
def test_a_command_passes_with_the_status_that_is_expected(
    tmp_path: Path, expected: int, status: int, passes: bool
) -> None:
    call = (
        f"as() {{ return {status}; }}; set +e; logs={tmp_path}; rows=(); expected={expected};"
        " try ada /home/ada test ./lab 2>/dev/null && echo passes"
    )
    done = subprocess.run(
        ["bash", "-c", f"source {SCRIPT}; {call}; true"], capture_output=True, text=True, check=True
    )
    assert done.stdout == ("passes\n" if passes else "")


def test_a_students_tree_that_is_none_is_said(tmp_path: Path) -> None:
    done = subprocess.run(
        [SCRIPT, "--student", tmp_path, "bookworm"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert f"takes the folder of a student's tree: {tmp_path}" in done.stderr
