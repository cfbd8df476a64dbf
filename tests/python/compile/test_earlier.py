"""What a worker has of earlier labs: the submission's own kernels, or the baseline's, and nothing
that two labs could clash in."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import two_labs
from two_labs import FIRST, first, second

from rooflab.base.errors import SetupError
from rooflab.base.scratch import scratch
from rooflab.compile import earlier, objects
from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import (
    Built,
    build_earlier,
    build_for_emulator,
    build_submission,
)
from rooflab.course.submission import SubmittedFiles
from rooflab.measure.source_lines import Code, places
from rooflab.report.model import Cause, Reason

OWN = first(7, 70)
WRONG = Cause(reason=Reason.REPLACED, rationale="it is wrong")
NAMES = ("lab01::origin", "lab01::pair")


@dataclass(frozen=True)
class Workshop:
    """Builds submissions of the second lab."""

    using: LabBuild
    work: Path

    @property
    def folder(self) -> Path:
        return self.work / "built"

    def build(self, submission: SubmittedFiles) -> Built | Cause:
        self.folder.mkdir()
        return build_submission(self.using, submission, self.folder)

    def value(self, submission: SubmittedFiles) -> int | None:
        """What its relay() returns: by that, whose kernels it called."""
        built = self.build(submission)
        assert isinstance(built, Built), built
        return two_labs.value_of(self.using, built.worker, self.work)


@pytest.fixture
def workshop(using: LabBuild) -> Iterator[Workshop]:
    with scratch(using.lab.root / "build") as work:
        yield Workshop(using, work)


def submission(own: str | Cause | None = OWN, relay: str | None = None) -> SubmittedFiles:
    """Of the second lab, with files of the first."""
    taken = SubmittedFiles({"kernels.cpp": own.encode()}) if isinstance(own, str) else own
    source = second() if relay is None else relay
    brought = {} if taken is None else {FIRST: taken}
    return SubmittedFiles({"kernels.cpp": source.encode()}, earlier=brought)


def defined(file: Path) -> set[str]:
    """The symbols of an object that others can call."""
    command = ["nm", "--defined-only", "--extern-only", "--format=posix", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {line.split()[0] for line in done.stdout.splitlines()}


# --- Whose kernels -------------------------------------------------------------------------------


def test_its_own_kernels_are_called(workshop: Workshop) -> None:
    assert workshop.value(submission()) == 77


def test_a_wrong_one_is_the_baselines_and_the_other_its_own(workshop: Workshop) -> None:
    assert workshop.value(replace(submission(), wrong={NAMES[0]: WRONG})) == 71


def test_where_all_are_wrong_nothing_of_its_own_is_compiled(workshop: Workshop) -> None:
    wrong = replace(submission("#error no"), wrong=dict.fromkeys(NAMES, WRONG))
    built = workshop.build(wrong)
    assert isinstance(built, Built)
    assert built.replaced == dict.fromkeys(NAMES, WRONG)
    assert built.reasons == (WRONG,)


@pytest.mark.parametrize(
    ("own", "rationale"),
    [
        ("#error no", "kernels.cpp does not compile"),
        (Cause(reason=Reason.MISSING_FILE, rationale="there is no file"), "there is no file"),
        (None, "it is not there"),
        (OWN.replace("pair()", "pear()"), "it compiles, but does not define lab01::pair"),
        (OWN.replace("unused()", "left_out()"), "it compiles, but does not define lab01::unused"),
        (f"{OWN}int missing();\nint broken() {{ return missing(); }}\n", "but does not link"),
        (f"{OWN}int main() {{ return 0; }}\n", "it defines what the tests define too: main"),
    ],
)
def test_a_lab_that_does_not_build_is_the_baselines(
    workshop: Workshop, own: str | Cause | None, rationale: str
) -> None:
    built = workshop.build(submission(own))
    assert isinstance(built, Built)
    assert two_labs.value_of(workshop.using, built.worker, workshop.work) == 11
    assert tuple(built.replaced) == NAMES
    (cause,) = built.reasons
    assert cause.reason is Reason.REPLACED
    assert cause.rationale.startswith("lab 01: ")
    assert f"{rationale}; the baseline's kernels are used in place of yours" in cause.rationale
    assert cause.help == "./lab test 01"


def test_a_kernel_that_is_no_function_is_the_baselines(workshop: Workshop) -> None:
    """As no compiler writes it, but an assembler does."""
    name = "_ZN5lab016originEv"
    own = OWN.replace("std::int64_t origin() { return 7; }", "std::int64_t origin();")
    built = workshop.build(submission(f'{own}asm(".globl {name}\\n.set {name}, 1234");\n'))
    assert isinstance(built, Built)
    assert two_labs.value_of(workshop.using, built.worker, workshop.work) == 71
    (cause,) = built.reasons
    assert cause.rationale.startswith("lab 01 compiles, but does not define lab01::origin: ")


def test_an_object_that_binutils_refuse_is_the_baselines(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_global = objects.keep_global
    monkeypatch.setattr(
        earlier,
        "keep_global",
        lambda tools, names, source, kept: (
            source != earlier.OWN and keep_global(tools, names, source, kept)
        ),
    )
    assert workshop.value(submission()) == 11


def test_a_baseline_without_the_kernel_is_no_ones_grade(workshop: Workshop) -> None:
    (used,) = workshop.using.earlier
    wrong = replace(workshop.using, earlier=(replace(used, kernels=("origin", "orgin")),))
    with pytest.raises(SetupError, match="it defines no function lab01::orgin"):
        replace(workshop, using=wrong).build(submission())


# --- What two labs could clash in ----------------------------------------------------------------

# Helpers of the same names, which differ: functions, inline ones, templates, static variables of
# theirs, a class with a table of virtual functions, what an exception is known by.
HELPERS = """#include <vector>
int helper() {{ return {value}; }}
inline int inlined() {{ return {value}; }}
inline int& counter() {{ static int calls = {value}; return calls; }}
template <class T> struct Table {{ static inline T first = {value}; }};
struct Base {{ virtual ~Base() = default; virtual int number() {{ return {value}; }} }};
int global = {value};
thread_local int local = {value};
struct Registered {{ Registered() {{ ++global; }} }} registered;
int all() {{
  Base base;
  Base* volatile pointer = &base;
  std::vector<int> numbers(3, {value});
  try {{
    throw numbers.back();
  }} catch (int thrown) {{
    return thrown + helper() + inlined() + counter()++ + Table<int>::first + global - 1 + local +
           pointer->number();
  }}
}}
"""
CALLS = 8  # in all(), each of which gives `value`


def test_helpers_of_the_same_names_stay_apart(workshop: Workshop) -> None:
    own = first(0, 0, before=HELPERS.format(value=1)).replace(
        "origin() { return 0", f"origin() {{ return all() == {CALLS} ? 7 : -1"
    )
    own = own.replace("pair() { return 0", f"pair() {{ return all() == {CALLS + 1} ? 70 : -1")
    relay = "std::int64_t relay() {\n  const auto sum = lab01::origin();\n"
    relay += f"  return all() == {2 * CALLS} ? sum + lab01::pair() : -1;\n}}\n"
    assert workshop.value(submission(own, second(relay, HELPERS.format(value=2)))) == 77


@pytest.mark.parametrize(
    "taken",
    [
        "void* operator new(unsigned long) { __builtin_trap(); }",
        'extern "C" void* memcpy(void*, const void*, unsigned long) { __builtin_trap(); }',
        "namespace lab02 { long relay() { return -1; } }",
        "namespace lab01 { void unused(int) {} }",
    ],
)
def test_what_else_an_earlier_lab_defines_is_its_own(workshop: Workshop, taken: str) -> None:
    assert workshop.value(submission(f"{OWN}{taken}\n")) == 77


def test_only_the_kernels_that_are_used_can_be_called(workshop: Workshop) -> None:
    one_wrong = replace(submission(first(7, 70, before=HELPERS.format(value=1))), wrong={})
    workshop.build(replace(one_wrong, wrong={NAMES[0]: WRONG}))
    assert defined(workshop.folder / FIRST / earlier.OWN_USED) == {"_ZN5lab014pairEv"}
    assert defined(workshop.folder / FIRST / earlier.BASELINE_USED) == {"_ZN5lab016originEv"}


def test_a_kernel_that_is_not_used_is_named(workshop: Workshop) -> None:
    cause = workshop.build(
        submission(relay=second("std::int64_t relay() { return lab01::unused(); }\n"))
    )
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.UNDEFINED_KERNEL
    assert cause.rationale == "it compiles, but calls lab01::unused, which lab 02 does not use"
    assert "lab01::origin, lab01::pair" in cause.help


def test_an_earlier_kernel_that_is_defined_again_is_named(workshop: Workshop) -> None:
    again = "namespace lab01 { std::int64_t origin() { return 5; } }\n"
    cause = workshop.build(submission(relay=second(before=again)))
    assert isinstance(cause, Cause)
    assert cause.rationale.startswith("it defines lab01::origin, ")


# --- Hostile objects -----------------------------------------------------------------------------

SYMBOLS = [
    "_ZN5lab016originEv T 0 0",
    "--keep-global-symbol=main",
    "@/etc/passwd",
    "!*",
    "_ZN5lab016originEv\\n_ZN5lab014pairEv T 0 0",
    "\\x1b[2J",
    "$(touch here)",
]


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_symbol_of_any_name_harms_nobody(workshop: Workshop, symbol: str) -> None:
    named = symbol.replace("\\", "\\\\")
    own = f'{OWN}asm(".globl \\"{named}\\"\\n\\"{named}\\": .quad 0");\n'
    assert workshop.value(submission(own)) in (77, 11)  # the assembler may not like it


@pytest.mark.parametrize(
    "kind",
    [
        ".type _ZN5lab016originEv, %gnu_indirect_function",
        ".type _ZN5lab016originEv, %gnu_unique_object",
        ".weak _ZN5lab016originEv",
        ".hidden _ZN5lab016originEv",
        ".symver _ZN5lab016originEv, origin@V1",
        '.section .group, \\"G\\", @progbits, origin, comdat; .byte 1; .text',
        '.section .gnu.warning._ZN5lab016originEv; .string \\"::error::pwned\\"; .text',
    ],
)
def test_a_kernel_of_any_kind_harms_nobody(workshop: Workshop, kind: str) -> None:
    outcome = workshop.build(submission(f'{OWN}asm("{kind}");\n'))
    text = outcome.rationale if isinstance(outcome, Cause) else outcome.warnings
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())


def test_a_compiler_bomb_in_an_earlier_lab_is_the_baselines(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "COMPILER_FILE_BYTES", 1 << 20)
    assert workshop.value(submission(f'{OWN}asm(".data; .fill 8388608, 1, 1");\n')) == 11


@pytest.mark.parametrize("name", ["kernels.cpp", "baseline.cpp", "tests.cpp"])
def test_of_an_earlier_lab_the_compiler_reads_nothing_but_the_header(
    workshop: Workshop, name: str
) -> None:
    cause = workshop.build(submission(relay=second(before=f'#include "{FIRST}/{name}"\n')))
    assert isinstance(cause, Cause)
    assert "denied" in cause.rationale or "No such file" in cause.rationale


# --- Other builds --------------------------------------------------------------------------------


def test_the_emulators_worker_has_them_too(workshop: Workshop) -> None:
    workshop.folder.mkdir()
    built = build_for_emulator(workshop.using, submission(), workshop.folder)
    assert isinstance(built, Built)
    assert built.replaced == {}
    assert defined(workshop.folder / FIRST / earlier.OWN_USED) == {
        "_ZN5lab014pairEv",
        "_ZN5lab016originEv",
    }


ONLY_AVX = f"#ifdef __AVX2__\n{OWN}#endif\n"


def test_one_that_the_emulator_does_not_know_is_not_counted(workshop: Workshop) -> None:
    """The baseline's would be counted, where its own is timed."""
    workshop.folder.mkdir()
    cause = build_for_emulator(workshop.using, submission(ONLY_AVX), workshop.folder)
    assert isinstance(cause, Cause)
    assert cause.reason is Reason.NOT_PORTABLE
    assert "lab 01 does not build lab01::origin, lab01::pair" in cause.rationale


