"""Rounds of timing, with a script in place of a lab's timing program; and once with a real one."""

import itertools
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from rooflab.base.errors import SetupError
from rooflab.compile.trusted import LabBuild
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.measure import load, machine, timing
from rooflab.measure.estimates import MIN_ROUNDS
from rooflab.measure.machine import Peaks
from rooflab.measure.scoring import judge
from rooflab.measure.seeds import Seeds
from rooflab.measure.timing import (
    OUT_OF_TIME,
    ROUNDS_AT_ONCE,
    Role,
    Rounds,
    Sample,
    Timing,
    points_settled,
    run_rounds,
    time_case,
)
from rooflab.report.model import Cause, CheckStatus, Reason

CASE = "matmul/512"
KEY = Seeds(b"secret").key()
MEASUREMENT = Measurement(
    kind=MeasurementKind.SPEEDUP, kernel="matmul", case=CASE, points=10, zero=1.5, full=6
)
SETTLED = points_settled(MEASUREMENT)
SEEDS = Seeds(b"secret")
GRADED = (Role.BASELINE, Role.SUBMISSION, Role.REFERENCE)
PLENTY_S = 1e9
WORKERS = {role: Path(f"/workers/{role}") for role in Role}

Turns = list[dict[str, object]]  # of one role, over and over

# Notes how it was called, then writes an entry for each turn that it was asked for: a role's turns
# come from the file `turns` beside it, over and over.
PROGRAM = """#!{python} -SE
import json, os, pathlib, sys
here = pathlib.Path(__file__).parent
options = dict(argument.removeprefix("--").split("=", 1) for argument in sys.argv[1:])
roles = [a.split("=")[1].split(":")[0] for a in sys.argv[1:] if a.startswith("--worker=")]
with open(here / "log", "a") as log:
    log.write(json.dumps([os.environ["ROOFLAB_KEY"], sys.argv[1:]]) + "\\n")
turns = json.loads((here / "turns").read_text())
first = int(options["first_round"])
entries = [
    {{"name": f"{{options['case']}}/{{role}}/{{number}}/iterations:1/manual_time"}}
    | turns[role][number % len(turns[role])]
    for number in range(first, first + int(options["rounds"]))
    for role in reversed(roles)
]
pathlib.Path(options["benchmark_out"]).write_text(json.dumps({{"benchmarks": entries}}))
"""


class Clock:
    """One second passes with each look at it."""

    now = 0.0

    def monotonic(self) -> float:
        self.now += 1
        return self.now


@pytest.fixture(autouse=True)
def others(monkeypatch: pytest.MonkeyPatch) -> Callable[[float | None], None]:
    """Says how many processors others use; at first nobody knows."""

    def use(number: float | None) -> None:
        looks = itertools.count()
        free = max(0, machine.processors() - 4)  # beside the four threads that are timed here

        def clocks() -> load.Clocks:
            second = next(looks)
            busy_s = None if number is None else second * (free + number)
            return load.Clocks(second, busy_s, 0)

        monkeypatch.setattr(load, "clocks", clocks)

    use(None)
    return use


@pytest.fixture
def work(tmp_path: Path) -> Path:
    path = tmp_path / "work"
    path.mkdir()
    return path


def turn(
    cpu_ms: float = 8.0, wall_ms: float = 9.0, delay_ms: float = 0.0, pilot_ns: float = 1000
) -> Turns:
    return [
        {
            "cpu_ns": cpu_ms * 1e6,
            "wall_ns": wall_ms * 1e6,
            "run_delay_ns": delay_ms * 1e6,
            "pilot_ns": pilot_ns,
            "flops": 1e9,
            "bytes": 2e9,
        }
    ]


def failed(message: str) -> Turns:
    return [{"error_occurred": True, "error_message": message}]


def noisy(cpu_ms: float) -> Turns:
    """A time that is now as given, now four times that."""
    return turn(cpu_ms) + turn(4 * cpu_ms)


CRASHED = failed("reason: crashed\nwhat: crashed with SIGSEGV")


def script(folder: Path, code: str) -> Path:
    path = folder / "program"
    path.write_text(code, encoding="utf-8")
    path.chmod(0o755)
    return path


def program(folder: Path, turns: Mapping[Role, Turns]) -> Path:
    (folder / "turns").write_text(json.dumps(turns), encoding="utf-8")
    return script(folder, PROGRAM.format(python=sys.executable))


