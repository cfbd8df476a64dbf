"""What other programs read says what the report says, in the form that each of them takes.

`ROOFLAB_GOLDEN=write .venv/bin/pytest tests/python/report/test_formats.py` writes golden/ anew.
"""

import csv
import io
import json
import os
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from example_reports import (
    ANSWERED,
    BUILT,
    CORRECT,
    FASTER,
    MISSES,
    UNMEASURED,
    WRONG,
    inconclusive,
    report,
)
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from junitparser import Error, Failure, JUnitXml, Skipped, TestSuite

from rooflab.report.formats import FORMATS
from rooflab.report.formats.shared import Place
from rooflab.report.model import (
    Cause,
    Check,
    CheckKind,
    CheckStatus,
    Reason,
    Report,
    ReportCollection,
    Status,
    Tier,
)

GOLDEN = Path(__file__).parent / "golden"
SCHEMAS = Path(__file__).parent / "schemas"
EXTENSIONS = {
    "html": "html",
    "markdown": "md",
    "annotations": "txt",
    "junit": "xml",
    "csv": "csv",
}
JSON_FORMATS = sorted(set(FORMATS) - set(EXTENSIONS))
CLASSROOM = {
    "CLASSROOM": "perf",
    "ASSIGNMENT": "blocking",
    "SUBMISSION_TAG": "submit/2026-01-02T03-00-00Z-abcdef0",
    "COMMIT_URL": "example/commit/abcdef0",
    "RELEASE_URL": "example/releases/1",
    "REVIEW_URL": "example/compare/1",
}
PLACE = Place(environment=CLASSROOM)
ALL = Place(collection=True, environment=CLASSROOM)
BROKEN = BUILT.model_copy(
    update={
        "status": CheckStatus.FAIL,
        "cause": Cause(reason=Reason.BUILD_FAILED, rationale="kernels.cpp does not compile"),
    }
)
HANDED_IN = {"student": "ada", "commit": "abcdef0", "submitted_at": "2026-01-02T03:00:00+00:00"}
EXAMPLE = report(BUILT, CORRECT, WRONG, FASTER, MISSES, UNMEASURED, ANSWERED).model_copy(
    update={**HANDED_IN, "tier": Tier.CI}
)
FAILED = report().model_copy(
    update={"status": Status.ERROR, "score": None, "reason": "no compiler", "checks": ()}
)
SESSIONS = {
    "one": [EXAMPLE],
    "two": [EXAMPLE, report(CORRECT, lab="03_simd", title="SIMD")],
    "inconclusive": [inconclusive()],
    "failed": [FAILED],
    "mixed": [EXAMPLE, inconclusive()],
    "broken": [report(BROKEN)],
    "nothing measured": [report(UNMEASURED)],
}


def written(name: str, reports: Sequence[Report], place: Place = PLACE) -> str:
    return FORMATS[name](reports, place).decode("utf-8")


def document(name: str, *reports: Report, place: Place = PLACE) -> Any:
    return json.loads(written(name, reports, place))


