"""Measures Rooflab's own measuring: stability, order, overhead, cost and more (README.md)."""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import re
import shutil
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rooflab.base.errors import UsageError
from rooflab.base.progress import silent
from rooflab.base.scratch import scratch
from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.variant import whole_source
from rooflab.compile.worker import Built, build_submission
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.course.stages import stages_of
from rooflab.course.submission import SubmittedFiles
from rooflab.grading import grade
from rooflab.grading.measurement import rounds_of
from rooflab.measure import timing
from rooflab.measure.estimates import Estimate
from rooflab.measure.scoring import judge
from rooflab.measure.seeds import Seeds
from rooflab.measure.timing import Role, Rounds, Timing
from rooflab.report.model import Cause, CheckStatus, Tier
from rooflab.student import bench, bench_text
from rooflab.student.bench import Row

LAB = "02_blocking"
# Stages of other labs that earn a part of the points, with the solution's other kernels.
PARTIAL = {"03_simd": "matmul_simd/row_at_a_time", "04_threading": "thread_pool/polls"}
CASE = "matmul_blocked/64x400x400"
CHANGED = "matmul_reordered"  # the kernel of change.cpp
HERE = Path(__file__).resolve().parent
BUDGET_S = grade.TIMING_BUDGET_S


def burn_integers() -> None:
    block = bytes(1 << 16)
    while True:
        hashlib.sha256(block).digest()


def burn_fma() -> None:
    import numpy as np  # here, where it finds one core only, and takes one thread

    matrix = np.ones((256, 256), dtype=np.float32)
    while True:
        matrix @ matrix


def burn_bandwidth() -> None:
    import numpy as np

    source = np.ones(1 << 26, dtype=np.float32)
    target = np.empty_like(source)
    while True:
        np.copyto(target, source)


LOADS: dict[str, Callable[[], None]] = {
    "integer": burn_integers,
    "fma": burn_fma,
    "bandwidth": burn_bandwidth,
}


def burn(kind: str, core: int) -> None:
    os.sched_setaffinity(0, {core})
    LOADS[kind]()


@contextmanager
def load(kind: str | None, every_core: bool) -> Iterator[None]:
    """Busy processes for the length of a measurement: on the last core, or one on each."""
    cores = sorted(os.sched_getaffinity(0)) if kind else []
    burners = [
        multiprocessing.Process(target=burn, args=(kind, core), daemon=True)
        for core in (cores if every_core else cores[-1:])
    ]
    for burner in burners:
        burner.start()
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.join()


class Bench:
    """The lab, built, and submissions to it made from single files."""

    def __init__(self, work: Path, lab: str = LAB, case: str = CASE) -> None:
        self.course = Course.discover()
        self.lab = self.course.find(lab)
        self.trusted: LabBuild = prepare(self.course, self.lab)
        self.work = work
        self.measurement: Measurement = next(
            m for m in self.lab.manifest.measurements if case in m.case
        )

    def build(self, name: str, source: str) -> Built:
        folder = self.work / name
        folder.mkdir()
        submission = SubmittedFiles({"kernels.cpp": source.encode()})
        built = build_submission(self.trusted, submission, folder, (self.course.root,))
        assert isinstance(built, Built), built
        return built

    def stage(self, number: int) -> Built:
        source = (HERE / "stages.cpp").read_text(encoding="utf-8")
        return self.build(f"stage{number}", f"#define STAGE {number}\n{source}")

    def time(self, worker: Path, threads: int = 1) -> Timing:
        """One graded measurement, exactly as a grade takes it."""
        assert self.trusted.reference is not None
        rounds = rounds_of(self.trusted, self.measurement, worker, self.trusted.reference)
        if threads > 1:
            rounds = replace(rounds, threads=threads)
        settled = timing.points_settled(self.measurement)
        timed = timing.time_case(rounds, settled, self.work, Seeds(), BUDGET_S)
        assert isinstance(timed, Timing), timed
        return timed


