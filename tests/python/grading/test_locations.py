"""A check that lost points names the place in the source, or none, and never a wrong one."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooflab.course.course import Course
from rooflab.course.submission import SubmittedFiles
from rooflab.grading.locations import definition, located
from rooflab.report.model import Cause, Check, CheckKind, CheckStatus, Location, Reason

ROOT = Path(__file__).resolve().parents[3]
DRIVEN = {"digits"}  # is no function of the student's
SOURCE = """// relu( { in a comment
#define relu(x) { x }
namespace lab01 {
namespace { void relu(int) {} }
const char* text = "void relu(int) {";
const char* raw = R"--(
void relu(int) {
)--";
void relu(std::span<float> x);
struct Other { void relu() {} };
void caller() { relu({}); }
template <class T>
[[gnu::hot]] static inline void
relu(std::span<T> x, int n = sizeof(T)) noexcept
{ x[0] = 1'000; }
}
"""


def line_of(source: str, kernel: str = "relu") -> int | None:
    return definition(source, "lab01", kernel)


def test_the_definition_is_found_among_what_only_looks_like_one() -> None:
    assert line_of(SOURCE) == 14
    assert line_of(SOURCE.replace("\n", "\r\n")) == 14


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("namespace lab01 { void relu(int a) { } }", 1),
        ("\nvoid lab01::relu(int a) { }", 2),
        ("namespace lab01 {\nauto relu(int a) -> decltype(a) { return a; } }", 2),
        ("namespace lab01::deep { void relu(int a) { } }", None),
        ("namespace lab02 { void relu(int a) { } }", None),
        ("void relu(int a) { }", None),
        ("namespace lab01 { void relu(int a); }", None),
        ("namespace lab01 { void relu(int) {} void relu(float) {} }", None),
        ("namespace lab01 { T::T() : relu(1) { } }", None),
        ("namespace lab01 { void T::relu(int) { } }", None),
        ("namespace lab01 { void my_relu(int) { } }", None),
        ("namespace lab01 { int x = relu(1) + T{}; }", None),
        ("namespace lab01 { /* void relu(int) { }", None),
        ('namespace lab01 { auto s = R"(void relu(int) {', None),
        ("#if 0 \\\nnamespace lab01 { void relu(int) { } }\n", None),
        ("// goes on \\\r\nnamespace lab01 { void relu(int) { } }\r\n", None),
        # What nobody writes is not looked at for long:
        (f"namespace lab01 {{ void relu({'int, ' * 1000}int) {{ }} }}", None),
        (f"{'namespace a {' * 200}{'}' * 200} namespace lab01 {{ void relu() {{ }} }}", 1),
        (f"{'namespace a {' * 201}{'}' * 201} namespace lab01 {{ void relu() {{ }} }}", None),
        ("", None),
    ],
)
def test_only_a_function_of_the_lab_counts(source: str, line: int | None) -> None:
    assert line_of(source) == line


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("namespace lab01 {\nclass ThreadPool final {\n};\n}", 2),
        ("namespace lab01 {\nstruct ThreadPool : Base { ThreadPool() {} };\n}", 2),
        ("namespace lab01 {\nstruct ThreadPool::State { };\n}", None),
        ("namespace lab01 {\nclass ThreadPool;\nThreadPool f() { return {}; }\n}", None),
        ("namespace lab01 {\nThreadPool::ThreadPool(int n) : n_(n), s_{1} {\n}\n}", 2),
        ("namespace lab01 {\nThreadPool::~ThreadPool() { }\n}", None),
    ],
)
def test_a_class_is_found_by_itself_or_by_its_constructor(source: str, line: int | None) -> None:
    assert line_of(source, "thread_pool") == line


@pytest.mark.parametrize("folder", ["labs", "solutions"])
def test_every_kernel_of_the_course_is_found_where_its_name_stands(folder: str) -> None:
    for lab in Course(ROOT).labs:
        source = (ROOT / folder / lab.name / "kernels.cpp").read_text(encoding="utf-8")
        for kernel in (k.name for k in lab.manifest.kernels if k.name not in DRIVEN):
            line = definition(source, lab.namespace, kernel)
            assert line is not None, (lab.name, kernel)
            text = source.splitlines()[line - 1].lower()
            assert re.search(rf"\b{kernel.replace('_', '_?')}\(", text), (lab.name, kernel)


@given(st.text(alphabet="relu({})/*\"'\\\n;:R# namespclb01", max_size=200))
def test_any_text_is_scanned(text: str) -> None:
    line = definition(text, "lab01", "relu")
    assert line is None or "relu" in text.splitlines()[line - 1]


@pytest.mark.parametrize("piece", ["/*", 'R"x(', '"', "relu(", "namespace a{", "{", "(", "#/*"])
def test_the_largest_file_is_scanned_at_once(piece: str) -> None:
    """Each part is looked at once: a scanner that goes back would not come to its end here."""
    assert definition(piece * (256 * 1024 // len(piece)), "lab01", "relu") is None


# --- Checks --------------------------------------------------------------------------------------

TAKEN = SubmittedFiles(
    {"kernels.cpp": b"namespace lab02 {\nint a;\nvoid relu(int) {}\n}\n"},
    "labs/02_blocking",
    answers=b"[answers]\nsaxpy = 'memory'\n",
)
FILE = "labs/02_blocking/kernels.cpp"


def check(
    id: str = "relu.speedup",
    kind: CheckKind = CheckKind.SPEEDUP,
    status: CheckStatus = CheckStatus.FAIL,
    reason: Reason = Reason.WRONG_RESULT,
    rationale: str = "",
) -> Check:
    cause = Cause(reason=reason, rationale=rationale)
    known = {"id": id, "kind": kind, "title": id, "status": status, "points": 0, "max_points": 1}
    return Check.model_validate({**known, "cause": cause})


def location(of: Check, taken: SubmittedFiles = TAKEN) -> Location | None:
    return located([of], taken)[0].location


@pytest.mark.parametrize("status", [CheckStatus.FAIL, CheckStatus.PARTIAL, CheckStatus.ERROR])
def test_what_lost_points_names_its_kernel(status: CheckStatus) -> None:
    assert location(check(status=status)) == Location(file=FILE, line=3)
    assert location(check("gelu.speedup", status=status)) == Location(file=FILE, line=None)


@pytest.mark.parametrize("status", [CheckStatus.PASS, CheckStatus.SKIPPED, CheckStatus.UNMEASURED])
def test_what_lost_none_names_no_place(status: CheckStatus) -> None:
    assert location(check(status=status)) is None


@pytest.mark.parametrize(
    ("rationale", "line"),
    [
        (f"does not compile:\n{FILE}:2:5: error: no\n{FILE}:3:1: error: later", 2),
        (f"does not compile:\n{FILE}:1:1: warning: w\n{FILE}:3:1: fatal error: no", 3),
        (f"labs/02_blocking/kernels.h:2:1: error: no\n{FILE}:4:1: error: so", 4),
        (f"{FILE}:99:1: error: a line that there is not", None),
        ("/etc/passwd:1:1: error: another file", None),
        ("nothing is named", None),
    ],
)
def test_a_build_names_the_compilers_first_error_in_the_submission(
    rationale: str, line: int | None
) -> None:
    found = location(check("build", CheckKind.BUILD, rationale=rationale))
    assert found == Location(file=FILE, line=line)


@pytest.mark.parametrize(
    ("rationale", "line"),
    [
        ("two threads …:\na thread writes it at kernels.cpp:2, in relu", 2),
        ("a thread writes it at kernels.cpp:77", 3),
        ("a thread writes it in the tests", 3),
    ],
)
def test_a_data_race_names_its_line_or_else_the_kernel(rationale: str, line: int) -> None:
    race = check("relu.races", CheckKind.RACES, reason=Reason.DATA_RACE, rationale=rationale)
    assert location(race) == Location(file=FILE, line=line)


def test_a_wrong_answer_names_its_line() -> None:
    wrong = check("answers.saxpy", CheckKind.ANSWER)
    assert location(wrong) == Location(file="labs/02_blocking/answers.toml", line=2)


def test_a_kernel_of_an_earlier_lab_is_named_in_its_own_file() -> None:
    earlier = SubmittedFiles(
        {"kernels.cpp": b"namespace lab01 {\nvoid relu(int) {}\n}"}, "labs/01_a"
    )
    later = SubmittedFiles(TAKEN.files, TAKEN.folder, {"01_a": earlier})
    used = check("lab01::relu.used", CheckKind.USES, reason=Reason.REPLACED)
    assert location(used, later) == Location(file="labs/01_a/kernels.cpp", line=2)