def check(points: float, most: float, **update: object) -> Check:
    """A speedup that earned so many points."""
    status = CheckStatus.PASS if points == most else CheckStatus.PARTIAL
    changed = {"points": points, "max_points": most, "status": status, **update}
    return FASTER.model_copy(update=changed)


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_written_as_it_was(name: str) -> None:
    file = GOLDEN / f"{name}.{EXTENSIONS.get(name, 'json')}"
    text = written(name, SESSIONS["two"], ALL)
    if os.environ.get("ROOFLAB_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("name", JSON_FORMATS)
def test_the_service_can_read_every_session(name: str, session: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    reports = SESSIONS[session]
    place = Place(collection=len(reports) > 1, environment=CLASSROOM)
    Draft202012Validator(schema).validate(document(name, *reports, place=place))


# --- json, html ----------------------------------------------------------------------------------


def test_json_is_the_report_and_of_all_labs_the_collection() -> None:
    text = written("json", [EXAMPLE])
    assert Report.model_validate_json(text) == EXAMPLE
    together = written("json", SESSIONS["two"], ALL)
    assert ReportCollection.model_validate_json(together).labs == tuple(SESSIONS["two"])


# --- github --------------------------------------------------------------------------------------


def totals(result: dict[str, Any]) -> tuple[float, float]:
    """The two totals that the reporter's versions have shown: by scores, and by the share of tests
    that passed."""
    tests = result["tests"]
    share = sum(test["status"] == "pass" for test in tests) / len(tests)
    return sum(test["score"] for test in tests), share * result["max_score"]


@pytest.mark.parametrize("session", SESSIONS)
def test_both_totals_of_the_reporter_agree(session: str) -> None:
    by_scores, by_share = totals(document("github", *SESSIONS[session]))
    assert by_scores == pytest.approx(by_share)


def test_a_measurement_becomes_tiers_and_points_decide_which_are_reached() -> None:
    result = document("github", report(check(7.5, 10)))
    assert totals(result)[0] == 7
    first, *_, last = result["tests"]
    assert (first["name"], first["status"]) == ("matmul_reordered: speedup at 512 ≥ 1.32×", "pass")
    assert (last["name"], last["status"]) == ("matmul_reordered: speedup at 512 ≥ 3.00×", "fail")


@pytest.mark.parametrize(
    ("update", "names"),
    [
        ({"kind": CheckKind.CACHE_MISSES, "data": {"zero": 20, "full": 80}}, ["40×", "80×"]),
        ({"kind": CheckKind.VECTOR, "data": {"zero": 0.5, "full": 0.98}}, ["70%", "98%"]),
        ({"kind": CheckKind.MEMORY, "data": {"zero": 16, "full": 1}}, ["≤ 4 MiB", "≤ 1 MiB"]),
        ({"data": {}}, ["(1 of 2)", "(2 of 2)"]),
        ({"data": {"zero": float("nan"), "full": 2}}, ["(1 of 2)", "(2 of 2)"]),
    ],
)
def test_a_tier_is_named_by_its_threshold(update: dict[str, Any], names: list[str]) -> None:
    tests = document("github", report(check(2, 2, **update)))["tests"]
    assert len(tests) == 2
    assert all(n in test["name"] for n, test in zip(names, tests, strict=True))


def test_names_of_tests_are_unique() -> None:
    close = check(16, 16, data={"zero": 3.5, "full": 3.6})
    names = [t["name"] for t in document("github", report(close, close, MISSES))["tests"]]
    assert len(set(names)) == len(names) == 16 + 16 + 15
    assert sum(", number 2" in name for name in names) == 16  # of the second check of that title


def test_what_could_not_be_measured_has_no_tests() -> None:
    assert document("github", report(CORRECT, UNMEASURED))["max_score"] == 4
    empty = document("github", report(UNMEASURED))
    assert (empty["status"], empty["max_score"], len(empty["tests"])) == ("error", 0, 1)


def test_a_session_that_measured_nothing_is_no_grade() -> None:
    nothing = report(UNMEASURED).model_copy(update={"score": None})
    assert "nothing of it could be measured" in document("gradescope", nothing)["output"]


@pytest.mark.parametrize("session", ["inconclusive", "mixed"])
def test_where_a_lab_has_no_grade_no_total_is_recorded(session: str) -> None:
    """The reporter records nothing for a max_score of 0."""
    result = document("github", *SESSIONS[session])
    assert (result["status"], result["max_score"]) == ("error", 0)
    (test,) = result["tests"]
    assert "the reference solution is too slow here" in test["message"]


@pytest.mark.parametrize(("points", "status"), [(4, "pass"), (3.9, "fail")])
def test_the_run_passes_with_all_points_only(points: float, status: str) -> None:
    assert document("github", report(check(points, 4)))["status"] == status


# --- annotations ---------------------------------------------------------------------------------


def commands(*reports: Report) -> list[str]:
    return written("annotations", reports).splitlines()


def test_what_failed_is_an_error_in_its_line_and_what_is_partial_a_warning() -> None:
    lines = commands(report())
    place = "file=labs/02_blocking/kernels.cpp,line="
    title = "title=matmul_blocked%3A hidden tests"
    assert lines[0].startswith(f"::error {place}41,{title}::matmul_blocked(a 9x1")
    assert "is wrong, the first at c(8, 0)%0Aonly rows" in lines[0]
    assert lines[1].startswith(f"::warning {place}12,")
    assert lines[-1].startswith("::notice title=Rooflab::graded on Example CPU, 2 cores; tier")


def test_ten_of_each_are_shown_the_most_valuable_first_and_the_rest_are_counted() -> None:
    failures = [WRONG.model_copy(update={"title": f"k{n}", "max_points": n}) for n in range(1, 13)]
    lines = commands(report(*failures, BROKEN))
    titles = [line.partition("title=")[2].partition("::")[0] for line in lines]
    assert titles[:3] == ["Builds", "k12", "k11"]
    assert sum(line.startswith("::error ") for line in lines) == 10
    assert lines[-1].endswith("; 3 more errors are not shown here")


def test_no_grade_is_a_warning() -> None:
    assert any(line.startswith("::warning title=no grade::") for line in commands(inconclusive()))


# --- classroom50 ---------------------------------------------------------------------------------


def test_scores_are_whole_and_add_up_and_only_a_pass_is_full() -> None:
    result = document("classroom50", report(CORRECT, check(9.8, 10), check(7.4, 10), UNMEASURED))
    tests = result["tests"]
    assert [(t["score"], t["max-score"]) for t in tests] == [(4, 4), (9, 10), (7, 10), (0, 0)]
    assert [t["passed"] for t in tests] == [True, False, False, False]
    assert (result["score"], result["max-score"]) == (20, 24)
    assert tests[1]["points"] == 9.8


def test_the_time_is_when_it_was_handed_in_also_when_it_is_graded_again() -> None:
    again = EXAMPLE.model_copy(update={"graded_at": "2026-05-05T00:00:00+02:00"})
    results = [document("classroom50", r) for r in (EXAMPLE, again)]
    assert [r["datetime"] for r in results] == ["2026-01-02T03:00:00Z"] * 2
    assert [r["graded_at"] for r in results] == ["2026-01-02T03:04:05Z", "2026-05-04T22:00:00Z"]


def test_without_its_environment_the_result_is_written_too() -> None:
    result = document("classroom50", EXAMPLE, place=Place())
    assert (result["classroom"], result["review"]) == ("", "")
    partly = document("classroom50", EXAMPLE, place=Place(environment={"COMMIT_URL": "c"}))
    assert partly["review"] == "c"


def test_a_lab_without_a_grade_adds_nothing() -> None:
    result = document("classroom50", inconclusive())
    assert (result["score"], result["max-score"]) == (0, 0)
    assert "too slow here" in result["tests"][0]["message"]


# --- gradescope, prairielearn, autolab -----------------------------------------------------------


def test_gradescope_shows_hidden_tests_once_grades_are_published() -> None:
    result = document("gradescope", report(CORRECT, WRONG, UNMEASURED))
    shown = [test["visibility"] for test in result["tests"]]
    assert shown == ["visible", "after_published", "after_published"]
    assert "score" not in result["tests"][2]
    assert result["score"] == 4


@pytest.mark.parametrize("session", ["inconclusive", "failed", "mixed"])
def test_gradescope_gets_no_score_where_a_lab_has_no_grade(session: str) -> None:
    result = document("gradescope", *SESSIONS[session])
    assert not {"score", "tests"} & result.keys()
    assert "Submit again" in result["output"]


def test_prairielearn_counts_what_could_be_earned_here() -> None:
    result = document(
        "prairielearn",
        report(CORRECT, check(5, 10), UNMEASURED).model_copy(update={"max_score": 26}),
    )
    assert result["score"] == pytest.approx(9 / 14)
    assert (result["tests"][2]["points"], result["tests"][2]["max_points"]) == (0, 0)


@pytest.mark.parametrize("session", ["inconclusive", "failed", "mixed", "broken"])
def test_prairielearn_takes_no_attempt_where_nothing_was_graded(session: str) -> None:
    assert document("prairielearn", *SESSIONS[session])["gradable"] is False


def test_prairielearn_and_a_summary_get_what_fits() -> None:
    assert WRONG.cause is not None
    checks = [
        WRONG.model_copy(
            update={
                "title": f"k{n}",
                "cause": WRONG.cause.model_copy(update={"rationale": f"{n} " + "×" * 19_000}),
            }
        )
        for n in range(30)
    ]
    for name in ("prairielearn", "markdown"):
        assert len(FORMATS[name]([report(*checks)], PLACE)) <= 1_000_000
    assert document("prairielearn", report(*checks[:9]))["tests"][0]["output"].count("×") == 19_000


def test_autolab_reads_one_line_with_a_problem_per_lab() -> None:
    text = written("autolab", SESSIONS["mixed"])
    assert text.count("\n") == 1
    assert json.loads(text) == {"scores": {"02_blocking": EXAMPLE.score}}
    assert json.loads(written("autolab", [inconclusive()])) == {"scores": {}}


# --- junit, csv, markdown ------------------------------------------------------------------------


def suite(*reports: Report) -> TestSuite:
    return next(iter(JUnitXml.fromstring(FORMATS["junit"](reports, PLACE))))


def test_another_reader_of_junit_sees_what_failed() -> None:
    found = suite(report())
    assert (found.tests, found.failures, found.errors, found.skipped) == (6, 2, 0, 1)
    outcomes = [[type(result) for result in case.result] for case in found]
    assert outcomes == [[], [], [Failure], [Failure], [], [Skipped]]
    assert list(found)[3].result[0].type == "partial"
    case = ElementTree.fromstring(written("junit", [report()])).findall(".//testcase")[3]
    figures = {p.get("name"): p.get("value") for p in case.iter("property")}
    assert (figures["points"], figures["speedup"]) == ("7.5", "2.41")


def test_junit_without_a_grade_has_an_error_and_no_points() -> None:
    found = suite(inconclusive())
    assert found.errors == 1
    assert [type(result) for result in next(iter(found)).result] == [Error]
    text = written("junit", [inconclusive()])
    assert 'name="points"' not in text


def rows(*reports: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written("csv", reports))))


