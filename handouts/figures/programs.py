"""Compiling the figures' programs, timing their cases, and counting their cache misses."""

from __future__ import annotations

import json
import platform
import random
import re
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "figures"
TESTING = ROOT / "labs" / "testing"
FLAGS = ["-std=c++20", "-O3", "-march=x86-64-v3", "-fno-tree-vectorize"]
GEOMETRY = ["--D1=32768,8,64", "--LL=1048576,16,64"]  # [cache] of labs/02_blocking/lab.toml


@dataclass(frozen=True)
class Program:
    """One set of cases linked with one set of kernels, as a timing and as a counting program."""

    name: str
    sources: tuple[Path, ...]
    lab: str = "02_blocking"  # whose kernels.h they include

    @property
    def bench(self) -> Path:
        return BUILD / f"{self.name}_bench"

    @property
    def misses(self) -> Path:
        return BUILD / f"{self.name}_misses"


def build(programs: list[Program]) -> None:
    """Compiles everything anew: a few seconds, and never a stale program."""
    BUILD.mkdir(parents=True, exist_ok=True)
    shared = [path for path in TESTING.glob("*.cpp") if not path.stem.endswith("_main")]
    mains = {TESTING / f"{kind}_main.cpp": kind for kind in ("bench", "misses")}
    labs = dict.fromkeys((*shared, *mains), "02_blocking")
    labs |= {path: program.lab for program in programs for path in program.sources}
    objects = {path: str(BUILD / f"{path.parent.name}_{path.stem}.o") for path in labs}
    compiling = []
    for path, lab in labs.items():
        includes = [f"-I{ROOT}/labs/{name}" for name in ("include", "testing", lab)]
        compiling.append(["c++", *FLAGS, *includes, "-c", str(path), "-o", objects[path]])
    linking = []
    for program in programs:
        for main, kind in mains.items():
            parts = [objects[path] for path in (*program.sources, main, *shared)]
            target = str(BUILD / f"{program.name}_{kind}")
            linking.append(["c++", *parts, "-o", target, "-lbenchmark", "-lpthread"])
    with ThreadPoolExecutor() as pool:
        for commands in (compiling, linking):
            list(pool.map(_run, commands))


@dataclass(frozen=True)
class Timing:
    """CPU time of one call: the median of the rounds, and how wide their middle half is."""

    median_ns: float
    spread: float  # interquartile range / median
    rounds: int


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
    return Timing(median, (high - low) / median, len(times))


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


@dataclass(frozen=True)
class Counts:
    """What the simulator saw in one call."""

    misses: int  # D1, reads and writes
    references: int  # loads and stores
    instructions: int


def count_cases(wanted: list[tuple[Program, str]]) -> dict[tuple[str, str], Counts]:
    """Simulates one call of each (program, case)."""
    with ThreadPoolExecutor() as pool:
        counts = pool.map(lambda item: _count_once(*item), wanted)
        return {(program.name, case): n for (program, case), n in zip(wanted, counts, strict=True)}


def _count_once(program: Program, case: str) -> Counts:
    valgrind = ["valgrind", "--tool=callgrind", "--cache-sim=yes", *GEOMETRY]
    valgrind += ["--toggle-collect=rooflab_measured_call", "--callgrind-out-file=/dev/null"]
    report = _run([*valgrind, str(program.misses), case]).stderr
    events = re.search(r"Events\s*:(.*)", report)
    counts = re.search(r"Collected\s*:(.*)", report)
    if events is None or counts is None:
        raise SystemExit(f"valgrind said nothing about {case}:\n{report}")
    seen = dict(zip(events[1].split(), map(int, counts[1].split()), strict=True))
    return Counts(seen["D1mr"] + seen["D1mw"], seen["Dr"] + seen["Dw"], seen["Ir"])


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
        "valgrind": _run(["valgrind", "--version"]).stdout.strip(),
        "flags": " ".join(FLAGS),
        "simulated_caches": " ".join(GEOMETRY),
    }


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise SystemExit(f"{command[0]} is not installed; ./lab doctor says how") from error
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{' '.join(command)}\n{error.stderr}") from error