def rounds_of(work: Path, turns: Mapping[Role, Turns], threads: int = 1) -> Rounds:
    workers = {role: WORKERS[role] for role in turns}
    return Rounds(program(work.parent, turns), workers, CASE, threads)


def timed(
    work: Path,
    turns: Mapping[Role, Turns],
    budget_s: float = PLENTY_S,
    threads: int = 1,
) -> Timing | Cause:
    return time_case(rounds_of(work, turns, threads), SETTLED, work, SEEDS, budget_s)


def measured(
    work: Path,
    turns: Mapping[Role, Turns],
    budget_s: float = PLENTY_S,
    threads: int = 1,
) -> Timing:
    outcome = timed(work, turns, budget_s, threads)
    assert isinstance(outcome, Timing)
    return outcome


def cause_of(outcome: object) -> Cause:
    assert isinstance(outcome, Cause)
    return outcome


def log(work: Path) -> list[tuple[str, list[str]]]:
    """Key and arguments of each call."""
    lines = (work.parent / "log").read_text(encoding="utf-8").splitlines()
    return [(key, arguments) for key, arguments in map(json.loads, lines)]


def count(outcome: Timing) -> int:
    return len(outcome.samples[Role.SUBMISSION])


# --- Some rounds ----------------------------------------------------------------------------------


def test_a_turn_is_a_sample(work: Path) -> None:
    turns = {Role.BASELINE: turn(1) + turn(2), Role.SUBMISSION: turn(3, 4, 5) + turn(6)}
    assert run_rounds(rounds_of(work, turns), 0, 2, work, KEY) == {
        Role.BASELINE: [Sample(1e6, 9e6, 0, 1000, 1e9, 2e9), Sample(2e6, 9e6, 0, 1000, 1e9, 2e9)],
        Role.SUBMISSION: [
            Sample(3e6, 4e6, 5e6, 1000, 1e9, 2e9),
            Sample(6e6, 9e6, 0, 1000, 1e9, 2e9),
        ],
    }


def test_what_is_wanted_is_told_and_the_key_is_told_in_secret(work: Path) -> None:
    rounds = rounds_of(work, {Role.BASELINE: turn(), Role.SUBMISSION: turn()}, threads=4)
    run_rounds(rounds, 5, 3, work, KEY, 12.5)
    assert log(work) == [
        (
            KEY,
            [
                "--case=matmul/512",
                "--rounds=3",
                "--first_round=5",
                "--budget_s=13",
                "--threads=4",
                "--worker=baseline:/workers/baseline",
                "--worker=submission:/workers/submission",
                f"--benchmark_out={work}/timing.json",
                "--benchmark_out_format=json",
            ],
        )
    ]


def test_a_wrong_result_is_explained(work: Path) -> None:
    message = (
        "kernel: matmul\nreason: wrong_result\nwhat: c is wrong\nfirst wrong: c(0, 8)\n"
        "expected: 1\nactual: nan"
    )
    turns = {Role.BASELINE: turn(), Role.SUBMISSION: failed(message)}
    cause = cause_of(timed(work, turns))
    assert cause.reason is Reason.WRONG_RESULT
    assert cause.rationale == ("at the measured size, matmul/512: c is wrong\nfirst wrong: c(0, 8)")
    assert (cause.expected, cause.actual) == ("1", "nan")


@pytest.mark.parametrize(
    "reason",
    [
        *(Reason.CRASHED, Reason.EXITED, Reason.TIMED_OUT, Reason.FORBIDDEN_SYSCALL),
        *(Reason.OUT_OF_BOUNDS, Reason.INPUT_MODIFIED, Reason.TOO_MUCH_MEMORY),
        *(Reason.TOO_MUCH_OUTPUT, Reason.INTERNAL),
    ],
)
def test_whatever_else_the_harness_says_is_passed_on(work: Path, reason: Reason) -> None:
    submission = failed(f"reason: {reason}\nwhat: did\x1b[31m that")
    cause = cause_of(timed(work, {Role.BASELINE: turn(), Role.SUBMISSION: submission}))
    assert cause.reason is reason
    assert cause.rationale == "at the measured size, matmul/512: did\\x1b[31m that"


def test_a_submission_that_fails_says_why_at_once(work: Path) -> None:
    timed(work, {Role.BASELINE: turn(), Role.SUBMISSION: CRASHED})
    assert len(log(work)) == 1


def test_one_that_fails_only_sometimes_fails(work: Path) -> None:
    submission = noisy(8) + noisy(8) + CRASHED
    outcome = timed(work, {Role.BASELINE: turn(30), Role.SUBMISSION: submission})
    assert cause_of(outcome).reason is Reason.CRASHED