def test_a_table_has_a_row_per_check() -> None:
    found = rows(*SESSIONS["two"])
    assert [row["lab"] for row in found] == ["02_blocking"] * 7 + ["03_simd"]
    assert (found[3]["points"], found[3]["max_points"]) == ("7.5", "10")
    assert found[5]["points"] == ""
    assert found[0]["student"] == "ada"


def test_points_without_a_grade_are_not_in_the_table() -> None:
    assert {row["points"] for row in rows(inconclusive())} == {""}
    assert rows(FAILED)[0]["reason"] == "no compiler"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1"])
def test_no_cell_is_a_formula(text: str) -> None:
    row = rows(report(WRONG.model_copy(update={"title": text})))[0]
    assert row["title"] == f"'{text.strip()}"


def test_a_summary_says_what_graded_it_and_that_ci_is_provisional() -> None:
    text = written("markdown", [EXAMPLE])
    assert "tier ci is provisional: hosted runners differ from job to job" in text
    assert "## 02 Cache blocking: " in text
    assert "| ◐ | matmul\\_reordered: speedup at 512 | 7.5 / 10 |" in text


def test_xml_has_a_head_that_says_its_encoding() -> None:
    assert ElementTree.fromstring(FORMATS["junit"]([EXAMPLE], PLACE)).tag == "testsuites"
