"""Measuring the handouts' figures: into build/figures, and only where they can be drawn."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

FIGURES = Path(__file__).resolve().parents[3] / "handouts" / "figures"
SERIES = {"walk": [{"step": step, "ms": 10.0} for step in (1, 2, 3, 4, 6, 8)]}
Command = Callable[..., str]


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, with the course's figures and build/figures elsewhere, and one quick figure."""
    module = script(monkeypatch)
    course = tmp_path / "course"
    (course / "lab01" / "data").mkdir(parents=True)
    old = {"command": "measure.py", "series": SERIES}
    for name in ("steps", "alignment"):
        path = course / "lab01" / "data" / f"{name}.json"
        path.write_text(json.dumps(old), encoding="utf-8")
    monkeypatch.setattr(module, "HERE", course)
    monkeypatch.setattr(module, "BUILD", tmp_path / "build")
    figures = {"steps": ("lab01", module.Figure(lambda _: SERIES, 140))}
    figures["alignment"] = ("lab01", module.Figure(not_now, 60, needs=module.ROOT / "solutions"))
    monkeypatch.setattr(module, "FIGURES", figures)
    monkeypatch.setattr(module, "machine", dict)
    return module


def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(FIGURES))
    return importlib.import_module("measure")


def not_now(_: Path) -> None:
    pytest.fail("it was measured")


@pytest.fixture
def call(
    measure: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs the script with arguments; what it says."""

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["measure.py", *arguments])
        measure.main()
        return capsys.readouterr().err

    return run


def command_in(folder: Path) -> str:
    document = json.loads((folder / "lab01" / "data" / "steps.json").read_text(encoding="utf-8"))
    return str(document["command"])


def test_what_is_measured_leaves_the_courses_own_files_alone(call: Command, tmp_path: Path) -> None:
    message = call("run", "steps")
    assert "this takes about " in message
    assert command_in(tmp_path / "build") == "handouts/figures/measure.py run steps"
    assert (tmp_path / "build" / "lab01" / "steps.svg").exists()
    assert command_in(tmp_path / "course") == "measure.py"
    assert not (tmp_path / "course" / "lab01" / "steps.svg").exists()


def test_authors_replace_them_on_purpose(call: Command, tmp_path: Path) -> None:
    call("run", "steps", "--update")
    assert command_in(tmp_path / "course") == "handouts/figures/measure.py run steps --update"
    assert (tmp_path / "course" / "lab01" / "steps.svg").exists()
    assert not (tmp_path / "build").exists()


def test_what_was_not_measured_is_drawn_from_the_courses_data(
    call: Command, tmp_path: Path
) -> None:
    assert "course/lab01/data/steps.json" in call("draw", "steps")
    assert (tmp_path / "build" / "lab01" / "steps.svg").exists()
    call("run", "steps")
    assert "build/lab01/data/steps.json" in call("draw", "steps")


def without(name: str) -> Callable[[str], object]:
    return lambda asked: None if asked == name else object()


def test_without_matplotlib_it_says_so_before_it_measures(
    call: Command, measure: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "find_spec", without("matplotlib"))
    monkeypatch.setattr(sys, "prefix", str(measure.ROOT / ".venv"))
    with pytest.raises(SystemExit) as caught:
        call("run", "alignment")
    message = str(caught.value)
    assert message.startswith("error: this Python does not have matplotlib\nnext: .venv/bin/pip ")
    lock = (measure.ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert f"\n{message.rpartition(' ')[2]} " in lock


def test_another_python_is_sent_to_the_courses_own(
    call: Command, measure: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "find_spec", without("numpy"))
    monkeypatch.setattr(sys, "prefix", "/usr")
    with pytest.raises(
        SystemExit, match=r"\.venv/bin/python handouts/figures/measure\.py draw steps"
    ):
        call("draw", "steps")


def test_a_students_copy_measures_the_students_kernels(
    call: Command, measure: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(measure, "REFERENCE", measure.ROOT / "no" / "kernels.cpp")
    call("run", "steps")
    assert command_in(tmp_path / "build") == (
        "handouts/figures/measure.py run steps --kernels labs/02_blocking/kernels.cpp"
    )


def test_what_needs_the_solution_says_so(
    call: Command, measure: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    solution = measure.ROOT / "no" / "solutions" / "kernels.cpp"
    figure = measure.Figure(not_now, 60, needs=solution)
    monkeypatch.setitem(measure.FIGURES, "alignment", ("lab01", figure))
    with pytest.raises(SystemExit) as caught:
        call("run", "steps", "alignment")
    assert str(caught.value) == (
        "error: alignment measures no/solutions/kernels.cpp, which a student's copy does not have\n"
        "next: .venv/bin/python handouts/figures/measure.py draw alignment"
    )
    assert "measuring steps" in call("run")  # everything else


def test_every_figure_has_a_duration_and_is_drawn_somewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = script(monkeypatch)
    assert {"steps", "gflops", "layout"} <= module.FIGURES.keys()
    for name, (lab, figure) in module.FIGURES.items():
        assert (figure.seconds > 0) == (figure.measure is not None), name
        assert hasattr(importlib.import_module(f"{lab}.drawings"), name) == figure.drawn, name


@pytest.mark.parametrize("cases", sorted(FIGURES.glob("*/*_cases.cpp")), ids=lambda path: path.stem)
def test_what_is_measured_compiles(cases: Path) -> None:
    root = FIGURES.parents[1]
    (lab,) = (root / "labs").glob(f"{cases.parent.name.removeprefix('lab')}_*")
    folders = ("", "labs/include", "labs/testing/include", f"labs/{lab.name}")
    includes = [f"-I{root / folder}" for folder in folders]
    flags = ["-std=c++20", "-DPADDING=64", *includes, "-fsyntax-only"]
    subprocess.run(["c++", *flags, cases], check=True)


def test_a_program_is_linked_with_what_its_headers_stand_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script(monkeypatch)
    programs = importlib.import_module("programs")
    cases = FIGURES / "lab05" / "models_cases.cpp"
    found = {
        path.relative_to(programs.TESTING).as_posix() for path in programs.testing_sources([cases])
    }
    assert {"digits/digits.cpp", "operations/digits_models.cpp", "core/random.cpp"} <= found
    assert "operations/conv2d.cpp" not in found  # not included
    assert not any("promises" in name for name in found)


def test_the_page_about_figures_says_how_long_they_take(monkeypatch: pytest.MonkeyPatch) -> None:
    module = script(monkeypatch)
    page = " ".join((FIGURES.parent / "README.md").read_text(encoding="utf-8").split())
    assert f"all of it about {module.duration(module.measured())}" in page


def test_every_drawing_is_of_the_data_beside_it(
    call: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module = script(monkeypatch)
    monkeypatch.setattr(module, "HERE", FIGURES)
    monkeypatch.setattr(module, "FIGURES", module.discover())
    call("draw")
    for drawing in FIGURES.glob("lab??/*.svg"):
        again = tmp_path / "build" / drawing.relative_to(FIGURES)
        assert drawing.read_bytes() == again.read_bytes(), drawing.name


def test_every_idea_of_lab_02_is_a_stage_and_measures_a_whole_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figures = script(monkeypatch).FIGURES
    lab02 = importlib.import_module("lab02.figures")
    sources = lab02.idea_sources(lab02.BASELINE)
    assert list(sources) == ["baseline", *lab02.IDEAS, "submission"]
    assert all("namespace lab02 {" in text for text in sources.values())
    wanted = [figure.needs for _, figure in figures.values() if figure.needs is not None]
    assert wanted
    assert all(path.exists() for path in wanted)
