"""./lab hot shows where the time goes, by kind of instruction and by source line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rooflab import cli
from rooflab.base.errors import UsageError
from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course
from rooflab.measure.samples import HotSite, Samples
from rooflab.report.model import Cause, Reason
from rooflab.student import hot, hot_text
from rooflab.student.hot import Hot

SITES = (
    HotSite(0x1000, 30, "vector_load", "vmovups ymm0, ymmword ptr [rdi]"),
    HotSite(0x1004, 150, "packed_256", "vmaxps ymm0, ymm1, ymm0"),
    HotSite(0x1010, 19, "scalar", "vmaxss xmm0, xmm1, xmm0"),
    HotSite(0x2000, 1, "other", "ret"),
)
PLACES = {0x1000: ("kernels.cpp", 2), 0x1004: ("kernels.cpp", 2), 0x1010: ("kernels.cpp", 3)}
FOUND = Hot(
    "f/64",
    Samples(200, 12, 2.5e6, SITES),
    PLACES,
    {"kernels.cpp": b"void f() {\n  vectors();\n tail();\n}\n"},
)


def shown(trusted: LabBuild, found: Hot = FOUND, width: int = 100, color: bool = False) -> str:
    return hot_text.as_text(trusted.lab, "f", found, width, color)


def test_the_kinds_of_instructions_stand_on_top(trusted: LabBuild) -> None:
    head = shown(trusted).splitlines()[:6]
    assert head[0] == "f/64: 200 samples of 12 calls, 2.5 ms each"
    assert [line.split("  ")[-1].strip() for line in head[2:6]] == ["75%", "10%", "15%", "0%"]
    assert head[2].strip().startswith("work on 256-bit vectors")


def test_instructions_stand_under_their_source_line_in_order(trusted: LabBuild) -> None:
    listing = shown(trusted).partition("\n\nkernels")[2].splitlines()
    assert listing[0] == ".cpp:2  vectors();"
    assert "15%  vector load" in listing[1]
    assert listing[2].startswith("►  75%  work on 256-bit vectors")
    assert listing[3] == "kernels.cpp:3  tail();"
    assert "vmaxss" in listing[4]
    assert "elsewhere" in listing[5]


def test_few_samples_are_said_to_be_few(trusted: LabBuild) -> None:
    few = replace(FOUND, samples=replace(FOUND.samples, samples=40))
    assert "few samples" in shown(trusted, few)
    assert "few samples" not in shown(trusted)


def test_no_line_is_wider_than_the_terminal(trusted: LabBuild) -> None:
    assert (
        max(map(len, shown(trusted, width=40).partition("\n\nkernels")[2].splitlines()[:6])) <= 40
    )


def test_hostile_source_is_made_harmless(trusted: LabBuild) -> None:
    hostile = replace(FOUND, files={"kernels.cpp": b"\n\033[2J::error::x\n\n"})
    assert "\033" not in shown(trusted, hostile)
    assert "\033[" in shown(trusted, color=True)


def test_json_has_every_instruction_and_its_place() -> None:
    document = json.loads(hot.as_json(FOUND))
    assert document["kinds"] == {"vector_load": 30, "packed_256": 150, "scalar": 19, "other": 1}
    assert document["instructions"][1] == {
        "address": 0x1004,
        "samples": 150,
        "kind": "packed_256",
        "text": "vmaxps ymm0, ymm1, ymm0",
        "file": "kernels.cpp",
        "line": 2,
    }
    assert document["instructions"][3]["file"] == ""


@pytest.fixture
def real() -> Course:
    return Course(Path(__file__).resolve().parents[3])


def test_a_product_spends_its_time_in_its_innermost_loop(real: Course) -> None:
    lab, solutions = real.find("02"), real.root / "solutions"
    found = hot.hot_of(real, lab, solutions, "matmul_blocked", lambda _: None)
    assert isinstance(found, Hot)
    assert found.case == "matmul_blocked/64x400x400"
    hottest = max(found.samples.sites, key=lambda site: site.samples)
    file, line = found.places[hottest.address]
    text = found.files[file].decode().splitlines()[line - 1]
    assert "sum[i][j] +=" in text or "kTileCols" in text
    assert found.kinds["scalar"] > found.kinds["packed_256"]


def test_an_unknown_kernel_names_the_known(real: Course) -> None:
    with pytest.raises(UsageError, match="its kernels are: choose_tile, matmul_reordered"):
        hot.hot_of(real, real.find("02"), real.root / "solutions", "matmul", lambda _: None)


def test_a_wrong_kernel_is_sent_to_its_tests(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Cause(reason=Reason.WRONG_RESULT, rationale="c is wrong")
    monkeypatch.setattr(hot, "hot_of", lambda *_: wrong)
    assert cli.main(["hot", "02", "matmul_blocked"]) == 0
    assert capsys.readouterr().out == "c is wrong\n\nnext: ./lab test 02 matmul_blocked\n"
