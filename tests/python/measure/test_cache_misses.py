"""Cache misses are counted the same in every run, and only of runs whose output was right."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rooflab.base.errors import SetupError
from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built, build_for_emulator
from rooflab.course.course import Course
from rooflab.course.manifest import EmulatedCaches
from rooflab.course.submission import SubmittedFiles
from rooflab.measure import cache_misses
from rooflab.measure.cache_misses import MissCounts, Site, count, count_once
from rooflab.measure.seeds import Seeds
from rooflab.measure.source_lines import Code, Line, per_line
from rooflab.report.model import Cause, Reason

CASE = "matmul_blocked/64"
KEY = Seeds(b"secret").key()
TOLD = {
    "flops": 1,
    "bytes": 1,
    "accesses": 400,
    "d1_misses": 30,
    "ll_misses": 3,
    "instructions": 1000,
    "sites": [[4198400, 300, 20], [4198500, 100, 10]],
}
COUNTS = MissCounts(
    accesses=400,
    d1_misses=30,
    ll_misses=3,
    instructions=1000,
    sites=(Site(4198400, 300, 20), Site(4198500, 100, 10)),
)


@pytest.fixture
def caches(trusted: LabBuild) -> EmulatedCaches:
    caches = trusted.lab.manifest.cache
    assert caches is not None
    return caches


def counted(
    trusted: LabBuild, worker: Path, caches: EmulatedCaches, work: Path, key: str = KEY
) -> MissCounts:
    outcome = count(trusted, worker, CASE, caches, work, key)
    assert isinstance(outcome, MissCounts), outcome
    return outcome


def test_the_count_repeats_bit_for_bit(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path
) -> None:
    """Whatever the key and the working folder, down to each instruction."""
    other = tmp_path / "another folder" / ("with a long name" * 5)
    worker = trusted.emulated.baseline
    counts = [
        counted(trusted, worker, caches, folder, Seeds().key())
        for folder in (tmp_path, tmp_path, other)
    ]
    assert counts == [counts[0]] * 3


def test_nor_does_the_count_depend_on_where_the_worker_lies(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path
) -> None:
    moved = tmp_path / "moved to a place with a longer name"
    shutil.copy(trusted.emulated.baseline, moved)
    assert counted(trusted, moved, caches, tmp_path) == counted(
        trusted, trusted.emulated.baseline, caches, tmp_path
    )


@pytest.mark.parametrize(
    "unused",
    [
        'asm(".text; .fill 70001, 1, 0x90");',
        "[[gnu::used]] static char data[123457] = {1};",
        "[[gnu::used]] static char zeros[3000017];",
    ],
)
def test_what_else_is_in_a_program_hardly_moves_the_count(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path, unused: str
) -> None:
    assert trusted.lab.solution is not None
    assert trusted.emulated.reference is not None
    source = (trusted.lab.solution / "kernels.cpp").read_text(encoding="utf-8")
    submission = SubmittedFiles({"kernels.cpp": f"{unused}\n{source}".encode()})
    built = build_for_emulator(trusted, submission, tmp_path)
    assert isinstance(built, Built), built
    plain = counted(trusted, trusted.emulated.reference, caches, tmp_path)
    padded = counted(trusted, built.worker, caches, tmp_path)
    assert padded.accesses == plain.accesses
    assert padded.d1_misses == pytest.approx(plain.d1_misses, abs=5)


def test_the_instructions_account_for_all_accesses_and_misses(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path
) -> None:
    """What was counted for each of them is the sum that was read through PAPI."""
    counts = counted(trusted, trusted.emulated.baseline, caches, tmp_path)
    assert sum(site.accesses for site in counts.sites) == counts.accesses
    assert sum(site.d1_misses for site in counts.sites) == counts.d1_misses
    assert 0 < counts.ll_misses <= counts.d1_misses <= counts.accesses < counts.instructions


def test_the_baselines_product_reads_two_numbers_for_each_multiplication(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path
) -> None:
    """64³ times a(i, k) and b(k, j), and 64² stores; the rest belongs to the call."""
    accesses = counted(trusted, trusted.emulated.baseline, caches, tmp_path).accesses
    assert 2 * 64**3 + 64**2 <= accesses < 2 * 64**3 + 64**2 + 1000


# --- Counts that are kept -------------------------------------------------------------------------


class Stand:
    """Counts with a shell script in place of the harness's program, in a course of its own."""

    def __init__(self, trusted: LabBuild, caches: EmulatedCaches, course: Course) -> None:
        self.folder = course.root
        self.caches = caches
        self.program = course.root / "script"
        self.worker = course.root / "kernels"
        self.worker.write_bytes(b"\x7fELF")
        emulator = course.root / "emulator"
        emulator.write_bytes(b"\x7fELF")
        self.trusted = replace(
            trusted,
            lab=course.find("02"),
            misses=self.program,
            emulated=replace(trusted.emulated, emulator=emulator),
        )

    def write(self, code: str) -> None:
        self.program.write_text(f"#!/bin/sh\n{code}\n", encoding="utf-8")
        self.program.chmod(0o755)

    def count(self, code: str) -> MissCounts | Cause:
        self.write(code)
        return count(self.trusted, self.worker, CASE, self.caches, self.folder, key=KEY)

    def failed(self, code: str) -> Cause:
        outcome = self.count(code)
        assert isinstance(outcome, Cause)
        return outcome

    def count_once(self) -> MissCounts | Cause:
        return count_once(self.trusted, self.worker, CASE, self.caches, self.folder, key=KEY)

    @property
    def runs(self) -> int:
        return len((self.folder / "ran").read_text(encoding="utf-8").split())


