"""Looks for data races of a submission: its tests run under ThreadSanitizer.

Tests and submission are one program here (rooflab.compile.races), confined like a worker that may
load libraries. The submission could keep the tool from finding anything, so that silence proves
nothing: points are few, and results are judged elsewhere. And it knows the hidden tests: of what it
prints, only addresses are read, and only lines of the submission's own files are made of them.
"""

from __future__ import annotations

import functools
import re
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rooflab.base.process import Ending, Finished, Limits, run
from rooflab.base.text import sanitize_line
from rooflab.compile.races import RacesProgram
from rooflab.compile.trusted import LabBuild, RacesBuild
from rooflab.measure.source_lines import Code, Frame, frames, innermost
from rooflab.report.model import Cause, Reason

# ThreadSanitizer needs terabytes of address space, so that what is used is limited instead.
LIMITS = Limits(wall_s=20, memory_bytes=None, output_bytes=4 << 20, resident_bytes=2 << 30)
# Its own symbols come from hostile memory: ours come from the program's file. It otherwise waits a
# second before it ends. A race is not reported at all when its older half has left the history,
# which is therefore longer than usual.
OPTIONS = "symbolize=0 atexit_sleep_ms=0 report_signal_unsafe=0 history_size=4"
# Many races take long to tell, and one is enough, unless it is none of the submission's.
FIRST_ONLY = f"{OPTIONS} halt_on_error=1"
WITHOUT_RANDOM_ADDRESSES = ("/usr/bin/setarch", "--addr-no-randomize")
# Test cases that are left out: what runs here takes ten times as long, and one thread has no race.
LEFT_OUT = "* (long),* on one thread"
REPORT = re.compile(r"^WARNING: ThreadSanitizer: ([a-z -]+[a-z])")
ACCESS = re.compile(
    r"^  (?:Previous )?(?:atomic )?(read|write) of size \d+ .*by (main thread|thread T\d+)",
    re.IGNORECASE,
)
FRAME = re.compile(r"^    #\d+ .*\((?P<module>[^ ()]+)\+0x(?P<address>[0-9a-f]{1,12})\)$")
# What it finds besides, in words that go before its places.
OTHER_FINDINGS = {
    "heap-use-after-free": "a thread uses memory that another one has given back",
    "lock-order-inversion": "two mutexes are locked in both orders: that can deadlock",
    "thread leak": "a thread is left behind: join it",
    "destroy of a locked mutex": "a mutex is destroyed while it is locked",
    "double lock of a mutex": "a thread locks a mutex that it holds already",
    "unlock of an unlocked mutex": "a mutex is unlocked by a thread that does not hold it",
}
UNKNOWN = "at a place that is no longer known"
ADVICE = (
    "let both hold the same mutex, or make it a std::atomic, or give each thread memory of its own"
)


@dataclass(frozen=True)
class Section:
    """One stack of a finding. `access` is "read" or "write" where it is one, `thread` whose."""

    access: str
    thread: str
    addresses: tuple[int, ...]


@dataclass(frozen=True)
class Finding:
    kind: str
    sections: tuple[Section, ...]


@functools.cache
def unusable(trusted: LabBuild, races: RacesBuild) -> str:
    """Why ThreadSanitizer cannot be used here; empty where it finds the race of a small program."""
    environment = {"TSAN_OPTIONS": OPTIONS}
    done = _run(trusted, races.probe, [], races.probe.parent, environment)
    if done.ending is Ending.EXITED and list(findings(done.stderr, races.probe.name)):
        return ""
    words = sanitize_line(done.stderr, 200) or f"it {done.ending.value} ({done.code})"
    return f"ThreadSanitizer does not work here: {words}"


def look(
    trusted: LabBuild,
    program: RacesProgram,
    kernel: str,
    work: Path,
    key: str,
    limit_s: float = LIMITS.wall_s,
) -> Cause | None:
    """Runs one kernel's tests. Why they do not pass here, if so; what they say of results is judged
    elsewhere."""
    arguments = [f"--test-suite={kernel}", f"--test-case-exclude={LEFT_OUT}", "--reporters=xml"]
    code = Code(program.path, program.path.parent, dict.fromkeys(program.files, b""))
    started = time.monotonic()
    for options in (FIRST_ONLY, OPTIONS):
        left_s = max(limit_s - (time.monotonic() - started), 1.0)
        environment = {"TSAN_OPTIONS": options, "ROOFLAB_KEY": key}
        done = _run(trusted, program.path, arguments, work, environment, left_s)
        found = list(findings(done.stderr, program.path.name))
        if cause := _first_of_submission(trusted, code, found, kernel, work):
            return cause
        if not found:
            break
    return _unfinished(done)


