"""The commands in what students read exist, with the names that they mention."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course
from rooflab.grading.measurement import cases_of

ROOT = Path(__file__).resolve().parents[3]
PAGES = [
    *sorted((ROOT / "handouts").glob("[0-9]*.md")),
    *(ROOT / "docs" / f"{name}.md" for name in ("students", "instructors", "architecture")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
]
PLACEHOLDERS = {"NN", "NN_topic", "07", "07_sparse"}
COURSE = Course(ROOT)
KERNELS = {lab.id: {k.name for k in lab.manifest.kernels} for lab in COURSE.labs}
LAB_COMMAND = re.compile(r"(?m)^\./lab ([a-z]+)((?: +[a-z0-9_x-]+)*)")
MEASURE_COMMAND = re.compile(r"(?m)^\S+ \S*figures/measure\.py (run|draw)((?: +[a-z_]+)*)")
TAKES_KERNELS = {"test", "hint", "misses", "hot"}
VALUED = ("--submission", "--lab")  # the options that a value follows


def commands(pattern: re.Pattern[str]) -> list[tuple[str, str, list[str]]]:
    """Page, command and arguments of each that a page shows."""
    return [
        (page.name, found[1], found[2].split())
        for page in PAGES
        for found in pattern.finditer(shown(page))
    ]


def shown(page: Path) -> str:
    """Code, in blocks and in lines, with what explains it cut off."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    spans = re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    lines = [re.sub(r" {2,}.*", "", line) for block in blocks for line in block.splitlines()]
    return "\n".join([*lines, *(" ".join(span.split()) for span in spans)])


def help_of(command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "rooflab", *command.split(), "--help"],
        env={"PYTHONPATH": str(ROOT / "grader"), "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_there_are_commands() -> None:
    assert len(commands(LAB_COMMAND)) > 20
    assert len(commands(MEASURE_COMMAND)) > 8


@pytest.mark.parametrize("name", sorted({name for _, name, _ in commands(LAB_COMMAND)}))
def test_a_command_of_the_pages_exists(name: str) -> None:
    assert "Usage" in help_of(name)


@pytest.mark.parametrize(("page", "name", "arguments"), commands(LAB_COMMAND))
def test_labs_kernels_and_options_of_the_pages_exist(
    page: str, name: str, arguments: list[str], trusted: LabBuild, tmp_path: Path
) -> None:
    if name == "export":  # which has commands of its own
        name, arguments = f"{name} {arguments[0]}", arguments[1:]
        assert "Usage" in help_of(name)
    valued = {arguments.index(option) + 1 for option in VALUED if option in arguments}
    words = [w for n, w in enumerate(arguments) if not w.startswith("--") and n not in valued]
    for option in {word for word in arguments if word.startswith("--")}:
        assert option in help_of(name), page
    if not words or words[0] in PLACEHOLDERS:
        return
    assert words[0] in KERNELS, page
    if name in TAKES_KERNELS:
        assert set(words[1:2]) <= KERNELS[words[0]], page
    elif name == "bench" and words[0] == trusted.lab.id:
        cases = cases_of(trusted, tmp_path)
        assert all(any(word in case for case in cases) for word in words[1:2]), page


@pytest.mark.parametrize(("page", "how", "names"), commands(MEASURE_COMMAND))
def test_figures_of_the_pages_exist(
    page: str, how: str, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "handouts" / "figures"))
    figures = importlib.import_module("measure").FIGURES
    for name in names:
        assert name in figures, page
        assert how == "draw" or figures[name][1].measure is not None, page