@pytest.mark.parametrize("role", [Role.BASELINE, Role.REFERENCE])
def test_a_course_that_fails_is_no_ones_grade(work: Path, role: Role) -> None:
    with pytest.raises(SetupError, match=f"the {role}: .*crashed with SIGSEGV"):
        timed(work, {**{each: turn() for each in GRADED}, role: CRASHED})


@pytest.mark.parametrize("message", ["", "the worker's sandbox could not be put on", "reason: no"])
def test_what_is_not_the_kernels_doing_is_no_ones_grade(work: Path, message: str) -> None:
    turns = {Role.BASELINE: turn(), Role.SUBMISSION: failed(message)}
    with pytest.raises(SetupError, match="matmul/512 cannot be timed here"):
        timed(work, turns)


@pytest.mark.parametrize(
    "written",
    [
        "",
        '{"context": {}, "benchmarks": [',
        '{"benchmarks": []}',
        '{"benchmarks": 1}',
        "[]",
        '{"benchmarks": ["text"]}',
        '{"benchmarks": [{"name": 1}]}',
        '{"benchmarks": [{"name": "matmul/512/thief/0"}]}',
        '{"benchmarks": [{"name": "matmul/512/baseline/first"}]}',
        '{"benchmarks": [{"name": "matmul/512/submission/0", "error_occurred": true}]}',
    ],
)
def test_what_is_no_result_is_not_taken_for_one(work: Path, written: str) -> None:
    (work / "written").write_text(written, encoding="utf-8")
    code = '#!/bin/sh\nfor o; do case $o in --benchmark_out=*) cp written "${o#*=}";; esac; done\n'
    rounds = Rounds(script(work.parent, code), WORKERS, CASE)
    with pytest.raises(SetupError, match="kernels cannot be timed here"):
        run_rounds(rounds, 0, 1, work, KEY)


@pytest.mark.parametrize("cpu_ns", ["fast", 0, -1, float("nan"), float("inf"), None])
@pytest.mark.parametrize("key", ["cpu_ns", "wall_ns"])
def test_what_is_no_time_is_not_taken_for_one(work: Path, key: str, cpu_ns: object) -> None:
    turns = {Role.BASELINE: turn(), Role.SUBMISSION: [turn()[0] | {key: cpu_ns}]}
    with pytest.raises(SetupError, match="kernels cannot be timed here"):
        timed(work, turns)


def test_rounds_that_are_missing_are_missed(work: Path) -> None:
    """The program does one round whatever it is asked for."""
    rounds = rounds_of(work, {Role.BASELINE: turn(), Role.SUBMISSION: turn()})
    code = rounds.program.read_text(encoding="utf-8")
    script(work.parent, code.replace('int(options["rounds"])', "1"))
    with pytest.raises(SetupError, match="kernels cannot be timed here"):
        run_rounds(rounds, 0, 2, work, KEY)


@pytest.mark.parametrize("code", ["kill -SEGV $$", "exit 0", "exec yes"])
def test_a_program_that_fails_is_no_ones_grade(work: Path, code: str) -> None:
    """Nor is the result of an earlier run taken for its own."""
    rounds = rounds_of(work, {Role.BASELINE: turn(), Role.SUBMISSION: turn()})
    run_rounds(rounds, 0, 1, work, KEY)
    script(work.parent, f"#!/bin/sh\n{code}\n")
    with pytest.raises(SetupError, match="kernels cannot be timed here"):
        run_rounds(rounds, 0, 1, work, KEY)


def test_words_of_a_program_that_fails_are_told(work: Path) -> None:
    rounds = Rounds(script(work.parent, "#!/bin/sh\necho no such case >&2\n"), WORKERS, CASE)
    with pytest.raises(SetupError, match="no such case"):
        run_rounds(rounds, 0, 1, work, KEY)


# --- As many as it takes --------------------------------------------------------------------------


def test_rounds_are_numbered_through_and_so_draw_different_problems_from_one_key(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "MAX_ROUNDS", 13)
    timed(work, {Role.BASELINE: turn(30), Role.SUBMISSION: noisy(8)})
    calls = log(work)
    asked = [[int(option.split("=")[1]) for option in arguments[1:3]] for _, arguments in calls]
    assert asked == [[MIN_ROUNDS, 0], [ROUNDS_AT_ONCE, 7], [ROUNDS_AT_ONCE, 10]]
    assert len({key for key, _ in calls}) == 1


