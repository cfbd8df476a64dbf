"""Measures what the handouts' figures show, and draws them.

    measure.py run [DATA…]       compiles, measures, then draws: all into build/figures
    measure.py run gflops misses --kernels labs/02_blocking/kernels.cpp
                                 the same with your kernels
    measure.py draw [FIGURE…]    draws SVG files from what was measured, or from the course's data
    … --update                   for authors: replaces the course's own data and drawings

Times are CPU times: medians of at least seven rounds, each round in another random order, and more
rounds where the times still spread. Cache misses are those that ./lab misses and ./lab grade count.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import re
import shlex
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from figure import Figure
from programs import BUILD, ROOT, machine

# Modules that need packages are imported where they are used: see check_packages().
HERE = Path(__file__).resolve().parent
REFERENCE = ROOT / "solutions" / "02_blocking" / "kernels.cpp"
OWN = ROOT / "labs" / "02_blocking" / "kernels.cpp"


def discover() -> dict[str, tuple[str, Figure]]:
    """Every lab's figures by name, with the folder they live in."""
    found = {}
    for path in sorted(HERE.glob("lab??/figures.py")):
        folder = path.parent.name
        for name, figure in import_module(f"{folder}.figures").FIGURES.items():
            found[name] = (folder, figure)
    return found


FIGURES = discover()


def check_packages() -> None:
    """Ends with what to type where packages are missing, before anything is measured."""
    missing = [name for name in ("matplotlib", "numpy", "pydantic") if find_spec(name) is None]
    if not missing:
        return
    if Path(sys.prefix) == ROOT / ".venv":
        lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
        pinned = [re.search(rf"^{name}==\S+", lock, re.MULTILINE) for name in missing]
        command = shlex.join([".venv/bin/pip", "install", *(pin[0] for pin in pinned if pin)])
    else:
        made = "" if (ROOT / ".venv").exists() else "./lab doctor && "
        arguments = [".venv/bin/python", "handouts/figures/measure.py", *sys.argv[1:]]
        command = made + shlex.join(arguments)
    raise SystemExit(f"error: this Python does not have {', '.join(missing)}\nnext: {command}")


def measurable(wanted: Sequence[str]) -> list[str]:
    """What to measure: all that this copy of the course can, or what was named."""
    for name in wanted:
        figure = FIGURES[name][1]
        if lacks(figure):
            assert figure.needs is not None
            path = figure.needs.relative_to(ROOT)
            draws = f".venv/bin/python handouts/figures/measure.py draw {name}"
            raise SystemExit(
                f"error: {name} measures {path}, which a student's copy does not have\n"
                f"next: {draws if figure.drawn else 'see the table in the handout'}"
            )
    return list(wanted) or [name for name in measured() if not lacks(FIGURES[name][1])]


def measured() -> list[str]:
    return [name for name, (_, figure) in FIGURES.items() if figure.measure is not None]


def drawn() -> list[str]:
    return [name for name, (_, figure) in FIGURES.items() if figure.drawn]


def lacks(figure: Figure) -> bool:
    """Whether this copy of the course does not have what the figure measures."""
    return figure.needs is not None and not figure.needs.exists()


def duration(names: Sequence[str]) -> str:
    seconds = sum(FIGURES[name][1].seconds for name in names)
    return f"{seconds} seconds" if seconds < 100 else f"{round(seconds / 60)} minutes"


def run(names: Sequence[str], kernels: Path, home: Path, update: bool) -> None:
    """Writes what is measured below `home`, in the data folder of the figure's lab."""
    for name in names:
        lab, figure = FIGURES[name]
        assert figure.measure is not None
        target = home / lab / "data" / f"{name}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        print(f"measuring {name}, about {duration([name])}", file=sys.stderr)
        series = figure.measure(kernels)
        command = ["handouts/figures/measure.py", "run", name]
        if kernels != REFERENCE:
            command += ["--kernels", os.path.relpath(kernels, ROOT)]
        if update:
            command.append("--update")
        document = {
            "command": shlex.join(command),
            "date": datetime.date.today().isoformat(),
            "machine": machine(),
            "series": series,
        }
        text = json.dumps(document, indent=1, ensure_ascii=False)
        target.write_text(text + "\n", encoding="utf-8")
        print(f"wrote {shown(target)}", file=sys.stderr)


def draw(names: Sequence[str], home: Path, suffix: str) -> None:
    """Draws from the data below `home`, and from the course's own data what is not there."""
    for name in names:
        lab, figure = FIGURES[name]
        drawing = getattr(import_module(f"{lab}.drawings"), name)
        target = home / lab / f"{name}.{suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        if figure.measure is None:
            drawing(target)
            print(f"drew {shown(target)}", file=sys.stderr)
            continue
        source = home / lab / "data" / f"{name}.json"
        if not source.exists():
            source = HERE / lab / "data" / f"{name}.json"
        document = json.loads(source.read_text(encoding="utf-8"))
        drawing(target, document["series"])
        print(f"drew {shown(target)} from {shown(source)}", file=sys.stderr)


def shown(path: Path) -> str:
    """As one types it in the course's folder."""
    return os.path.relpath(path, ROOT)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures and draws the handouts' figures.")
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="draw from the data that is there")
    drawing.add_argument("names", nargs="*", metavar="FIGURE", help=", ".join(drawn()))
    measuring = commands.add_parser("run", help="measure, then draw")
    measuring.add_argument("names", nargs="*", metavar="DATA", help=", ".join(measured()))
    default = REFERENCE if REFERENCE.exists() else OWN
    measuring.add_argument(
        "--kernels", type=Path, default=default, help=f"kernels.cpp of lab 02 ({shown(default)})"
    )
    for command in (drawing, measuring):
        command.add_argument("--to", type=Path, default=BUILD, help="folder (build/figures)")
        command.add_argument("--png", action="store_true", help="draw PNG, not SVG")
        command.add_argument(
            "--update", action="store_true", help="for authors: replace the course's own files"
        )
    arguments = parser.parse_args()

    known = measured() if arguments.command == "run" else drawn()
    for name in arguments.names:
        if name not in known:
            parser.error(f'there is no "{name}"; there are: {", ".join(known)}')
    check_packages()
    folder = HERE if arguments.update else arguments.to
    names = arguments.names or drawn()
    if arguments.command == "run":
        wanted = measurable(arguments.names)
        print(f"this takes about {duration(wanted)}", file=sys.stderr)
        run(wanted, arguments.kernels.resolve(), folder, arguments.update)
        names = [name for name in wanted if FIGURES[name][1].drawn]
    draw(names, folder, "png" if arguments.png else "svg")


if __name__ == "__main__":
    main()
