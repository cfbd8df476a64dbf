"""Times the kernels of labs 03 to 05 beside OpenBLAS and oneDNN; and each lab's product.

    peers.py [--json FILE] [--only sgemm] [--seconds 2]     labs 03 to 05 beside the libraries
    peers.py --course [--json FILE]                         one product through the course

Per instruction set and number of threads one process, which finds in its environment what makes
the libraries use them, too: Debian's OpenBLAS would otherwise take an old processor's kernels. In
it all contestants of a work take turns in rounds, in a random order. Peers whose sums saturate are
marked, and not compared with ours element by element. Times are CPU time of the
calling thread, for several threads wall time. The figures come from the faster half of the rounds,
as those of a grade do (rooflab.measure.estimates).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rooflab.base.errors import RooflabError, SetupError
from rooflab.base.process import Finished, Limits, run
from rooflab.base.scratch import scratch
from rooflab.compile.variant import whole_source
from rooflab.course.course import Course
from rooflab.course.stages import stages_of
from rooflab.measure import machine
from rooflab.measure.estimates import ratio_of_typical, typical

HERE = "tests/benchmarks"
LIMITS = Limits(wall_s=3600, memory_bytes=None, output_bytes=64 << 20, file_bytes=1 << 30)
COMPILER = "g++"
WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror"]
OURS = ["-std=c++20", *WARNINGS, "-I.", "-Ilabs/include"]
# As the labs' manifests and CMakeLists.txt say.
SAME_CODE = ["-falign-functions=64", "-falign-loops=64", "--param=avoid-fma-max-bits=0"]
KERNELS = ["-O3", "-fno-tree-vectorize", "-march=x86-64-v3", *SAME_CODE]


@dataclass(frozen=True)
class Library:
    name: str
    header: str
    link: str
    package: str


LIBRARIES = (
    Library("openblas", "cblas.h", "-lopenblas", "libopenblas-dev"),
    Library("onednn", "dnnl.hpp", "-ldnnl", "libdnnl-dev"),
)


@dataclass(frozen=True)
class InstructionSet:
    name: str
    flag: str  # of /proc/cpuinfo
    march: str
    openblas: str
    onednn: str


AVX2 = InstructionSet("avx2", "avx2", "x86-64-v3", "Haswell", "AVX2")
AVX512 = InstructionSet("avx512", "avx512f", "x86-64-v4", "SkylakeX", "AVX512_CORE")
AVX_VNNI = InstructionSet("avx_vnni", "avx_vnni", "x86-64-v3", "Haswell", "AVX2_VNNI")
AVX512_VNNI = InstructionSet(
    "avx512_vnni", "avx512_vnni", "x86-64-v3", "SkylakeX", "AVX512_CORE_VNNI"
)
# Lab 05's product asks the processor what it has. To compare it with less, it is kept from more.
WITHOUT = {"avx2": "avx2_alone", "avx_vnni": "avx_vnni_alone"}


@dataclass(frozen=True)
class Options:
    seconds: float
    only: str
    quick: bool


class Programs:
    """Compiles what it is asked for into `work`, each file once."""

    def __init__(self, course: Course, work: Path) -> None:
        self.root = course.root
        self.work = work
        self.libraries = [library for library in LIBRARIES if self._has(library)]
        self.objects: dict[tuple[str, ...], Path] = {}

    def _has(self, library: Library) -> bool:
        command = [COMPILER, "-fsyntax-only", "-include", library.header, "-x", "c++", "/dev/null"]
        return run(command, LIMITS, directory=self.root).succeeded

    def missing(self) -> Iterator[Library]:
        return (library for library in LIBRARIES if library not in self.libraries)

    def has_lab04(self) -> bool:
        return (self.root / "solutions/04_threading/kernels.cpp").exists()

    def has_lab05(self) -> bool:
        return (self.root / "solutions/05_quantization/kernels.cpp").exists()

    def peers(self, isa: InstructionSet) -> Path:
        objects = [
            self._object(f"{HERE}/peers.cpp", "-O2", f"-march={isa.march}"),
            self._object(f"{HERE}/peers_works.cpp", "-O2", "-march=x86-64-v3"),
            self._object(f"{HERE}/peers_libraries.cpp", "-O2"),
            self._kernels("03_simd", "solutions"),
        ]
        if self.has_lab04():
            objects.append(self._kernels("04_threading", "solutions"))
        if self.has_lab05():
            objects.append(self._lab05(isa))
        return self._link("peers", objects, [library.link for library in self.libraries])

    def _lab05(self, isa: InstructionSet) -> Path:
        """Lab 05's kernels, kept from instructions beyond these."""
        lab = Course(self.root).find("05")
        source = self.root / "solutions" / lab.name / "kernels.cpp"
        for stage in stages_of(lab):
            if (stage.kernel, stage.name) == ("matmul_int8_simd", WITHOUT.get(isa.name)):
                source = self.work / f"{stage.name}.cpp"
                source.write_text(whole_source(lab, stage), encoding="utf-8")
        return self._object(str(source), *KERNELS, f"-Ilabs/{lab.name}")

    def course(self) -> Path:
        """The labs' products in one program: namespaces of the same name get another."""
        objects = [
            self._object(f"{HERE}/peers.cpp", "-O2", "-march=x86-64-v3"),
            self._object(f"{HERE}/peers_course.cpp", *KERNELS, "-Ilabs/03_simd"),
            self._kernels("01_baseline", "labs", "-Dlab01=lab01_baseline", file="baseline.cpp"),
            self._kernels("01_baseline", "solutions"),
            self._kernels("02_blocking", "solutions"),
            self._kernels("02_blocking", "solutions", "-Dlab02=vectorized", "-ftree-vectorize"),
        ]
        if self.has_lab04():
            objects.append(self._kernels("04_threading", "solutions"))
        return self._link("course", objects, [])

    def _kernels(self, lab: str, tree: str, *flags: str, file: str = "kernels.cpp") -> Path:
        return self._object(f"{tree}/{lab}/{file}", *KERNELS, f"-Ilabs/{lab}", *flags)

    def _object(self, source: str, *flags: str) -> Path:
        wanted = (source, *flags)
        if wanted not in self.objects:
            target = self.work / f"{len(self.objects)}.o"
            self._compile([*OURS, *flags, "-c", source, "-o", str(target)])
            self.objects[wanted] = target
        return self.objects[wanted]

    def _link(self, name: str, objects: Sequence[Path], libraries: Sequence[str]) -> Path:
        target = self.work / name
        self._compile([*map(str, objects), *libraries, "-pthread", "-o", str(target)])
        return target

    def _compile(self, arguments: Sequence[str]) -> None:
        done = run([COMPILER, *arguments], LIMITS, directory=self.root)
        if not done.succeeded:
            raise SetupError(f"{COMPILER} cannot compile it:\n{done.stderr.decode()}")