def test_the_key_is_drawn_from_the_secret(work: Path) -> None:
    turns = {Role.BASELINE: turn(), Role.SUBMISSION: turn()}
    timed(work, turns)
    first = log(work)
    (work.parent / "log").unlink()
    timed(work, turns)
    assert log(work) == first
    (work.parent / "log").unlink()
    time_case(rounds_of(work, turns), SETTLED, work, Seeds(b"another"), PLENTY_S)
    assert not {key for key, _ in log(work)} & {key for key, _ in first}


def test_it_stops_when_more_rounds_would_change_nothing(work: Path) -> None:
    outcome = measured(work, {Role.BASELINE: turn(80), Role.SUBMISSION: turn(20)})
    assert count(outcome) == MIN_ROUNDS
    estimate = outcome.speedup[Role.SUBMISSION]
    assert (estimate.low, estimate.value, estimate.high) == (4, 4, 4)


def test_it_goes_on_while_the_points_are_unsure(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "MAX_ROUNDS", 13)
    assert count(measured(work, {Role.BASELINE: turn(30), Role.SUBMISSION: noisy(8)})) == 13


def test_it_goes_on_while_the_reference_is_not_at_full_marks(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "MAX_ROUNDS", 13)
    turns = {Role.BASELINE: turn(80), Role.SUBMISSION: turn(20), Role.REFERENCE: turn(20)}
    assert count(measured(work, turns)) == 13


def test_it_stops_when_the_budget_is_spent(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "time", Clock())
    turns = {Role.BASELINE: turn(30), Role.SUBMISSION: noisy(8)}
    assert count(measured(work, turns, budget_s=1.5)) == MIN_ROUNDS + ROUNDS_AT_ONCE


def test_a_few_rounds_are_taken_even_over_the_budget(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "time", Clock())
    turns = {Role.BASELINE: turn(30), Role.SUBMISSION: noisy(8)}
    assert count(measured(work, turns, budget_s=0.6)) == MIN_ROUNDS


def test_a_kernel_that_crawls_is_not_waited_for(work: Path) -> None:
    """The harness left rounds out: it is asked for no more."""
    left_out = (MIN_ROUNDS - 2) * failed(OUT_OF_TIME)
    turns = {
        Role.BASELINE: 2 * turn(30) + left_out,
        Role.SUBMISSION: 2 * turn(3000) + left_out,
    }
    assert count(measured(work, turns)) == 2
    assert len(log(work)) == 1


def test_progress_names_the_round(work: Path) -> None:
    message: list[int] = []
    rounds = rounds_of(work, {role: turn(8) for role in GRADED})
    time_case(rounds, SETTLED, work, SEEDS, 0, message.append)
    assert message == [0]


# --- By whose rule --------------------------------------------------------------------------------


def test_the_callers_rule_says_when_there_are_enough_rounds(work: Path) -> None:
    seen: list[int] = []

    def enough(timing: Timing) -> bool:
        seen.append(count(timing))
        return len(seen) == 3

    rounds = rounds_of(work, {Role.BASELINE: turn(30), Role.SUBMISSION: noisy(8)})
    time_case(rounds, enough, work, SEEDS, PLENTY_S)
    assert seen == [MIN_ROUNDS, MIN_ROUNDS + ROUNDS_AT_ONCE, MIN_ROUNDS + 2 * ROUNDS_AT_ONCE]


def test_the_rule_is_asked_about_quiet_rounds_only_and_not_before_there_are_enough_for_an_interval(
    work: Path,
) -> None:
    seen: list[int] = []

    def enough(timing: Timing) -> bool:
        seen.append(count(timing))
        return True

    every_second = turn(20) + turn(30, pilot_ns=1301)
    rounds = rounds_of(work, {Role.BASELINE: turn(80), Role.SUBMISSION: every_second})
    time_case(rounds, enough, work, SEEDS, PLENTY_S)
    assert seen == [MIN_ROUNDS]


def test_patience_is_what_the_first_rounds_may_take(work: Path) -> None:
    rounds = rounds_of(work, {Role.BASELINE: turn(), Role.SUBMISSION: turn()})
    time_case(rounds, SETTLED, work, SEEDS, 0.5, patience_s=10)
    time_case(rounds, SETTLED, work, SEEDS, 0.5)
    assert [arguments[3] for _, arguments in log(work)] == ["--budget_s=10", "--budget_s=1"]


