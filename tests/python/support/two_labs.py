"""A small course whose second lab uses kernels of its first, to be built for real: what lab 06 does
with the labs before it, in seconds. Kernels are functions that return a number, and tests say which
numbers are right, so that a number tells whose kernel was called."""

import shutil
from pathlib import Path

from rooflab.compile.trusted import LabBuild
from rooflab.course.course import Course
from rooflab.measure.correctness import run_suite
from rooflab.measure.seeds import Seeds

ROOT = Path(__file__).resolve().parents[3]
# What labs are built with.
SHARED = ("CMakeLists.txt", "cmake", "labs/include", "labs/testing", "grader/harness")
FIRST, SECOND = "01_first", "02_second"
BASELINE, SOLUTION = (1, 10), (2, 20)  # what origin() and pair() of the first lab return
VALUES = (11, 22, 77, 71, 17)  # of relay(), the sum of both, that the tests can tell

MANIFEST = """
title = "{name}"
summary = "Numbers."
files = ["kernels.cpp"]
flags = ["-O2"]
threads = 1
{uses}
"""
KERNEL = """
[[kernels]]
name = "{name}"
points = {{ public = {points}, hidden = {points} }}
"""
USES = 'uses = ["lab01::origin", "lab01::pair"]'
HEADER = """#pragma once
{includes}
#include <cstdint>
namespace {namespace} {{
{kernels}
}}  // namespace {namespace}
"""
BENCH = """#include <rooflab/testing/core/case.h>
std::vector<rooflab::testing::Case> rooflab::testing::cases() { return {}; }
"""
TESTS = '#include <doctest/doctest.h>\n#include "kernels.h"\n'
# Right are numbers between 0 and 100: the upper end is for the hidden tests to find.
SUITE = 'TEST_SUITE("{name}") {{ TEST_CASE("it") {{ CHECK({call} {is_right}); }} }}\n'
ONE = "std::int64_t {name}() {{ return {value}; }}\n"
STUB = "std::int64_t relay() { return -1; }\n"
MUTANT = """// mistake: takes too much away
// verdict: correctness wrong_result
std::int64_t relay() { return solution() - 22; }
"""
HINTS = '{name} = ["a nudge", "a push", "nearly there"]\n'
RELAY = "std::int64_t relay() { return lab01::origin() + lab01::pair(); }\n"


def write(root: Path) -> Course:
    """An instructor's copy, with nothing built."""
    for part in SHARED:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        (root / part).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / part, root / part)
    _lab(root, FIRST, ("origin", "pair", "unused"), "")
    _lab(root, SECOND, ("relay",), USES)
    for folder in (root / "labs", root / "grader/stubs"):
        put(folder, FIRST, first(0, 0))
        put(folder, SECOND, second(STUB))
    put(root / "labs", FIRST, first(*BASELINE), "baseline.cpp")
    put(root / "solutions", FIRST, first(*SOLUTION))
    put(root / "labs", SECOND, second(), "baseline.cpp")
    put(root / "solutions", SECOND, second())
    put(root / "grader/hidden", f"{SECOND}/mutants/relay", MUTANT, "less.cpp")
    return Course(root)


def value_of(using: LabBuild, worker: Path, work: Path) -> int | None:
    """What relay() returns in a worker of the second lab, if that is one of VALUES."""
    for value in VALUES:
        found = run_suite(using.tests, worker, f"is_{value}", work, Seeds().key("value"))
        if found.cause is None:
            return value
    return None


def put(folder: Path, lab: str, source: str, name: str = "kernels.cpp") -> None:
    """Writes a file of a lab, in the course or in a submission."""
    file = folder / lab / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")


def first(origin: int, pair: int, more: str = "", before: str = "") -> str:
    """A kernels.cpp of the first lab: kernels that return those numbers."""
    kernels = (("origin", origin), ("pair", pair), ("unused", 3))
    body = "".join(ONE.format(name=name, value=value) for name, value in kernels)
    return f'#include "kernels.h"\n{before}namespace lab01 {{\n{body}{more}}}\n'


def second(relay: str = RELAY, before: str = "") -> str:
    """A kernels.cpp of the second."""
    return f'#include "kernels.h"\n{before}namespace lab02 {{\n{relay}}}\n'


def _lab(root: Path, name: str, kernels: tuple[str, ...], uses: str) -> None:
    namespace = f"lab{name[:2]}"
    each = [50 / len(kernels)] * len(kernels)
    manifest = MANIFEST.format(name=name, uses=uses) + "".join(
        KERNEL.format(name=kernel, points=points)
        for kernel, points in zip(kernels, each, strict=True)
    )
    put(root / "labs", name, manifest, "lab.toml")
    includes = f'#include "{FIRST}/kernels.h"' if uses else ""
    declared = "".join(f"std::int64_t {kernel}();\n" for kernel in kernels)
    header = HEADER.format(includes=includes, namespace=namespace, kernels=declared)
    put(root / "labs", name, header, "kernels.h")
    hints = "".join(HINTS.format(name=kernel) for kernel in kernels)
    put(root / "grader", "hints", hints, f"{name}.toml")
    definitions = "".join(f"KERNEL(std::int64_t, {kernel}, ())\n" for kernel in kernels)
    put(root / "labs", name, definitions, "kernels.def")
    put(root / "labs", name, BENCH, "bench.cpp")
    calls = [(kernel, f"{namespace}::{kernel}()") for kernel in kernels]
    suites = [SUITE.format(name=kernel, call=call, is_right="> 0") for kernel, call in calls]
    # Whose kernels relay() called, for the tests of the grader: "is_11", "is_22", …
    if uses:
        suites += [
            SUITE.format(name=f"is_{number}", call="lab02::relay()", is_right=f"== {number}")
            for number in VALUES
        ]
    put(root / "labs", name, TESTS + "".join(suites), "tests.cpp")
    hidden = [SUITE.format(name=kernel, call=call, is_right="< 100") for kernel, call in calls]
    put(root / "grader/hidden", name, TESTS + "".join(hidden), "tests.cpp")
