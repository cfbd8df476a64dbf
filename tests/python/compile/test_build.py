"""The trusted part is built by CMake, wherever the course lies; a submission never meets CMake."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import small_build
from manifests import set_uses

from rooflab.base.errors import ManifestError, SetupError
from rooflab.base.process import Limits
from rooflab.compile import objects
from rooflab.compile import trusted as trusted_module
from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.worker import Built, build_submission
from rooflab.course.course import Course, Lab
from rooflab.course.submission import SubmittedFiles
from rooflab.report.model import Cause, Reason

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def small(course: Course) -> Course:
    small_build.write(course)
    return course


def copied(course: Course) -> str:
    return (course.build / "grader" / "copy").read_text(encoding="utf-8")


def test_what_changed_is_built_again(small: Course) -> None:
    prepare(small, small.find("02"))
    (small.root / "original").write_text("2", encoding="utf-8")
    prepare(small, small.find("02"))
    assert copied(small) == "2"


def test_a_students_copy_has_neither_hidden_tests_nor_reference(small: Course) -> None:
    trusted = prepare(small, small.find("02"))
    assert trusted.hidden_tests is None
    assert trusted.reference is None
    assert trusted.compile_flags == ("-O3",)


def test_a_course_that_was_moved_is_built_where_it_is(small: Course) -> None:
    prepare(small, small.find("02"))
    moved = Course(small.root / "moved")
    moved.root.mkdir()
    for name in ("CMakeLists.txt", "original", "labs", "build"):
        shutil.move(small.root / name, moved.root / name)
    (moved.root / "original").write_text("2", encoding="utf-8")
    prepare(moved, moved.find("02"))
    assert copied(moved) == "2"


def test_an_interrupted_configuration_is_done_again(small: Course) -> None:
    prepare(small, small.find("02"))
    (small.build / "grader" / "build.ninja").unlink()
    prepare(small, small.find("02"))


def test_files_of_the_course_that_do_not_build_are_no_ones_grade(small: Course) -> None:
    (small.root / "original").unlink()
    with pytest.raises(SetupError, match="the course's own files do not build") as caught:
        prepare(small, small.find("02"))
    assert "original" in caught.value.message


def test_words_of_cmake_in_any_encoding_are_told(small: Course) -> None:
    small_build.write(small, more='message(FATAL_ERROR "error: \xff\xfe")')
    with pytest.raises(SetupError, match="do not build"):
        prepare(small, small.find("02"))


def test_a_compiler_that_is_gone_is_no_ones_grade(small: Course) -> None:
    small_build.write(small, compiler="/no/such/compiler")
    with pytest.raises(SetupError, match="/no/such/compiler is gone"):
        prepare(small, small.find("02"))


@pytest.mark.parametrize("flags", [[], ["-O2"], ["-O3", "-ffast-math"]])
def test_other_flags_than_the_manifests_are_no_ones_grade(small: Course, flags: list[str]) -> None:
    small_build.write(small, flags=flags)
    with pytest.raises(SetupError, match=r"its manifest says \['-O3'\]") as caught:
        prepare(small, small.find("02"))
    assert str(flags) in caught.value.message


def read_by_cmake(
    folder: Path, manifest: str, function: str = "rooflab_read_flags", key: str = ""
) -> subprocess.CompletedProcess[str]:
    """What the course's CMake code reads as a list of a manifest: the flags, or others."""
    (folder / "lab.toml").write_text(manifest, encoding="utf-8")
    (folder / "read.cmake").write_text(
        f"include({PROJECT}/cmake/RooflabLab.cmake)\n"
        f"{function}({folder}/lab.toml {key}list)\n"
        'execute_process(COMMAND echo "${list}")\n',
        encoding="utf-8",
    )
    return subprocess.run(
        ["cmake", "-P", folder / "read.cmake"], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("manifest", "flags"),
    [
        ('title = "A"\nflags = ["-O3", "-g"] # [not "-O1"]\nthreads = 1\n', "-O3;-g"),
        ('flags = [\n  "-O3", # "why"\n  "-g",\n]\n', "-O3;-g"),
        ("flags=['-O3']\n", "-O3"),
        ("flags = []\n", ""),
        ('hint = "with # and ]"\nflags = [ # three\n"-O3"]\n[cache]\nflags = ["-g"]\n', "-O3"),
    ],
)
def test_cmake_reads_flags_over_one_line_or_several(
    tmp_path: Path, manifest: str, flags: str
) -> None:
    assert read_by_cmake(tmp_path, manifest).stdout == f"{flags}\n"