# --- Beside the previous submission ---------------------------------------------------------------


def test_the_change_is_how_many_times_faster_than_the_previous_submission_it_is(work: Path) -> None:
    turns = {Role.BASELINE: turn(80), Role.SUBMISSION: turn(20), Role.PREVIOUS: turn(30)}
    outcome = measured(work, turns)
    assert outcome.change is not None
    assert outcome.change.value == 1.5
    assert outcome.speedup[Role.SUBMISSION].value == 4


def test_without_a_previous_submission_there_is_no_change(work: Path) -> None:
    assert measured(work, {Role.BASELINE: turn(80), Role.SUBMISSION: turn(20)}).change is None


@pytest.mark.parametrize("failure", [CRASHED, failed("anything at all"), turn() + CRASHED])
def test_a_previous_submission_that_fails_is_left_out(work: Path, failure: Turns) -> None:
    turns = {Role.BASELINE: turn(80), Role.SUBMISSION: turn(20), Role.PREVIOUS: failure}
    outcome = measured(work, turns)
    assert outcome.change is None
    assert list(outcome.samples) == [Role.BASELINE, Role.SUBMISSION]
    assert (count(outcome), outcome.speedup[Role.SUBMISSION].value) == (MIN_ROUNDS, 4)


def test_a_previous_submission_that_fails_later_is_left_out_from_then_on(work: Path) -> None:
    previous = (MIN_ROUNDS + 1) * turn(30) + CRASHED
    turns = {Role.BASELINE: turn(30), Role.SUBMISSION: noisy(8), Role.PREVIOUS: previous}

    def enough(timing: Timing) -> bool:
        return count(timing) >= MIN_ROUNDS + 2 * ROUNDS_AT_ONCE

    outcome = time_case(rounds_of(work, turns), enough, work, SEEDS, PLENTY_S)
    assert isinstance(outcome, Timing)
    assert outcome.change is None
    asked = [[a for a in arguments if "worker=previous" in a] for _, arguments in log(work)]
    assert asked == [["--worker=previous:/workers/previous"]] * 2 + [[]]


def test_a_previous_submission_that_hung_costs_the_others_no_rounds(work: Path) -> None:
    """The harness ran out of time, and left rounds out."""
    turns = {
        Role.BASELINE: 2 * turn(80) + failed(OUT_OF_TIME),
        Role.SUBMISSION: 2 * turn(20) + failed(OUT_OF_TIME),
        Role.PREVIOUS: failed("reason: timed_out\nwhat: was still running") + turn(),
    }
    rounds = rounds_of(work, turns)
    code = rounds.program.read_text(encoding="utf-8")
    whole = 'turns = {r: [t for t in turns[r] if "error_message" not in t] for r in roles}'
    if_alone = f'if "previous" not in roles: {whole}'
    script(work.parent, code.replace("first =", f"{if_alone}\nfirst ="))
    outcome = time_case(rounds, SETTLED, work, SEEDS, PLENTY_S)
    assert isinstance(outcome, Timing)
    assert (count(outcome), outcome.change) == (MIN_ROUNDS, None)


# --- Which time counts ----------------------------------------------------------------------------


def test_cpu_time_counts_for_one_thread(work: Path) -> None:
    turns = {Role.BASELINE: turn(80, 90), Role.SUBMISSION: turn(20, 180)}
    outcome = measured(work, turns)
    assert outcome.speedup[Role.SUBMISSION].value == 4
    assert outcome.wall_speedup == 0.5
    assert outcome.typical(Role.SUBMISSION, lambda sample: sample.wall_ns) == 180e6


def test_wall_time_counts_for_several(work: Path) -> None:
    turns = {Role.BASELINE: turn(80, 80), Role.SUBMISSION: turn(100, 20)}
    assert measured(work, turns, threads=4).speedup[Role.SUBMISSION].value == 4


def test_one_thread_may_wait_for_a_processor(work: Path) -> None:
    turns = {Role.BASELINE: turn(80), Role.SUBMISSION: turn(20, 90, delay_ms=70)}
    outcome = measured(work, turns)
    assert (count(outcome), outcome.thrown_away, outcome.noisy) == (MIN_ROUNDS, 0, False)


