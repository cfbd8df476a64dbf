"""./lab misses shows the source with its misses, and says what to do where it cannot."""

import json
from pathlib import Path

import pytest

from rooflab import cli
from rooflab.base.errors import UsageError
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course
from rooflab.measure.cache_misses import MissCounts
from rooflab.measure.source_lines import Line
from rooflab.report.model import Cause, Reason
from rooflab.student import misses, misses_text
from rooflab.student.misses import USUAL, Missed

SOURCE = (
    """void f() {
  first();
  second();
  third();


  \tlast();
}
"""
    + "// and\n" * 20
)
YOURS = MissCounts(accesses=2000, d1_misses=100, ll_misses=7, instructions=9000)
BASELINE = MissCounts(accesses=3000, d1_misses=1000, ll_misses=8, instructions=9000)
LINES = (
    Line("kernels.cpp", 2, 1500, 90, "first();"),
    Line("kernels.cpp", 7, 300, 6, "last();"),
    Line("", 0, 200, 4, ""),
)


def missed(yours: MissCounts = YOURS, source: str = SOURCE) -> Missed:
    files = {"kernels.cpp": source.encode()}
    return Missed("f/64", USUAL, yours, BASELINE, yours, LINES, files)


@pytest.fixture
def text(trusted: LabBuild) -> str:
    return misses_text.as_text(trusted.lab, "f", missed(), False, width=100, color=False)


def test_totals_and_ratio_stand_on_top(text: str) -> None:
    head = text.splitlines()[:6]
    assert "f/64" in head[0]
    assert "32 KiB" in head[0]
    assert head[3].split() == ["yours", "100", "2,000", "7"]
    assert head[4].split() == ["baseline", "1,000", "3,000", "8"]
    assert head[5].strip() == "10.0 times fewer D1 misses than the baseline"


def test_each_line_has_its_misses_share_and_accesses_beside_it(text: str) -> None:
    rows = [line.split() for line in text.splitlines()]
    assert ["►", "90", "90%", "1,500", "2", "first();"] in rows
    assert ["►", "6", "6%", "300", "7", "last();"] in rows
    assert ["3", "second();"] in rows  # around it
    assert ["4", "4%", "200", "elsewhere:"] in [row[:4] for row in rows]
    assert "third" not in text
    assert "and" not in text.partition("kernels.cpp")[2].partition("elsewhere")[0]


@pytest.mark.parametrize("width", [80, 100])
def test_no_line_is_wider_than_the_terminal(trusted: LabBuild, width: int) -> None:
    wide = missed(source=SOURCE.replace("first();", "first();" + 30 * " second();"))
    shown = misses_text.as_text(trusted.lab, "f", wide, False, width=width, color=False)
    listing = shown.partition("kernels.cpp")[2].partition("elsewhere")[0]
    assert max(map(len, listing.splitlines())) == width


def test_colour_is_for_terminals(trusted: LabBuild, text: str) -> None:
    assert "\033" not in text
    assert "\033[1;31m" in misses_text.as_text(trusted.lab, "f", missed(), False, 100, color=True)


def test_hostile_source_is_made_harmless(trusted: LabBuild) -> None:
    hostile = missed(source=SOURCE.replace("first", "\033[2J::error::first"))
    shown = misses_text.as_text(trusted.lab, "f", hostile, False, 100, color=False)
    assert "\033" not in shown
    assert "\\x1b[2J" in shown


@pytest.mark.parametrize(
    ("misses_of_yours", "says"),
    [
        (1000, "about as many D1 misses as the baseline"),
        (2000, "2.0 times more D1 misses than the baseline"),
        (0, "1000 times fewer D1 misses than the baseline"),
    ],
)
def test_the_ratio_is_told_in_its_direction(
    trusted: LabBuild, misses_of_yours: int, says: str
) -> None:
    yours = MissCounts(2000, misses_of_yours, 7, 9000)
    shown = misses_text.as_text(trusted.lab, "f", missed(yours), False, 100, color=False)
    assert says in shown


def test_json_has_counts_and_lines() -> None:
    document = json.loads(misses.as_json(missed()))
    assert document["yours"]["d1_misses"] == 100
    assert document["baseline"]["d1_misses"] == 1000
    assert document["times_fewer"] == 10
    assert document["caches"]["d1"]["size_bytes"] == 32768
    assert document["lines"][0] == {
        "file": "kernels.cpp",
        "number": 2,
        "accesses": 1500,
        "d1_misses": 90,
        "text": "first();",
    }


@pytest.fixture
def real() -> Course:
    return Course(Path(__file__).resolve().parents[3])


def found(
    course: Course, kernel: str, baseline: bool = False, size: str | None = None
) -> Missed | Cause:
    return misses.misses_of(
        course,
        course.find("02"),
        course.root / "solutions",
        kernel,
        lambda _: None,
        of_baseline=baseline,
        size=size,
    )


def test_the_graded_case_is_counted_and_the_same_as_the_grade(real: Course) -> None:
    shown = found(real, "matmul_blocked")
    assert isinstance(shown, Missed)
    assert shown.case == "matmul_blocked/64x400x400"
    assert shown.fewer > 10
    assert shown.lines[0].file == "kernels.cpp"


def test_a_size_chooses_another_case(real: Course) -> None:
    shown = found(real, "matmul_blocked", size="64x512x512")
    assert isinstance(shown, Missed)
    assert shown.case == "matmul_blocked/64x512x512"
    assert shown.fewer > 80


def test_a_size_that_there_is_not_names_those_that_there_are(real: Course) -> None:
    with pytest.raises(UsageError) as raised:
        found(real, "matmul_blocked", size="7")
    assert "its sizes are: 64, 128" in raised.value.message


def test_other_sizes_that_are_graded_are_named(trusted: LabBuild) -> None:
    shown = misses_text.as_text(trusted.lab, "matmul_blocked", missed(), False, 100, color=False)
    assert "also graded: ./lab misses 02 matmul_blocked 64x512x512\n" in shown


def test_the_baselines_misses_are_in_its_innermost_loop(real: Course) -> None:
    shown = found(real, "matmul_blocked", baseline=True)
    assert isinstance(shown, Missed)
    assert shown.lines[0].file == "baseline.cpp"
    assert "sum +=" in shown.lines[0].text
    assert shown.lines[0].d1_misses > 0.9 * shown.baseline.d1_misses


def test_a_kernel_without_a_case_names_those_that_have_one(real: Course) -> None:
    with pytest.raises(UsageError) as raised:
        found(real, "choose_tile")
    assert "no case of choose_tile" in raised.value.message
    assert "matmul_blocked" in raised.value.message


def test_an_unknown_kernel_names_the_known(real: Course) -> None:
    with pytest.raises(UsageError, match="its kernels are: choose_tile, matmul_reordered"):
        found(real, "matmul")


def test_a_wrong_kernel_is_sent_to_its_tests(
    real: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Cause(reason=Reason.WRONG_RESULT, rationale="c is wrong")
    monkeypatch.setattr(misses, "misses_of", lambda *_: wrong)
    assert cli.main(["misses", "02", "matmul_blocked"]) == 0
    assert capsys.readouterr().out == "c is wrong\n\nnext: ./lab test 02 matmul_blocked\n"
