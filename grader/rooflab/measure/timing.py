"""Times baseline, submission and reference in turns, in random order, with fresh inputs each round.

The harness (grader/harness/programs/timing_main.cpp) runs and verifies the rounds; here they are
added until the caller has enough of them (a grade: when the points can hardly change any more), or
until the time budget is spent.

Kernels with one thread are scored on CPU time, which other load on the machine changes little; wall
time is kept beside it. What changes CPU time is a neighbour that shares the processor's core or
caches. Pilots (grader/harness/session/pilot.h) tell: a turn with a slow one is thrown away. Rounds
of quiet turns stay whole; of the others, the quiet turns of each role are put side by side.
Kernels with more threads are scored on wall time, and a turn in which a worker had to wait for a
processor is thrown away, too. Threads also wait for each other, when there are more of them than
processors. Where other programs left the processors alone (load.py), only a turn with more
waiting than the kernel's own is thrown away. Where threads need all processors, the worker puts
each on one of its own (grader/harness/worker/threads.cpp), and pilots run on all of them at once;
where there are more, there are no pilots.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from rooflab.base.errors import SetupError
from rooflab.base.files import read_start
from rooflab.base.process import run, trusted_limits
from rooflab.base.text import key_values, sanitize
from rooflab.course.manifest import Measurement
from rooflab.measure import load, machine
from rooflab.measure.estimates import MIN_ROUNDS, Estimate, ratio_of_typical, typical
from rooflab.measure.machine import Peaks
from rooflab.measure.scoring import judge, settled
from rooflab.measure.seeds import Seeds
from rooflab.report.model import Cause, CheckStatus, Reason

ROUNDS_AT_ONCE = 3
MAX_ROUNDS = 60
HOPELESS = 2  # budgets after which even fewer than MIN_ROUNDS must do: the kernel crawls
PATIENT = (
    3  # budgets for a threaded kernel whose first rounds were not quiet: nothing stands for them
)
LONGEST_S = 900  # that rounds may take in one go
OUT_OF_TIME = "the time is up"  # the harness's word for a round that it left out
MAX_JSON_BYTES = 4 << 20
PILOT_SLACK = 1.3  # how much slower than the best of their session a turn's pilots may be
MAX_RUN_DELAY_SHARE = 0.02  # of a threaded call's wall time, summed over its threads
# What a kernel's threads may wait for each other: so much, or so many times more than in its
# quieter rounds. More than that is an accident, such as two threads on one of two processors.
OWN_DELAY_SHARE = 0.1
OWN_DELAY_SLACK = 1.5
MAX_OTHERS = 0.1  # processors that other programs may use without being noticed
HELP = {
    Reason.WRONG_RESULT: "the tests use small shapes: look at what only happens at large ones",
    Reason.TIMED_OUT: "look for needless work",
    Reason.CRASHED: "the tests use small shapes: look for a buffer of fixed size, or an index that "
    "overflows; docs/students.md, Debugging, shows how to run the measured size by itself",
}


class Role(StrEnum):
    BASELINE = "baseline"
    SUBMISSION = "submission"
    REFERENCE = "reference"
    ALONE = "alone"  # the submission with one thread
    REFERENCE_ALONE = "reference_alone"
    PREVIOUS = "previous"  # the submission as it was at the last run of `./lab bench`


# Whose efficiency is measured, and by what with one thread.
ALONE = {Role.SUBMISSION: Role.ALONE, Role.REFERENCE: Role.REFERENCE_ALONE}


@dataclass(frozen=True)
class Sample:
    """One turn: means a call, also of the pilots around it. `flops` and `bytes` are what one call
    has to compute and move."""

    cpu_ns: float
    wall_ns: float
    run_delay_ns: float
    pilot_ns: float
    flops: float
    bytes: float


@dataclass(frozen=True)
class Timing:
    """Samples of each role, round by round, and the ratios over the baseline (with `peaks`, the
    efficiency of each). `change` is how many
    times faster than the previous submission this one is, where that was timed, too. `thrown_away`
    counts rounds that are missing because others slowed the processor, or kept it from a threaded
    kernel; `noisy` says that they left too few to judge a threaded kernel by."""

    samples: Mapping[Role, list[Sample]]
    speedup: Mapping[Role, Estimate]
    wall_speedup: float
    thrown_away: int = 0
    noisy: bool = False
    change: Estimate | None = None
    peaks: Peaks | None = None

    def typical(self, role: Role, value: Callable[[Sample], float]) -> float:
        return typical([value(sample) for sample in self.samples[role]])


Turns = Mapping[Role, Sequence[int]]  # which of each role's turns count
Enough = Callable[[Timing], bool]  # whether more rounds are not worth their time


@dataclass(frozen=True)
class Rounds:
    """What to run: a lab's timing program, the workers by role, the case, the threads allowed, and
    roles that run another case. With `peaks`, efficiency is measured."""

    program: Path
    workers: Mapping[Role, Path]
    case: str
    threads: int = 1
    other_cases: Mapping[Role, str] = field(default_factory=dict)
    peaks: Peaks | None = None


def run_rounds(
    rounds: Rounds, first: int, count: int, work: Path, key: str, budget_s: float = LONGEST_S
) -> dict[Role, list[Sample]] | Cause:
    """Some rounds; fewer, but two at least, when the time is up before. A Cause says why the
    submission has no time; a baseline or reference without one is the course's fault, and raises
    SetupError. A previous submission without one is left out."""
    output = work / "timing.json"
    output.unlink(missing_ok=True)
    done = run(
        [
            rounds.program,
            f"--case={rounds.case}",
            f"--rounds={count}",
            f"--first_round={first}",
            f"--budget_s={math.ceil(min(budget_s, LONGEST_S))}",
            f"--threads={rounds.threads}",
            *(f"--worker={role}:{path}" for role, path in rounds.workers.items()),
            *(f"--case_of={role}:{case}" for role, case in rounds.other_cases.items()),
            f"--benchmark_out={output}",
            "--benchmark_out_format=json",
        ],
        trusted_limits(wall_s=LONGEST_S),
        directory=work,
        environment={"ROOFLAB_KEY": key},
    )
    try:
        entries = json.loads(read_start(output, MAX_JSON_BYTES))["benchmarks"]
        return _samples(rounds, entries, range(first, first + count))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        message = sanitize(done.stderr)[-400:] or f"{done.ending.value} ({done.code})"
        raise SetupError(f"kernels cannot be timed here: {message}", "./lab doctor") from error


def _samples(
    rounds: Rounds, entries: Sequence[Mapping[str, Any]], wanted: range
) -> dict[Role, list[Sample]] | Cause:
    by_round: dict[int, dict[Role, Sample]] = {}
    left_out: set[int] = set()
    roles = list(rounds.workers)
    for entry in entries:
        role_name, number = entry["name"].removeprefix(f"{rounds.case}/").split("/")[:2]
        role = Role(role_name)
        if entry.get("error_occurred"):
            if entry["error_message"] == OUT_OF_TIME:
                left_out.add(int(number))
                continue
            if role is Role.PREVIOUS:
                roles = [role for role in roles if role is not Role.PREVIOUS]
                continue
            cause = _failure(rounds.case, sanitize(str(entry["error_message"])))
            if role in (Role.SUBMISSION, Role.ALONE):
                return cause
            raise SetupError(f"the {role}: {cause.rationale}", "./lab verify")
        by_round.setdefault(int(number), {})[role] = _sample(entry)
    taken = [by_round[number] for number in wanted if number not in left_out]
    return {role: [samples[role] for samples in taken] for role in roles}


def _sample(entry: Mapping[str, Any]) -> Sample:
    sample = Sample(
        *(
            float(entry[key])
            for key in ("cpu_ns", "wall_ns", "run_delay_ns", "pilot_ns", "flops", "bytes")
        )
    )
    if not (0 < sample.cpu_ns < math.inf and 0 < sample.wall_ns < math.inf):
        raise ValueError("not a time")
    return sample


def _failure(case: str, message: str) -> Cause:
    """From the "key: value" lines in which the harness explains itself."""
    facts = key_values(message)
    if facts.get("reason") not in list(Reason):
        raise SetupError(f"{case} cannot be timed here: {message}", "./lab doctor")
    reason = Reason(facts["reason"])
    what = facts.get("what", "it failed")
    return Cause(
        reason=reason,
        rationale=f"at the measured size, {case}: {what}"
        + (f"\nfirst wrong: {facts['first wrong']}" if "first wrong" in facts else ""),
        help=HELP.get(reason, ""),
        expected=facts.get("expected"),
        actual=facts.get("actual"),
        threads=facts.get("threads", ""),
    )


def points_settled(measurement: Measurement) -> Enough:
    """A grade's rule: the points can hardly change any more, and the reference has all of them."""

    def enough(timing: Timing) -> bool:
        speedup = timing.speedup
        return settled(speedup[Role.SUBMISSION], measurement) and (
            Role.REFERENCE not in speedup
            or judge(speedup[Role.REFERENCE], measurement).status is CheckStatus.PASS
        )

    return enough


