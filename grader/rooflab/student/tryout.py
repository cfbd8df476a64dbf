"""Tries the harness out on this machine, part by part, and tells ./lab doctor.

Each probe (grader/harness/programs/probe.cpp) is a kernel that tries what no kernel may do, in a
worker like any other. What is missing here and can be had says how to get it. A part that this
system does not offer is no obstacle to a grade of the tiers local and ci; the official tier is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.base.process import Limits, run
from rooflab.base.progress import showing
from rooflab.compile.trusted import MachineBuild, prepare_machine
from rooflab.course.course import Course
from rooflab.measure import machine
from rooflab.measure.machine import Counters, Measured
from rooflab.student.finding import Finding, State

# What machine_main.cpp tells besides its probes.
PARTS = ("tier", "landlock", "user")
PROBE_LIMITS = Limits(wall_s=10)
# Open to every program, but not to one that is confined to the toolchain.
FORBIDDEN_FILE = "/proc/self/status"
NO_OFFICIAL = "official grades need it"


def try_out(course: Course, missing: list[str]) -> Iterator[Finding]:
    """Builds the harness, quick when it is built, and tries it out. `missing` names what it cannot
    be built without."""
    if missing:
        names = ", ".join(missing)
        advice = "fix those rows; ./lab doctor then tries it out"
        yield Finding("sandbox", State.MISSING, f"cannot be built yet without {names}", advice)
        return
    try:
        with showing() as progress:
            progress("trying out the sandbox")
            built = prepare_machine(course)
        measured = machine.measure(built.machine, built.probe, built.counters)
    except SetupError as error:
        yield Finding("sandbox", State.MISSING, error.message, _advice(error))
        return
    except OSError as error:  # a full disk, a folder that is not ours
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        advice = "make room, or make the folder yours"
        yield Finding("sandbox", State.MISSING, f"cannot be built: {what}", advice)
        return
    yield from sandbox(measured)
    yield compilers_sandbox(built, course.build)
    roof = f"{measured.peak_gflops:.0f} GFLOP/s, {measured.bandwidth_gbs:.0f} GB/s"
    yield Finding("roof of one core", State.FOUND, roof)
    yield from counting(measured.counters)


def _advice(error: SetupError) -> str:
    if error.help.startswith("./lab doctor"):  # we are there
        return "git status shows whether a file of the course was changed"
    return error.help


def sandbox(measured: Measured) -> Iterator[Finding]:
    """Around kernels: what stopped the probes, whether Landlock and a user of its own are there,
    and what follows for the tier."""
    sandbox = measured.sandbox
    probes = {name: result for name, result in sandbox.items() if name not in PARTS}
    through = [name for name, result in probes.items() if result != "stopped"]
    if through:
        names = ", ".join(name.replace("_", " ") for name in through)
        advice = f"{NO_OFFICIAL}: a kernel with seccomp, and no emulation of it around the grader"
        yield Finding("system calls", State.NOTE, f"NOT stopped: {names}", advice)
    else:
        detail = f"a probe tried {len(probes)} forbidden ones: all stopped"
        yield Finding("system calls", State.FOUND, detail)
    landlock = sandbox.get("landlock", "")
    if landlock.startswith("version"):
        yield Finding("Landlock", State.FOUND, landlock)
    else:
        advice = f"{NO_OFFICIAL}: Linux 5.13 or later with landlock in the kernel's lsm= list"
        yield Finding("Landlock", State.NOTE, landlock or "unknown", advice)
    if sandbox.get("user") == "separate":
        yield Finding("user of kernels", State.FOUND, "one of their own")
    else:
        advice = "for one of their own, start the grader as root, in a container for instance"
        yield Finding("user of kernels", State.NOTE, "the grader's own", advice)
    if measured.confined:
        yield Finding(
            "sandbox", State.FOUND, "complete: all that official grades need of a machine"
        )
    else:
        yield Finding("sandbox", State.NOTE, "partial: no official grades on this machine")


def compilers_sandbox(built: MachineBuild, directory: Path) -> Finding:
    """Around compilers: one reads the toolchain, and must not read anything else."""
    name = "compilers' sandbox"

    def reads(path: str) -> bool:
        readable = (*built.toolchain, "/dev/null")
        confined = [str(built.confine), *(f"--read={part}" for part in readable), "--cpu=5", "--"]
        preprocess = [built.compiler, "-E", "-x", "c++", "-include", path, "/dev/null"]
        return run([*confined, *preprocess], PROBE_LIMITS, directory=directory).succeeded

    if not reads("stddef.h"):
        return Finding(name, State.MISSING, "keeps compilers from their own files")
    if reads(FORBIDDEN_FILE):
        return Finding(name, State.NOTE, "no limit to what they read, without Landlock")
    return Finding(name, State.FOUND, "they read the toolchain and the submission")


def counting(counters: Counters) -> Iterator[Finding]:
    state = State.NOTE if counters.reason else State.FOUND
    yield Finding("hardware counters", state, str(counters))
    if counters.self_test:
        advice = "install libpapi-dev anew: sudo apt-get install --reinstall libpapi-dev"
        yield Finding("PAPI self-test", State.NOTE, counters.self_test, advice)
    else:
        detail = "counts the misses of a modelled cache right"
        yield Finding("PAPI self-test", State.FOUND, detail)
