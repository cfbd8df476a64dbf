"""Every attack is stopped for the reason that its header names, and succeeds where the defence that
it names is off: else the test would prove nothing. See tests/attacks/README.md.

The fast subset runs always; `ROOFLAB_ATTACKS=all` runs every case.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import attacking
import pytest
from attacking import Attack, Bench, Outcome, Workshop

from rooflab.build.trusted import LabBuild
from rooflab.course.course import Course

ALL = os.environ.get("ROOFLAB_ATTACKS") == "all"
CASES = [attack for attack in attacking.attacks() if ALL or attack.subset == "fast"]
CONTROLS = [attack for attack in CASES if attack.name.startswith("control_")]
ATTACKS = [attack for attack in CASES if attack not in CONTROLS]


def named(cases: list[Attack]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("attack", cases, ids=[case.name for case in cases])


@pytest.fixture(scope="session")
def workshop(trusted: LabBuild, request: pytest.FixtureRequest) -> Iterator[Workshop]:
    """In a folder that any user may read; what this session needs is built ahead."""
    programs = attacking.build_programs(Course(attacking.ROOT).build / "grader")
    folder = Path(tempfile.mkdtemp(prefix="rooflab-attacks-"))
    folder.chmod(0o755)
    workshop = Workshop(programs, folder)
    for item in request.session.items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            attack = item.callspec.params.get("attack")
            if isinstance(attack, Attack) and attack.stage in attacking.KINDS:
                workshop.start(attack, attacking.KINDS[attack.stage])
    yield workshop
    shutil.rmtree(folder)


@pytest.fixture
def bench(workshop: Workshop, tmp_path: Path) -> Bench:
    return Bench(workshop, tmp_path)


def expect(expected: str, outcome: Outcome) -> None:
    shown = f"{outcome.reason} {outcome.what} speedup={outcome.speedup} fewer={outcome.fewer}"
    assert attacking.matches(expected, outcome), f"expected {expected}, got {shown}"


@named(ATTACKS)
def test_an_attack_is_stopped_for_its_reason(attack: Attack, bench: Bench) -> None:
    expect(attack.verdict, bench.stopped(attack))


@named(ATTACKS)
def test_an_attack_succeeds_without_its_defence(attack: Attack, bench: Bench) -> None:
    expect(attack.witness, bench.succeeds(attack))


@named([attack for attack in CASES if "without landlock" in attack.elsewhere])
def test_an_attack_is_stopped_without_landlock_too(attack: Attack, bench: Bench) -> None:
    expect(attack.verdict, bench.stopped(attack, without=["landlock"]))


@named([attack for attack in CASES if "ordinary user" in attack.elsewhere])
def test_an_ordinary_users_grader_stops_an_attack_too(attack: Attack, bench: Bench) -> None:
    expect(attack.verdict, bench.as_ordinary_user().stopped(attack))


@named(CONTROLS)
def test_what_is_no_attack_gets_what_it_deserves(attack: Attack, bench: Bench) -> None:
    expect(attack.verdict, bench.stopped(attack))


@pytest.mark.parametrize("name", ["H_opens_a_socket", "H_lets_a_child_do_the_work"])
def test_a_guest_that_gets_past_the_emulator_is_confined_like_a_worker(
    name: str, bench: Bench
) -> None:
    """What the emulator would pass on, its own sandbox stops."""
    attack = attacking.read(attacking.CASES / f"{name}.cpp")
    expect("forbidden_syscall", bench.stopped(attack, without=["guest_calls"]))
