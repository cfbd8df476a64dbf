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
from attack_runs import submit
from attack_workshop import Workshop
from attacking import CASES, Attack, Outcome, matches, read

ALL = os.environ.get("ROOFLAB_ATTACKS") == "all"
CHOSEN = [attack for attack in attacking.attacks() if ALL or attack.subset == "fast"]
CONTROLS = [attack for attack in CHOSEN if attack.is_control]
ATTACKS = [attack for attack in CHOSEN if not attack.is_control]


def named(cases: list[Attack]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("attack", cases, ids=[case.name for case in cases])


def elsewhere(place: str) -> list[Attack]:
    return [attack for attack in CHOSEN if place in attack.elsewhere]


@pytest.fixture(scope="module")
def workshop(request: pytest.FixtureRequest) -> Iterator[Workshop]:
    """What this session needs is built ahead."""
    folder = Path(tempfile.mkdtemp(prefix="rooflab-attacks-"))
    folder.chmod(0o755)
    workshop = Workshop(folder)
    for item in request.session.items:
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            attack = item.callspec.params.get("attack")
            if isinstance(attack, Attack) and attack.has_worker:
                workshop.start(attack)
    yield workshop
    workshop.close()
    shutil.rmtree(folder)


def expect(expected: str, outcome: Outcome) -> None:
    assert matches(expected, outcome), f"expected {expected}, got {outcome}"


@named(ATTACKS)
def test_an_attack_is_stopped_for_its_reason(attack: Attack, workshop: Workshop) -> None:
    outcome = submit(attack, workshop)
    expect(attack.verdict, outcome)
    assert not matches(attack.witness, outcome)


@named(ATTACKS)
def test_an_attack_succeeds_without_its_defence(attack: Attack, workshop: Workshop) -> None:
    expect(attack.witness, submit(attack, workshop, without=attack.defence))


@named(elsewhere("without landlock"))
def test_an_attack_is_stopped_without_landlock_too(attack: Attack, workshop: Workshop) -> None:
    expect(attack.verdict, submit(attack, workshop, without=["landlock"]))


@named(elsewhere("ordinary user"))
def test_an_ordinary_users_grader_stops_an_attack_too(attack: Attack, workshop: Workshop) -> None:
    expect(attack.verdict, submit(attack, workshop, ordinary_user=True))


@named(CONTROLS)
def test_what_is_no_attack_gets_what_it_deserves(attack: Attack, workshop: Workshop) -> None:
    expect(attack.verdict, submit(attack, workshop))


@pytest.mark.parametrize("name", ["opens_a_socket", "lets_a_child_do_the_work_while_counted"])
def test_a_guest_that_gets_past_the_emulator_is_confined_like_a_worker(
    name: str, workshop: Workshop
) -> None:
    """What the emulator would pass on, its own sandbox stops."""
    attack = read(CASES / "misses" / f"{name}.cpp")
    expect("forbidden_syscall", submit(attack, workshop, without=["guest_calls"]))
