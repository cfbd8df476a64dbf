"""What a test program's end and its XML say about a kernel, on recorded XML of doctest 2.4."""

import shlex

import pytest

from rooflab.base.errors import SetupError
from rooflab.base.process import Ending, Finished, Limits
from rooflab.measure import correctness
from rooflab.measure.correctness import SuiteResult, judge
from rooflab.report.model import Cause, Reason

PASSED_CASE = """
<TestCase name="accepts empty matrices" filename="tests.cpp" line="9">
  <OverallResultsAsserts successes="12" failures="0" test_case_success="true"/>
</TestCase>"""
SKIPPED_CASE = '<TestCase name="of another kernel" filename="t.cpp" line="1" skipped="true"/>'
EXPLAINED_CASE = """
<TestCase name="multiplies any shape" filename="tests.cpp" line="7">
  <Expression success="false" type="REQUIRE" filename="check.h" line="61">
    <Original>
      !failure
    </Original>
    <Expanded>
      false
    </Expanded>
    <Info>
      kernel: matmul
reason: {reason}
what: c is wrong
call: a 1×1, b 1×9, c 1×9
first wrong: c(0, 8)
expected: 0.5 ± 1e-07
actual: nan
wrong: 1 of 9 elements
pattern: only columns from 8 on: the tail
found at: a 7×3, b 3×17, c 7×17
pattern there: only columns >= 16 = 16·⌊17/16⌋ are wrong: the tail
    </Info>
  </Expression>
  <OverallResultsAsserts successes="2" failures="1" test_case_success="false"/>
</TestCase>"""
ASSERTION_CASE = """
<TestCase name="three tiles fill a 32 KiB cache" filename="tests.cpp" line="70">
  <Expression success="false" type="CHECK" filename="tests.cpp" line="70">
    <Original>
      lab02::choose_tile(32 * 1024) == 48
    </Original>
    <Expanded>
      0 == 48
    </Expanded>
    <Info>
      bytes := 32768
    </Info>
  </Expression>
  <OverallResultsAsserts successes="0" failures="1" test_case_success="false"/>
</TestCase>"""
MESSAGE_CASE = """
<TestCase name="keeps its promise" filename="tests.cpp" line="3">
  <Message type="FATAL ERROR" filename="tests.cpp" line="3">
    <Text>
      it did not
    </Text>
  </Message>
  <OverallResultsAsserts successes="0" failures="1" test_case_success="false"/>
</TestCase>"""
THROWN_CASE = """
<TestCase name="honours strides" filename="tests.cpp" line="9">
  <Exception crash="false">
    {what}
  </Exception>
  <OverallResultsAsserts successes="0" failures="0" test_case_success="false"/>
</TestCase>"""
THROWN_IN_SUBCASE = """
<TestCase name="honours strides" filename="tests.cpp" line="9">
  <SubCase name="of c" filename="tests.cpp" line="12">
    <Exception crash="false">
      exception thrown in subcase - will translate later when the whole test case has been exited
    </Exception>
  </SubCase>
  <Exception crash="false">
    no such row
  </Exception>
  <OverallResultsAsserts successes="0" failures="0" test_case_success="false"/>
</TestCase>"""
THROWN_IN_ASSERTION = """
<TestCase name="three tiles fill a 32 KiB cache" filename="tests.cpp" line="70">
  <Expression success="false" type="CHECK" filename="tests.cpp" line="70">
    <Original>
      lab02::choose_tile(32 * 1024) == 48
    </Original>
    <Exception>
      "{what}"
    </Exception>
  </Expression>
  <OverallResultsAsserts successes="0" failures="1" test_case_success="false"/>
</TestCase>"""
STOPPED = "reason: {reason}\nwhat: {what}"
CRASHED_CASE = THROWN_CASE.replace('crash="false"', 'crash="true"').format(
    what="SIGSEGV - Segmentation violation signal"
)
RUNNING = b"rooflab: while running matmul: a 1\xc3\x971, b 1\xc3\x971, c 1\xc3\x971\n"


