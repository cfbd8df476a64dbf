"""Commands in pages of the course: which there are, and how they are run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LIMIT_S = 600
COMMAND = re.compile(r"(\./lab|cmake|git|gdb|objdump|build/|\.venv/bin/)( |$|\w)")


def section(page: str, title: str) -> str:
    """From the heading of that title to the next of its kind."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def commands(text: str) -> list[str]:
    """Of all blocks: those behind a prompt are samples, and two spaces begin an explanation."""
    blocks = re.findall(r"^```\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line.split("  ")[0].rstrip() for block in blocks for line in block.splitlines()]
    return [
        line
        for line in lines
        if re.match(r"(\./lab|cmake|git|gdb|objdump|build/|\.venv/bin/)( |$|\w)", line)
    ]


def run(command: str, root: Path) -> subprocess.CompletedProcess[str]:
    """As typed in the course's folder. The launcher would set a copy up first: test_launcher."""
    lab = shlex.join([sys.executable, "-P", "-m", "rooflab"])
    return subprocess.run(
        ["bash", "-c", re.sub(r"^\./lab\b", lab, command)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "grader"), "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )


OF_STUDENTS = commands(section("README.md", "Students"))
OF_INSTRUCTORS = ["./lab grade --all --submission solutions"]
