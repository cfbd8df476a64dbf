"""The way of the data: a package imports only those before it in LAYERS."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

import rooflab

ROOT = Path(rooflab.__file__).parent
LAYERS = ("base", "report", "course", "compile", "measure", "grading")
# On top of all layers, and never in one another.
ROOMS = ("student", "authoring", "classroom")
# What the command line is made of: it may use all of them.
COMMANDS = "commands"
ALLOWED = {
    **{name: {*LAYERS[: number + 1]} for number, name in enumerate(LAYERS)},
    **{name: {*LAYERS, name} for name in ROOMS},
    COMMANDS: {*LAYERS, *ROOMS, COMMANDS},
}
PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))


def imported(file: Path) -> Iterator[str]:
    """The packages of ours that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: imports are written in full"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            first, *rest = name.split(".")
            if first == "rooflab" and rest != ["__version__"]:
                yield rest[0] if rest else ""


def forbidden(package: str, file: Path) -> set[str]:
    return set(imported(file)) - ALLOWED[package]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_what_comes_before_it(package: str) -> None:
    found = {
        str(file.relative_to(ROOT)): wrong
        for file in (ROOT / package).rglob("*.py")
        if (wrong := forbidden(package, file))
    }
    assert found == {}


def test_an_import_the_other_way_is_found(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(
        "from rooflab import cli\ndef f():\n    from rooflab.student import test\n    import json\n"
    )
    assert forbidden("measure", file) == {"cli", "student"}
    assert forbidden("student", file) == {"cli"}


def test_every_package_is_in_the_table_and_says_what_lives_there() -> None:
    assert set(PACKAGES) <= set(ALLOWED)
    assert set(PACKAGES) >= set(LAYERS)
    for name in PACKAGES:
        tree = ast.parse((ROOT / name / "__init__.py").read_text(encoding="utf-8"))
        assert len(re.findall(r"\.(\s|$)", ast.get_docstring(tree) or "")) >= 3, name


def test_the_tests_lie_in_folders_of_the_same_names(request: pytest.FixtureRequest) -> None:
    """A newcomer finds the tests of a module where its package is, and so does pytest: it passes by
    folders with some names, `build` among them."""
    here = Path(__file__).parent
    passed_by = request.config.getini("norecursedirs")
    assert not [d for d in here.iterdir() if any(fnmatch(d.name, name) for name in passed_by)]
    tested = {path.parent.name for path in here.glob("*/test_*.py")} - {"handouts", "benchmarks"}
    assert tested == set(PACKAGES) - {COMMANDS}  # test_cli.py
