"""A walkthrough: which steps it has and in what order, what it says of them, and that its page is
harmless."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from example_reports import FASTER, MISSES
from example_walkthroughs import BEST, SLOW, step, walkthrough
from hypothesis import given, settings
from hypothesis import strategies as st
from web_pages import Page, shape_of, tags_of

from rooflab.base.errors import SetupError
from rooflab.base.progress import silent
from rooflab.classroom import walkthrough as walking
from rooflab.classroom.walkthrough import (
    KernelWalk,
    Step,
    definition_of,
    figure_of,
    headers_of,
    measure_lab,
    render,
    roof_share,
)
from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built
from rooflab.course.course import Course, Lab
from rooflab.course.manifest import Measurement
from rooflab.course.stages import Stage
from rooflab.grading import checks
from rooflab.grading.grade import Grader
from rooflab.measure.machine import Counters, Measured
from rooflab.report.model import Cause, Check, CheckKind, CheckStatus, Reason, Tier

MACHINE = Measured(100.0, 25.0, {}, Counters((), "", ""))
Fake = Callable[[Path, Measurement], Check]


@pytest.fixture
def real() -> Course:
    return Course(Path(__file__).resolve().parents[3])


def checked(measurement: Measurement, speedup: float) -> Check:
    """A line of a report with that ratio; points as far as it goes."""
    points = min(measurement.points, speedup)
    kind = {"kind": CheckKind(measurement.kind.value), "id": measurement.id}
    data = {"speedup": speedup, "gflops": speedup, "gbs": 1.0, "roof_share": speedup / 100}
    title = checks.title_of(measurement)
    return FASTER.model_copy(
        update={**kind, "title": title, "points": points, "data": data, "cause": None}
        | {"max_points": measurement.points}
    )


@pytest.fixture
def measured_by(
    real: Course, trusted: LabBuild, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., KernelWalk]:
    """The walk of a kernel of lab 02 where nothing is built or measured, but by `fake`."""

    def walk(kernel: str, fake: Fake, built: Callable[[Stage], Built | Cause]) -> KernelWalk:
        def check_of(
            trusted: LabBuild, worker: Path, measurement: Measurement, *_: object
        ) -> Check:
            return fake(worker, measurement)

        def opened(course: Course, labs: list[Lab], tier: Tier, progress: object) -> Grader:
            return Grader(course, tier, MACHINE, {labs[0]: trusted}, silent)

        monkeypatch.setattr(walking, "open_grader", opened)
        monkeypatch.setattr(walking, "check_of", check_of)
        monkeypatch.setattr(walking, "build_variant", lambda t, stage, *_, **__: built(stage))
        (found,) = measure_lab(real, real.find("02"), silent, [kernel]).kernels
        return found

    return walk


def named(stage: Stage) -> Built:
    return Built(Path(stage.name), "")


SPEEDS = {"direct": 3.0, "interchange": 4.0, "lab01": 5.0, "tiles": 2.0}


def by_name(worker: Path, measurement: Measurement) -> Check:
    return checked(measurement, SPEEDS.get(worker.name, 9.0))


def test_the_way_leads_from_the_baseline_by_speed_to_the_solution(
    measured_by: Callable[..., KernelWalk],
) -> None:
    walk = measured_by("matmul_blocked", by_name, named)
    names = [step.name for step in walk.steps]
    assert names[:4] == ["the baseline", "tiles", "interchange", "lab01"]
    assert names[-1] == "the solution"
    assert len(names) == 8
    assert walk.steps[1].idea == "cache tiles around a plain loop, not packed"
    assert "const std::int64_t tile = choose_tile(kL1Bytes);" in walk.steps[1].source
    assert "earns:" not in "".join(step.source for step in walk.steps)
    assert "void matmul_blocked(" in walk.steps[-1].source
    assert walk.possible == 44


def test_a_share_of_vectors_says_nothing_of_speed() -> None:
    vectors = MISSES.model_copy(update={"kind": CheckKind.VECTOR, "data": {"share": 0.9}})
    all_vectors = vectors.model_copy(update={"data": {"share": 1.0}})
    assert step("slow", all_vectors, FASTER).speed < step("fast", vectors, BEST).speed


def test_each_size_has_a_roofline_with_all_steps_by_their_numbers(
    measured_by: Callable[..., KernelWalk],
) -> None:
    walk = measured_by("conv2d_blocked", by_name, named)
    (chart,) = walk.charts
    assert chart.case == "speedup at 32x56x56_32x3x3"
    labels = {point.label for point in chart.roofline.points}
    assert labels == {"0 the baseline", "1 direct", "2 the solution"}
    assert roof_share(chart, 1) == "4% of the roof"  # 3 of 75 GFLOP/s at 3 operations per byte
    assert roof_share(chart, 3) == ""


def test_a_step_that_does_not_build_says_why_and_costs_no_other(
    measured_by: Callable[..., KernelWalk],
) -> None:
    cause = Cause(reason=Reason.BUILD_FAILED, rationale="error: no such header")
    walk = measured_by("conv2d_blocked", by_name, lambda stage: cause)
    (direct,) = (step for step in walk.steps if step.name == "direct")
    assert [figure_of(check) for check in direct.checks] == ["not measured: error: no such header"]
    assert [step.checks[0].points is None for step in walk.steps] == [False, True, False]


def test_a_step_that_cannot_be_measured_says_why_and_costs_no_other(
    measured_by: Callable[..., KernelWalk],
) -> None:
    def failing(worker: Path, measurement: Measurement) -> Check:
        if worker.name == "direct":
            raise SetupError("kernels cannot be timed here: out of luck", "./lab doctor")
        return by_name(worker, measurement)

    walk = measured_by("conv2d_blocked", failing, named)
    (direct,) = (step for step in walk.steps if step.name == "direct")
    assert figure_of(direct.checks[0]) == (
        "not measured: kernels cannot be timed here: out of luck"
    )
    assert len(walk.charts[0].roofline.points) == 2


def test_the_bandwidth_of_plain_code_is_not_measured(real: Course, trusted: LabBuild) -> None:
    lab = real.find("03")
    walk = walking._Walk(
        replace(trusted, lab=lab), MACHINE, "relu", Path("none"), silent, budget_s=0
    )
    vector, bandwidth = walk.measurements
    version = walking._Version("plain", "", "", Path("worker"), Path("worker"))
    scalar = checked(vector, 1).model_copy(update={"points": 0})
    found = walk._check(version, bandwidth, [scalar])
    assert (found.points, found.status) == (0, CheckStatus.SKIPPED)
    assert figure_of(found).startswith("not measured: memory limits plain code just as much")


def test_without_solutions_there_is_no_walkthrough(course: Course) -> None:
    with pytest.raises(SetupError, match="no solution of lab 02"):
        measure_lab(course, course.find("02"), silent)


def noisy(check: Check, points: float | None = None) -> Check:
    cause = Cause(reason=Reason.NOISY, rationale="the times vary too much: 0 to 9 points")
    return check.model_copy(
        update={"status": CheckStatus.UNMEASURED, "points": points, "cause": cause}
    )


def text_of(page: str) -> str:
    return " ".join(Page(page).text.split())


def test_the_page_shows_steps_with_figures_points_and_ideas() -> None:
    text = text_of(render(walkthrough()))
    assert (
        "1 tiles speedup at 512: 2.4× (2.4–2.5), 4.1 GFLOP/s 7.5 / 10 "
        "cache misses at 64x400x400: 13.6× fewer misses (1,234,567 → 91,000) 15 / 15 22.5 / 25"
    ) in text
    assert "the idea of tiles" in text
    assert "one session of 12 s on Example CPU, 2026-11-26" in text
    assert "// all of it" in text
    assert "was not at its best" not in text
    assert "could not be measured" not in text


def test_what_was_not_measured_says_so() -> None:
    steps = (step("the baseline", SLOW), step("a", noisy(FASTER)), step("the solution", BEST))
    found = walkthrough(*steps)
    text = text_of(render(found))
    assert (found.unmeasured, found.figures) == (1, 3)
    assert "1 of 3 figures could not be measured; each says why." in text
    assert "1 a speedup at 512: not measured: the times vary too much: 0 to 9 points 0 / 10" in text


def test_a_machine_on_which_the_solution_falls_short_is_named() -> None:
    text = text_of(render(walkthrough(step("the baseline", SLOW), step("the solution", FASTER))))
    assert (
        "This machine was not at its best. The solution itself did not earn all points here just "
        "now: matmul_reordered: speedup at 512."
    ) in text


def test_the_page_loads_and_runs_nothing() -> None:
    page = render(walkthrough())
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not {"script", "link", "img", "iframe"} & set(tags_of(page))
    assert "http://" not in page
    assert "https://" not in page
    assert "prefers-color-scheme: dark" in page


def hostile(text: str) -> str:
    cause = Cause(reason=Reason.CRASHED, rationale=text)
    check = FASTER.model_copy(
        update={"title": f"kernel: {text}", "points": None, "cause": cause, "data": {}}
    )
    bad = Step(text, text, text, (check,), ((text, text),))
    found = walkthrough(bad, bad, solution=text)
    walk = replace(found.kernels[0], kernel=text)
    return render(replace(found, title=text, kernels=(walk,), files=((text, text),)))


@settings(deadline=None, max_examples=30)
@given(
    st.text(st.one_of(st.sampled_from("<>\"'&/{}%#=!-\x1b\x00\u202e\n"), st.characters()))
    | st.sampled_from(["<script>alert(1)</script>", "{{ 7 * 7 }}", '" onload="x', "</pre><svg>"])
)
def test_text_adds_no_tag_and_no_attribute(text: str) -> None:
    page = hostile("x" + text)
    assert shape_of(page) == shape_of(hostile("x"))
    assert not set("\x00\x1b\x9b\u200b\u202e\u2066") & set(page)


def test_a_long_source_is_shown_whole() -> None:
    source = "int line;\n" * 5000 + "int last;"
    assert "int last;" in Page(render(walkthrough(solution=source))).text


SOURCE = """\
void declared(int a,
              int b);