@pytest.fixture
def stand(trusted: LabBuild, caches: EmulatedCaches, course: Course) -> Stand:
    return Stand(trusted, caches, course)


COUNTED = f"echo ran >>ran; echo '{json.dumps(TOLD)}'"


def test_a_count_of_ours_is_made_once_and_kept_whole(stand: Stand) -> None:
    stand.write(COUNTED)
    assert [stand.count_once(), stand.count_once()] == [COUNTS, COUNTS]
    assert stand.runs == 1


@pytest.mark.parametrize("changed", ["kernels", "emulator", "script"])
def test_what_is_built_anew_is_counted_anew(stand: Stand, changed: str) -> None:
    stand.write(COUNTED)
    stand.count_once()
    with (stand.folder / changed).open("ab") as file:
        file.write(b"\n# another build\n")
    assert stand.count_once() == COUNTS
    assert stand.runs == 2


def test_another_cache_is_counted_anew(stand: Stand) -> None:
    stand.write(COUNTED)
    stand.count_once()
    smaller = stand.caches.d1.model_copy(update={"size_bytes": 16384})
    stand.caches = stand.caches.model_copy(update={"d1": smaller})
    stand.count_once()
    assert stand.runs == 2


def test_a_damaged_file_is_counted_anew(stand: Stand) -> None:
    stand.write(COUNTED)
    stand.count_once()
    for file in (stand.folder / "build" / "misses").iterdir():
        file.write_text("{", encoding="utf-8")
    assert stand.count_once() == COUNTS


def test_a_failure_is_not_kept(stand: Stand) -> None:
    stand.write("echo ran >>ran; printf 'reason: crashed\\nwhat: x\\n' >&2; exit 1")
    assert isinstance(stand.count_once(), Cause)
    assert isinstance(stand.count_once(), Cause)
    assert stand.runs == 2


# --- What the harness is told, and tells --------------------------------------------------------


def test_the_harness_is_told_what_to_count(stand: Stand) -> None:
    assert stand.count('echo "$ROOFLAB_KEY $*" >message; ' + COUNTED) == COUNTS
    assert (stand.folder / "message").read_text(encoding="utf-8").split() == [
        KEY,
        f"--case={CASE}",
        f"--worker={stand.worker}",
        f"--emulator={stand.folder}/emulator",
        "--d1=32768,8,64",
        "--ll=1048576,16,64",
        f"--max-instructions={cache_misses.MAX_INSTRUCTIONS}",
    ]


def test_what_the_harness_says_is_passed_on(stand: Stand) -> None:
    code = "printf 'kernel: x\nreason: input_modified\nwhat: changed its input a\n' >&2; exit 1"
    cause = stand.failed(code)
    assert cause.reason is Reason.INPUT_MODIFIED
    assert cause.rationale == "while its cache misses were counted: changed its input a"


def test_a_kernel_does_not_speak_for_the_harness(stand: Stand) -> None:
    """What it prints stands before what the harness says, and takes four times its length."""
    forged = "reason: no_hidden_tests\\nwhat: none\\n" + "\\001" * 8000
    message = "reason: crashed\\nwhat: crashed with SIGABRT\\n"
    cause = stand.failed(f"printf '{forged}\\n{message}' >&2; exit 1")
    assert cause.reason is Reason.CRASHED
    assert cause.rationale == "while its cache misses were counted: crashed with SIGABRT"


