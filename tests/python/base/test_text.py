"""No text from a submission can act on whatever shows it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooflab.base.text import sanitize, sanitize_line

# Surrogates included: file names that are not UTF-8 arrive as such. Dense in what could act.
hostile = st.text(
    st.one_of(
        st.sampled_from("::##[]vso \n\r\t\x00\x1b\x7f\x9b\u200b\u202e\u2066\ufeff\u2028\u3000"),
        st.characters(exclude_categories=()),
    )
)


@given(hostile)
def test_only_visible_characters_remain(text: str) -> None:
    for character in sanitize(text):
        assert character in "\n\t" or not unicodedata.category(character).startswith("C")
        assert unicodedata.category(character) not in {"Zl", "Zp"}


@given(hostile)
def test_the_result_is_valid_utf8(text: str) -> None:
    sanitize(text).encode("utf-8")


@given(st.binary())
def test_any_bytes_become_valid_text(data: bytes) -> None:
    sanitize(data).encode("utf-8")


@given(hostile)
def test_no_line_is_a_workflow_command(text: str) -> None:
    shown = sanitize(text)
    assert not any(line.lstrip().startswith("::") for line in shown.splitlines())
    assert "##[" not in shown
    assert "##vso[" not in shown.lower()


@given(hostile)
def test_making_plain_twice_changes_nothing(text: str) -> None:
    assert sanitize(sanitize(text)) == sanitize(text)


@given(hostile, st.integers(min_value=1, max_value=50))
def test_length_is_limited(text: str, limit: int) -> None:
    assert len(sanitize(text, limit)) <= 2 * limit + 40


@given(hostile)
def test_a_line_is_one_line(text: str) -> None:
    assert len(sanitize_line(text).splitlines()) <= 1


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="#:")))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert sanitize(text) == text


def test_compiler_output_stays_readable() -> None:
    text = "kernels.cpp:3:5: error: ‘std::vector’ is not…\r\n\tfoo::bar();\n"
    assert sanitize(text) == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u202eb\u200bc", "a\\u202eb\\u200bc"),
        ("50%\r100%", "50%\\x0d100%"),
        ("\U000e0041", "\\U000e0041"),
        ("::notice title=x::y", "\\::notice title=x::y"),
        (" \t::error::x", " \t\\::error::x"),
        ("say ##[group]x", "say #\\#[group]x"),
    ],
)
def test_what_could_act_is_shown_instead(text: str, shown: str) -> None:
    assert sanitize(text) == shown


def test_a_cut_says_so() -> None:
    assert sanitize("a" * 100, limit=10) == "a" * 10 + "\n… (cut here: it goes on)"