def document(*cases: str, whole: bool = True) -> bytes:
    end = """
  </TestSuite>
  <OverallResultsAsserts successes="1" failures="1"/>
  <OverallResultsTestCases successes="1" failures="1" skipped="0"/>
</doctest>"""
    begin = """<?xml version="1.0" encoding="UTF-8"?>
<doctest binary="tests" version="2.4.9">
  <Options order_by="file" rand_seed="0"/>
  <TestSuite name="matmul">"""
    return (begin + "".join(cases) + (end if whole else "")).encode()


def finished(
    code: int = 0, ending: Ending = Ending.EXITED, stdout: bytes = b"", stderr: bytes = b""
) -> Finished:
    return Finished(ending, code, stdout, stderr, wall_s=0.1)


def cause_of(xml: bytes, code: int = 1, stderr: bytes = b"") -> Cause:
    result = judge("matmul", finished(code, stderr=stderr), xml)
    assert result.cause is not None
    return result.cause


def test_all_passed() -> None:
    xml = document(PASSED_CASE, PASSED_CASE, SKIPPED_CASE)
    assert judge("matmul", finished(), xml) == SuiteResult(2, 0, None)


def test_a_failure_is_counted() -> None:
    xml = document(PASSED_CASE, ASSERTION_CASE, MESSAGE_CASE)
    result = judge("matmul", finished(1), xml)
    assert (result.passed, result.failed) == (1, 2)


@pytest.mark.parametrize("reason", ["wrong_result", "out_of_bounds", "input_modified"])
def test_an_explained_failure_is_told(reason: str) -> None:
    cause = cause_of(document(EXPLAINED_CASE.format(reason=reason)))
    assert cause.reason == reason
    assert cause.rationale == (
        'c is wrong, in the test "multiplies any shape"\n'
        "call: a 1×1, b 1×9, c 1×9\n"
        "first wrong: c(0, 8)\n"
        "wrong: 1 of 9 elements\n"
        "pattern: only columns from 8 on: the tail\n"
        "found at: a 7×3, b 3×17, c 7×17\n"
        "pattern there: only columns >= 16 = 16·⌊17/16⌋ are wrong: the tail"
    )
    assert (cause.expected, cause.actual) == ("0.5 ± 1e-07", "nan")
    assert cause.help


def explained(reason: Reason, what: str) -> bytes:
    return document(EXPLAINED_CASE.format(reason=reason).replace("c is wrong", what))


def advice(reason: Reason, what: str, target: str = "lab02_tests") -> str:
    result = judge("matmul", finished(1), explained(reason, what), target)
    assert result.cause is not None
    return result.cause.help


@pytest.mark.parametrize(
    ("reason", "what"),
    [
        (Reason.CRASHED, "crashed with SIGSEGV"),
        (Reason.CRASHED, "crashed with SIGBUS"),
        (Reason.CRASHED, "crashed with SIGFPE"),
        (Reason.OUT_OF_BOUNDS, "reached outside the memory of its outputs"),
    ],
)
def test_what_a_sanitizer_can_see_comes_with_the_command_for_that_test(
    reason: Reason, what: str
) -> None:
    assert advice(reason, what).endswith(
        "AddressSanitizer usually names the line:\n"
        "cmake --preset asan && cmake --build --preset asan --target lab02_tests && "
        "build/asan/lab02_tests --test-suite=matmul --test-case='multiplies any shape'"
    )


@pytest.mark.parametrize(
    ("reason", "what"),
    [
        (Reason.OUT_OF_BOUNDS, "wrote outside c: at (0, 1), behind the end of row 0"),
        (Reason.OUT_OF_BOUNDS, "wrote in front of or behind one of its outputs"),
        (Reason.CRASHED, "crashed with SIGILL"),
        (Reason.CRASHED, "threw an exception"),
        (Reason.INPUT_MODIFIED, "wrote to one of its inputs"),
    ],
)
def test_no_sanitizer_is_sent_after_what_it_cannot_see(reason: Reason, what: str) -> None:
    assert advice(reason, what)
    assert "asan" not in advice(reason, what)