// Helps.
int helper() { return 1; }

// The idea: tiles.
template <typename T>
void declared(int a,
              int b) {
  if (a) {
    helper();
  }
}

struct Pool::State {
  void submit();
};
"""


@pytest.mark.parametrize(
    ("kernel", "begins", "ends", "lines"),
    [
        ("declared", "// The idea: tiles.\ntemplate", "  }\n}", 8),
        ("helper", "// Helps.\nint helper()", "return 1; }", 2),
        ("Pool", "", "", 0),
        ("other", "", "", 0),
    ],
)
def test_a_kernel_is_found_with_the_comment_above_it(
    kernel: str, begins: str, ends: str, lines: int
) -> None:
    found = definition_of(SOURCE, kernel)
    assert found.startswith(begins)
    assert found.endswith(ends)
    assert len(found.splitlines()) == lines


def test_every_measured_kernel_that_is_a_function_is_found_in_baseline_and_solution(
    real: Course,
) -> None:
    others = {"thread_pool", "data_loader", "digits"}  # classes, and a run through several kernels
    for lab in real.labs:
        assert lab.solution is not None
        for file in (lab.directory / "baseline.cpp", lab.solution / lab.manifest.sources[0]):
            text = file.read_text(encoding="utf-8")
            kernels = {m.kernel for m in lab.manifest.measurements}
            missing = {kernel for kernel in kernels if not definition_of(text, kernel)}
            assert missing <= others, file


def test_the_headers_of_a_stage_are_shown_but_no_other_labs_solution(real: Course) -> None:
    def names(path: str) -> list[str]:
        lab = real.find(path[:2])
        assert lab.hidden is not None
        stage = lab.hidden.parent / path
        return [name for name, _ in headers_of(lab, stage)]

    assert names("02_blocking/stages/matmul_blocked/register_tile.cpp") == ["register_tile.h"]
    assert names("06_profiling/stages/attention/vector_exp.cpp") == ["one_row.h", "plain.h"]
    assert names("02_blocking/stages/matmul_blocked/lab01.cpp") == []


def test_the_convolution_of_lab_02_is_walked_through_for_real(real: Course) -> None:
    found = measure_lab(real, real.find("02"), silent, ["conv2d_blocked"])
    (walk,) = found.kernels
    assert [step.name for step in walk.steps] == ["the baseline", "direct", "the solution"]
    text = text_of(render(found))
    for check in (check for each in walk.steps for check in each.checks):
        assert check.points is None or "GFLOP/s" in figure_of(check)
        assert f"speedup at 32x56x56_32x3x3: {' '.join(figure_of(check).split())}" in text
    assert walk.steps[0].points == 0  # the baseline beside itself
    assert found.took_s > 0