@pytest.mark.parametrize("disturbed", GRADED)
def test_a_turn_in_which_several_threads_waited_is_thrown_away(work: Path, disturbed: Role) -> None:
    """Whoever it was that waited."""
    walls = {Role.BASELINE: 80, Role.SUBMISSION: 20, Role.REFERENCE: 10}
    turns = {role: turn(1, wall) for role, wall in walls.items()}
    waited = 2 * walls[disturbed]
    turns[disturbed] += turn(1, waited, delay_ms=0.021 * waited)
    outcome = measured(work, turns, threads=4)
    assert (count(outcome), outcome.thrown_away) == (7, 6)  # every second one
    assert not outcome.noisy
    estimate = outcome.speedup[Role.SUBMISSION]
    assert (estimate.low, estimate.high) == (4, 4)


def test_a_little_waiting_is_borne(work: Path) -> None:
    little = turn(1, 20, delay_ms=0.02 * 20)
    assert measured(work, dict.fromkeys(GRADED, little), 0, threads=4).thrown_away == 0


@pytest.mark.parametrize("number", [0, 0.09])
def test_threads_may_wait_for_each_other(
    work: Path, others: Callable[[float | None], None], number: float
) -> None:
    """Others left them the processors, so whom they waited for is known."""
    others(number)
    turns = dict.fromkeys(GRADED, turn(1, 20, delay_ms=15))
    turns[Role.SUBMISSION] = turn(1, 20, delay_ms=1)
    outcome = measured(work, turns, 0, threads=4)
    assert (outcome.thrown_away, outcome.noisy) == (0, False)


def test_where_others_are_busy_all_waiting_may_be_their_doing(
    work: Path, others: Callable[[float | None], None]
) -> None:
    others(0.11)
    outcome = measured(work, dict.fromkeys(GRADED, turn(1, 20, delay_ms=15)), 0, threads=4)
    assert (outcome.thrown_away, outcome.noisy) == (MIN_ROUNDS, True)


@pytest.mark.parametrize(("usual", "accident"), [(0.0, 0.11), (0.08, 0.13), (0.5, 0.76)])
def test_two_threads_on_one_processor_are_an_accident(
    work: Path, others: Callable[[float | None], None], usual: float, accident: float
) -> None:
    """The scheduler put them there, though another processor was free: no fault of the kernel."""
    others(0)
    turns = dict.fromkeys(GRADED, turn(1, 20))
    turns[Role.SUBMISSION] = turn(1, 20, 20 * usual) * 3 + turn(1, 40, 40 * accident)
    outcome = measured(work, turns, threads=4)
    assert {sample.wall_ns for sample in outcome.samples[Role.SUBMISSION]} == {20e6}
    assert outcome.thrown_away > 0


@pytest.mark.parametrize("disturbed", GRADED)
def test_a_turn_with_a_slow_pilot_is_thrown_away(work: Path, disturbed: Role) -> None:
    """A neighbour slowed the processor, and with it one of the three, by half."""
    cpu = {Role.BASELINE: 80, Role.SUBMISSION: 20, Role.REFERENCE: 10}
    turns = {role: turn(ms) for role, ms in cpu.items()}
    turns[disturbed] += turn(1.5 * cpu[disturbed], pilot_ns=1301)
    outcome = measured(work, turns)
    assert (count(outcome), outcome.thrown_away) == (7, 6)  # every second one
    estimate = outcome.speedup[Role.SUBMISSION]
    assert (estimate.low, estimate.high) == (4, 4)


@pytest.mark.parametrize("disturbed", GRADED)
def test_a_turn_with_a_slow_pilot_is_thrown_away_with_several_threads_too(
    work: Path, disturbed: Role
) -> None:
    """Their processors came to share a core."""
    walls = {Role.BASELINE: 80, Role.SUBMISSION: 20, Role.REFERENCE: 10}
    turns = {role: turn(1, wall) for role, wall in walls.items()}
    turns[disturbed] += turn(1, 2 * walls[disturbed], pilot_ns=1301)
    outcome = measured(work, turns, threads=2)
    assert (count(outcome), outcome.thrown_away, outcome.noisy) == (7, 6, False)
    estimate = outcome.speedup[Role.SUBMISSION]
    assert (estimate.low, estimate.high) == (4, 4)


def loud(work: Path, wall_ms: float) -> Timing:
    """A submission on two threads whose processors were quiet in one turn of twelve. It has all
    points from 80 / 6 ms on."""
    turns = {
        Role.BASELINE: turn(1, 80),
        Role.SUBMISSION: turn(1, wall_ms / 2) + 11 * turn(1, wall_ms, pilot_ns=2000),
    }
    rounds = rounds_of(work, turns, threads=2)
    certain = timing.full_marks(MEASUREMENT)
    outcome = time_case(rounds, SETTLED, work, SEEDS, PLENTY_S, certain=certain)
    assert isinstance(outcome, Timing)
    return outcome