def test_one_that_is_replaced_anyway_is_counted_as_it_is_timed(workshop: Workshop) -> None:
    workshop.folder.mkdir()
    wrong = replace(submission(ONLY_AVX), wrong=dict.fromkeys(NAMES, WRONG))
    assert isinstance(build_for_emulator(workshop.using, wrong, workshop.folder), Built)


def test_instructions_are_of_its_lines(workshop: Workshop) -> None:
    workshop.folder.mkdir()
    taken = submission()
    built = build_submission(workshop.using.with_flag("-g"), taken, workshop.folder)
    assert isinstance(built, Built)
    listed = subprocess.run(["nm", built.worker], capture_output=True, text=True, check=True)
    (line,) = (line for line in listed.stdout.splitlines() if line.endswith("_ZN5lab014pairEv"))
    address = int(line.split()[0], 16)
    code = Code(built.worker, workshop.folder, taken.sources)
    number = OWN.splitlines().index("std::int64_t pair() { return 70; }") + 1
    assert places(workshop.using, code, [address], workshop.work) == {
        address: (f"{FIRST}/kernels.cpp", number)
    }


# --- Objects that are kept -----------------------------------------------------------------------


@pytest.fixture
def compilations(using: LabBuild, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What of earlier labs is compiled, and not taken from the objects that are kept: none yet."""
    for file in (using.lab.root / "build" / "earlier").glob("*"):
        file.unlink()
    found: list[str] = []
    compile_files = objects.compile_files

    def noted(tools: objects.Tools, taken: SubmittedFiles, *more: list[str]) -> object:
        found.append(taken.files["kernels.cpp"].decode())
        return compile_files(tools, taken, more[0], more[1])

    monkeypatch.setattr(earlier, "compile_files", noted)
    return found


def built_again(workshop: Workshop, taken: SubmittedFiles, flag: str = "-DNOTHING") -> None:
    with scratch(workshop.using.lab.root / "build") as folder:
        assert isinstance(build_submission(workshop.using.with_flag(flag), taken, folder), Built)


def test_what_has_not_changed_is_compiled_once(workshop: Workshop, compilations: list[str]) -> None:
    built_again(workshop, submission())
    built_again(workshop, submission(relay=second(before="// other\n")))
    assert len(compilations) == 1
    assert workshop.value(submission()) == 77  # another flag
    assert len(compilations) == 2


def test_its_own_lab_is_built_from_the_same_object(
    workshop: Workshop, compilations: list[str]
) -> None:
    assert workshop.value(submission()) == 77
    (used,) = workshop.using.earlier
    folder = workshop.work / "own"
    folder.mkdir()
    taken = SubmittedFiles({"kernels.cpp": OWN.encode()})
    assert isinstance(build_earlier(used.build, taken, folder), Built)
    assert len(compilations) == 1


def test_a_change_is_compiled(workshop: Workshop, compilations: list[str]) -> None:
    built_again(workshop, submission())
    built_again(workshop, submission(f"{OWN}// other\n"))
    built_again(workshop, submission(), "-DOTHER")
    header = workshop.using.lab.root / "labs" / FIRST / "kernels.h"
    text = header.read_text(encoding="utf-8")
    try:
        header.write_text(f"{text}// other\n", encoding="utf-8")
        built_again(workshop, submission())
    finally:
        header.write_text(text, encoding="utf-8")
    assert len(compilations) == 4


def test_no_more_than_some_are_kept(
    workshop: Workshop, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier, "KEPT", 2)
    for number in (1, 2, 1, 3):
        built_again(workshop, submission(f"{OWN}// {number}\n"))
    built_again(workshop, submission(f"{OWN}// 1\n"))  # used later than the second
    assert len(compilations) == 3
    built_again(workshop, submission(f"{OWN}// 2\n"))
    assert len(compilations) == 4
    assert len(list((workshop.using.lab.root / "build" / "earlier").iterdir())) == 2


def test_a_large_one_is_not_kept(
    workshop: Workshop, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier, "KEPT_BYTES", 100)
    assert workshop.value(submission()) == 77
    assert not list((workshop.using.lab.root / "build").glob("earlier/*"))


def test_a_disk_without_room_for_it_costs_nothing(
    workshop: Workshop, compilations: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SetupError("the disk is full")

    monkeypatch.setattr(earlier, "write_atomically", full)
    assert workshop.value(submission()) == 77