def turns(work: Path) -> list[dict[str, Any]]:
    """What the harness wrote about each turn of the last rounds that were run in `work`."""
    entries: list[dict[str, Any]] = json.loads((work / "timing.json").read_bytes())["benchmarks"]
    return entries


def spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "repeats": len(values),
        "min": min(values),
        "median": statistics.median(values),
        "max": max(values),
        "spread": max(values) - min(values),
    }


def whole_stages(course: Course) -> str:
    """stages.cpp with the solution written out: a submission cannot include it."""
    solution = (course.root / "solutions" / LAB / "kernels.cpp").read_text(encoding="utf-8")
    stages = (HERE / "stages.cpp").read_text(encoding="utf-8")
    return stages.replace('#include "solutions/02_blocking/kernels.cpp"', solution)


def partial_source(course: Course, lab: Lab) -> str:
    """A submission that earns a part of the points for its speed."""
    if lab.name not in PARTIAL:
        return f"#define STAGE 6\n{whole_stages(course)}"
    wanted = PARTIAL[lab.name]
    (stage,) = (s for s in stages_of(lab) if f"{s.kernel}/{s.name}" == wanted)
    solution = f"solutions/{lab.name}/kernels.cpp"
    text = (course.root / solution).read_text(encoding="utf-8")
    return whole_source(lab, stage).replace(f'#include "{solution}"', text)


def stability(repeats: int, work: Path, name: str) -> dict[str, object]:
    """Whole grades of one submission that earns a part of the points."""
    course = Course.discover()
    lab = course.find(name)
    folder = work / "submission" / lab.name
    folder.mkdir(parents=True)
    (folder / "kernels.cpp").write_text(partial_source(course, lab), encoding="utf-8")
    scores: list[float] = []
    inconclusive = 0
    seconds: list[float] = []
    grader = grade.open_grader(course, [lab], Tier.LOCAL)
    for _ in range(repeats):
        started = time.monotonic()
        (report,) = grader.grade(folder.parent)
        seconds.append(time.monotonic() - started)
        if report.score is None:
            inconclusive += 1
        else:
            scores.append(report.score)
        partial = [check.points for check in report.checks if check.status is CheckStatus.PARTIAL]
        print(report.score, partial, report.reason, file=sys.stderr)
    return {
        "score": spread(scores) if scores else None,
        "inconclusive": inconclusive,
        "seconds": spread(seconds),
    }


def a_a(repeats: int, work: Path) -> dict[str, object]:
    """The baseline, submitted as the submission: the interval must hold 1, and earn nothing."""
    bench = Bench(work)
    assert bench.trusted.baseline is not None
    holds, points = 0, 0.0
    values: list[float] = []
    for _ in range(repeats):
        estimate = bench.time(bench.trusted.baseline).speedup[Role.SUBMISSION]
        holds += estimate.low <= 1.0 <= estimate.high
        points = max(points, judge(estimate, bench.measurement).points)
        values.append(estimate.value)
    return {"speedup": spread(values), "holds_1": holds / repeats, "most_points": points}


def order(repeats: int, work: Path) -> dict[str, object]:
    """Ten kernels of known order, each graded alone: how often they come out in that order."""
    bench = Bench(work)
    workers = [bench.stage(number).worker for number in range(10)]
    in_order = 0
    speedups: list[list[float]] = []
    for _ in range(repeats):
        found = [bench.time(worker).speedup[Role.SUBMISSION].value for worker in workers]
        in_order += found == sorted(found)
        speedups.append([round(value, 3) for value in found])
    return {"in_order": in_order, "repeats": repeats, "speedups": speedups}


def threads(repeats: int, work: Path) -> dict[str, object]:
    """A kernel on two threads, scored on wall time: points, and rounds thrown away."""
    bench = Bench(work)
    worker = bench.build("threaded", (HERE / "threaded.cpp").read_text(encoding="utf-8")).worker
    # Full marks out of reach, so that the points move with the time.
    bench.measurement = bench.measurement.model_copy(update={"full": 40.0})
    points: list[float] = []
    inconclusive, thrown_away = 0, 0
    for _ in range(repeats):
        timed = bench.time(worker, threads=2)
        thrown_away += timed.thrown_away
        if timed.noisy:
            inconclusive += 1
        else:
            points.append(judge(timed.speedup[Role.SUBMISSION], bench.measurement).points)
    return {
        "points_of_20": spread(points) if points else None,
        "inconclusive": inconclusive,
        "rounds_thrown_away": thrown_away,
    }