def rounds(
    program: Path, isa: InstructionSet, threads: int, options: Options
) -> list[dict[str, Any]]:
    """What peers.cpp printed: the seconds of each contestant's turns, work by work."""
    environment = {
        "OPENBLAS_CORETYPE": isa.openblas,
        "OPENBLAS_NUM_THREADS": str(threads),
        "ONEDNN_MAX_CPU_ISA": isa.onednn,
        "OMP_NUM_THREADS": str(threads),
    }
    sizes = "quick" if options.quick else "full"
    command = [str(program), isa.name, str(threads), str(options.seconds), options.only, sizes]
    done = run(command, LIMITS, directory=program.parent, environment=environment)
    if not done.succeeded:
        raise SetupError(f"{program.name} stopped ({why(done)})")
    works: list[dict[str, Any]] = json.loads(done.stdout)
    return works


def why(done: Finished) -> str:
    return done.stderr.decode().strip() or f"{done.ending.value}: {done.code}"


class Timed:
    """One contestant of one work."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.name: str = entry["name"]
        # Seconds per floating-point operation or byte: contestants may do more than others.
        self.times = [seconds / entry["amount"] for seconds in entry["seconds"]]
        self.rate = 1e-9 / typical(self.times)


def row(work: dict[str, Any], isa: InstructionSet, threads: int) -> dict[str, Any]:
    """Ours beside the fastest peer, which a plain copy may be; never beside the peak, nor beside
    our own product in fp32."""
    timed = [Timed(entry) for entry in work["contestants"]]
    ours = next(one for one in timed if one.name == "ours")
    peak = next((one for one in timed if one.name == "peak"), None)
    fp32 = next((one for one in timed if one.name == "fp32"), None)
    peers = [one for one in timed if one not in (ours, peak, fp32)]
    ratio = None
    if peers:
        fastest = max(peers, key=lambda one: one.rate)
        ratio = ratio_of_typical(fastest.times, ours.times, seed=1)
    return {
        "work": work["work"],
        "isa": isa.name,
        "threads": threads,
        "ours": ours.rate,
        "unit": work["unit"],
        "peers": {one.name: one.rate for one in peers},
        "ratio": ratio and ratio.value,
        "ci_low": ratio and ratio.low,
        "ci_high": ratio and ratio.high,
        "share_of_peak": peak and ours.rate / peak.rate,
        "over_fp32": fp32 and ours.rate / fp32.rate,
        "rounds": len(ours.times),
    }


def shown(row: dict[str, Any]) -> str:
    peers = "  ".join(f"{name} {rate:.1f}" for name, rate in row["peers"].items())
    text = f"{row['work']:22} {row['isa']:6} {row['threads']}  ours {row['ours']:.1f} {row['unit']}"
    text += f"  {peers}"
    if row["ratio"] is not None:
        text += f"  ratio {row['ratio']:.3f} ({row['ci_low']:.3f} to {row['ci_high']:.3f})"
    if row["share_of_peak"] is not None:
        text += f"  {row['share_of_peak']:.1%} of the peak"
    if row["over_fp32"] is not None:
        text += f"  {row['over_fp32']:.2f} times our fp32"
    return text


def against_libraries(programs: Programs, options: Options) -> Iterator[dict[str, Any]]:
    for library in programs.missing():
        print(f"{library.name} is not installed ({library.package}): left out", file=sys.stderr)
    flags = machine.cpu_flags()
    vnni = (AVX_VNNI, AVX512_VNNI) if programs.has_lab05() else ()
    for isa in (AVX2, AVX512, *vnni):
        if isa.flag not in flags:
            print(f"this processor has no {isa.name}: left out", file=sys.stderr)
            continue
        program = programs.peers(isa)
        for threads in (1, 2) if isa is AVX2 and programs.has_lab04() else (1,):
            for work in rounds(program, isa, threads, options):
                yield row(work, isa, threads)


def through_the_course(programs: Programs, options: Options) -> Iterator[dict[str, Any]]:
    threads = 2 if programs.has_lab04() else 1  # CPU time is one thread's
    for work in rounds(programs.course(), AVX2, threads, options):
        timed = [Timed(entry) for entry in work["contestants"]]
        peak = next(one for one in timed if one.name == "peak")
        for one in timed:
            if one is not peak:
                yield {
                    "work": work["work"],
                    "stage": one.name,
                    "ours": one.rate,
                    "unit": work["unit"],
                    "share_of_peak": one.rate / peak.rate,
                    "rounds": len(one.times),
                }


def shown_stage(row: dict[str, Any]) -> str:
    return f"{row['stage']:40} {row['ours']:8.2f} {row['unit']}  {row['share_of_peak']:.1%}"


Measure = Callable[[Programs, Options], Iterator[dict[str, Any]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", type=Path, help="write the rows there, too")
    parser.add_argument("--only", default="", help="only works whose name contains this")
    parser.add_argument("--seconds", type=float, default=2, help="per work")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to try it out")
    parser.add_argument("--course", action="store_true", help="one product through the labs")
    arguments = parser.parse_args()
    options = Options(
        0.0 if arguments.quick else arguments.seconds, arguments.only, arguments.quick
    )
    measure: Measure = through_the_course if arguments.course else against_libraries
    show = shown_stage if arguments.course else shown
    course = Course.discover()
    rows = []
    try:
        with scratch(course.build) as work:
            for one in measure(Programs(course, work), options):
                print(show(one), flush=True)
                rows.append(one)
    except RooflabError as error:
        sys.exit(f"error: {error.message}")
    if arguments.json:
        document = {
            "schema": "rooflab/peers/v1",
            "machine": machine.read().model_dump(mode="json"),
            "rows": rows,
        }
        arguments.json.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
