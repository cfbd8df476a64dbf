"""The grader that Rooflab is not: kernels in one program with their tests and the clock, which
believes how that program ends (`defence: process`)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from attacking import INCLUDES, Attack, Outcome

from rooflab.base.process import Ending, Finished, run, trusted_limits
from rooflab.compile.trusted import LabBuild

LIMITS = trusted_limits(wall_s=100)
KEY = {"ROOFLAB_KEY": "2a" * 32}


def submit(attack: Attack, trusted: LabBuild, work: Path) -> Outcome:
    if attack.stage == "timing":
        return _timed(attack, trusted, work)
    program = _link(attack, trusted, work, "tests")
    options = [f"--test-suite={attack.kernel}", "--reporters=xml", f"--out={work / 'tests.xml'}"]
    return _ended(run([program, *options], LIMITS, directory=work, environment=KEY))


def _timed(attack: Attack, trusted: LabBuild, work: Path) -> Outcome:
    reference = trusted.tests.with_name(f"{trusted.lab.namespace}_reference_bench")
    honest = _times(reference, attack, work)
    ours = _times(_link(attack, trusted, work, "bench"), attack, work)
    return Outcome(speedup=max(honest[key] / max(ours[key], 1e-9) for key in honest))


def _link(attack: Attack, trusted: LabBuild, work: Path, kind: str) -> Path:
    """Kind is tests or bench: CMake writes down what it is linked with."""
    about = trusted.tests.with_name("rooflab_attacks.json").read_text(encoding="utf-8")
    objects = json.loads(about)[trusted.lab.namespace][kind]
    program = work / attack.name
    compiled = program.with_suffix(".o")
    flags = [*trusted.compile_flags, "-w", *(f"-I{path}" for path in INCLUDES)]
    for inputs in (
        [*flags, "-c", attack.source, "-o", compiled],
        [compiled, *objects, "-o", program],
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
