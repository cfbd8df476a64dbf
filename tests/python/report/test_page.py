"""The HTML report loads and runs nothing, whatever a submission's text says."""

import pytest
from example_reports import (
    ANSWERED,
    CORRECT,
    FASTER,
    MISSES,
    UNMEASURED,
    hostile,
    inconclusive,
    report,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from web_pages import Page, shape_of, tags_of

from rooflab.report.page import gauge, miss_lines, render


def test_the_page_shows_score_checks_and_causes() -> None:
    text = Page(render([report()])).text
    for words in (
        "26.5",
        "Cache blocking",
        "7.5 / 10",
        "0.5488135",
        "./lab hint 02",
        "Example CPU",
    ):
        assert words in text


def test_the_page_shows_an_answer_and_why_it_is_wrong() -> None:
    text = " ".join(Page(render([report(ANSWERED)])).text.split())
    assert "saxpy of 4 Mi elements ✗ failed 0 / 2 compute: 0.167 flop per byte" in text
    assert "left of the ridge expectedmemory actualcompute Next: count the flops" in text


def test_the_score_counts_only_what_can_be_measured() -> None:
    text = " ".join(Page(render([report(MISSES, UNMEASURED)])).text.split())
    assert "15 of 88 that can be measured here The striped part: 12 in hidden tests." in text
    assert "of 100" not in text
    whole = " ".join(Page(render([report(MISSES)])).text.split())
    assert "15 of 100 Checks" in whole


def test_the_policy_forbids_loading_and_scripts() -> None:
    metas = [attrs for tag, attrs in Page(render([report()])).tags if tag == "meta"]
    policy = next(m["content"] for m in metas if m.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_the_page_refers_to_nothing_outside() -> None:
    page = render([report()])
    assert not {"script", "link", "img", "iframe"} & set(tags_of(page))
    assert "http://" not in page
    assert "https://" not in page
    assert "url(" not in page


@settings(deadline=None, max_examples=30)
@given(
    st.text(st.one_of(st.sampled_from("<>\"'&/{}%#=!-\x1b\x00\u202e\n"), st.characters()))
    | st.sampled_from(["<script>alert(1)</script>", "{{ 7 * 7 }}", '" onload="x', "</pre><svg>"])
)
def test_text_from_a_submission_adds_no_tag_and_no_attribute(text: str) -> None:
    assert shape_of(render([hostile("x" + text)])) == shape_of(render([hostile("x")]))


@given(st.sampled_from("\x00\x1b\x9b\u200b\u202e\u2066"))
@settings(deadline=None)
def test_invisible_characters_are_shown_escaped(character: str) -> None:
    assert character not in render([hostile(f"a{character}b")])


def test_statuses_are_words_not_only_colours() -> None:
    text = Page(render([report()])).text
    for word in ("passed", "partial", "failed", "not measured"):
        assert word in text


def test_the_table_names_its_columns_and_rows() -> None:
    scopes = [attrs["scope"] for tag, attrs in Page(render([report()])).tags if tag == "th"]
    assert scopes == ["col"] * 4 + ["row"] * 6


def test_a_session_without_a_grade_shows_no_number() -> None:
    text = Page(render([inconclusive()])).text
    assert "no grade" in text
    assert "Inconclusive." in text


def test_all_labs_stand_on_one_page() -> None:
    assert tags_of(render([report(), report()])).count("article") == 2


def test_a_gauge_puts_the_interval_between_no_and_all_points() -> None:
    found = gauge(FASTER)
    assert found is not None
    assert 0 < found.zero < found.low < found.high < found.full < 100


def test_a_gauge_of_misses_shows_how_many_times_fewer() -> None:
    found = gauge(MISSES)
    assert found is not None
    assert found.label.startswith("13.6×")
    assert found.full < found.high <= 100


def test_the_lines_with_the_most_misses_are_shown_and_made_harmless() -> None:
    lines: dict[str, float | int | str | None] = {
        "line_1": "kernels.cpp:42",
        "line_1_misses": 45_500,
        "line_1_references": 1_000_000,
        "line_1_text": "<script>c[i] += a[i];\033[2J",
        "line_2": "elsewhere",
        "line_2_misses": 910,
        "line_2_references": 2_000,
        "line_2_text": "",
    }
    page = render([report(MISSES.model_copy(update={"data": {**MISSES.data, **lines}}))])
    text = " ".join(Page(page).text.split())
    assert "kernels.cpp:42 <script>c[i] += a[i];\\x1b[2J 45,500 50.0 % 1,000,000" in text
    assert "elsewhere 910 1.0 % 2,000" in text
    assert "script" not in tags_of(page)


def test_without_lines_there_is_no_table_of_them() -> None:
    assert miss_lines(MISSES) == []
    assert "line by line" not in render([report(MISSES)])


@pytest.mark.parametrize("data", [{}, {"speedup": "x"}, {"speedup": -1.0, "zero": 1, "full": 2}])
def test_without_a_ratio_there_is_no_gauge(data: dict[str, float | int | str | None]) -> None:
    assert gauge(CORRECT.model_copy(update={"data": data})) is None
