"""Where a measured kernel lies under the roof of the machine that graded it."""

import itertools
import math

import pytest
from example_reports import CORRECT, FASTER, MACHINE, report
from hypothesis import given
from hypothesis import strategies as st

from rooflab.report.model import Check, Report
from rooflab.report.page import render
from rooflab.report.roofline import HEIGHT, LABEL_APART, WIDTH, Mark, Roofline, draw, roofline

# Its roofs, in GFLOP/s and GB/s: they meet at 4 operations per byte.
PEAK, BANDWIDTH = 100.0, 25.0


def measured(
    gflops: float, gbs: float, speedup: float | None = 4, threads: int = 1, name: str = "matmul"
) -> Check:
    """A check of a kernel that reached so much of both."""
    data = {
        "gflops": gflops,
        "gbs": gbs,
        "roof_share": gflops / PEAK / threads,
        **({} if speedup is None else {"speedup": speedup}),
    }
    return FASTER.model_copy(update={"data": data, "title": f"{name}: speedup at 512"})


def graded(*checks: Check, peak: float | None = PEAK) -> Report:
    machine = MACHINE.model_copy(update={"peak_gflops": peak, "bandwidth_gbs": BANDWIDTH})
    return report(*checks).model_copy(update={"machine": machine})


def chart(*checks: Check) -> Roofline:
    found = roofline(graded(*checks))
    assert found is not None
    return found


def test_a_kernel_that_computes_is_compared_with_the_peak() -> None:
    (point,) = chart(measured(gflops=50, gbs=0.5)).points
    assert (point.label, point.intensity, point.share) == ("matmul 512", 100, 0.5)
    assert point.baseline_gflops == 12.5


def test_a_kernel_that_moves_data_is_compared_with_the_bandwidth() -> None:
    (point,) = chart(measured(gflops=4, gbs=20)).points
    assert (point.intensity, point.share) == (0.2, 0.8)


def test_the_roof_bends_where_its_two_parts_meet() -> None:
    found = chart(measured(gflops=50, gbs=0.5), measured(gflops=4, gbs=20))
    assert found.ridge == 4
    begin, ridge, end = (tuple(map(float, p.split(","))) for p in found.roof.split())
    assert begin[0] < ridge[0] < end[0]
    assert begin[1] > ridge[1] == end[1]


def test_what_is_faster_lies_higher_and_what_has_more_operations_per_byte_further_right() -> None:
    fast, slow = chart(measured(gflops=50, gbs=0.5), measured(gflops=4, gbs=20)).points
    assert fast.y < slow.y
    assert fast.x > slow.x
    assert fast.baseline_y is not None
    assert fast.y < fast.baseline_y


def test_twice_as_fast_is_as_far_everywhere() -> None:
    points = chart(*(measured(gflops, gflops, None) for gflops in (2, 4, 8, 16))).points
    steps = [b.y - a.y for a, b in itertools.pairwise(points)]
    assert steps == pytest.approx([steps[0]] * 3, abs=0.2)


@pytest.mark.parametrize(
    "other",
    [
        CORRECT,
        FASTER,  # has no bytes
        measured(50, 0.5, threads=2),
        measured(0, 0.5),
        measured(50, math.nan),
    ],
)
def test_what_has_no_place_there_is_left_out(other: Check) -> None:
    assert roofline(graded(other)) is None
    assert [p.label for p in chart(measured(50, 0.5), other).points] == ["matmul 512"]


def test_without_a_measured_roof_there_is_no_chart() -> None:
    assert roofline(graded(measured(50, 0.5), peak=None)) is None
    assert "<svg" not in render([graded(measured(50, 0.5), peak=None)])


SPEEDS = st.floats(min_value=1e-3, max_value=1e4)


@given(st.lists(st.tuples(SPEEDS, SPEEDS, st.none() | SPEEDS), min_size=1, max_size=12))
def test_all_lies_within_the_picture_and_no_two_labels_on_one_another(
    found: list[tuple[float, float, float | None]],
) -> None:
    # Threads are told from what they reach: this peak is beyond all of it.
    peak = {"peak_gflops": 1e5, "bandwidth_gbs": 1e3}
    checks = [
        measured(gflops, gbs, speedup).model_copy(
            update={
                "data": {
                    "gflops": gflops,
                    "gbs": gbs,
                    "roof_share": gflops / 1e5,
                    "speedup": speedup,
                }
            }
        )
        for gflops, gbs, speedup in found
    ]
    machine = MACHINE.model_copy(update=peak)
    drawn = roofline(report(*checks).model_copy(update={"machine": machine}))
    assert drawn is not None
    assert len(drawn.points) == len(checks)
    for point in drawn.points:
        assert 0 <= point.x <= WIDTH
        assert 0 <= point.y <= HEIGHT
        assert point.baseline_y is None or 0 <= point.baseline_y <= HEIGHT
    labels = sorted(point.label_y for point in drawn.points)
    assert all(b - a >= LABEL_APART - 1e-6 for a, b in itertools.pairwise(labels))
    assert 0 <= labels[0] <= labels[-1] <= HEIGHT
    for corner in drawn.roof.split():
        x, y = map(float, corner.split(","))
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_labels_of_many_slow_kernels_stay_in_the_picture() -> None:
    found = draw([Mark(f"{n}", intensity=1, gflops=1) for n in range(12)], PEAK, BANDWIDTH)
    assert found is not None
    labels = [point.label_y for point in found.points]
    assert 0 <= labels[0] <= labels[-1] <= HEIGHT
    assert all(b - a >= LABEL_APART - 1e-6 for a, b in itertools.pairwise(labels))


def test_nothing_is_drawn_without_a_mark() -> None:
    assert draw([], PEAK, BANDWIDTH) is None


def test_the_page_draws_it_and_says_it_in_figures() -> None:
    page = render([graded(measured(50, 0.5), measured(4, 20, name="saxpy"))])
    assert page.count('class="mine"') == 2
    assert page.count('class="base"') == 2
    text = " ".join(page.split())
    assert '<th scope="row" role="rowheader">saxpy 512</th>' in text
    assert "meet at 4.0 operations per byte" in text