def overhead(repeats: int, work: Path) -> dict[str, object]:
    """What an empty call costs, against the shortest graded call."""
    bench = Bench(work)
    assert bench.trusted.reference is not None
    shares: dict[str, float] = {}
    empty: list[float] = []
    workers = {Role.BASELINE: bench.trusted.baseline, Role.REFERENCE: bench.trusted.reference}
    for measurement in bench.lab.manifest.measurements:
        rounds = Rounds(bench.trusted.timing, workers, measurement.case)
        timing.run_rounds(rounds, 0, repeats, work, Seeds().key(measurement.case))
        entries = turns(work)
        mine = [e for e in entries if "/reference/" in e["name"]]
        empty += [e["overhead_ns"] for e in mine]
        ns = statistics.median(e["cpu_ns"] for e in mine)
        shares[measurement.case] = statistics.median(e["overhead_ns"] for e in mine) / ns
    return {"empty_call_ns": spread(empty), "share_of_the_reference": shares}


def cost(repeats: int, work: Path) -> dict[str, object]:
    """A whole grade of the solutions: seconds, against the sum of its timed calls and its build."""
    course = Course.discover()
    lab = course.find(LAB)
    assert course.solutions is not None
    prepare(course, lab)
    real_run_rounds = timing.run_rounds
    seconds: list[float] = []
    calls: list[float] = []
    builds: list[float] = []

    def run_rounds(*arguments: Any) -> Any:
        taken = real_run_rounds(*arguments)
        calls[-1] += sum(entry["spent_ns"] for entry in turns(arguments[3])) / 1e9
        return taken

    def build(*arguments: Any) -> Any:
        started = time.monotonic()
        built = build_submission(*arguments)
        builds.append(time.monotonic() - started)
        return built

    with (
        patch.object(timing, "run_rounds", run_rounds),
        patch.object(grade, "build_submission", build),
    ):
        for _ in range(repeats):
            calls.append(0.0)
            started = time.monotonic()
            grade.open_grader(course, [lab], Tier.LOCAL).grade(course.solutions)
            seconds.append(time.monotonic() - started)
    ratios = [s / (c + b) for s, c, b in zip(seconds, calls, builds, strict=True)]
    return {
        "grade_seconds": spread(seconds),
        "timed_call_seconds": spread(calls),
        "build_seconds": spread(builds),
        "grade_over_calls_and_build": spread(ratios),
    }


PADDINGS = range(0, 64, 4)
UNUSED = '[[gnu::used]] static void unused{0}() {{ asm volatile(".skip {1}, 0x90"); }}\n'


def layouts(source: str) -> dict[str, str]:
    """The same kernels, elsewhere: behind bytes that nothing runs, and with functions that nothing
    calls before and between them."""
    padded = {f"{n} bytes": f'asm(".text\\n.skip {n}, 0x90");\n{source}' for n in PADDINGS}
    end = "\n}\n\n"  # of a function, not of a block within one
    parts = source.split(end)
    between = "".join(
        f"{part}{end}{UNUSED.format(i, 8 + 24 * i)}" for i, part in enumerate(parts[:-1])
    )
    return {
        **padded,
        "unused before": UNUSED.format(0, 40) + source,
        "unused between": between + parts[-1],
    }


