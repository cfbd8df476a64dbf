"""Runs a kernel's doctest suites and says how they went.

The test program is the harness's: it holds inputs, expected outputs and verdict, and the kernels
run in a worker process that it starts and survives. What is read here is doctest's XML, and only
when it is complete; an exit status never means a pass.
"""

from __future__ import annotations

import re
import shlex
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, replace
from pathlib import Path

from rooflab.base.errors import SetupError
from rooflab.base.files import read_start
from rooflab.base.process import Ending, Finished, run, trusted_limits
from rooflab.base.text import key_values, sanitize, sanitize_line
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Lab
from rooflab.measure import thread_states
from rooflab.measure.seeds import Seeds
from rooflab.report.model import Cause, Reason

LIMITS = trusted_limits(wall_s=120)
MAX_XML_BYTES = 8 << 20
MAX_THROWN = 4000  # characters
DOCTOR = "./lab doctor"
LAST_CALL = re.compile(r"^rooflab: while running (.*)$", re.MULTILINE)
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HELP = {
    Reason.WRONG_RESULT: "debug exactly this call: it is the smallest that still fails",
    Reason.OUT_OF_BOUNDS: "check loop limits against rows, cols and stride",
    Reason.INPUT_MODIFIED: "inputs are const: do not write through a cast",
    Reason.CRASHED: "a debugger stops at the line: docs/students.md, Debugging",
    Reason.TIMED_OUT: "look for a loop whose end is never reached for this shape, or for threads "
    "that wait for each other",
    Reason.EXITED: "kernels return to their caller; they must not end the program",
    Reason.TOO_MUCH_OUTPUT: "remove the printing from your kernels",
    Reason.TOO_MUCH_MEMORY: "allocate at most a few times the size of the operands",
    Reason.FORBIDDEN_SYSCALL: "kernels compute and allocate memory; they open no files, start no "
    "processes and, in labs with one thread, no threads",
    Reason.INTERNAL: "no kernel can fix that: tell whoever gives the course",
}
# What AddressSanitizer can see as well, and name the line of. An access close to a matrix stays in
# the test's own memory around it, where only its guards find it.
SEEN_BY_ASAN = re.compile(r"crashed with SIG(SEGV|BUS|FPE)|reached outside the memory")


@dataclass(frozen=True)
class SuiteResult:
    """How a kernel did in one test program. `cause` is None when everything passed."""

    passed: int
    failed: int
    cause: Cause | None


@dataclass(frozen=True)
class KernelResult:
    """How a kernel did in its public tests, and in its hidden ones where there are any."""

    public: SuiteResult
    hidden: SuiteResult | None

    @property
    def right(self) -> bool:
        """Only a kernel that is right as far as anyone can tell is measured."""
        return not self._causes

    @property
    def ends(self) -> bool:
        """Whether all its calls came back in order, be their results right or wrong."""
        return all(cause.reason is Reason.WRONG_RESULT for cause in self._causes)

    @property
    def _causes(self) -> list[Cause]:
        suites = [suite for suite in (self.public, self.hidden) if suite is not None]
        return [suite.cause for suite in suites if suite.cause is not None]


def run_kernel(
    trusted: LabBuild, worker: Path, kernel: str, work: Path, seeds: Seeds
) -> KernelResult:
    """All tests of one kernel that this copy of the course has, answered by `worker`."""
    threads = trusted.lab.manifest.threads

    def suite(tests: Path, target: str = "") -> SuiteResult:
        key = seeds.key(tests.name, kernel)
        return run_suite(tests, worker, kernel, work, key, threads, target)

    def explained(result: SuiteResult) -> SuiteResult:
        cause = result.cause and thread_states.explained(trusted, worker, result.cause, work)
        return replace(result, cause=cause)

    public = explained(suite(trusted.tests, public_target(trusted.lab)))
    if trusted.hidden_tests is None:
        return KernelResult(public, None)
    if public.cause and public.cause.reason is Reason.TIMED_OUT:  # once is long enough
        return KernelResult(public, SuiteResult(0, 1, public.cause))
    return KernelResult(public, explained(suite(trusted.hidden_tests)))