@pytest.mark.parametrize(
    "code",
    [
        "exit 1",
        "echo reason: because >&2; exit 1",
        "echo reason: crashed >&2; exit 3",
        "kill -SEGV $$",
        "exec yes",
        "echo {}",
        "echo '[]'",
        f"echo '{json.dumps(TOLD | {'sites': [[1, 2]]})}'",
    ],
)
def test_trouble_of_the_harness_is_no_kernels_fault(stand: Stand, code: str) -> None:
    with pytest.raises(SetupError, match="cache misses cannot be counted here"):
        stand.count(code)


# --- Source lines ---------------------------------------------------------------------------------

TRANSPOSE = """#include "kernels.h"
namespace lab02 {
void transpose_blocked(MatrixView<const float> a, MatrixView<float> b) {
  for (long i = 0; i < a.rows; ++i)
    for (long j = 0; j < a.cols; ++j)
      b(j, i) = a(i, j);
}
void matmul_reordered(MatrixView<const float>, MatrixView<const float>, MatrixView<float>) {}
void matmul_blocked(MatrixView<const float>, MatrixView<const float>, MatrixView<float>) {}
void conv2d_blocked(Tensor4View<const float>, Tensor4View<const float>, std::span<const float>,
                    std::int64_t, Tensor4View<float>) {}
std::int64_t choose_tile(std::int64_t) { return 8; }
}  // namespace lab02
"""


def lines_of(
    kernels: str, trusted: LabBuild, caches: EmulatedCaches, work: Path
) -> dict[int, Line]:
    """Of a transpose of 256 × 256 numbers."""
    folder = work / "built"
    folder.mkdir()
    submission = SubmittedFiles({"kernels.cpp": kernels.encode()})
    built = build_for_emulator(trusted, submission, folder)
    assert isinstance(built, Built), built
    message = count(trusted, built.worker, "transpose_blocked/256", caches, work, key=KEY)
    assert isinstance(message, MissCounts), message
    lines = per_line(trusted, Code(built.worker, folder, submission.files), message.sites, work)
    return {line.number: line for line in lines}


def test_a_line_misses_what_its_loop_must_miss(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path
) -> None:
    """The lines of a once each, 256 rows of 16. A column of b lies in 4 of the 64 sets, which keep
    32 of its 256 lines, so that each of its 256² elements misses. The views' own functions, which
    are inlined, count for the line that calls them."""
    line = lines_of(TRANSPOSE, trusted, caches, tmp_path)[6]
    assert line.accesses == pytest.approx(2 * 256 * 256, abs=10)  # the views themselves
    assert line.d1_misses == 256 * 16 + 256 * 256
    assert (line.file, line.text) == ("kernels.cpp", "b(j, i) = a(i, j);")


def test_a_file_that_the_line_table_makes_up_is_elsewhere(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path
) -> None:
    made_up = TRANSPOSE.replace("      b(j, i)", '#line 1 "/etc/passwd"\n      b(j, i)')
    lines = lines_of(made_up, trusted, caches, tmp_path)
    assert lines[0].d1_misses >= 256 * 16 + 256 * 256
    assert (lines[0].file, lines[0].text) == ("", "")


def test_a_line_beyond_the_end_of_a_file_has_no_text(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path
) -> None:
    made_up = TRANSPOSE.replace("      b(j, i)", "#line 5000\n      b(j, i)")
    assert lines_of(made_up, trusted, caches, tmp_path)[5000].text == ""


def test_a_kernel_for_avx_gets_a_clear_reason(
    trusted: LabBuild, caches: EmulatedCaches, tmp_path: Path
) -> None:
    with_avx = TRANSPOSE.replace(
        "namespace lab02 {",
        "#include <immintrin.h>\nnamespace lab02 {\n"
        "__m256 twice(__m256 x) { return _mm256_add_ps(x, x); }",
    )
    submission = SubmittedFiles({"kernels.cpp": with_avx.encode()})
    cause = build_for_emulator(trusted, submission, tmp_path)
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.NOT_PORTABLE
    assert "without AVX" in cause.rationale
    assert "__AVX2__" in cause.help
