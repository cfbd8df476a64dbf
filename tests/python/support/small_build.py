"""A CMake project in place of the labs': configured in no time, with a compiler of one's choice."""

import json
import shutil
from collections.abc import Sequence
from typing import Any

from rooflab.compile import toolchain
from rooflab.course.course import Course

CMAKE = """
cmake_minimum_required(VERSION 3.25)
project(small LANGUAGES NONE)
add_custom_command(OUTPUT copy COMMAND cmake -E copy ${CMAKE_SOURCE_DIR}/original copy
                   DEPENDS ${CMAKE_SOURCE_DIR}/original)
add_custom_target(lab02_trusted DEPENDS copy)
file(WRITE ${CMAKE_BINARY_DIR}/rooflab_build.json [[DESCRIPTION]])
"""
LAB: dict[str, Any] = {
    "flags": ["-O3"],
    "uses": [],
    "compile": ["-O3"],
    "compile_emulated": ["-O3", "-g"],
    "includes": ["labs/include"],
    "objects": ["table.o"],
    "objects_emulated": ["table.o"],
    "baseline": ["baseline.o"],
    "baseline_emulated": ["baseline.o"],
    "tests": "tests",
    "hidden_tests": None,
    "timing": "timing",
    "misses": "misses",
    "memory": "memory",
    "hardware": "hardware",
    "instructions": "instructions",
    "hot": "hot",
    "workers": {"baseline": "worker"},
    "emulated_workers": {"baseline": "emulated"},
}
# Runs the command behind "--", confined to nothing.
CONFINE = '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n'


def write(
    course: Course, compiler: str = "/bin/sh", more: str = "", flags: Sequence[str] = ("-O3",)
) -> None:
    """It writes down what the grader asks for, and builds `copy` from `original`."""
    confine = course.root / "confine"
    confine.write_text(CONFINE, encoding="utf-8")
    confine.chmod(0o755)
    description = {
        "compiler": compiler,
        "compiler_version": "1",
        "confine": str(confine),
        "emulator": "emulator",
        "machine": "machine",
        "probe": "probe",
        "counters": "counters",
        "labs": {"02_blocking": {**LAB, "flags": flags}},
    }
    # As if the compiler had been asked before what it reads.
    stamp = toolchain.stamp(compiler) if shutil.which(compiler) else []
    known = course.build / "grader" / "toolchain.json"
    known.parent.mkdir(parents=True, exist_ok=True)
    known.write_text(json.dumps({"stamp": stamp, "readable": []}), encoding="utf-8")
    text = CMAKE.replace("DESCRIPTION", json.dumps(description)) + more
    (course.root / "CMakeLists.txt").write_text(text, encoding="latin-1")
    (course.root / "original").write_text("1", encoding="utf-8")