def public_target(lab: Lab) -> str:
    """The CMake target of the lab's public tests, with the student's kernels linked in."""
    return f"{lab.namespace}_tests"


def run_suite(
    tests: Path,
    worker: Path,
    kernel: str,
    work: Path,
    key: str,
    threads: int = 1,
    target: str = "",
) -> SuiteResult:
    """Runs the test cases of one kernel, answered by `worker`. `work` is a folder for the XML.
    `target` is what a student can build to run the same tests; hidden tests have none."""
    xml = work / f"{tests.name}.{kernel}.xml"
    xml.unlink(missing_ok=True)
    done = run(
        [tests, f"--test-suite={kernel}", "--reporters=xml", f"--out={xml}", "--no-path-filenames"],
        LIMITS,
        directory=work,
        environment={
            "ROOFLAB_WORKER": str(worker),
            "ROOFLAB_THREADS": str(threads),
            "ROOFLAB_KEY": key,
        },
    )
    return judge(kernel, done, read_start(xml, MAX_XML_BYTES), target)


def judge(kernel: str, done: Finished, xml: bytes, target: str = "") -> SuiteResult:
    """What a finished test program and its XML say about the kernel."""
    root = _parse(xml)
    cases = [] if root is None else [c for c in root.iter("TestCase") if not c.get("skipped")]
    failed = [case for case in cases if not _passed(case)]
    if root is not None and not cases and done.succeeded:
        raise SetupError(f"there is no test suite for {kernel}", "./lab verify")
    cause = _stopped(kernel, done, root, failed)
    if cause is None and failed:
        cause = _explain(kernel, failed[0])
    if cause is None:
        return SuiteResult(len(cases), 0, None)
    if failed and target and SEEN_BY_ASAN.search(cause.rationale):
        cause = _with_asan(cause, asan_command(target, kernel, failed[0].get("name", "")))
    return SuiteResult(len(cases) - len(failed), max(len(failed), 1), cause)


def asan_command(target: str, kernel: str, case: str) -> str:
    """A command line that runs one public test case under AddressSanitizer."""
    only = re.sub(r"[,\\]", "?", case)  # doctest takes a comma as the end, and ? for any character
    return (
        f"cmake --preset asan && cmake --build --preset asan --target {target} && "
        f"build/asan/{target} --test-suite={kernel} --test-case={shlex.quote(only)}"
    )


def _with_asan(cause: Cause, command: str) -> Cause:
    advice = f"AddressSanitizer usually names the line:\n{command}"
    if cause.reason is Reason.OUT_OF_BOUNDS:
        advice = f"{cause.help}; {advice}"
    return cause.model_copy(update={"help": advice})


def _parse(xml: bytes) -> ElementTree.Element | None:
    """The document if it is whole: a program that ended early leaves half of one."""
    try:
        text = xml.decode("utf-8", errors="replace")
        root = ElementTree.fromstring(NOT_XML.sub("\ufffd", text))
    except ElementTree.ParseError:
        return None
    return root if root.find("OverallResultsTestCases") is not None else None


def _passed(case: ElementTree.Element) -> bool:
    result = case.find("OverallResultsAsserts")
    return (
        result is not None
        and result.get("test_case_success") == "true"
        and case.find("Exception") is None
    )


