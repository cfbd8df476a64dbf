"""Builds and runs the cases of tests/attacks: see the README there."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import attack_builds
import attack_reports

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "attacks"
LAB = "02_blocking"
KERNEL = "matmul_blocked"
MAX_INSTRUCTIONS = 300_000_000  # emulated, where the baseline takes 19 million
LIMIT_S = 100.0
ROUNDS = 3
ORDINARY_USER = 65534
# Defences that no switch in the harness turns off: the witness runs or looks in another way.
ELSEWHERE = frozenset({"process", "keys", "confine", "escaping"})
# What is built of an attack, by the stage at which it strikes.
KINDS = {"tests": "worker", "timing": "worker", "misses": "emulated"}
# What a program with the kernels in process is made of: targets, and whose CMakeLists.txt has them.
IN_PROCESS = {
    "tests": {"lab02_tests_objects": ".", "rooflab_test_main": "labs/testing"},
    "bench": {"lab02_bench_objects": ".", "rooflab_bench_main": "labs/testing"},
}
PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True)
class Attack:
    """A case, as its header tells it."""

    source: Path
    attack: str
    stage: str
    verdict: str
    defence: tuple[str, ...] = ()
    witness: str = ""
    case: str = "matmul_blocked/128"  # which measured case strikes
    subset: str = ""  # "fast": also runs without ROOFLAB_ATTACKS=all
    elsewhere: tuple[str, ...] = ()  # other places to run: "ordinary user", "without landlock"

    @property
    def name(self) -> str:
        return self.source.stem


@dataclass(frozen=True)
class Outcome:
    """What the grader saw. `reason` is empty when it accepted what it saw."""

    reason: str = ""
    what: str = ""
    text: str = ""  # all that was written
    printed: str = ""  # on standard output
    speedup: float = 0  # over the honest kernel
    fewer: float = 0  # how many times fewer cache misses than the honest kernel


@dataclass(frozen=True)
class Programs:
    """The trusted programs, all built, and rooflab_build.json about them."""

    folder: Path
    description: Mapping[str, Any]

    @property
    def lab(self) -> Mapping[str, Any]:
        about: Mapping[str, Any] = self.description["labs"][LAB]
        return about

    def program(self, part: str, witness: bool) -> Path:
        """Part is tests, timing or misses; a witness has a switch for each defence."""
        return self.folder / f"lab02_{'witness' if witness else 'remote'}_{part}"

    def foreseeable_timing(self) -> Path:
        """A witness, too, whose problems can be foreseen (tests/attacks/foreseeable)."""
        return self.folder / "lab02_foreseeable_timing"

    def worker(self, role: str) -> Path:
        return self.folder / f"lab02_{role}_worker"

    def emulator(self, witness: bool) -> Path:
        return self.folder / f"rooflab_emulator{'_witness' if witness else ''}"

    def copied(self, folder: Path) -> Programs:
        """Copies of them that any user may run."""
        for pattern in ("lab02_remote_*", "lab02_*_worker", "lab02_*_emulated", "rooflab_emulator"):
            for program in self.folder.glob(pattern):
                shutil.copy2(program, folder)
        return Programs(folder, self.description)


def attacks() -> list[Attack]:
    return [read(source) for source in sorted(CASES.glob("*.cpp"))]


def read(source: Path) -> Attack:
    facts: dict[str, Any] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        found = re.fullmatch(r"// (\w+): (.+)", line)
        if found is None:
            break
        facts[found[1]] = found[2]
    for key in ("defence", "elsewhere"):
        if key in facts:
            facts[key] = tuple(part.strip() for part in facts[key].split(","))
    missing = {"attack", "stage", "verdict"} - facts.keys()
    assert not missing, f"{source.name}: its header has no {missing}"
    return Attack(source, **facts)


def build_programs(folder: Path) -> Programs:
    """`folder` is where CMake has built what the grader trusts."""
    targets = [
        *(f"lab02_witness_{part}" for part in ("tests", "timing", "misses")),
        "lab02_foreseeable_timing",
        "rooflab_emulator_witness",
        *(target for targets in IN_PROCESS.values() for target in targets),
        "lab02_reference_bench",
        "rooflab_testing",
    ]
    subprocess.run(
        ["cmake", "--build", folder, "--target", *targets], check=True, capture_output=True
    )
    description = json.loads((folder / "rooflab_build.json").read_text(encoding="utf-8"))
    return Programs(folder, description)


@dataclass
class Workshop:
    """Builds what is asked for once, two at a time."""

    programs: Programs
    folder: Path
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(max_workers=2))
    _built: dict[tuple[Path, str], Future[Path]] = field(default_factory=dict)

    def start(self, attack: Attack, kind: str = "worker") -> Future[Path]:
        """Kind is worker or emulated (a worker for the emulator), or tests or bench for a program
        with the kernels in process."""
        key = (attack.source, kind)
        if key not in self._built:
            self._built[key] = self._pool.submit(self._build, attack, kind)
        return self._built[key]

    def program(self, attack: Attack, kind: str = "worker") -> Path:
        return self.start(attack, kind).result()

    def _build(self, attack: Attack, kind: str) -> Path:
        description, folder = self.programs.description, self.programs.folder
        target = self.folder / f"{attack.name}.{kind}"
        compiled = target.with_suffix(f".{kind}.o")
        chosen = self.programs.lab["compile_emulated" if kind == "emulated" else "compile"]
        flags = [*chosen, "-w", f"-I{ROOT}", f"-I{CASES}"]
        compiler = description["compiler"]
        if kind in ("worker", "emulated"):
            rest = [*self.programs.lab["objects"], "-static"]
        else:
            rest = [
                *(
                    path
                    for name, place in IN_PROCESS[kind].items()
                    for path in (folder / place / "CMakeFiles" / f"{name}.dir").rglob("*.o")
                ),
                folder / "librooflab_testing.a",
                *(["-lbenchmark", "-lpthread"] if kind == "bench" else []),
            ]
        for command in (
            [compiler, *flags, "-c", attack.source, "-o", compiled],
            [compiler, compiled, *rest, "-o", target],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
        return target


@dataclass(frozen=True)
class Bench:
    """Runs attacks with the real programs, or with their witnesses."""

    workshop: Workshop
    work: Path
    user: int | None = None  # who runs the grader; None is whoever runs the tests

    def as_ordinary_user(self) -> Bench:
        """The same, run by a user without any rights. Ordinary users stay who they are."""
        if os.geteuid() != 0:
            return self
        folder = Path(tempfile.mkdtemp(prefix="ordinary-", dir=self.workshop.folder))
        folder.chmod(0o755)
        work = folder / "work"
        work.mkdir()
        work.chmod(0o777)
        programs = self.workshop.programs.copied(folder)
        return Bench(replace(self.workshop, programs=programs), work, ORDINARY_USER)

    def stopped(self, attack: Attack, without: Sequence[str] = ()) -> Outcome:
        """What the grader says to the attack; `without` some of its switches."""
        return self._run(attack, tuple(without), witness=bool(without))

    def succeeds(self, attack: Attack) -> Outcome:
        """What happens when the defence that the attack names is off."""
        if "process" in attack.defence:
            return self._in_process(attack)
        return self._run(attack, attack.defence, witness=True)

    def _run(self, attack: Attack, without: tuple[str, ...], witness: bool) -> Outcome:
        run = {
            "tests": self._tests,
            "timing": self._timing,
            "misses": self._misses,
            "build": self._build,
            "report": self._report,
            "page": self._report,
        }[attack.stage]
        return run(attack, without, witness)

    def _build(self, attack: Attack, without: tuple[str, ...], _: bool) -> Outcome:
        with tempfile.TemporaryDirectory(prefix="build-", dir=self.work) as folder:
            return Outcome(*attack_builds.submit(attack.source, Path(folder), without))

    def _report(self, attack: Attack, without: tuple[str, ...], _: bool) -> Outcome:
        with tempfile.TemporaryDirectory(prefix="build-", dir=self.work) as folder:
            outcome = Outcome(
                *attack_reports.submit(
                    attack.source,
                    Path(folder),
                    page=attack.stage == "page",
                    escaping="escaping" not in without,
                )
            )
        if not without and matches(attack.witness, outcome):
            return Outcome("acts", attack.witness, outcome.text)
        return outcome

    def _tests(self, attack: Attack, without: tuple[str, ...], witness: bool) -> Outcome:
        return self._start(
            self.workshop.programs.program("tests", witness),
            [f"-ts={KERNEL}", "-r=xml", f"-o={self.output}"],
            without,
            ROOFLAB_WORKER=str(self.workshop.program(attack)),
        )

    def _timing(self, attack: Attack, without: tuple[str, ...], witness: bool) -> Outcome:
        roles = {
            "baseline": self.workshop.programs.worker("baseline"),
            "submission": self.workshop.program(attack),
            "reference": self.workshop.programs.worker("reference"),
        }
        programs = self.workshop.programs
        program = programs.program("timing", witness)
        outcome = self._start(
            programs.foreseeable_timing() if "keys" in without else program,
            [
                f"--case={attack.case}",
                f"--rounds={ROUNDS}",
                *(f"--worker={role}:{path}" for role, path in roles.items()),
                *self._as_json(),
            ],
            without,
        )
        if outcome.reason:
            return outcome
        times: dict[str, list[float]] = {role: [] for role in roles}
        for entry in self._benchmarks():
            role = entry["name"].removeprefix(attack.case + "/").split("/")[0]
            times[role].append(entry["cpu_ns"])
        median = {role: statistics.median(taken) for role, taken in times.items()}
        return Outcome(
            text=outcome.text, speedup=median["reference"] / max(median["submission"], 1)
        )

    def _misses(self, attack: Attack, without: tuple[str, ...], witness: bool) -> Outcome:
        outcome, misses = self._count(
            self.workshop.program(attack, "emulated"), attack.case, without, witness
        )
        if outcome.reason:
            return outcome
        honest = self.workshop.programs.folder / "lab02_reference_emulated"
        _, honest_misses = self._count(honest, attack.case, without, witness)
        return Outcome(text=outcome.text, fewer=honest_misses / max(misses, 1))

    def _count(
        self, worker: Path, case: str, without: tuple[str, ...], witness: bool
    ) -> tuple[Outcome, int]:
        programs = self.workshop.programs
        outcome = self._start(
            programs.program("misses", witness),
            [
                f"--case={case}",
                f"--worker={worker}",
                f"--emulator={programs.emulator(witness)}",
                "--d1=32768,8,64",
                "--ll=1048576,16,64",
                f"--max-instructions={MAX_INSTRUCTIONS}",
            ],
            without,
        )
        if outcome.reason:
            return outcome, 0
        return outcome, int(json.loads(outcome.printed)["d1_misses"])

    def _in_process(self, attack: Attack) -> Outcome:
        if attack.stage in ("tests", "build"):
            program = self.workshop.program(attack, "tests")
            return self._start(program, [f"-ts={KERNEL}", "-r=xml", f"-o={self.output}"])
        honest = self.workshop.programs.folder / "lab02_reference_bench"
        ours, theirs = (
            self._bench(program, attack.case)
            for program in (self.workshop.program(attack, "bench"), honest)
        )
        fastest = max(theirs[key] / max(ours[key], 1e-9) for key in ("cpu_time", "real_time"))
        return Outcome(speedup=fastest)

    def _bench(self, program: Path, case: str) -> Mapping[str, Any]:
        options = [f"--benchmark_filter=^{case}/process_time$", "--benchmark_min_time=0.02"]
        outcome = self._start(program, [*options, *self._as_json()])
        assert outcome.reason == "", outcome
        return self._benchmarks()[0]

    @property
    def output(self) -> Path:
        return self.work / "output"

    def _as_json(self) -> list[str]:
        return [f"--benchmark_out={self.output}", "--benchmark_out_format=json"]

    def _benchmarks(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = json.loads(self.output.read_text())["benchmarks"]
        return entries

    def _start(
        self, program: Path, options: Sequence[str], without: Sequence[str] = (), **environment: str
    ) -> Outcome:
        """What a program says in `output` and on standard error."""
        self.output.unlink(missing_ok=True)
        command = [str(program), *options]
        if self.user is not None and os.geteuid() == 0:
            user = [f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"]
            command = ["setpriv", *user, "--", *command]
        switches = ",".join(name for name in without if name not in ELSEWHERE)
        done = subprocess.run(
            command,
            env={
                "PATH": PATH,
                "ROOFLAB_KEY": attack_builds.KEY,
                "ROOFLAB_WITHOUT": switches,
                **environment,
            },
            cwd=self.work,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LIMIT_S,
            check=False,
        )
        text = done.stderr
        if self.output.exists():
            text += self.output.read_text(errors="replace").replace("\\n", "\n")
        reason = re.search(r"reason: (\w+)", text)
        what = re.search(r"(?:what|how): (.+)", text)
        if reason is not None:
            return Outcome(reason[1], what[1] if what else "", text)
        if done.returncode < 0:
            return Outcome("crashed", signal.Signals(-done.returncode).name, text)
        if done.returncode != 0:
            return Outcome("exited", f"exit status {done.returncode}", text)
        return Outcome(text=text, printed=done.stdout)


def matches(expected: str, outcome: Outcome) -> bool:
    """Whether an outcome is what a header's verdict or witness says: see the README."""
    if " or " in expected:
        return any(matches(either, outcome) for either in expected.split(" or "))
    word, _, rest = expected.partition(" ")
    match word:
        case "passes":
            return outcome.reason == ""
        case "gains":
            return outcome.reason == "" and 0 < max(outcome.speedup, outcome.fewer) < 1.5
        case "faster":
            return outcome.reason == "" and outcome.speedup >= float(rest)
        case "honest":
            return outcome.reason == "" and float(rest) <= outcome.speedup < 1.5
        case "fewer":
            return outcome.reason == "" and outcome.fewer >= float(rest)
        case "leaks":
            return rest.encode().decode("unicode_escape") in outcome.text
        case "exited" if rest.isdigit():
            return outcome.reason == word and f"exit status {rest}" in outcome.what
        case _:
            return outcome.reason == word and rest in outcome.what