def full_marks(measurement: Measurement) -> Enough:
    """All points, also at the lower end of the intervals, for the reference, too."""

    def certain(timing: Timing) -> bool:
        return all(
            judge(replace(found, high=found.low), measurement).status is CheckStatus.PASS
            for found in timing.speedup.values()
        )

    return certain


def time_case(
    rounds: Rounds,
    enough: Enough,
    work: Path,
    seeds: Seeds,
    budget_s: float,
    on_round: Callable[[int], None] = lambda _: None,
    patience_s: float | None = None,
    certain: Enough = lambda _: False,
) -> Timing | Cause:
    """Measures one case: rounds until there are enough or the budget is spent. The first MIN_ROUNDS
    may take `patience_s`, or HOPELESS budgets. `certain` says what stays true if noise made threads
    slower."""
    key = seeds.key("inputs", rounds.case)
    taken: dict[Role, list[Sample]] = {role: [] for role in rounds.workers}
    crowded: list[bool] = []  # whether others may have taken processors, by round
    done = 0
    started = time.monotonic()
    spent, patient = 0.0, 1
    while True:
        on_round(done)
        count = ROUNDS_AT_ONCE if done else MIN_ROUNDS
        allowed_s = patient * budget_s - spent if done else patience_s or HOPELESS * budget_s
        before = load.clocks()
        more = run_rounds(rounds, done, count, work, key, allowed_s)
        if isinstance(more, Cause):
            return more
        came = len(more[Role.BASELINE])
        crowded += came * [_crowded(before.others(load.clocks()), rounds.threads)]
        done += came
        taken = {role: taken[role] + samples for role, samples in more.items()}
        if len(more) < len(rounds.workers):  # the previous submission failed: go on without it
            rounds = replace(rounds, workers={role: rounds.workers[role] for role in more})
            if came < count:  # and took the others' time
                return time_case(
                    rounds, enough, work, seeds, budget_s, on_round, patience_s, certain
                )
        free = _not_waiting(taken, rounds.threads, crowded)
        quiet = _quiet(taken, free)
        spent = time.monotonic() - started
        if _count(quiet) >= MIN_ROUNDS and enough(_timing(taken, quiet, rounds, seeds)):
            break
        if rounds.threads > 1 and _count(free) >= MIN_ROUNDS > _count(quiet):
            # Noise makes threads slower, so it cannot have helped who is at the end of the scale.
            quietest = _quietest(taken, free)
            if certain(_timing(taken, quietest, rounds, seeds)):
                quiet = quietest
                break
        patient = PATIENT if rounds.threads > 1 and _count(quiet) < MIN_ROUNDS else 1
        if done >= MAX_ROUNDS or spent > patient * budget_s or came < count:
            break
    if rounds.threads == 1 and _count(quiet) < MIN_ROUNDS:
        # The processor was never fast for long: its quietest turns, and the interval tells.
        quiet = _quietest(taken, free)
    return _timing(taken, quiet, rounds, seeds)


