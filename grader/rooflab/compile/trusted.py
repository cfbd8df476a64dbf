"""Builds what a lab is graded with: harness programs, and workers with baseline and reference.

CMake builds them and writes down how, in rooflab_build.json. A submission never meets CMake:
compile/worker.py compiles it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rooflab.base.errors import SetupError
from rooflab.base.process import Limits, run
from rooflab.base.scratch import exclusive_lock
from rooflab.base.text import sanitize
from rooflab.compile import toolchain
from rooflab.course.course import Course, Lab

CMAKE_LIMITS = Limits(wall_s=1800, memory_bytes=None, output_bytes=4 << 20, file_bytes=1 << 40)
NEEDED_BYTES = 256 << 20  # of free disk space; with less, a failure may not be the student's
TROUBLE = re.compile("error|undefined reference|multiple definition", re.IGNORECASE)


@dataclass(frozen=True)
class EmulatedBuild:
    """The same for the emulator that cache misses are counted in: it knows no AVX."""

    emulator: Path
    compile_flags: tuple[str, ...]
    worker_objects: tuple[str, ...]  # and what else the linker is told
    baseline_objects: tuple[str, ...]
    baseline: Path
    reference: Path | None


@dataclass(frozen=True)
class RacesBuild:
    """The same to look for data races: tests under ThreadSanitizer, for a submission to be linked
    with."""

    compile_flags: tuple[str, ...]
    objects: tuple[str, ...]
    probe: Path


@dataclass(frozen=True)
class EarlierBuild:
    """The same of an earlier lab, as far as a lab that uses those kernels of it needs it: tests,
    and what workers are linked from."""

    build: LabBuild
    kernels: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the kernels, as C++ and manifests have them: "lab03::gelu"."""
        return tuple(f"{self.build.lab.namespace}::{kernel}" for kernel in self.kernels)


@dataclass(frozen=True)
class LabBuild:
    """A lab's trusted part, built, and how to build a worker against it."""

    lab: Lab
    compiler: str
    compiler_version: str
    toolchain: tuple[Path, ...]  # what the compiler may read of the system
    compile_flags: tuple[str, ...]
    includes: tuple[str, ...]
    worker_objects: tuple[str, ...]  # and what else the linker is told
    baseline_objects: tuple[str, ...]  # the baseline's kernels
    earlier: tuple[EarlierBuild, ...]  # the labs whose kernels it uses
    # Harness programs; kernels are answered by the worker that they are given.
    tests: Path
    hidden_tests: Path | None  # None: no hidden tests in this copy of the course
    timing: Path
    misses: Path
    memory: Path
    hardware: Path
    instructions: Path
    hot: Path
    # Workers.
    baseline: Path
    reference: Path | None  # None: no solutions in this copy of the course
    emulated: EmulatedBuild
    races: RacesBuild | None  # None: the lab has no points for it
    # Of the machine.
    confine: Path
    machine: Path
    probe: Path
    counters: Path

    @property
    def for_emulator(self) -> LabBuild:
        """What compiles and links a worker for the emulator, earlier labs' kernels included."""
        return replace(
            self,
            compile_flags=self.emulated.compile_flags,
            worker_objects=self.emulated.worker_objects,
            baseline_objects=self.emulated.baseline_objects,
            earlier=tuple(replace(e, build=e.build.for_emulator) for e in self.earlier),
        )

    def with_flag(self, flag: str) -> LabBuild:
        """The same with one more flag for all that is compiled."""
        return replace(
            self,
            compile_flags=(*self.compile_flags, flag),
            earlier=tuple(replace(e, build=e.build.with_flag(flag)) for e in self.earlier),
        )


@dataclass(frozen=True)
class MachineBuild:
    """The programs that try a machine out, built; they need no lab."""

    compiler: str
    toolchain: tuple[Path, ...]
    confine: Path
    machine: Path
    probe: Path
    counters: Path


def prepare(course: Course, lab: Lab) -> LabBuild:
    """Builds the trusted part of a lab; quick when nothing has changed."""
    _ = lab.earlier  # a wrong name there is told in the manifest's words, not in CMake's
    targets = [f"{lab.namespace}_trusted"]
    if lab.manifest.looks_for_races:
        targets.append(f"{lab.namespace}_races")
    description = _describe(course, *targets)
    return _lab_build(description, lab)


def prepare_machine(course: Course) -> MachineBuild:
    """Builds what tries this machine out; quick when nothing has changed."""
    names = ("confine", "machine", "probe", "counters")
    description = _describe(course, "rooflab_machine_trusted")
    paths = {name: Path(description[name]) for name in names}
    return MachineBuild(
        compiler=description["compiler"], toolchain=description["toolchain"], **paths
    )


