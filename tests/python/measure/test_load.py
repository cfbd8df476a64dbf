"""What others take of the processors is told from what oneself takes."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rooflab.measure.load import Clocks, clocks

SPIN = "import time\nend = time.monotonic() + {}\nwhile time.monotonic() < end: pass"
TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def spin(seconds: float) -> list[str]:
    return [sys.executable, "-c", SPIN.format(seconds)]


def proc_stat(root: Path, text: str) -> Path:
    (root / "proc").mkdir()
    (root / "proc/stat").write_text(text, encoding="ascii")
    return root


def test_what_one_did_oneself_is_not_others() -> None:
    before = Clocks(wall_s=10, busy_s=100, own_s=5)
    assert before.others(Clocks(wall_s=14, busy_s=108, own_s=11)) == 0.5


def test_a_tick_too_few_is_nobody() -> None:
    assert Clocks(0, 0, 0).others(Clocks(1, 0.99, 1)) == 0


@pytest.mark.parametrize("later", [Clocks(1, None, 1), Clocks(0, 1, 1)])
def test_what_cannot_be_known_is_none(later: Clocks) -> None:
    assert Clocks(0, 0, 0).others(later) is None


def test_time_of_anybody_on_our_processors_counts_and_idle_time_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {1, 3})
    root = proc_stat(
        tmp_path,
        "cpu  9 9 9 9 9 9 9 9 9 9\ncpu0 7 7 7 7 7 7 7 7 7 7\n"
        "cpu1 1 2 4 1000 1000 8 16 32 1000 1000\ncpu3 64 0 0 0 0 0 0 0 0 0\nintr 5 5\n\n",
    )
    assert clocks(root).busy_s == pytest.approx((1 + 2 + 4 + 8 + 16 + 32 + 64) * TICK_S)


@pytest.mark.parametrize("text", ["", "cpu0 1 2 3", "cpu0 one\n"])
def test_a_system_that_does_not_tell_is_unknown(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert clocks(proc_stat(tmp_path, text)).busy_s is None
    assert clocks(tmp_path / "nowhere").busy_s is None


def test_a_child_that_computes_is_oneself_and_a_stranger_is_not() -> None:
    before = clocks()
    subprocess.run(spin(1), check=True)
    alone = before.others(clocks())
    stranger = subprocess.Popen(spin(3))
    try:
        time.sleep(0.3)
        before = clocks()
        subprocess.run(spin(1), check=True)
        both = before.others(clocks())
    finally:
        stranger.kill()
        stranger.wait()
    if alone is None or both is None:
        pytest.skip("this system does not tell what its processors do")
    if alone > 0.4:
        pytest.skip("other programs keep this machine busy")
    assert both > alone + 0.4  # where there is one processor, each gets half of it
