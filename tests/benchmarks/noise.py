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
class Turn:
    cpu_us: float
    pilot: float


@dataclass(frozen=True)
class Round:
    """A turn of baseline and one of the reference."""

    baseline: Turn
    reference: Turn

    @property
    def pilot(self) -> float:
        return max(self.baseline.pilot, self.reference.pilot)


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
        if lab.manifest.threads > 1:  # nothing is seen by pilots there
            continue
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
    seen: dict[tuple[str, str], dict[int, dict[str, Turn]]] = {}
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            by_round = seen.setdefault((row["load"], row["case"]), {})
            turn = Turn(float(row["cpu_us"]), float(row["pilot_ns"]))
            by_round.setdefault(int(row["round"]), {})[row["role"]] = turn
    return {
        key: [Round(t["baseline"], t["reference"]) for _, t in sorted(by_round.items())]
        for key, by_round in seen.items()
    }


Estimator = Callable[[Sequence[Round]], float]


def ratio_by(statistic: Callable[[Sequence[float]], float]) -> Estimator:
    return lambda rounds: (
        statistic([r.baseline.cpu_us for r in rounds])
        / statistic([r.reference.cpu_us for r in rounds])
    )


def lower_quartile(values: Sequence[float]) -> float:
    return float(np.quantile(values, 0.25))


def paired(rounds: Sequence[Round]) -> float:
    return statistics.median(r.baseline.cpu_us / r.reference.cpu_us for r in rounds)


ESTIMATORS: Mapping[str, Estimator] = {
    "median": ratio_by(statistics.median),
    "lower quartile": ratio_by(lower_quartile),
    "faster half": ratio_by(typical),
    "minimum": ratio_by(min),
    "median of ratios": paired,
}
Kept = Callable[[Sequence[Round], int], Sequence[Round]]


def every(rounds: Sequence[Round], _: int) -> Sequence[Round]:
    return rounds


def quiet_rounds(slack: float) -> Kept:
    """Those whose pilots are at most `slack` times the best; else the `least` quietest ones."""

    def kept(rounds: Sequence[Round], least: int) -> Sequence[Round]:
        limit = slack * min(r.pilot for r in rounds)
        quiet = [r for r in rounds if r.pilot <= limit]
        return quiet if len(quiet) >= least else sorted(rounds, key=lambda r: r.pilot)[:least]

    return kept


def quiet_turns(slack: float) -> Kept:
    """The same of each role by itself, side by side in their order, as a grade takes them."""

    def kept(rounds: Sequence[Round], least: int) -> Sequence[Round]:
        limit = slack * min(turn.pilot for r in rounds for turn in (r.baseline, r.reference))
        whole = [r for r in rounds if r.pilot <= limit]
        left = [r for r in rounds if r.pilot > limit]
        quiet = [
            [r.baseline for r in left if r.baseline.pilot <= limit],
            [r.reference for r in left if r.reference.pilot <= limit],
        ]
        if len(whole) + min(map(len, quiet)) >= least:
            return whole + [Round(*turns) for turns in zip(*quiet, strict=False)]
        roles = [[r.baseline for r in rounds], [r.reference for r in rounds]]
        quietest = [sorted(turns, key=lambda turn: turn.pilot)[:least] for turns in roles]
        return [Round(*turns) for turns in zip(*quietest, strict=True)]

    return kept


KEPT: Mapping[str, Kept] = {
    "all": every,
    **{f"rounds {slack:g}": quiet_rounds(slack) for slack in (1.5, 1.3, 1.1)},
    **{f"turns {slack:g}": quiet_turns(slack) for slack in (1.5, 1.3, 1.1)},
}


def width(rounds: Sequence[Round], estimate: Estimator, kept: Kept, window: int) -> float:
    """The middle 95 % of the estimates from all windows, over their median."""
    least = window // 2
    found = [
        estimate(kept(rounds[first : first + window], least))
        for first in range(len(rounds) - window + 1)
    ]
    low, middle, high = np.quantile(found, [0.025, 0.5, 0.975])
    return float((high - low) / middle)


def judge(files: Sequence[Path], window: int) -> None:
    for file in files:
        rounds = read(file)
        loads = list(dict.fromkeys(kind for kind, _ in rounds))
        print(f"{file.name}: {sum(map(len, rounds.values()))} rounds, windows of {window}")
        print(f"{'estimator':<18} {'kept':<10} " + " ".join(f"{kind:>16}" for kind in loads))
        for name, estimate in ESTIMATORS.items():
            for which, kept in KEPT.items():
                cells = []
                for kind in loads:
                    widths = [
                        width(taken, estimate, kept, window)
                        for (its_load, _), taken in rounds.items()
                        if its_load == kind
                    ]
                    cells.append(f"{100 * statistics.mean(widths):6.1f} {100 * max(widths):6.1f}")
                print(f"{name:<18} {which:<10} " + " ".join(f"{cell:>16}" for cell in cells))


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
