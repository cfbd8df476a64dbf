"""`./lab bench`: the lab's cases, yours beside the baseline, in a table. Nothing is graded."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rooflab.build import LabBuild, build_submission, prepare
from rooflab.course import Course, Lab
from rooflab.errors import SetupError, UsageError
from rooflab.process import run, trusted_limits
from rooflab.progress import Progress
from rooflab.report import Cause
from rooflab.scratch import only_one, scratch
from rooflab.seeds import Seeds
from rooflab.submission import take
from rooflab.text import plain
from rooflab.timing import Role, Rounds, Sample, run_rounds, scored_ns

ROUNDS = 3
BUDGET_S = 1  # a case; slow ones get two rounds
LIMIT_S = 10.0


@dataclass(frozen=True)
class Row:
    """One case: median CPU times of both; `failure` says why yours has none."""

    case: str
    baseline_ms: float
    yours_ms: float | None
    gflops: float | None
    gbs: float | None
    failure: str = ""


def bench_lab(
    course: Course, lab: Lab, directory: Path, chosen: str, progress: Progress
) -> list[Row] | Cause:
    """Measures every case whose name contains `chosen`, in rounds, the two in turns."""
    progress("building the benchmarks")
    trusted = prepare(course, lab)
    taken = take(directory, lab)
    if isinstance(taken, Cause):
        return taken
    with scratch(course) as work:
        progress("compiling your kernels")
        built = build_submission(trusted, taken, work)
        if isinstance(built, Cause):
            return built
        names = _cases(trusted, work)
        cases = [name for name in names if chosen in name]
        if not cases:
            raise UsageError(
                f'no case of lab {lab.name[:2]} contains "{chosen}"; there are: {", ".join(names)}',
                f"./lab bench {lab.name[:2]}",
            )
        workers = {Role.BASELINE: trusted.baseline, Role.SUBMISSION: built.worker}
        rows = []
        for case in cases:
            progress(f"timing {case}")
            rounds = Rounds(trusted.timing, workers, case, lab.manifest.threads)
            with only_one(course.build / "measuring.lock"):
                rows.append(_measure(rounds, work))
    return rows


def _cases(trusted: LabBuild, work: Path) -> list[str]:
    listed = run([trusted.timing, "--list"], trusted_limits(wall_s=LIMIT_S), directory=work)
    if not listed.succeeded:
        raise SetupError(
            f"the cases cannot be listed: {plain(listed.stderr)[-400:]}", "./lab doctor"
        )
    return listed.stdout.decode().split()


def _measure(rounds: Rounds, work: Path) -> Row:
    taken = run_rounds(rounds, 0, ROUNDS, work, Seeds().key(rounds.case), BUDGET_S)
    if isinstance(taken, Cause):
        alone = replace(rounds, workers={Role.BASELINE: rounds.workers[Role.BASELINE]})
        baseline = run_rounds(alone, 0, ROUNDS, work, Seeds().key(rounds.case), BUDGET_S)
        assert not isinstance(baseline, Cause)  # only a submission's failure is a Cause
        median = _median_ns(baseline[Role.BASELINE], rounds.threads)
        return Row(rounds.case, median / 1e6, None, None, None, taken.rationale.splitlines()[0])
    baseline_ns, yours_ns = (
        _median_ns(taken[role], rounds.threads) for role in (Role.BASELINE, Role.SUBMISSION)
    )
    sample = taken[Role.SUBMISSION][0]
    return Row(
        case=rounds.case,
        baseline_ms=baseline_ns / 1e6,
        yours_ms=yours_ns / 1e6,
        gflops=sample.flops / yours_ns if sample.flops else None,
        gbs=sample.bytes / yours_ns,
    )


def _median_ns(samples: Sequence[Sample], threads: int) -> float:
    return statistics.median(scored_ns(sample, threads) for sample in samples)


def as_text(lab: Lab, rows: Sequence[Row]) -> str:
    """The table, times in milliseconds: CPU time, or wall time in a lab with threads."""
    width = max(len(row.case) for row in rows)
    lines = [f"{'case':<{width}}  {'baseline':>10}  {'yours':>10}  {'speedup':>8}  {'rate':>14}"]
    for row in rows:
        head = f"{row.case:<{width}}  {row.baseline_ms:>7.2f} ms"
        if row.yours_ms is None:
            lines.append(f"{head}  {row.failure}")
            continue
        rate = f"{row.gflops:.2f} GFLOP/s" if row.gflops is not None else f"{row.gbs or 0:.2f} GB/s"
        speedup = f"{row.baseline_ms / row.yours_ms:.2f}×"
        lines.append(f"{head}  {row.yours_ms:>7.2f} ms  {speedup:>8}  {rate:>14}")
    clock = "CPU" if lab.manifest.threads == 1 else "Wall"
    told = f"{clock} time, medians of up to {ROUNDS} rounds."
    lines += ["", f"{told} next: ./lab grade {lab.name[:2]}"]
    return "\n".join(lines) + "\n"


def as_json(rows: Sequence[Row] | Cause) -> str:
    """A list of rows; or an object, the cause why there are none."""
    if isinstance(rows, Cause):
        return rows.model_dump_json(indent=2) + "\n"
    return json.dumps([asdict(row) for row in rows], indent=2) + "\n"