def _first_of_submission(
    trusted: LabBuild, code: Code, found: Sequence[Finding], kernel: str, work: Path
) -> Cause | None:
    """The first finding in the submission's own files."""
    for finding in found:
        if lines := _in_words(trusted, code, finding, work):
            command = tsan_command(trusted.lab.namespace, kernel)
            return Cause(
                reason=Reason.DATA_RACE,
                rationale="\n".join(lines),
                help=f"{ADVICE}; ThreadSanitizer shows the calls around it, too:\n{command}"
                if finding.kind.startswith("data race")
                else command,
            )
    return None


def tsan_command(namespace: str, kernel: str) -> str:
    """A command line that runs the public tests of a kernel under ThreadSanitizer."""
    target = f"{namespace}_tests"
    return (
        f"cmake --preset tsan && cmake --build --preset tsan --target {target} && "
        f"setarch -R build/tsan/{target} --test-suite={kernel}"
    )


def findings(output: bytes, program: str) -> Iterator[Finding]:
    """What ThreadSanitizer reports, with addresses in `program` only."""
    kind = ""
    sections: list[Section] = []
    for line in output.decode("utf-8", errors="replace").splitlines():
        if start := REPORT.match(line):
            kind, sections = start[1], []
        elif line.startswith("SUMMARY: ThreadSanitizer") and kind:
            yield Finding(kind, tuple(sections))
            kind = ""
        elif re.match("  [A-Z]", line):
            access = ACCESS.match(line)
            sections.append(
                Section(access[1].lower(), access[2].lower(), ()) if access else Section("", "", ())
            )
        elif sections and (frame := FRAME.match(line)) and frame["module"] == program:
            last = sections[-1]
            addresses = (*last.addresses, int(frame["address"], 16))
            sections[-1] = Section(last.access, last.thread, addresses)


def _run(
    trusted: LabBuild,
    program: Path,
    arguments: Sequence[str],
    work: Path,
    environment: dict[str, str],
    limit_s: float = LIMITS.wall_s,
) -> Finished:
    """Where it can read the toolchain's libraries and what /proc says of itself."""
    confined = [
        str(trusted.confine),
        "--tests",
        *(f"--read={path}" for path in (*trusted.toolchain, "/proc/self")),
        "--memory=0",
        f"--cpu={2 * LIMITS.wall_s:.0f}",
        *(f"--env={name}={value}" for name, value in environment.items()),
        "--",
        str(program),
        *arguments,
    ]
    limits = LIMITS.within(limit_s)
    done = run([*WITHOUT_RANDOM_ADDRESSES, *confined], limits, directory=work)
    if done.stderr.startswith(b"setarch:"):  # forbidden in some containers, and not always needed
        return run(confined, limits, directory=work)
    return done


def _in_words(trusted: LabBuild, code: Code, finding: Finding, work: Path) -> list[str]:
    """Nothing, unless it lies in the submission's own files."""
    race = finding.kind.startswith("data race")
    sections = [s for s in finding.sections if s.access or not race][:2]
    addresses = sorted({address for section in sections for address in section.addresses})
    places = frames(trusted, code, addresses, work)
    found = [_first(section, places) for section in sections]
    if not any(found):
        return []
    if not race:
        what = OTHER_FINDINGS.get(finding.kind.partition(" (")[0], "threads misuse what they share")
        return [what, *(f"at {_at(frame)}" for frame in found if frame)]
    lines = ["two threads use the same memory at the same time (a data race):"]
    for section, frame in zip(sections, found, strict=True):
        who = "the thread that called the kernel" if section.thread == "main thread" else "a thread"
        where = f"at {_at(frame)}" if frame else "in the tests" if section.addresses else UNKNOWN
        lines.append(f"{who} {section.access}s it {where}")
    return lines


def _first(section: Section, places: dict[int, list[Frame]]) -> Frame | None:
    for address in section.addresses:
        if frame := innermost(places.get(address, [])):
            return frame
    return None


def _at(frame: Frame) -> str:
    inside = f", in {frame.function}" if frame.function not in ("", "operator") else ""
    return f"{frame.file}:{frame.number}{inside}"


def _unfinished(done: Finished) -> Cause | None:
    """Whether the tests came to their end: without it, silence says even less."""
    if done.ending is Ending.TIMED_OUT:
        return Cause(
            reason=Reason.TIMED_OUT,
            rationale="the tests did not end in time under ThreadSanitizer, which makes threads "
            "ten times as slow",
            help="look for threads that wait for each other, or that spin",
        )
    try:
        root = ElementTree.fromstring(done.stdout.decode("utf-8", errors="replace"))
        whole = root.find("OverallResultsTestCases") is not None
    except ElementTree.ParseError:
        whole = False
    if whole and done.ending is Ending.EXITED:
        return None
    how = done.signal_name or done.ending.value
    return Cause(
        reason=Reason.CRASHED,
        rationale=f"the tests did not come to their end under ThreadSanitizer: {how}",
        help="it stops programs that only seem to work: try the command of its preset, tsan",
    )
