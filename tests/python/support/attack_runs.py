"""Hands attacks in to the grader's own steps, and says what those say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import attack_graders
import attack_in_process
import attack_reports
from attack_workshop import Workshop
from attacking import INCLUDES, Attack, Outcome

from rooflab.base.errors import SetupError
from rooflab.compile import objects
from rooflab.compile import races as races_program
from rooflab.compile.races import build_for_races
from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built, build_submission
from rooflab.course.manifest import Measurement, MeasurementKind
from rooflab.grading import checks
from rooflab.grading.measurement import memory_use, rounds_of
from rooflab.measure import cache_misses, races, timing, vector_use
from rooflab.measure.correctness import run_suite
from rooflab.measure.one_call import Unmeasured
from rooflab.measure.seeds import Seeds
from rooflab.measure.timing import ALONE, Role, Rounds, Sample
from rooflab.measure.vector_use import Executed, VectorUse
from rooflab.report.model import Cause

SEEDS = Seeds(b"attacks")
TIMING_S = 1.0  # for rounds, of which two at least take place
# So low that small bombs reach them. The baseline takes 19 million instructions.
MAX_INSTRUCTIONS = 300_000_000
COMPILER_MEMORY_BYTES = 400 << 20
LOW_LIMITS = replace(objects.COMPILE_LIMITS, wall_s=10)
NO_LIMITS = replace(objects.COMPILE_LIMITS, wall_s=300, output_bytes=64 << 20)


def submit(
    attack: Attack, workshop: Workshop, without: Sequence[str] = (), ordinary_user: bool = False
) -> Outcome:
    """What the grader says to an attack, `without` some of its defences or run by somebody else."""
    trusted = workshop.trusted(attack.lab, attack.threads)
    folder = workshop.new_folder("grader")
    work = folder / "work"
    work.mkdir()
    work.chmod(0o777)  # whoever the grader is
    if "process" in without:
        return attack_in_process.submit(attack, trusted, work)
    if without:
        trusted = attack_graders.witness(trusted, without, folder)
    if ordinary_user:
        trusted = attack_graders.as_ordinary_user(trusted, folder)
    if attack.stage in ("build", "report", "page"):
        with workshop.alone():
            return _built(attack, trusted, work, without)
    if attack.stage == "races":
        return _raced(attack, trusted, work, without)
    built = workshop.worker(attack)
    if isinstance(built, Cause):
        return Outcome.of(built)
    if attack.stage == "efficiency":
        return _efficient(attack, trusted, built.worker, work, without)
    run = RUNS[attack.stage]
    try:
        with _vector_limits(without):
            return run(attack, trusted, built.worker, work)
    except SetupError as error:
        return Outcome("no_grade", error.message)


def _built(attack: Attack, trusted: LabBuild, work: Path, without: Sequence[str]) -> Outcome:
    (work / "secret.txt").write_text("a secret of the grader", encoding="utf-8")
    own = work / "own"
    own.mkdir()
    limits = objects.COMPILE_LIMITS
    if "compile_limits" in attack.defence:
        limits = NO_LIMITS if without else LOW_LIMITS
    with (
        patch.object(objects, "COMPILE_LIMITS", limits),
        patch.object(objects, "COMPILER_MEMORY_BYTES", COMPILER_MEMORY_BYTES),
        attack_reports.escaping("escaping" not in without),
    ):
        built = build_submission(trusted, attack.submission, own, INCLUDES)
        if isinstance(built, Built):
            return Outcome(text=built.worker.read_bytes().decode("utf-8", errors="replace"))
        if attack.stage == "build":
            return Outcome.of(built)
        shown = attack_reports.render(trusted.lab, built, page=attack.stage == "page")
        return replace(Outcome.of(built), text=shown)


def _raced(attack: Attack, trusted: LabBuild, work: Path, without: Sequence[str]) -> Outcome:
    assert trusted.races is not None
    own = work / "own"
    own.mkdir()
    with ExitStack() as stack:
        if "tool_names" in without:
            stack.enter_context(patch.object(races_program, "_evading", lambda *_: []))
        program = build_for_races(trusted, trusted.races, attack.submission, own, INCLUDES)
    if isinstance(program, Cause):
        return Outcome.of(program)
    cause = races.look(trusted, program, attack.kernel, own, SEEDS.key("races"))
    return Outcome() if cause is None else Outcome.of(cause)


def _tested(attack: Attack, trusted: LabBuild, program: Path, work: Path) -> Outcome:
    threads, key = trusted.lab.manifest.threads, SEEDS.key("tests")
    cause = run_suite(trusted.tests, program, attack.kernel, work, key, threads).cause
    return Outcome() if cause is None else Outcome.of(cause)


def _timed(attack: Attack, trusted: LabBuild, program: Path, work: Path) -> Outcome:
    assert trusted.reference is not None
    workers = {
        Role.BASELINE: trusted.baseline,
        Role.SUBMISSION: program,
        Role.REFERENCE: trusted.reference,
    }
    rounds = Rounds(trusted.timing, workers, attack.case, trusted.lab.manifest.threads)
    timed = timing.time_case(rounds, lambda _: True, work, SEEDS, TIMING_S, patience_s=TIMING_S)
    if isinstance(timed, Cause):
        return Outcome.of(timed)
    ours, honest = (timed.speedup[role].value for role in (Role.SUBMISSION, Role.REFERENCE))
    return Outcome(speedup=ours / honest)


def _share(kind: MeasurementKind, attack: Attack) -> Measurement:
    return Measurement(
        kind=kind, kernel=attack.kernel, case=attack.case, points=1, zero=0.5, full=0.9
    )


def _efficient(
    attack: Attack, trusted: LabBuild, program: Path, work: Path, without: Sequence[str]
) -> Outcome:
    """Its `speedup` is the efficiency."""
    one = _share(MeasurementKind.EFFICIENCY, attack)
    rounds = rounds_of(trusted, one, program, trusted.reference)
    with ExitStack() as stack:
        if "one_thread" in without:
            stack.enter_context(patch.object(timing, "one_thread_ns", _as_it_says))
        timed = timing.time_case(rounds, lambda _: True, work, SEEDS, TIMING_S, patience_s=TIMING_S)
    if isinstance(timed, Cause):
        return Outcome.of(timed)
    return Outcome(speedup=timed.speedup[Role.SUBMISSION].value)


def _as_it_says(samples: Mapping[Role, list[Sample]], role: Role) -> list[float]:
    """A kernel's own time with one thread, whatever that is."""
    return [sample.wall_ns for sample in samples[ALONE[role]]]


