"""Compiling the figures' programs and timing their cases."""

from __future__ import annotations

import json
import platform
import random
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from figure import Series

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "figures"
TESTING = ROOT / "labs" / "testing"
BENCH_MAIN = TESTING / "mains" / "bench_main.cpp"
TESTING_HEADER = re.compile(r"#include <rooflab/testing/(\w+/\w+)\.h>")
FLAGS = ["-std=c++20", "-O3", "-march=x86-64-v3", "-fno-tree-vectorize"]
# As the labs are built; the last is GCC's, and Clang only warns of it.
FLAGS += ["-falign-functions=64", "-falign-loops=64", "--param=avoid-fma-max-bits=0"]


@dataclass(frozen=True)
class Program:
    """One set of cases linked with one set of kernels."""

    name: str
    sources: tuple[Path, ...]
    lab: str = "02_blocking"  # whose kernels.h they include
    flags: tuple[str, ...] = ()  # more of them
    parts: tuple[Program, ...] = ()  # linked to it, too: of other labs, or with other flags
    own_main: bool = False  # else Google Benchmark times its cases
    libraries: tuple[str, ...] = ()  # more of them

    @property
    def bench(self) -> Path:
        return BUILD / f"{self.name}_bench"


def build(programs: list[Program]) -> None:
    """Compiles everything anew: never a stale program."""
    BUILD.mkdir(parents=True, exist_ok=True)
    compiled = [*programs, *(part for program in programs for part in program.parts)]
    testing = testing_sources(path for program in compiled for path in program.sources)
    digits = f'-DROOFLAB_DIGITS="{TESTING / "digits"}"'
    shared = Program("shared", tuple(testing), flags=(digits,))
    main = Program("main", (BENCH_MAIN,))
    compiled += [shared, main]
    with ThreadPoolExecutor() as pool:
        list(pool.map(_run, [c for program in compiled for c in _compiling(program)]))
        list(pool.map(_run, [_linking(program, shared, main) for program in programs]))


def testing_sources(sources: Iterable[Path]) -> list[Path]:
    """What they need of labs/testing: all of core, and room/name.cpp for each room/name.h that they
    or what they need include."""
    needed = {
        path for path in (TESTING / "core").glob("*.cpp") if not path.stem.endswith("_promises")
    }  # promises are of tests: they need doctest
    todo, seen = [*sources, *needed], set[str]()
    while todo:
        for name in TESTING_HEADER.findall(todo.pop().read_text(encoding="utf-8")):
            if name in seen:
                continue
            seen.add(name)
            todo.append(TESTING / "include" / "rooflab" / "testing" / f"{name}.h")
            if (source := TESTING / f"{name}.cpp").exists():
                needed.add(source)
                todo.append(source)
    return sorted(needed)


def _object(program: Program, source: Path) -> str:
    return str(BUILD / f"{program.name}_{source.parent.name}_{source.stem}.o")


def _compiling(program: Program) -> list[list[str]]:
    includes = [f"-I{ROOT}/labs/{name}" for name in ("include", "testing/include", program.lab)]
    return [
        ["c++", *FLAGS, *program.flags, *includes, "-c", str(path), "-o", _object(program, path)]
        for path in program.sources
    ]


def _linking(program: Program, shared: Program, main: Program) -> list[str]:
    mains = () if program.own_main else (main,)
    objects = [
        _object(part, path)
        for part in (program, *program.parts, shared, *mains)
        for path in part.sources
    ]
    libraries = [f"-l{name}" for name in ("benchmark", "pthread", *program.libraries)]
    return ["c++", *objects, "-o", str(program.bench), *libraries]


def rows_printed_by(program: Path) -> Series:
    """Runs it; the rows that it prints, by their series."""
    done = subprocess.run([program], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:  # it has said why
        raise SystemExit(done.returncode)
    series: Series = defaultdict(list)
    for line in done.stdout.splitlines():
        row = json.loads(line)
        series[row.pop("series")].append(row)
    return series


@dataclass(frozen=True)
class Timing:
    """CPU time of one call: the median of the rounds, how wide their middle half is, and the mean
    of their faster half, which moves less on a busy machine."""

    median_ns: float
    spread: float  # interquartile range / median
    rounds: int
    faster_half_ns: float


def time_cases(
    wanted: list[tuple[Program, str]], rounds: int = 7, max_rounds: int = 21, spread: float = 0.03
) -> dict[tuple[str, str], Timing]:
    """Times every (program, case) in rounds of random order; repeats those that still spread."""
    samples: dict[tuple[str, str], list[float]] = {(p.name, case): [] for p, case in wanted}
    todo, done = list(wanted), 0
    while todo and done < max_rounds:
        for _ in range(rounds):
            random.shuffle(todo)
            for program, case in todo:
                samples[program.name, case].append(_time_once(program, case))
        done += rounds
        todo = [(p, case) for p, case in todo if _timing(samples[p.name, case]).spread > spread]
        print(f"  {done} rounds; {len(todo)} cases still spread over {spread:.0%}", file=sys.stderr)
    return {key: _timing(times) for key, times in samples.items()}


def _timing(times: list[float]) -> Timing:
    low, median, high = statistics.quantiles(times, n=4, method="inclusive")
    faster_half = statistics.mean(sorted(times)[: (len(times) + 1) // 2])
    return Timing(median, (high - low) / median, len(times), faster_half)


def _time_once(program: Program, case: str) -> float:
    return time_call(program, case)["cpu_ns"]


def time_call(program: Program, case: str) -> dict[str, float]:
    """One call's CPU and wall time in ns: the mean over 50 ms of calls."""
    options = [
        f"--benchmark_filter=^{re.escape(case)}(/process_time)?$",
        "--benchmark_min_time=0.05",
    ]
    document = json.loads(_run([str(program.bench), "--benchmark_format=json", *options]).stdout)
    (result,) = document["benchmarks"]
    if result.get("error_occurred"):
        raise SystemExit(f"{program.name}: {result['error_message']}")
    if result["time_unit"] != "ms":
        raise SystemExit(f"{program.name}: times in {result['time_unit']}, not ms")
    return {"cpu_ns": result["cpu_time"] * 1e6, "wall_ns": result["real_time"] * 1e6}


def machine() -> dict[str, str]:
    """What the figures were measured on, in words."""
    facts = (line.partition(":") for line in _run(["lscpu"]).stdout.splitlines())
    lscpu = {key.strip(): value.strip() for key, _, value in facts}
    caches = ", ".join(
        f"{level} {lscpu[key]}"
        for level, key in (("L1d", "L1d cache"), ("L2", "L2 cache"), ("L3", "L3 cache"))
        if key in lscpu
    )
    virtual = f", virtual machine ({lscpu['Hypervisor vendor']})" * ("Hypervisor vendor" in lscpu)
    cpu = f"{lscpu.get('Model name', platform.processor())}, family {lscpu.get('CPU family')}"
    return {
        "cpu": f"{cpu}, {lscpu['CPU(s)']} cores{virtual}",
        "caches": caches,
        "compiler": _run(["c++", "--version"]).stdout.splitlines()[0],
        "flags": " ".join(FLAGS),
    }


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise SystemExit(f"{command[0]} is not installed; ./lab doctor says how") from error
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{' '.join(command)}\n{error.stderr}") from error
