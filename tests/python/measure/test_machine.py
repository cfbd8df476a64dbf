"""Facts about a machine are read, or said to be missing; never guessed."""

from pathlib import Path

import pytest

from rooflab.base.errors import SetupError
from rooflab.compile.trusted import LabBuild
from rooflab.measure import machine

X86 = """\
processor\t: 0
model name\t: Example CPU @ 2.0 GHz
flags\t\t: fpu avx avx2 bmi1 bmi2 f16c fma abm movbe avx512f hypervisor

processor\t: 1
model name\t: Another
"""
ARM = """\
processor\t: 0
Features\t: fp asimd asimddp sve
CPU implementer\t: 0x41
CPU part\t: 0xd40
"""


def no_answer(_name: int) -> int:
    raise ValueError("unrecognized configuration name")


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "proc/cpuinfo", X86)
    cache = {
        "level": "1\n",
        "type": "Data\n",
        "size": "48K\n",
        "coherency_line_size": "64\n",
        "ways_of_associativity": "12\n",
    }
    for name, text in cache.items():
        write(tmp_path, f"sys/devices/system/cpu/cpu0/cache/index0/{name}", text)
    write(tmp_path, "sys/devices/system/cpu/cpu0/cache/index1/level", "2\n")  # and nothing more
    (tmp_path / "sys/bus/event_source/devices/software").mkdir(parents=True)
    return tmp_path


def test_the_processor_is_the_first_one_listed(root: Path) -> None:
    assert machine.read(root=root, cores=2).cpu == "Example CPU @ 2.0 GHz"


def test_the_instruction_sets_that_matter_are_listed(root: Path) -> None:
    assert machine.read(root=root).isa == ("x86-64-v3", "avx2", "fma", "f16c", "avx512f")


def test_the_graded_level_is_not_claimed_when_an_instruction_lacks(root: Path) -> None:
    write(root, "proc/cpuinfo", X86.replace(" movbe", ""))
    assert "x86-64-v3" not in machine.read(root=root).isa
    assert machine.missing_for_x86_64_v3(machine.cpu_flags(root)) == ("movbe",)


def test_arm_is_described_by_its_own_names(root: Path) -> None:
    write(root, "proc/cpuinfo", ARM)
    facts = machine.read(root=root)
    assert facts.cpu == "ARM implementer 0x41 part 0xd40"
    assert facts.isa == ("neon", "dotprod", "sve")
    assert facts.virtualized is None


def test_caches_are_whole_entries_only(root: Path) -> None:
    (cache,) = machine.read(root=root).caches
    assert (cache.level, cache.size_bytes, cache.ways) == (1, 49152, 12)


def test_without_sys_the_c_library_knows_the_caches(tmp_path: Path) -> None:
    known = {188: 32768, 189: 8, 190: 64, 194: 1 << 25, 195: 0, 196: 64}
    caches = machine.read(root=tmp_path, sysconf=lambda name: known.get(name, 0)).caches
    assert [(c.level, c.size_bytes, c.ways) for c in caches] == [(1, 32768, 8)]


@pytest.mark.parametrize(("flags", "expected"), [("hypervisor", True), ("", False)])
def test_a_hypervisor_shows_itself(root: Path, flags: str, expected: bool) -> None:
    write(root, "proc/cpuinfo", X86.replace("hypervisor", flags))
    assert machine.read(root=root).virtualized is expected


def message(tmp_path: Path, text: str) -> machine.Counters:
    """What is made of a program that prints `text`."""
    program = tmp_path / "counters"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n", encoding="utf-8")
    program.chmod(0o755)
    return machine.count(program)


HARDWARE = '"hardware": {"available": %s, "reason": "%s", "events": [%s]}'
PASSED = '"self_test": {"status": "pass", "expected": 4368, "counted": 4368}'


def test_counters_are_named_when_there_are_some(tmp_path: Path) -> None:
    hardware = HARDWARE % ("true", "", '"PAPI_L1_DCM", "PAPI_TOT_INS"')
    found = message(tmp_path, f"{{{hardware}, {PASSED}}}")
    assert str(found) == "available: PAPI_L1_DCM, PAPI_TOT_INS"
    assert found.self_test == ""


def test_a_machine_without_counters_says_why(tmp_path: Path) -> None:
    found = message(tmp_path, f"{{{HARDWARE % ('false', 'it has none', '')}, {PASSED}}}")
    assert str(found) == "unmeasured: it has none"


def test_a_self_test_that_failed_says_what_was_counted(tmp_path: Path) -> None:
    failed = '"self_test": {"status": "fail", "expected": 4368, "counted": 12}'
    found = message(tmp_path, f"{{{HARDWARE % ('false', 'it has none', '')}, {failed}}}")
    assert found.self_test == "counted 12, expected 4368."


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"hardware": 1, "self_test": 2}', "oops"])
def test_what_cannot_be_understood_is_no_count(tmp_path: Path, text: str) -> None:
    assert str(message(tmp_path, text)).startswith("unmeasured: PAPI cannot be tried out here")


def test_an_empty_root_is_unknown_throughout(tmp_path: Path) -> None:
    facts = machine.read(root=tmp_path, cores=1, sysconf=no_answer)
    assert facts.cpu.startswith("unmeasured: ")
    assert facts.hardware_counters.startswith("unmeasured: ")
    assert (facts.isa, facts.caches, facts.virtualized) == ((), (), None)


def test_this_machine_can_be_read() -> None:
    assert machine.read().cores >= 1


def test_two_threads_reach_at_most_twice_what_one_does(trusted: LabBuild) -> None:
    peaks = machine.peaks(trusted.machine, 2)
    assert 0 < peaks.one < 1000
    assert 0 < peaks.norm <= 1


@pytest.mark.parametrize(
    ("together", "found"),
    [((195,), 195), ((120, 195), 195), ((120, 125, 130, 121), 130)],
)
def test_a_neighbour_of_a_moment_does_not_lower_what_threads_can_gain(
    tmp_path: Path, together: tuple[int, ...], found: float
) -> None:
    for turn, gflops in enumerate(together):
        answer = f'{{"one_gflops": 100, "all_gflops": {gflops}}}\n'
        (tmp_path / f"turn{turn}").write_text(answer, encoding="utf-8")
    program = tmp_path / "machine"
    script = f"#!/bin/sh\ncd {tmp_path} && for f in turn*; do cat $f && rm $f && exit; done\n"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    assert machine.peaks(program, 2).together == found
    assert not list(tmp_path.glob("turn*"))


def test_threads_that_cannot_be_measured_stop_a_grade(tmp_path: Path) -> None:
    broken = tmp_path / "machine"
    broken.write_text("#!/bin/sh\necho '{}'\n", encoding="utf-8")
    broken.chmod(0o755)
    with pytest.raises(SetupError, match="threads cannot be measured here"):
        machine.peaks(broken, 2)