def _describe(course: Course, *targets: str) -> dict[str, Any]:
    """rooflab_build.json, once `targets` are built."""
    directory = course.build / "grader"
    with exclusive_lock(course.build / "grader.lock"):
        check_room(course.build)
        if not _configured(directory, course):
            where = ["-S", str(course.root), "-B", str(directory)]
            how = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release"]
            _cmake(["cmake", "--fresh", *where, *how], course)
        _cmake(["cmake", "--build", str(directory), "--target", *targets], course)
        found: dict[str, Any] = json.loads(
            (directory / "rooflab_build.json").read_text(encoding="utf-8")
        )
        if shutil.which(found["compiler"]) is None:
            raise SetupError(f"the compiler {found['compiler']} is gone", "./lab doctor")
        found["toolchain"] = toolchain.cached(found["compiler"], directory / "toolchain.json")
        toolchain.keep_apart(course.root, found["toolchain"])
        return found


def _configured(directory: Path, course: Course) -> bool:
    """Whether CMake has been there, for the course where it is now: folders get moved."""
    if not (directory / "build.ninja").exists():
        return False
    cache = (directory / "CMakeCache.txt").read_text(encoding="utf-8", errors="replace")
    return f"\nCMAKE_HOME_DIRECTORY:INTERNAL={course.root}\n" in cache


def _lab_build(description: dict[str, Any], lab: Lab) -> LabBuild:
    about = description["labs"][lab.name]
    _check_list(lab, "flags", about["flags"], lab.manifest.flags)
    _check_list(lab, "uses", about["uses"], lab.manifest.uses)
    hidden, reference = about["hidden_tests"], about["workers"].get("reference")
    emulated_reference = about["emulated_workers"].get("reference")
    return LabBuild(
        lab=lab,
        compiler=description["compiler"],
        compiler_version=description["compiler_version"],
        toolchain=description["toolchain"],
        compile_flags=tuple(about["compile"]),
        includes=tuple(about["includes"]),
        worker_objects=tuple(about["objects"]),
        baseline_objects=tuple(about["baseline"]),
        earlier=tuple(EarlierBuild(_lab_build(description, e.lab), e.kernels) for e in lab.earlier),
        tests=Path(about["tests"]),
        hidden_tests=Path(hidden) if hidden else None,
        timing=Path(about["timing"]),
        misses=Path(about["misses"]),
        memory=Path(about["memory"]),
        hardware=Path(about["hardware"]),
        instructions=Path(about["instructions"]),
        hot=Path(about["hot"]),
        baseline=Path(about["workers"]["baseline"]),
        reference=Path(reference) if reference else None,
        emulated=EmulatedBuild(
            emulator=Path(description["emulator"]),
            compile_flags=tuple(about["compile_emulated"]),
            worker_objects=tuple(about["objects_emulated"]),
            baseline_objects=tuple(about["baseline_emulated"]),
            baseline=Path(about["emulated_workers"]["baseline"]),
            reference=Path(emulated_reference) if emulated_reference else None,
        ),
        races=_races(description, about["races"]) if lab.manifest.looks_for_races else None,
        confine=Path(description["confine"]),
        machine=Path(description["machine"]),
        probe=Path(description["probe"]),
        counters=Path(description["counters"]),
    )


def _races(description: dict[str, Any], about: dict[str, Any]) -> RacesBuild:
    return RacesBuild(
        tuple(about["compile"]), tuple(about["objects"]), Path(description["race_probe"])
    )


def _check_list(lab: Lab, key: str, built: Sequence[str], wanted: tuple[str, ...]) -> None:
    """CMake reads the manifest's lists by itself, and without TOML: it may have read them wrong."""
    if tuple(built) != wanted:
        raise SetupError(
            f"{lab.name} is built with {key} {list(built)}, but its manifest says {list(wanted)}",
            f'write them in labs/{lab.name}/lab.toml as a plain list: {key} = ["…"]; if they '
            "are, remove the folder build/grader",
        )


def _cmake(command: Sequence[str], course: Course) -> None:
    done = run(command, CMAKE_LIMITS, directory=course.root, environment=os.environ)
    if done.code == 127:
        raise SetupError(f"{command[0]} is not installed", "./lab doctor")
    if not done.succeeded:
        lines = sanitize(done.stdout + done.stderr, limit=CMAKE_LIMITS.output_bytes).splitlines()
        errors = [line for line in lines if TROUBLE.search(line)] or lines
        shown = "\n  ".join(errors[:12])
        raise SetupError(
            f"the course's own files do not build:\n  {shown}",
            "./lab doctor shows whether a package is missing; if you changed files of the "
            "course other than your kernels, put them back (git status shows them)",
        )


def check_room(directory: Path) -> None:
    if shutil.disk_usage(directory).free < NEEDED_BYTES:
        raise SetupError(f"the disk is full: {directory}", f"make {NEEDED_BYTES >> 20} MiB of room")