@pytest.mark.parametrize(
    ("manifest", "uses"),
    [
        ('uses = ["lab01::a"]\n', "lab01::a"),
        ('uses = [\n  "lab01::a", # "lab01::b"\n  "lab02::b",\n]\n', "lab01::a;lab02::b"),
        ("uses = []\n", ""),
        ('# uses = ["lab01::a"]\n', "NOTFOUND"),
        ("", "NOTFOUND"),
    ],
)
def test_cmake_reads_what_is_used(tmp_path: Path, manifest: str, uses: str) -> None:
    assert read_by_cmake(tmp_path, manifest, "rooflab_read_list", "uses ").stdout == f"{uses}\n"


def test_other_kernels_than_the_manifests_are_no_ones_grade(small: Course, uses_relu: Lab) -> None:
    with pytest.raises(SetupError, match=r"built with uses \[\], but its manifest says \['lab01::"):
        prepare(small, uses_relu)


def test_a_wrong_name_is_told_in_the_manifests_words(small: Course) -> None:
    with pytest.raises(ManifestError, match="lab 01 has no such kernel"):
        prepare(small, set_uses(small.find("02"), "lab01::gelu"))


def test_cmake_refuses_a_manifest_without_a_list_of_flags(tmp_path: Path) -> None:
    done = read_by_cmake(tmp_path, 'title = "A"\nflags = "-O3"\n')
    assert done.returncode != 0
    assert "lab.toml has no list of flags, such as: " in done.stderr


def solution_of(trusted: LabBuild) -> str:
    assert trusted.lab.solution is not None
    return (trusted.lab.solution / "kernels.cpp").read_text(encoding="utf-8")


def accepted(trusted: LabBuild, source: str, tmp_path: Path, *includes: Path) -> Built:
    outcome = build_submission(
        trusted, SubmittedFiles({"kernels.cpp": source.encode()}), tmp_path, includes
    )
    assert isinstance(outcome, Built)
    return outcome


def test_kernels_become_a_worker_that_needs_no_file_to_start(
    trusted: LabBuild, tmp_path: Path
) -> None:
    built = accepted(trusted, solution_of(trusted), tmp_path)
    assert built.warnings == ""
    headers = subprocess.run(
        ["readelf", "--program-headers", built.worker], capture_output=True, check=True
    )
    assert b"LOAD" in headers.stdout
    assert b"INTERP" not in headers.stdout


def test_warnings_are_kept(trusted: LabBuild, tmp_path: Path) -> None:
    source = solution_of(trusted) + "static int unused(long n) { return n; }\n"
    warnings = accepted(trusted, source, tmp_path).warnings
    assert "[-Wconversion]" in warnings
    assert "[-Wunused-function]" in warnings


def refused(trusted: LabBuild, source: str | bytes, folder: Path) -> Cause:
    """Why a kernels.cpp does not build."""
    content = source.encode() if isinstance(source, str) else source
    folder.mkdir()
    outcome = build_submission(trusted, SubmittedFiles({"kernels.cpp": content}), folder)
    assert isinstance(outcome, Cause)
    return outcome


def failed(trusted: LabBuild, source: str | bytes, tmp_path: Path) -> str:
    cause = refused(trusted, source, tmp_path / "submission")
    assert cause.reason is Reason.BUILD_FAILED
    return cause.rationale


def test_the_first_error_is_told(trusted: LabBuild, tmp_path: Path) -> None:
    message = failed(trusted, "int main( { return 0 }", tmp_path)
    assert message.startswith("kernels.cpp does not compile:\nkernels.cpp:1:")
    assert str(tmp_path) not in message


def test_files_of_the_course_are_named_from_its_folder_on(
    trusted: LabBuild, tmp_path: Path
) -> None:
    message = failed(trusted, '#include "kernels.h"\nint lab02::choose_tile(long) { }', tmp_path)
    assert "\nlabs/02_blocking/kernels.h:" in message
    assert str(trusted.lab.root) not in message


@pytest.mark.parametrize("folder", ["labs/02_blocking", "02_blocking", "09_demo"])
def test_files_of_a_submission_are_named_from_the_folder_handed_in(
    trusted: LabBuild, tmp_path: Path, folder: str
) -> None:
    files = SubmittedFiles({"kernels.cpp": b"#error no\n"}, folder)
    (tmp_path / "build").mkdir()
    cause = build_submission(trusted, files, tmp_path / "build")
    assert isinstance(cause, Cause)
    assert f"\n{folder}/kernels.cpp:1:2: error: #error no" in cause.rationale


def test_a_compiler_bomb_goes_off_in_time(
    trusted: LabBuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "COMPILE_LIMITS", Limits(wall_s=0.5))
    bomb = """
    constexpr long spin() { long n = 0; while (n >= 0) n = (n + 1) % 1000; return n; }
    template <int I> struct Spin { static constexpr long value = spin() + Spin<I - 1>::value; };
    template <> struct Spin<0> { static constexpr long value = 0; };
    long result = Spin<800>::value;
    """
    assert "did not finish kernels.cpp in 0.5 s" in failed(trusted, bomb, tmp_path)


