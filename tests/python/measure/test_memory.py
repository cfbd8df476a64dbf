"""The peak of memory that a call needs beyond its inputs and outputs, exact but for what the C
library takes ahead."""

from pathlib import Path

import pytest
from lab02_sources import source

from rooflab.base.errors import SetupError
from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built, build_submission
from rooflab.course.submission import SubmittedFiles
from rooflab.measure.estimates import Estimate
from rooflab.measure.memory import MIB, MemoryUse, look
from rooflab.measure.one_call import Unmeasured
from rooflab.measure.seeds import Seeds
from rooflab.report.model import Cause, Reason

CASE = "transpose_blocked/1024"
KEY = Seeds(b"secret").key()
GIVEN_MIB = 0.13  # of stack, to any process
AHEAD_MIB = 0.3  # what malloc takes from the system beyond what it was asked for
USE = 'asm volatile("" : : "r"(place) : "memory");'
RIGHT = "for (std::int64_t i = 0; i < a.rows; ++i) for (std::int64_t j = 0; j < a.cols; ++j)"


def needed(trusted: LabBuild, folder: Path, body: str, top: str = "") -> float:
    """In MiB, by a right transpose that does `body` first."""
    text = source({"transpose_blocked": f"{body}\n{RIGHT} b(j, i) = a(i, j);"}, top)
    built = build_submission(trusted, SubmittedFiles({"kernels.cpp": text.encode()}), folder)
    assert isinstance(built, Built), built
    found = look(trusted.memory, built.worker, trusted.baseline, CASE, folder, KEY)
    assert isinstance(found, MemoryUse), found
    return found.bytes / MIB


@pytest.mark.parametrize(
    ("body", "mib"),
    [
        (f"std::vector<float> v(4 << 20); auto* place = v.data(); {USE}", 16),
        (f"{{ std::vector<float> v(4 << 20); auto* place = v.data(); {USE} }}", 16),
        (f"volatile char v[4 << 20]; v[0] = 1; auto* place = v; {USE}", 4),
        (f"std::vector<char> v; v.reserve(8 << 20); auto* place = v.data(); {USE}", 8),
        (f"for (int i = 0; i < 4096; ++i) {{ auto* place = new char[1000]; {USE} }}", 4),
        (f"for (int n : {{3, 2, 1}}) {{ auto* place = malloc(n << 20); {USE} free(place); }}", 3),
        ("", 0),
    ],
    ids=["a vector", "one that is gone", "the stack", "untouched", "small pieces", "again", "none"],
)
def test_what_a_call_asks_for_at_most_is_seen(
    trusted: LabBuild, tmp_path: Path, body: str, mib: float
) -> None:
    assert mib - GIVEN_MIB <= needed(trusted, tmp_path, body) <= mib + AHEAD_MIB


def test_static_arrays_are_seen_but_for_what_a_program_may_be_larger(
    trusted: LabBuild, tmp_path: Path
) -> None:
    found = needed(
        trusted, tmp_path, f"auto* place = numbers; {USE}", "static char numbers[16 << 20];"
    )
    assert 13.5 <= found <= 14.5


def test_the_code_of_other_kernels_is_not_counted(trusted: LabBuild, tmp_path: Path) -> None:
    """As large as it gets: the standard library's streams and regular expressions."""
    top = """#include <iostream>
#include <regex>
[[gnu::used]] static bool matches(const char* text) {
  std::cerr << text;
  return std::regex_match(text, std::regex("a+"));
}"""
    assert needed(trusted, tmp_path, "", top) <= 0.1


def test_the_same_worker_needs_the_same_each_time(trusted: LabBuild, tmp_path: Path) -> None:
    assert trusted.reference is not None
    found = {
        look(
            trusted.memory,
            trusted.reference,
            trusted.baseline,
            "conv2d_blocked/32x56x56_32x3x3",
            tmp_path,
            Seeds().key(),
        )
        for _ in range(5)
    }
    assert len(found) == 1, found


def test_a_kernel_that_is_wrong_has_no_figure(trusted: LabBuild, tmp_path: Path) -> None:
    text = source({"transpose_blocked": ""})
    built = build_submission(trusted, SubmittedFiles({"kernels.cpp": text.encode()}), tmp_path)
    assert isinstance(built, Built)
    found = look(trusted.memory, built.worker, trusted.baseline, CASE, tmp_path, KEY)
    assert isinstance(found, Cause)
    assert found.reason is Reason.WRONG_RESULT
    assert found.rationale.startswith("while its memory was measured: ")


def saying(folder: Path, text: str, code: int = 0) -> MemoryUse | Unmeasured | Cause:
    """What is read of a program that says that."""
    script = folder / "program"
    script.write_text(f"#!/bin/sh\necho '{text}'\nexit {code}\n", encoding="utf-8")
    script.chmod(0o755)
    return look(script, folder / "worker", folder / "beside", CASE, folder, KEY)


def test_what_the_harness_says_is_read(tmp_path: Path) -> None:
    assert saying(tmp_path, '{"bytes": 65536}') == MemoryUse(65536)


def test_a_system_that_does_not_tell_leaves_it_unmeasured(tmp_path: Path) -> None:
    assert saying(tmp_path, '{"unmeasured": "it does not tell"}') == Unmeasured("it does not tell")


def test_any_other_failure_is_the_machines(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="while its memory was measured"):
        saying(tmp_path, "", code=3)


@pytest.mark.parametrize(("bytes", "mib"), [(3 << 20, 3), (0, 1 / 256)])
def test_the_figure_is_in_mib_and_never_zero(bytes: int, mib: float) -> None:
    """A ratio of it is taken."""
    assert MemoryUse(bytes).estimate == Estimate.exact(mib)
