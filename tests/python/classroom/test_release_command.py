"""`./lab release`: written, released onto again, and stopped by a leak."""

from __future__ import annotations

from pathlib import Path

import pytest

from rooflab import cli
from rooflab.classroom import trial
from rooflab.classroom.release import RECORD
from rooflab.course.course import Course

COURSE = Course(Path(__file__).resolve().parents[3])


def test_a_release_is_written_and_updated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Tried for real in test_guides.py.
    monkeypatch.setattr(trial, "try_out", lambda *_: trial.Trial(65, 0.5, offline=True))
    target = tmp_path / "student"
    assert cli.main(["release", str(target), "--labs", "01"]) == 0
    shown = capsys.readouterr().out
    assert "✓ the stubs earn 0 of 65 points" in shown
    assert f"written to: {target}, labs 01\n" in shown
    assert (target / RECORD).is_file()
    kernels = target / "labs/01_baseline/kernels.cpp"
    kernels.write_text("// mine\n")
    assert cli.main(["release", str(target), "--labs", "02"]) == 0
    shown = capsys.readouterr().out
    assert f"updated: {target}, labs 01, 02\n" in shown
    assert "  new      labs/02_blocking/kernels.cpp\n" in shown
    assert "  changed  README.md\n" in shown
    assert kernels.read_text() == "// mine\n"


def test_a_leak_in_the_course_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    solution = (COURSE.root / "solutions/02_blocking/kernels.cpp").read_text("utf-8")
    line = max(solution.splitlines(), key=len)
    page = COURSE.root / "docs/students.md"
    real = Path.read_bytes
    monkeypatch.setattr(
        Path,
        "read_bytes",
        lambda self: real(self) + (f"\n{line}\n".encode() if self == page else b""),
    )
    assert cli.main(["release", str(tmp_path / "student")]) == 3
    error = capsys.readouterr().err
    assert "nothing was written; leaks: 1\ndocs/students.md:" in error
    assert "of solutions/02_blocking/kernels.cpp: " in error
    assert not (tmp_path / "student").exists()