def test_a_flood_of_diagnostics_is_cut(
    trusted: LabBuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "COMPILE_LIMITS", Limits(wall_s=60, output_bytes=10_000))
    message = failed(trusted, f'#warning "{"A" * 20_000}"\n' * 10, tmp_path)
    assert "printed over" in message
    assert len(message) < 25_000


@pytest.mark.parametrize(
    "reach",
    [
        '#include "/etc/passwd"',
        '#include "solutions/02_blocking/kernels.cpp"',
        '#include "grader/hidden/02_blocking/tests.cpp"',
        '#include "/proc/self/environ"',
        'asm(".incbin \\"/etc/passwd\\"");',
    ],
)
def test_files_of_others_are_out_of_reach(trusted: LabBuild, tmp_path: Path, reach: str) -> None:
    """Also when the compiler is told where to look: only the sandbox stands in between."""
    course = trusted.lab.root
    flags = (*trusted.compile_flags, f"-I{course}")
    message = failed(replace(trusted, compile_flags=flags), reach, tmp_path)
    assert "root:" not in message
    assert "TEST_SUITE" not in message
    assert "denied" in message or "No such file" in message or "file not found" in message


def test_a_folder_that_the_course_names_is_in_reach(trusted: LabBuild, tmp_path: Path) -> None:
    source = '#include "solutions/02_blocking/kernels.cpp"\n'
    accepted(trusted, source, tmp_path, trusted.lab.root)


def test_a_compiler_that_takes_all_memory_is_ended(
    trusted: LabBuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "COMPILER_MEMORY_BYTES", 256 << 20)
    failed(trusted, "char big[1 << 30] = {1};", tmp_path)


def test_an_object_larger_than_the_limit_is_not_made(
    trusted: LabBuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "COMPILER_FILE_BYTES", 1 << 20)
    failed(trusted, 'asm(".data; .fill 8388608, 1, 1");', tmp_path)
    assert all(path.stat().st_size <= 1 << 20 for path in (tmp_path / "submission").iterdir())


@pytest.mark.parametrize(
    "source",
    [
        b'#error "\x1b[31m red \x9b \xff\xfe"',
        'static_assert(false, "\\n::error file=x::pwned");',
        'asm(".error \\"\\\\n::error::pwned\\"");',
        "#error \u202e reversed",
        b"#include <::error::pwned>\n::error::pwned",
    ],
)
def test_diagnostics_arrive_harmless(
    trusted: LabBuild, tmp_path: Path, source: str | bytes
) -> None:
    message = failed(trusted, source, tmp_path)
    assert not set(message) & set("\x1b\x9b\u202e\ufffd")
    assert not any(line.lstrip().startswith("::") for line in message.splitlines())


def test_a_kernel_that_is_not_defined_is_named(trusted: LabBuild, tmp_path: Path) -> None:
    source = solution_of(trusted)
    renamed = source.replace("void transpose_blocked(", "void transpose_blokced(")
    cause = refused(trusted, renamed, tmp_path / "submission")
    assert cause.reason is Reason.UNDEFINED_KERNEL
    assert "does not define lab02::transpose_blocked" in cause.rationale
    assert "matmul_blocked" not in cause.rationale


def test_a_member_of_a_class_that_is_not_defined_is_named(
    trusted: LabBuild, tmp_path: Path
) -> None:
    pool = "namespace lab02 { struct Pool { ~Pool(); }; void use() { const Pool pool; } }\n"
    cause = refused(trusted, solution_of(trusted) + pool, tmp_path / "submission")
    assert cause.reason is Reason.UNDEFINED_KERNEL
    assert "does not define lab02::Pool::~Pool" in cause.rationale


def test_no_kernel_at_all_names_them_all(trusted: LabBuild, tmp_path: Path) -> None:
    cause = refused(trusted, "// nothing\n", tmp_path / "submission")
    assert cause.reason is Reason.UNDEFINED_KERNEL
    for kernel in trusted.lab.manifest.kernels:
        assert f"lab02::{kernel.name}" in cause.rationale


def test_a_main_of_its_own_is_told(trusted: LabBuild, tmp_path: Path) -> None:
    source = solution_of(trusted)
    message = failed(trusted, source + "int main() { return 0; }\n", tmp_path)
    assert message == "it defines what the tests define too: main"


def test_on_a_full_disk_a_failure_is_no_ones_grade(
    trusted: LabBuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trusted_module, "NEEDED_BYTES", 1 << 62)
    with pytest.raises(SetupError, match="the disk is full"):
        refused(trusted, "#error", tmp_path / "submission")


def test_a_helper_that_is_declared_and_not_defined_is_told(
    trusted: LabBuild, tmp_path: Path
) -> None:
    source = solution_of(trusted)
    message = failed(trusted, source + "void helper();\nvoid use() { helper(); }\n", tmp_path)
    assert message.startswith("it compiles, but does not link:")
    assert "undefined reference to `helper()'" in message
