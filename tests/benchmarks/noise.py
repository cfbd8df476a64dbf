"""Records turns of both labs' kernels, quiet and beside busy neighbours, and judges on the record
which estimator, and which rule for rounds to throw away, lets the points move least.

    noise.py record --rounds 40 FILE.csv      baseline and reference of every timed case; all loads
    noise.py judge FILE.csv…                  a table: how far estimates move

A judge looks at each window of rounds that fill the same time, as a grade would have taken them.
The figure is the width of the middle 95 % of the estimates, in per cent of the ratio.
"""

from __future__ import annotations

import argparse
import csv
import math
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmark import LOADS, load, turns

from rooflab.base.scratch import scratch
from rooflab.compile.trusted import prepare
from rooflab.course.course import Course
from rooflab.course.manifest import MeasurementKind
from rooflab.measure import timing
from rooflab.measure.estimates import typical
from rooflab.measure.seeds import Seeds
from rooflab.measure.timing import Role, Rounds

FIELDS = ("load", "case", "role", "round", "cpu_us", "pilot_ns")
WINDOW = 9  # rounds that a grade can afford


@dataclass(frozen=True)
class Round:
    """CPU time of a turn of baseline and reference, and the slowest pilot of both."""

    baseline: float
    reference: float
    pilot: float


def record(rounds: int, file: Path, loads: Sequence[str]) -> None:
    course = Course.discover()
    with file.open("w", encoding="utf-8", newline="") as output, scratch(course.build) as work:
        rows = csv.writer(output)
        rows.writerow(FIELDS)
        for kind in loads:
            with load(None if kind == "quiet" else kind, every_core=False):
                for case, role, number, cpu_ns, pilot_ns in _turns(course, rounds, work):
                    rows.writerow((kind, case, role, number, round(cpu_ns / 1e3), round(pilot_ns)))


def _turns(course: Course, rounds: int, work: Path) -> list[tuple[str, str, int, float, float]]:
    found = []
    for lab in course.labs:
        trusted = prepare(course, lab)
        assert trusted.reference is not None
        workers = {Role.BASELINE: trusted.baseline, Role.REFERENCE: trusted.reference}
        for measurement in lab.manifest.measurements:
            if measurement.kind is not MeasurementKind.SPEEDUP:
                continue
            case = measurement.case
            print(f"recording {case}", file=sys.stderr)
            timing.run_rounds(
                Rounds(trusted.timing, workers, case), 0, rounds, work, Seeds().key(case)
            )
            for entry in turns(work):
                role, number = entry["name"].removeprefix(f"{case}/").split("/")[:2]
                found.append((case, role, int(number), entry["cpu_ns"], entry["pilot_ns"]))
    return found


def read(file: Path) -> dict[tuple[str, str], list[Round]]:
    """The rounds of each load and case, in their order."""
    seen: dict[tuple[str, str], dict[int, dict[str, tuple[float, float]]]] = {}
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            by_round = seen.setdefault((row["load"], row["case"]), {})
            turn = (float(row["cpu_us"]), float(row["pilot_ns"]))
            by_round.setdefault(int(row["round"]), {})[row["role"]] = turn
    return {
        key: [
            Round(t["baseline"][0], t["reference"][0], max(t["baseline"][1], t["reference"][1]))
            for _, t in sorted(by_round.items())
        ]
        for key, by_round in seen.items()
    }


Estimator = Callable[[Sequence[Round]], float]


def ratio_by(statistic: Callable[[Sequence[float]], float]) -> Estimator:
    return lambda rounds: (
        statistic([r.baseline for r in rounds]) / statistic([r.reference for r in rounds])
    )


def lower_quartile(values: Sequence[float]) -> float:
    return float(np.quantile(values, 0.25))


def paired(rounds: Sequence[Round]) -> float:
    return statistics.median(r.baseline / r.reference for r in rounds)


ESTIMATORS: Mapping[str, Estimator] = {
    "median": ratio_by(statistics.median),
    "lower quartile": ratio_by(lower_quartile),
    "faster half": ratio_by(typical),
    "minimum": ratio_by(min),
    "median of ratios": paired,
}
SLACKS = (math.inf, 1.3, 1.2, 1.1, 1.05)


def quiet(rounds: Sequence[Round], slack: float, least: int) -> Sequence[Round]:
    """Those whose pilots are at most `slack` times the best; else the `least` quietest ones."""
    if math.isinf(slack):
        return rounds
    limit = slack * min(r.pilot for r in rounds)
    kept = [r for r in rounds if r.pilot <= limit]
    return kept if len(kept) >= least else sorted(rounds, key=lambda r: r.pilot)[:least]


def width(rounds: Sequence[Round], estimate: Estimator, slack: float, window: int) -> float:
    """The middle 95 % of the estimates from all windows, over their median."""
    least = window // 2
    found = [
        estimate(quiet(rounds[first : first + window], slack, least))
        for first in range(len(rounds) - window + 1)
    ]
    low, middle, high = np.quantile(found, [0.025, 0.5, 0.975])
    return float((high - low) / middle)


def judge(files: Sequence[Path], window: int) -> None:
    for file in files:
        rounds = read(file)
        loads = list(dict.fromkeys(kind for kind, _ in rounds))
        print(f"{file.name}: {sum(map(len, rounds.values()))} rounds, windows of {window}")
        print(f"{'estimator':<18} {'slack':>6} " + " ".join(f"{kind:>16}" for kind in loads))
        for name, estimate in ESTIMATORS.items():
            for slack in SLACKS:
                cells = []
                for kind in loads:
                    widths = [
                        width(taken, estimate, slack, window)
                        for (its_load, _), taken in rounds.items()
                        if its_load == kind
                    ]
                    cells.append(f"{100 * statistics.mean(widths):6.1f} {100 * max(widths):6.1f}")
                print(f"{name:<18} {slack:>6} " + " ".join(f"{cell:>16}" for cell in cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("file", type=Path)
    recording.add_argument("--rounds", type=int, default=40)
    recording.add_argument("--load", action="append", choices=("quiet", *LOADS))
    judging = commands.add_parser("judge")
    judging.add_argument("files", type=Path, nargs="+")
    judging.add_argument("--window", type=int, default=WINDOW)
    arguments = parser.parse_args()
    if arguments.command == "record":
        record(arguments.rounds, arguments.file, arguments.load or ("quiet", *LOADS))
    else:
        judge(arguments.files, arguments.window)


if __name__ == "__main__":
    main()