def _timing(
    taken: Mapping[Role, list[Sample]], quiet: Turns, rounds: Rounds, seeds: Seeds
) -> Timing:
    """What the quiet turns say."""
    count = _count(quiet)
    thrown_away = len(taken[Role.BASELINE]) - count
    kept = taken  # nothing but noise: shown, and not graded
    if count:
        kept = {role: [taken[role][i] for i in turns[:count]] for role, turns in quiet.items()}
    times = {
        role: [scored_ns(s, rounds.threads) for s in samples] for role, samples in kept.items()
    }
    seed = seeds.number("bootstrap")

    def ratio(over: Role, role: Role) -> Estimate:
        return ratio_of_typical(times[over], times[role], seed)

    peaks = rounds.peaks
    speedup: dict[Role, Estimate]
    if peaks is None:
        speedup = {role: ratio(Role.BASELINE, role) for role in kept if role is not Role.BASELINE}
    else:
        speedup = {role: efficiency(kept, role, peaks, seed) for role in kept if role in ALONE}
    return Timing(
        kept,
        speedup,
        _wall_speedup(kept),
        thrown_away,
        noisy=thrown_away > 0 and count < MIN_ROUNDS,
        change=ratio(Role.PREVIOUS, Role.SUBMISSION) if Role.PREVIOUS in kept else None,
        peaks=peaks,
    )