def test_what_crashes_outside_of_an_assertion_has_a_command_too() -> None:
    what = STOPPED.format(reason="crashed", what="crashed with SIGSEGV")
    result = judge("matmul", finished(1), document(THROWN_CASE.format(what=what)), "lab02_tests")
    assert result.cause is not None
    assert result.cause.help.endswith("--test-case='honours strides'")


def test_a_hidden_tests_name_is_in_no_command() -> None:
    assert "multiplies" not in advice(Reason.CRASHED, "crashed with SIGSEGV", target="")


def test_a_command_names_one_test_whatever_its_name() -> None:
    command = correctness.asan_command("lab02_tests", "matmul", "a, b \\ it's $HOME")
    assert shlex.split(command)[-1] == "--test-case=a? b ? it's $HOME"


def test_a_plain_assertion_is_told() -> None:
    cause = cause_of(document(ASSERTION_CASE))
    assert cause.reason is Reason.WRONG_RESULT
    assert cause.rationale == (
        'not true, in the test "three tiles fill a 32 KiB cache": '
        "lab02::choose_tile(32 * 1024) == 48\n"
        "where bytes := 32768"
    )
    assert cause.actual == "0 == 48"


def test_a_plain_message_is_told() -> None:
    cause = cause_of(document(MESSAGE_CASE))
    assert cause.rationale == 'failed, in the test "keeps its promise": it did not'


def test_only_the_first_failure_is_explained() -> None:
    late = THROWN_CASE.format(what=STOPPED.format(reason="crashed", what="late"))
    assert cause_of(document(PASSED_CASE, ASSERTION_CASE, late)).rationale.startswith("not true")


REASONS = (
    *(Reason.CRASHED, Reason.EXITED, Reason.TIMED_OUT, Reason.FORBIDDEN_SYSCALL),
    *(Reason.OUT_OF_BOUNDS, Reason.INPUT_MODIFIED, Reason.TOO_MUCH_MEMORY, Reason.TOO_MUCH_OUTPUT),
    Reason.INTERNAL,
)


@pytest.mark.parametrize("reason", REASONS)
def test_a_kernel_that_did_not_come_back_is_told_with_its_smallest_call(reason: Reason) -> None:
    cause = cause_of(document(EXPLAINED_CASE.format(reason=reason)))
    assert cause.reason is reason
    assert "\ncall: a 1×1, b 1×9, c 1×9\n" in cause.rationale
    assert cause.help


@pytest.mark.parametrize("reason", REASONS)
def test_one_that_did_not_come_back_to_an_assertion_names_it(reason: Reason) -> None:
    what = STOPPED.format(reason=reason, what="ended the program (exit status 0)")
    cause = cause_of(document(THROWN_IN_ASSERTION.format(what=what)))
    assert cause.reason is reason
    assert cause.rationale == (
        "ended the program (exit status 0)\ncall: lab02::choose_tile(32 * 1024) == 48"
    )
    assert cause.help


def test_one_that_did_not_come_back_outside_of_an_assertion_names_the_last_call() -> None:
    xml = document(THROWN_CASE.format(what=STOPPED.format(reason="crashed", what="crashed so")))
    stderr = b"rooflab: while running nothing of the kind\n" + RUNNING
    cause = cause_of(xml, stderr=stderr)
    assert cause.reason is Reason.CRASHED
    assert cause.rationale == "crashed so\ncall: matmul: a 1×1, b 1×1, c 1×1"


def test_in_a_subcase_it_is_the_translation_that_counts() -> None:
    what = STOPPED.format(reason="timed_out", what="was still running")
    cause = cause_of(document(THROWN_IN_SUBCASE.replace("no such row", what)))
    assert cause.reason is Reason.TIMED_OUT


def test_where_no_call_is_known_the_kernel_is_named() -> None:
    xml = document(THROWN_CASE.format(what=STOPPED.format(reason="crashed", what="crashed")))
    stderr = b"rooflab: while running \n"
    assert cause_of(xml, stderr=stderr).rationale == "crashed\ncall: matmul"


