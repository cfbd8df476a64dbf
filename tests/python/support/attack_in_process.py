"""The grader that Rooflab is not: kernels in one program with their tests and the clock, which
believes how that program ends (`defence: process`)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from attacking import INCLUDES, Attack, Outcome

from rooflab.base.process import Ending, Finished, run, trusted_limits
from rooflab.build.trusted import LabBuild

LIMITS = trusted_limits(wall_s=100)
KEY = {"ROOFLAB_KEY": "2a" * 32}


def targets(trusted: LabBuild) -> list[str]:
    """What CMake builds for these programs."""
    main = [f"rooflab_{kind}_main" for kind in ("test", "bench")]
    lab = [f"{_lab(trusted)}_{part}" for part in ("tests_objects", "bench_objects")]
    return [*main, *lab, _honest(trusted).name, "rooflab_testing"]


def submit(attack: Attack, trusted: LabBuild, work: Path) -> Outcome:
    if attack.stage == "timing":
        return _timed(attack, trusted, work)
    program = _link(attack, trusted, work, f"{_lab(trusted)}_tests_objects", "rooflab_test_main")
    options = [f"--test-suite={attack.kernel}", "--reporters=xml", f"--out={work / 'tests.xml'}"]
    return _ended(run([program, *options], LIMITS, directory=work, environment=KEY))


def _timed(attack: Attack, trusted: LabBuild, work: Path) -> Outcome:
    parts = (f"{_lab(trusted)}_bench_objects", "rooflab_bench_main")
    ours = _times(_link(attack, trusted, work, *parts, "-lbenchmark", "-lpthread"), attack, work)
    honest = _times(_honest(trusted), attack, work)
    return Outcome(speedup=max(honest[key] / max(ours[key], 1e-9) for key in honest))


def _link(attack: Attack, trusted: LabBuild, work: Path, *parts: str) -> Path:
    folder, program = trusted.tests.parent, work / attack.name
    compiled = program.with_suffix(".o")
    flags = [*trusted.compile_flags, "-w", *(f"-I{path}" for path in INCLUDES)]
    objects = [o for part in parts for o in folder.glob(f"CMakeFiles/{part}.dir/**/*.o")]
    libraries = [folder / "librooflab_testing.a", *(part for part in parts if part[0] == "-")]
    for inputs in (
        [*flags, "-c", attack.source, "-o", compiled],
        [compiled, *objects, *libraries, "-o", program],
    ):
        command = [trusted.compiler, *map(str, inputs)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return program


def _times(program: Path, attack: Attack, work: Path) -> dict[str, float]:
    output = work / f"{program.name}.json"
    options = [
        f"--benchmark_filter=^{attack.case}/process_time$",
        "--benchmark_min_time=0.02",
        f"--benchmark_out={output}",
        "--benchmark_out_format=json",
    ]
    done = run([program, *options], LIMITS, directory=work, environment=KEY)
    assert done.succeeded, done
    entry = json.loads(output.read_text(encoding="utf-8"))["benchmarks"][0]
    return {key: float(entry[key]) for key in ("cpu_time", "real_time")}


def _ended(done: Finished) -> Outcome:
    if done.ending is Ending.EXITED:
        return Outcome() if done.code == 0 else Outcome("exited", f"exit status {done.code}")
    return Outcome("crashed", done.signal_name or done.ending.value)


def _lab(trusted: LabBuild) -> str:
    return trusted.tests.name.partition("_")[0]


def _honest(trusted: LabBuild) -> Path:
    return trusted.tests.with_name(f"{_lab(trusted)}_reference_bench")
