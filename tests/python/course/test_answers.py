"""Whatever lies in answers.toml is read or explained, and never does harm."""

import math

import pytest
from example_questions import lab_with_questions
from hypothesis import given
from hypothesis import strategies as st

from rooflab.course import answers
from rooflab.course.answers import Answers
from rooflab.course.course import Lab
from rooflab.report.model import Cause, Reason


@pytest.fixture(scope="module")
def lab() -> Lab:
    return lab_with_questions()


def test_answers_are_found_by_question(lab: Lab) -> None:
    read = answers.read(b'saxpy = "memory"\nspeedup = 2.5\n', lab)
    assert read == Answers({"saxpy": "memory", "speedup": 2.5})


@pytest.mark.parametrize(
    "text", ['\ufeffsaxpy = "memory"\n', '# a remark\r\nsaxpy = "memory"\r\n', 'saxpy="memory"']
)
def test_it_may_come_from_any_editor(lab: Lab, text: str) -> None:
    assert answers.read(text.encode(), lab) == Answers({"saxpy": "memory"})


def test_fields_that_no_question_has_are_named(lab: Lab) -> None:
    read = answers.read(b'saxpi = "memory"\n"\\u001b[2J\\n::error::x" = 1\n', lab)
    assert isinstance(read, Answers)
    assert read.given == {}
    assert read.unknown == ("saxpi", "\\x1b[2J \\::error::x")


def test_of_many_fields_a_few_are_named() -> None:
    names = tuple(f"field{i}" for i in range(7))
    assert answers.named(names) == "field0, field1, field2, field3, field4 and 2 more"
    assert answers.named(names[:2]) == "field0, field1"


def test_what_was_not_taken_says_why(lab: Lab) -> None:
    cause = Cause(reason=Reason.MISSING_FILE, rationale="is not there")
    assert answers.read(cause, lab) == cause
    assert answers.read(None, lab) == Answers({})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'saxpy = "memory"\nproduct =\n', "is not TOML: Invalid value (at line 2, column 10)"),
        (b"saxpy = memory\n", "is not TOML: Invalid value (at line 1, column 9)"),
        (b"speedup = 1\nspeedup = 2\n", "is not TOML: Cannot overwrite a value (at line 2"),
        (b"speedup = 2,5\n", "is not TOML: Expected newline or end of document"),
        (b"a = 1\n\xff\xfe = 1\n", "is not UTF-8 text: line 2"),
        (b"#" * (answers.MAX_BYTES + 1), "is larger than 8 KiB"),
        (b"speedup = " + b"9" * 5000, "has a number with too many digits"),
        (b"speedup = " + b"[" * 8000, "lists too deep in lists"),
        (b"speedup = " + b"{a=" * 2000, "lists too deep in lists"),
    ],
)
def test_what_cannot_be_read_says_why(lab: Lab, content: bytes, why: str) -> None:
    cause = answers.read(content, lab)
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.INVALID_ANSWER
    assert why in cause.rationale
    assert "labs/06_profiling/answers.toml" in cause.help


@pytest.mark.parametrize(
    "content",
    [
        ".".join(["a"] * (answers.MAX_BYTES // 2 - 1)) + "=1",
        "[" + ".".join(["a"] * (answers.MAX_BYTES // 2 - 1)) + "]",
        "a = {" + ".".join(["a"] * (answers.MAX_BYTES // 2 - 4)) + "=1}",
        "\n".join(f"[[a.b]]\nc.d{i}=1" for i in range(answers.MAX_BYTES // 20)),
    ],
)
def test_keys_with_thousands_of_dots_are_read_or_refused(lab: Lab, content: str) -> None:
    assert len(content) <= answers.MAX_BYTES
    assert isinstance(answers.read(content.encode(), lab), Answers | Cause)


@given(st.one_of(st.binary(), st.text().map(lambda text: text.encode(errors="surrogatepass"))))
def test_no_content_raises(content: bytes) -> None:
    assert isinstance(answers.read(content, lab_with_questions()), Answers | Cause)


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.datetimes()),
    lambda more: st.one_of(st.lists(more), st.dictionaries(st.text(), more)),
)


@given(VALUES)
def test_every_value_is_empty_an_answer_or_shown(value: object) -> None:
    number = answers.positive(value)
    assert number is None or 0 < number < math.inf
    assert isinstance(answers.is_empty(value), bool)
    assert answers.word(value, ("memory", "compute")) in ("memory", "compute", None)
    assert "\n" not in answers.shown(value)
    assert len(answers.shown(value)) < 1000


@pytest.mark.parametrize("value", [None, "", "  ", 0, 0.0, -0.0])
def test_the_stubs_values_are_no_answers(value: object) -> None:
    assert answers.is_empty(value)


@pytest.mark.parametrize("value", ["x", 1, False, math.nan, [], {}])
def test_any_other_value_is_one(value: object) -> None:
    assert not answers.is_empty(value)


@pytest.mark.parametrize("value", ["memory", "Memory", " MEMORY "])
def test_a_word_may_be_written_in_capitals(value: str) -> None:
    assert answers.word(value, ("memory", "compute")) == "memory"


@pytest.mark.parametrize("value", ["memory bound", "", 1, True, None, ["memory"]])
def test_another_value_is_no_word(value: object) -> None:
    assert answers.word(value, ("memory", "compute")) is None


@pytest.mark.parametrize(
    ("value", "number"), [(2, 2.0), (2.5, 2.5), (0x10, 16.0), (1e-300, 1e-300)]
)
def test_a_prediction_is_a_number_above_0(value: object, number: float) -> None:
    assert answers.positive(value) == number


@pytest.mark.parametrize(
    "value",
    [True, 0, -1, -0.0, math.nan, math.inf, -math.inf, 1 << 5000, "2.5", "2.5×", None, [2.5]],
)
def test_nothing_else_is_one(value: object) -> None:
    assert answers.positive(value) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("\x1b[31mred\n", '"\\x1b[31mred"'),
        (True, "true"),
        (math.nan, "nan"),
        (-2, "-2"),
        (1 << 5000, "a number of hundreds of digits"),
        ([["x"]], "a list"),
        ({"a": 1}, "neither a word nor a number"),
    ],
)
def test_an_answer_is_repeated_harmlessly(value: object, text: str) -> None:
    assert answers.shown(value) == text