@pytest.mark.parametrize("case", [THROWN_CASE, THROWN_IN_ASSERTION])
@pytest.mark.parametrize(
    "what", ["std::bad_alloc", "the worker's sandbox could not be put on", "reason: no what: such"]
)
def test_trouble_of_the_harness_is_no_kernels_fault(case: str, what: str) -> None:
    with pytest.raises(SetupError, match="kernels cannot be run here"):
        judge("matmul", finished(1), document(case.format(what=what)))


@pytest.mark.parametrize("code", [0, 1, 3])
@pytest.mark.parametrize("xml", [b"", document(PASSED_CASE, whole=False)])
def test_tests_that_end_half_way_say_nothing_about_the_kernel(xml: bytes, code: int) -> None:
    with pytest.raises(SetupError, match=rf"half-way \(exit status {code}\): out of paper"):
        judge("matmul", finished(code, stderr=b"out of paper"), xml)


@pytest.mark.parametrize("cases", [(), (PASSED_CASE,)])
def test_whole_xml_with_another_exit_status_has_not_passed(cases: tuple[str, ...]) -> None:
    with pytest.raises(SetupError, match="exit status 5"):
        judge("matmul", finished(5), document(*cases))


@pytest.mark.parametrize("xml", [b"", document(CRASHED_CASE, whole=False)])
def test_a_harness_that_is_killed_says_nothing_about_the_kernel(xml: bytes) -> None:
    with pytest.raises(SetupError, match="SIGKILL"):
        judge("matmul", finished(9, Ending.SIGNALLED, stderr=RUNNING), xml)


def test_nor_does_one_that_crashes() -> None:
    with pytest.raises(SetupError, match="SIGSEGV"):
        judge("matmul", finished(11, Ending.SIGNALLED), document(CRASHED_CASE))


def test_tests_that_do_not_end_say_during_which_call() -> None:
    """A kernel that is slow, but comes back each time before its deadline."""
    result = judge("matmul", finished(15, Ending.TIMED_OUT, stderr=RUNNING), document(PASSED_CASE))
    assert result.cause is not None
    assert result.cause.reason is Reason.TIMED_OUT
    assert "after 120 s\ncall: matmul: a 1×1" in result.cause.rationale
    assert result.failed == 1


def test_a_limit_of_less_than_a_second_is_told_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(correctness, "LIMITS", Limits(wall_s=0.5))
    result = judge("matmul", finished(15, Ending.TIMED_OUT), b"")
    assert result.cause is not None
    assert "after 0.5 s" in result.cause.rationale


def test_a_flood_is_too_much_output() -> None:
    """Of many workers, each of which printed a little less than it may."""
    result = judge("matmul", finished(15, Ending.TOO_MUCH_OUTPUT), document(PASSED_CASE))
    assert result.cause is not None
    assert result.cause.reason is Reason.TOO_MUCH_OUTPUT


def test_hostile_facts_arrive_harmless() -> None:
    case = EXPLAINED_CASE.format(reason="wrong_result").replace("nan", "\u202e\u009b31m")
    cause = cause_of(document(case))
    assert cause.actual == "\\u202e\\x9b31m"


def test_hostile_words_on_standard_error_arrive_harmless_and_short() -> None:
    """What a worker prints goes there, and may look like the harness's own lines."""
    xml = document(THROWN_CASE.format(what=STOPPED.format(reason="crashed", what="crashed")))
    stderr = "rooflab: while running \x1b[31m\u202e" + "A" * 1_000_000
    cause = cause_of(xml, stderr=stderr.encode())
    assert not set(cause.rationale) & set("\x1b\u202e")
    assert len(cause.rationale) < 2000


def test_characters_that_xml_forbids_do_not_hide_the_failure() -> None:
    what = STOPPED.format(reason="crashed", what="\x00\x1b[31m \uffff")
    xml = document(THROWN_CASE.format(what=what)).replace(b"\x1b", b"\x1b\xff\xed\xa0\x80")
    cause = cause_of(xml)
    assert cause.reason is Reason.CRASHED
    assert "\x1b" not in cause.rationale


def test_a_kernel_without_tests_is_a_fault_of_the_course() -> None:
    with pytest.raises(SetupError, match="no test suite for matmul"):
        judge("matmul", finished(), document(SKIPPED_CASE))