def _counted(attack: Attack, trusted: LabBuild, program: Path, work: Path) -> Outcome:
    caches, key = trusted.lab.manifest.cache, SEEDS.key("misses")
    assert caches is not None
    with patch.object(cache_misses, "MAX_INSTRUCTIONS", MAX_INSTRUCTIONS):
        ours = cache_misses.count(trusted, program, attack.case, caches, work, key)
    if isinstance(ours, Cause):
        return Outcome.of(ours)
    assert trusted.emulated.reference is not None
    reference = trusted.emulated.reference
    honest = cache_misses.count(trusted, reference, attack.case, caches, work, key)
    assert not isinstance(honest, Cause), honest
    return Outcome(fewer=honest.d1_misses / max(ours.d1_misses, 1))


def _stepped(attack: Attack, trusted: LabBuild, program: Path, work: Path) -> Outcome:
    stepping, key = trusted.instructions, SEEDS.key("vector")
    found: Executed | VectorUse | Unmeasured | Cause
    found = vector_use.count_baseline(stepping, trusted.baseline, attack.case, work, key)
    assert isinstance(found, Executed), found
    found = vector_use.compare(stepping, program, found, attack.case, work, key)
    check = checks.vector_use(trusted.lab, _share(MeasurementKind.VECTOR, attack), found)
    return Outcome() if check.cause is None else Outcome.of(check.cause)


def _looked(attack: Attack, trusted: LabBuild, program: Path, work: Path) -> Outcome:
    amount = Measurement(
        kind=MeasurementKind.MEMORY,
        kernel=attack.kernel,
        case=attack.case,
        points=1,
        zero=8,
        full=2,
    )
    found = memory_use(trusted, program, amount, work, SEEDS)
    check = checks.memory(trusted.lab, amount, found)
    return Outcome() if check.cause is None else Outcome.of(check.cause)


RUNS = {
    "tests": _tested,
    "timing": _timed,
    "misses": _counted,
    "memory": _looked,
    "vector": _stepped,
}


@contextmanager
def _vector_limits(without: Sequence[str]) -> Iterator[None]:
    fewer = 0.0 if "fewer" in without else vector_use.TIMES_FEWER
    bits = 128 if "width" in without else vector_use.NARROWEST_BITS
    with (
        patch.object(vector_use, "TIMES_FEWER", fewer),
        patch.object(vector_use, "NARROWEST_BITS", bits),
    ):
        yield