def efficiency(
    samples: Mapping[Role, list[Sample]], role: Role, peaks: Peaks, seed: int
) -> Estimate:
    """How much of its threads' time a kernel used well: t1 / (p·tp), over what this machine grants
    p threads."""
    threads = [sample.wall_ns for sample in samples[role]]
    found = ratio_of_typical(one_thread_ns(samples, role), threads, seed)
    share = 1 / (peaks.threads * peaks.norm)
    return Estimate(found.value * share, found.low * share, found.high * share, found.rounds)


def one_thread_ns(samples: Mapping[Role, list[Sample]], role: Role) -> list[float]:
    """The time that one thread needs: the kernel's own, unless the baseline needs less, or the
    threads together computed for less. Being slow with one thread shall not pay."""
    claims = (
        [sample.wall_ns for sample in samples[ALONE[role]]],
        [sample.wall_ns for sample in samples[Role.BASELINE]],
        [sample.cpu_ns for sample in samples[role]],
    )
    return min(claims, key=typical)


def scored_ns(sample: Sample, threads: int) -> float:
    """The time that counts: CPU time, or wall time where several threads share the work."""
    return sample.cpu_ns if threads == 1 else sample.wall_ns


def _not_waiting(
    taken: Mapping[Role, list[Sample]], threads: int, crowded: Sequence[bool]
) -> dict[Role, list[int]]:
    """The turns in which no thread waited for others."""
    if threads == 1:  # CPU time does not go by
        return {role: list(range(len(samples))) for role, samples in taken.items()}
    return {
        role: [i for i, waited in enumerate(_waited(samples, crowded)) if not waited]
        for role, samples in taken.items()
    }


def _quiet(taken: Mapping[Role, list[Sample]], free: Turns) -> Turns:
    """Which of these turns others left alone, those of whole rounds first."""
    limit = PILOT_SLACK * min(s.pilot_ns for samples in taken.values() for s in samples)
    turns = {role: {i for i in free[role] if s[i].pilot_ns <= limit} for role, s in taken.items()}
    whole = set.intersection(*turns.values())
    return {role: sorted(whole) + sorted(left - whole) for role, left in turns.items()}


def _quietest(taken: Mapping[Role, list[Sample]], free: Turns) -> Turns:
    """The few of these turns with the fastest pilots, in their order."""
    return {
        role: sorted(sorted(free[role], key=lambda i: samples[i].pilot_ns)[:MIN_ROUNDS])
        for role, samples in taken.items()
    }


def _count(quiet: Turns) -> int:
    """How many rounds can be made of them."""
    return min(len(turns) for turns in quiet.values())


def _waited(samples: Sequence[Sample], crowded: Sequence[bool]) -> list[bool]:
    """In which rounds a worker's threads waited for others."""
    shares = [sample.run_delay_ns / sample.wall_ns for sample in samples]
    own = OWN_DELAY_SLACK * sorted(shares)[len(shares) // 4]
    return [
        share > (MAX_RUN_DELAY_SHARE if others else max(OWN_DELAY_SHARE, own))
        for share, others in zip(shares, crowded, strict=True)
    ]


def _crowded(others: float | None, threads: int) -> bool:
    """Whether other programs left too few processors for the threads, or may have."""
    return others is None or others > max(0, machine.processors() - threads) + MAX_OTHERS


def _wall_speedup(samples: Mapping[Role, list[Sample]]) -> float:
    baseline, submission = (
        typical([sample.wall_ns for sample in samples[role]])
        for role in (Role.BASELINE, Role.SUBMISSION)
    )
    return baseline / submission