def _stopped(
    kernel: str,
    done: Finished,
    root: ElementTree.Element | None,
    failed: list[ElementTree.Element],
) -> Cause | None:
    """Why the tests did not run to their end, if they did not."""
    calls = LAST_CALL.findall(done.stderr.decode("utf-8", errors="replace"))
    call = sanitize_line(calls[-1]) if calls else ""
    threads = ""
    if done.ending is Ending.TIMED_OUT:
        reason, what = Reason.TIMED_OUT, f"was still running after {LIMITS.wall_s:g} s"
    elif done.ending is Ending.TOO_MUCH_OUTPUT:
        reason, what = Reason.TOO_MUCH_OUTPUT, f"printed over {LIMITS.output_bytes >> 20} MiB"
    elif root is None or (done.code != 0 and not failed):
        how = done.signal_name or f"exit status {done.code}"
        raise SetupError(
            f"the tests ended half-way ({how}): {sanitize(done.stderr)[-400:]}", DOCTOR
        )
    elif failed and (thrown := _thrown(failed[0])) is not None:
        call = call or _original(failed[0])
        reason, what, threads = _stated_by_harness(thrown)
    else:
        return None
    return Cause(
        reason=reason,
        rationale=f"{what}\ncall: {call or kernel}",
        help=HELP.get(reason, ""),
        threads=threads,
    )


def _stated_by_harness(thrown: str) -> tuple[Reason, str, str]:
    """The harness throws "reason: … what: …", and perhaps "threads: …", when a kernel did not come
    back (labs/testing, core/kernel_failure.h); anything else is the harness's own trouble."""
    stated = re.fullmatch(r"reason: (\w+)\s+what: (.*?)(?:\s+threads: (.*))?", thrown)
    if stated is None or stated[1] not in list(Reason):
        raise SetupError(f"kernels cannot be run here: {thrown}", DOCTOR)
    return Reason(stated[1]), stated[2], stated[3] or ""


def _failed_expression(case: ElementTree.Element) -> ElementTree.Element | None:
    return next((e for e in case.iter("Expression") if e.get("success") == "false"), None)


def _thrown(case: ElementTree.Element) -> str | None:
    """What the first failure of a case threw, in an assertion or outside of one; if it did."""
    expression = _failed_expression(case)
    exception = (case if expression is None else expression).find("Exception")
    return None if exception is None else sanitize_line(exception.text or "", MAX_THROWN).strip('"')


def _original(case: ElementTree.Element) -> str:
    expression = _failed_expression(case)
    return "" if expression is None else sanitize_line(_text(expression, "Original"))


def _explain(kernel: str, case: ElementTree.Element) -> Cause:
    """The first failed assertion of a case. labs/testing writes "key: value" lines into it."""
    name = sanitize_line(case.get("name", ""))
    expression = _failed_expression(case)
    info = "" if expression is None else sanitize(_text(expression, "Info"))
    facts = key_values(info.strip())
    if "reason" not in facts:
        return _plain_assertion(name, case, expression, info)
    reason = Reason(facts["reason"])
    shown = ("call", "first wrong", "wrong", "pattern", "found at", "pattern there")
    lines = [f'{facts.get("what", kernel)}, in the test "{name}"']
    lines += [f"{key}: {facts[key]}" for key in shown if key in facts]
    return Cause(
        reason=reason,
        rationale="\n".join(lines),
        help=HELP.get(reason, ""),
        expected=facts.get("expected"),
        actual=facts.get("actual"),
        threads=facts.get("threads", ""),
    )


def _plain_assertion(
    name: str, case: ElementTree.Element, expression: ElementTree.Element | None, info: str
) -> Cause:
    if expression is None:  # FAIL("message")
        lines = [f'failed, in the test "{name}": {sanitize_line(_text(case, "Text"))}']
        expanded = ""
    else:
        lines = [f'not true, in the test "{name}": {_original(case)}']
        expanded = sanitize_line(_text(expression, "Expanded"))
    if info.strip():
        lines.append(f"where {sanitize_line(info)}")
    return Cause(
        reason=Reason.WRONG_RESULT,
        rationale="\n".join(lines),
        help="kernels.h says what is promised",
        actual=expanded or None,
    )


def _text(element: ElementTree.Element, tag: str) -> str:
    return "\n".join((child.text or "").strip() for child in element.iter(tag))