def test_who_has_all_points_beside_neighbours_has_them(work: Path) -> None:
    outcome = loud(work, 13)
    assert (count(outcome), outcome.noisy) == (MIN_ROUNDS, False)
    assert len(log(work)) == 1
    assert judge(outcome.speedup[Role.SUBMISSION], MEASUREMENT).status is CheckStatus.PASS


def test_who_has_a_part_of_them_beside_neighbours_may_be_better(work: Path) -> None:
    outcome = loud(work, 20)
    assert outcome.noisy
    assert outcome.thrown_away + count(outcome) >= timing.MAX_ROUNDS


def test_threads_are_waited_for_longer(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "time", Clock())
    one_of_three = turn(1, 20) + 2 * turn(1, 40, pilot_ns=2000)
    turns = {Role.BASELINE: turn(1, 80), Role.SUBMISSION: one_of_three}
    quiet = measured(work, turns, budget_s=2, threads=2)
    assert (count(quiet), quiet.noisy) == (MIN_ROUNDS, False)
    monkeypatch.setattr(timing, "time", Clock())
    assert measured(work, turns, budget_s=0.5, threads=2).noisy


def test_quiet_turns_of_different_rounds_stand_side_by_side(work: Path) -> None:
    """Else few would be left where each role has its own bad moments."""
    cpu = {Role.BASELINE: 80, Role.SUBMISSION: 20, Role.REFERENCE: 10}
    turns = {
        role: [
            entry
            for third in range(3)
            for entry in (turn(ms) if third == place else turn(1.7 * ms, pilot_ns=1700))
        ]
        for place, (role, ms) in enumerate(cpu.items())
    }
    outcome = measured(work, turns)
    assert (count(outcome), outcome.thrown_away) == (7, 15)  # of 22
    for role, ms in cpu.items():
        assert {sample.cpu_ns for sample in outcome.samples[role]} == {ms * 1e6}


def test_a_slightly_slower_pilot_is_borne(work: Path) -> None:
    turns = dict.fromkeys(GRADED, turn(pilot_ns=1000) + turn(pilot_ns=1300))
    assert measured(work, turns, 0).thrown_away == 0


def test_where_the_processor_is_never_fast_for_long_the_quietest_rounds_count(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "MAX_ROUNDS", 10)
    pilots = [1000, *range(2000, 2009)]
    submission = [entry for n, pilot in enumerate(pilots) for entry in turn(n + 1, pilot_ns=pilot)]
    outcome = measured(work, {Role.BASELINE: turn(), Role.SUBMISSION: submission})
    assert [sample.cpu_ns / 1e6 for sample in outcome.samples[Role.SUBMISSION]] == [*range(1, 8)]
    assert (outcome.thrown_away, outcome.noisy) == (3, False)


def test_where_too_few_rounds_are_quiet_it_is_noisy(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "MAX_ROUNDS", 13)
    submission = turn(1, 20) + 3 * turn(1, 20, 5)
    outcome = measured(work, {Role.BASELINE: turn(1, 80), Role.SUBMISSION: submission}, threads=4)
    assert (count(outcome), outcome.thrown_away, outcome.noisy) == (4, 9, True)


def test_nothing_but_noise_is_shown_and_called_so(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "MAX_ROUNDS", MIN_ROUNDS)
    turns = {Role.BASELINE: turn(1, 80), Role.SUBMISSION: turn(1, 20, 5)}
    outcome = measured(work, turns, threads=4)
    assert (outcome.thrown_away, outcome.noisy) == (MIN_ROUNDS, True)
    assert outcome.speedup[Role.SUBMISSION].value == 4


PEAKS = Peaks(one=100, together=160, threads=2)


def efficiency_of(work: Path, turns: Mapping[Role, Turns]) -> Timing:
    rounds = replace(rounds_of(work, turns, threads=2), peaks=PEAKS)
    outcome = time_case(rounds, SETTLED, work, SEEDS, 0)
    assert isinstance(outcome, Timing)
    return outcome


THREADS = {
    Role.BASELINE: turn(20, 20),
    Role.SUBMISSION: turn(10, 5),
    Role.ALONE: turn(8, 8),
    Role.REFERENCE: turn(8, 4),
    Role.REFERENCE_ALONE: turn(6.4, 6.4),
}


