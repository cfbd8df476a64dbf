"""What figures take from the grader: its emulator, caches and workers, to count cache misses; its
sampler; and the stages of a lab."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from programs import BUILD, ROOT

sys.path.insert(0, str(ROOT / "grader"))

from rooflab.compile.trusted import LabBuild, prepare
from rooflab.compile.worker import build_for_emulator, build_submission
from rooflab.course.course import Course
from rooflab.course.submission import SubmittedFiles
from rooflab.measure.cache_misses import MissCounts, count
from rooflab.measure.samples import take
from rooflab.measure.seeds import Seeds
from rooflab.report.model import Cause

Key = TypeVar("Key")
Result = TypeVar("Result")

HERE = Path(__file__).resolve().parent
# A kernel of a figure in the place of the lab's matmul_blocked; the others do nothing.
IN_PLACE = """#include "kernels.h"
#include "{header}"
namespace lab02 {{
using A = MatrixView<const float>;
using C = MatrixView<float>;
void matmul_blocked(A a, A b, C c) {{ figures::{kernel}(a, b, c); }}
void matmul_reordered(A, A, C) {{}}
void transpose_blocked(A, C) {{}}
void conv2d_blocked(Tensor4View<const float>, Tensor4View<const float>, std::span<const float>,
                    std::int64_t, Tensor4View<float>) {{}}
std::int64_t choose_tile(std::int64_t) {{ return 8; }}
}}  // namespace lab02
"""


@dataclass(frozen=True)
class Counts:
    """Of one call, as ./lab misses and ./lab grade count it."""

    misses: int  # D1, loads and stores
    references: int  # loads and stores
    instructions: int


def lab() -> LabBuild:
    """Lab 02, built."""
    course = Course(ROOT)
    return prepare(course, course.find("02"))


def stages(kernel: str) -> dict[str, str]:
    """By name, each stage of a kernel of lab 02: a whole kernels.cpp. For instructors."""
    from rooflab.compile.variant import whole_source
    from rooflab.course.stages import stages_of

    lab = Course(ROOT).find("02")
    return {
        stage.name: whole_source(lab, stage) for stage in stages_of(lab) if stage.kernel == kernel
    }


def stage_of(lab_id: str, kernel: str, name: str) -> str:
    """One stage of a kernel: a whole kernels.cpp, whatever points it earns. For instructors."""
    from rooflab.compile.variant import whole_source
    from rooflab.course.stages import Stage

    lab = Course(ROOT).find(lab_id)
    assert lab.hidden is not None
    path = lab.hidden / "stages" / kernel / f"{name}.cpp"
    return whole_source(lab, Stage(kernel, "", {}, path))


def with_cases(trusted: LabBuild, cases: Path) -> LabBuild:
    """The lab with those cases in place of its own."""
    BUILD.mkdir(parents=True, exist_ok=True)
    program = BUILD / f"{cases.stem}_misses"
    description = json.loads((trusted.misses.parent / "rooflab_build.json").read_bytes())
    objects = description["labs"][trusted.lab.name]["misses_without_cases"]
    includes = [f"-I{ROOT}/labs/{name}" for name in ("include", "testing/include", "02_blocking")]
    flags = ["-std=c++20", "-O2", *includes]
    command: list[str | Path] = [trusted.compiler, *flags, cases, *objects, "-lseccomp"]
    subprocess.run([*command, "-o", program], check=True)
    return replace(trusted, misses=program)


def worker_of(trusted: LabBuild, source: str, *includes: Path) -> Path:
    """A worker with those kernels, for the emulator. `includes` are more folders to look in."""
    folder = BUILD / f"worker-{hashlib.sha256(source.encode()).hexdigest()[:16]}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    submission = SubmittedFiles({"kernels.cpp": source.encode()})
    built = build_for_emulator(trusted, submission, folder, extra_includes=(HERE, ROOT, *includes))
    if isinstance(built, Cause):
        raise SystemExit(built.rationale)
    return built.worker


def samples_of(lab_id: str, case: str, source: str, *includes: Path) -> dict[str, float]:
    """Of calls of the case, the share of ./lab hot's samples by kind of instruction."""
    course = Course(ROOT)
    trusted = prepare(course, course.find(lab_id))
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        work = Path(folder)
        submission = SubmittedFiles({"kernels.cpp": source.encode()})
        built = build_submission(trusted, submission, work, extra_includes=(ROOT, *includes))
        if isinstance(built, Cause):
            raise SystemExit(built.rationale)
        found = take(trusted, built.worker, case, work, Seeds().key())
    if isinstance(found, Cause):
        raise SystemExit(found.rationale)
    counted: Counter[str] = Counter()
    for site in found.sites:
        counted[site.kind] += site.samples
    return {kind: count / found.samples for kind, count in counted.items()}


def worker_in_place(trusted: LabBuild, header: str, kernel: str) -> Path:
    return worker_of(trusted, IN_PLACE.format(header=header, kernel=kernel))


def count_case(trusted: LabBuild, worker: Path, case: str) -> Counts:
    caches = trusted.lab.manifest.cache
    assert caches is not None
    counts = count(trusted, worker, case, caches, BUILD, key=Seeds().key())
    if not isinstance(counts, MissCounts):
        raise SystemExit(f"{case}: {counts.rationale}")
    return Counts(counts.d1_misses, counts.accesses, counts.instructions)


def side_by_side(work: Callable[[Key], Result], keys: Sequence[Key]) -> dict[Key, Result]:
    """One result a key; two at a time, which changes no count."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(keys, pool.map(work, keys), strict=True))