def layout(repeats: int, work: Path, name: str) -> dict[str, object]:
    """One submission in many code layouts: by how much its speedups and points move."""
    bench = Bench(work, name, case="")
    whole = partial_source(bench.course, bench.lab)
    built = {
        where: bench.build(where.replace(" ", "-"), source).worker
        for where, source in layouts(whole).items()
    }
    found: dict[str, object] = {}
    for measurement in bench.lab.manifest.measurements:
        if measurement.kind not in (MeasurementKind.SPEEDUP, MeasurementKind.EFFICIENCY):
            continue
        bench.measurement = measurement
        estimates = {
            name: [bench.time(worker).speedup[Role.SUBMISSION] for _ in range(repeats)]
            for name, worker in built.items()
        }
        medians = [statistics.median(e.value for e in taken) for taken in estimates.values()]
        points = [judge(e, measurement).points for taken in estimates.values() for e in taken]
        found[measurement.case] = {
            "speedup": spread(medians),
            "moves_by": max(medians) / min(medians) - 1,
            "points": spread(points),
            "of": measurement.points,
        }
        print(json.dumps({measurement.case: found[measurement.case]}), file=sys.stderr)
    return {"layouts": len(built), "cases": found}


def patience(repeats: int, work: Path) -> dict[str, object]:
    """Whole grades of the solutions and of submissions that take their time: seconds."""
    course = Course.discover()
    lab = course.find(LAB)
    assert course.solutions is not None
    prepare(course, lab)
    source = (HERE / "patience.cpp").read_text(encoding="utf-8")

    def build(trusted: LabBuild, submission: SubmittedFiles, directory: Path) -> Built | Cause:
        return build_submission(trusted, submission, directory, (course.root,))

    def graded(submission: Path) -> dict[str, object]:
        started = time.monotonic()
        (report,) = grade.open_grader(course, [lab], Tier.LOCAL).grade(submission)
        reasons = Counter(check.cause.reason.value for check in report.checks if check.cause)
        return {
            "seconds": time.monotonic() - started,
            "status": report.status.value,
            "reasons": dict(reasons),
        }

    found: dict[str, object] = {"solutions": graded(course.solutions)}
    with patch.object(grade, "build_submission", build):
        for way in re.findall(r"^void (\w+)\(\) {", source, re.MULTILINE)[:repeats]:
            file = work / way / LAB / "kernels.cpp"
            file.parent.mkdir(parents=True)
            file.write_text(f"#define WAY {way}\n{source}", encoding="utf-8")
            found[way] = graded(work / way)
            print(way, found[way], file=sys.stderr)
    return found


def bench_rows(lab: Lab, folder: Path, cases: str, kept: Path | None = None) -> list[Row]:
    """What a student sees who types `./lab bench`, as it is in `folder`."""
    with bench.prepared(Course.discover(), lab, folder, cases, silent, kept) as prepared:
        assert isinstance(prepared, bench.Bench), prepared
        rows = list(prepared.rows())
    assert not any(row.failure for row in rows), rows
    return rows


def judged(
    estimates: Mapping[str, Sequence[Estimate]], right: Callable[[Estimate], bool]
) -> dict[str, object]:
    """How many of each case's ratios are right, the worst case first."""
    shares = {case: sum(map(right, taken)) / len(taken) for case, taken in estimates.items()}
    cases = [
        {
            "case": case,
            "right": shares[case],
            "not_right": [bench_text.ratio_text(e) for e in taken if not right(e)],
            "value": spread([e.value for e in taken]),
            "median_width": statistics.median(e.high - e.low for e in taken),
            "median_rounds": statistics.median(e.rounds for e in taken),
        }
        for case, taken in sorted(estimates.items(), key=lambda item: shares[item[0]])
    ]
    together = [e for taken in estimates.values() for e in taken]
    return {
        "right": sum(map(right, together)) / len(together),
        "of": len(together),
        "cases": cases,
    }