def test_efficiency_is_one_threads_time_over_that_of_all_as_the_machine_grants_it(
    work: Path,
) -> None:
    found = efficiency_of(work, THREADS).speedup
    assert set(found) == {Role.SUBMISSION, Role.REFERENCE}
    assert found[Role.SUBMISSION].value == pytest.approx(8 / (2 * 5) / 0.8)
    assert found[Role.REFERENCE].value == pytest.approx(6.4 / (2 * 4) / 0.8)


@pytest.mark.parametrize(
    ("changed", "one_thread_ms"),
    [
        ({Role.ALONE: turn(30, 30)}, 10),  # it computes for 10 ms with two threads
        ({Role.ALONE: turn(30, 30), Role.BASELINE: turn(9, 9)}, 9),
    ],
)
def test_being_slow_with_one_thread_does_not_pay(
    work: Path, changed: dict[Role, Turns], one_thread_ms: float
) -> None:
    found = efficiency_of(work, THREADS | changed).speedup[Role.SUBMISSION]
    assert found.value == pytest.approx(one_thread_ms / (2 * 5) / 0.8)


def test_a_submission_that_fails_with_one_thread_has_no_time(work: Path) -> None:
    rounds = replace(rounds_of(work, THREADS | {Role.ALONE: CRASHED}, threads=2), peaks=PEAKS)
    assert cause_of(time_case(rounds, SETTLED, work, SEEDS, 0)).reason is Reason.CRASHED


# --- The real program -----------------------------------------------------------------------------


def test_a_worker_that_is_no_program_is_said_not_to_start(
    trusted: LabBuild, tmp_path: Path
) -> None:
    """Behind the sandbox, where little can be said any more."""
    (tmp_path / "worker").write_bytes(b"no program")
    (tmp_path / "worker").chmod(0o755)
    workers = {Role.BASELINE: trusted.baseline, Role.SUBMISSION: tmp_path / "worker"}
    rounds = Rounds(trusted.timing, workers, "matmul_blocked/64")
    cause = cause_of(run_rounds(rounds, 0, 1, tmp_path, KEY))
    assert cause.reason is Reason.CRASHED
    assert "could not be started: Exec format error" in cause.rationale


def test_the_harness_leaves_rounds_out_when_the_time_is_up(
    trusted: LabBuild, tmp_path: Path
) -> None:
    workers = {Role.BASELINE: trusted.baseline, Role.SUBMISSION: trusted.baseline}
    rounds = Rounds(trusted.timing, workers, "matmul_blocked/64")
    taken = run_rounds(rounds, 0, 6, tmp_path, KEY, budget_s=0)
    assert not isinstance(taken, Cause)
    assert [len(samples) for samples in taken.values()] == [2, 2]


def test_a_role_may_run_another_case(trusted: LabBuild, tmp_path: Path) -> None:
    """A copy of as many bytes, by the probe, in place of the baseline."""
    workers = {Role.BASELINE: trusted.probe, Role.SUBMISSION: trusted.baseline}
    copy = {Role.BASELINE: "copy"}
    case = "transpose_blocked/256"
    taken = run_rounds(Rounds(trusted.timing, workers, case, other_cases=copy), 0, 2, tmp_path, KEY)
    assert not isinstance(taken, Cause)
    mine, copied = (taken[role][0] for role in (Role.SUBMISSION, Role.BASELINE))
    assert copied.bytes == mine.bytes
    assert copied.cpu_ns < mine.cpu_ns


def test_the_harness_times_all_in_random_order(trusted: LabBuild, tmp_path: Path) -> None:
    workers = {Role.BASELINE: trusted.baseline, Role.SUBMISSION: trusted.baseline}
    rounds = Rounds(trusted.timing, workers, "matmul_blocked/64")
    taken = run_rounds(rounds, 3, 12, tmp_path, KEY)
    assert not isinstance(taken, Cause)
    assert [len(samples) for samples in taken.values()] == [12, 12]
    assert {(s.flops, s.bytes) for s in taken[Role.BASELINE]} == {(2.0 * 64**3, 3 * 4.0 * 64**2)}
    written = json.loads((tmp_path / "timing.json").read_text(encoding="utf-8"))["benchmarks"]
    names = [entry["name"].split("/")[2:4] for entry in written]
    assert [number for _, number in names[::2]] == [str(number) for number in range(3, 15)]
    orders = {(first[0], second[0]) for first, second in zip(names[::2], names[1::2], strict=True)}
    assert orders == {("baseline", "submission"), ("submission", "baseline")}