def bench_a_a(repeats: int, work: Path, cases: str) -> dict[str, object]:
    """`./lab bench` of each lab's baseline: right is to see no difference. `holds_1` is the share
    of intervals that hold 1 exactly, and not only as they are shown."""
    estimates: dict[str, list[Estimate]] = {}
    seconds: dict[str, list[float]] = {}
    for lab in Course.discover().labs:
        folder = work / lab.name / lab.name
        folder.mkdir(parents=True)
        shutil.copy(lab.directory / "baseline.cpp", folder / "kernels.cpp")
    for _ in range(repeats):
        for lab in Course.discover().labs:
            started = time.monotonic()
            try:
                rows = bench_rows(lab, work / lab.name, cases)
            except UsageError:  # a case of the other lab
                continue
            for row in rows:
                assert row.speedup is not None
                estimates.setdefault(f"{lab.id} {row.case}", []).append(row.speedup)
            seconds.setdefault(lab.name, []).append(time.monotonic() - started)
    holds = [e.low <= 1 <= e.high for taken in estimates.values() for e in taken]
    return {
        "seconds": {lab: spread(taken) for lab, taken in seconds.items()},
        "holds_1": sum(holds) / len(holds),
        **judged(estimates, bench_text.alike),
    }


def bench_change(repeats: int, work: Path, cases: str) -> dict[str, object]:
    """`./lab bench` of one product, now as it is and now 10 % slower: right is a comparison with
    the last run that says which of the two is faster. Ratios are the faster one's."""
    lab = Course.discover().find(LAB)
    source = (HERE / "change.cpp").read_text(encoding="utf-8")
    kept = work / "last_runs.json"
    for percent in (0, 10):
        folder = work / f"slower by {percent}" / lab.name
        folder.mkdir(parents=True)
        text = f"#define SLOWER_PERCENT {percent}\n{source}"
        (folder / "kernels.cpp").write_text(text, encoding="utf-8")
    estimates: dict[str, list[Estimate]] = {}
    for number in range(repeats + 1):
        percent = 10 * (number % 2)
        for row in bench_rows(lab, work / f"slower by {percent}", cases or CHANGED, kept):
            if (change := row.change) is not None:
                faster = change if percent == 0 else inverse(change)
                estimates.setdefault(row.case, []).append(faster)
    return judged(estimates, lambda e: e.value > 1 and not bench_text.alike(e))


def inverse(ratio: Estimate) -> Estimate:
    return Estimate(1 / ratio.value, 1 / ratio.high, 1 / ratio.low, ratio.rounds)


MEASUREMENTS: dict[str, tuple[Callable[[int, Path], dict[str, object]], int]] = {
    "a-a": (a_a, 40),
    "order": (order, 5),
    "threads": (threads, 20),
    "overhead": (overhead, 5),
    "cost": (cost, 3),
    "patience": (patience, 100),  # as many ways as there are
}
OF_ANY_LAB: dict[str, tuple[Callable[[int, Path, str], dict[str, object]], int]] = {
    "stability": (stability, 30),
    "layout": (layout, 1),
}
OF_BENCH: dict[str, tuple[Callable[[int, Path, str], dict[str, object]], int]] = {
    "bench-a-a": (bench_a_a, 40),
    "bench-change": (bench_change, 40),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=[*MEASUREMENTS, *OF_ANY_LAB, *OF_BENCH])
    parser.add_argument("--repeats", type=int)
    parser.add_argument("--lab", default=LAB, help="of stability and layout")
    parser.add_argument("--cases", default="", help="of bench-…: only those that contain this")
    parser.add_argument("--load", choices=LOADS, help="keep a core busy meanwhile")
    parser.add_argument("--every-core", action="store_true", help="and the others as well")
    arguments = parser.parse_args()
    with scratch(Course.discover().build) as work, load(arguments.load, arguments.every_core):
        if arguments.what in OF_ANY_LAB:
            measure_lab, repeats = OF_ANY_LAB[arguments.what]
            result = measure_lab(arguments.repeats or repeats, work, arguments.lab)
        elif arguments.what in OF_BENCH:
            measure_bench, repeats = OF_BENCH[arguments.what]
            result = measure_bench(arguments.repeats or repeats, work, arguments.cases)
        else:
            measure, repeats = MEASUREMENTS[arguments.what]
            result = measure(arguments.repeats or repeats, work)
    print(json.dumps({**vars(arguments), **result}, indent=2))


if __name__ == "__main__":
    main()
