"""Whatever a program does, running it comes back with how it ended, and nothing of it is left."""

import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

import pytest
from lifeline import Lifeline

from rooflab.base import process
from rooflab.base.process import Ending, Finished, Limits, run

ENDLESS = 60.0  # far more than any test takes: what must not be waited for
SOON = 0.3


def shell(
    code: str, directory: Path, wall_s: float = ENDLESS, output_bytes: int = 1 << 20
) -> Finished:
    return run(["sh", "-c", code], Limits(wall_s, output_bytes=output_bytes), directory=directory)


def test_output_and_exit_status_come_back(tmp_path: Path) -> None:
    done = shell("echo out; echo err >&2; exit 7", tmp_path)
    assert (done.ending, done.code) == (Ending.EXITED, 7)
    assert (done.stdout, done.stderr) == (b"out\n", b"err\n")
    assert not done.succeeded
    assert done.signal_name == ""


def test_exit_status_0_is_success(tmp_path: Path) -> None:
    assert shell(":", tmp_path).succeeded


def test_a_signal_is_named(tmp_path: Path) -> None:
    done = shell("kill -SEGV $$", tmp_path)
    assert (done.ending, done.signal_name) == (Ending.SIGNALLED, "SIGSEGV")


def test_a_program_that_is_not_there_has_exit_status_127(tmp_path: Path) -> None:
    assert run([tmp_path / "nothing"], Limits(ENDLESS), directory=tmp_path).code == 127


def test_a_folder_that_an_earlier_run_removed_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    assert shell("rmdir ../folder", folder).succeeded
    assert shell("rmdir ../folder", folder).succeeded


def test_it_runs_in_its_directory_with_an_environment_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "of the caller")
    done = run(["env"], Limits(ENDLESS), directory=tmp_path, environment={"SEED": "1"})
    assert {line.split(b"=")[0] for line in done.stdout.splitlines()} == {b"PATH", b"LANG", b"SEED"}
    assert run(["pwd"], Limits(ENDLESS), directory=tmp_path).stdout == f"{tmp_path}\n".encode()


def test_standard_input_is_empty(tmp_path: Path) -> None:
    assert run(["cat"], Limits(ENDLESS), directory=tmp_path).stdout == b""


def test_all_output_before_the_end_arrives(tmp_path: Path) -> None:
    assert len(shell("head -c 700000 /dev/zero", tmp_path).stdout) == 700_000


def test_one_that_never_ends_is_ended(tmp_path: Path) -> None:
    assert shell("while :; do :; done", tmp_path, wall_s=SOON).ending is Ending.TIMED_OUT


def test_one_that_closed_its_pipes_is_still_ended(tmp_path: Path) -> None:
    done = shell("exec >&- 2>&-; while :; do :; done", tmp_path, wall_s=SOON)
    assert done.ending is Ending.TIMED_OUT


def test_it_may_say_last_words(tmp_path: Path) -> None:
    done = shell("trap 'echo here >&2; exit' TERM; while :; do :; done", tmp_path, wall_s=SOON)
    assert (done.ending, done.stderr) == (Ending.TIMED_OUT, b"here\n")


def test_one_that_refuses_to_end_is_killed(tmp_path: Path, lifeline: Lifeline) -> None:
    done = shell(f"exec 3>{lifeline.path}; trap '' TERM; while :; do :; done", tmp_path, SOON)
    assert done.ending is Ending.TIMED_OUT
    lifeline.wait_until_released()


@pytest.mark.parametrize("redirection", ["", ">&2"])
def test_a_flood_is_cut(tmp_path: Path, redirection: str) -> None:
    done = shell(f"yes {redirection}", tmp_path, output_bytes=5000)
    assert done.ending is Ending.TOO_MUCH_OUTPUT
    assert len(done.stdout + done.stderr) == 5000


def test_last_words_are_heard_after_a_flood(tmp_path: Path) -> None:
    code = "trap 'echo here >&2; exit' TERM; while :; do echo flood; done"
    done = shell(code, tmp_path, output_bytes=5000)
    assert (done.ending, done.stderr) == (Ending.TOO_MUCH_OUTPUT, b"here\n")


def test_output_up_to_the_limit_is_not_too_much(tmp_path: Path) -> None:
    done = shell("head -c 5000 /dev/zero", tmp_path, output_bytes=5000)
    assert done.succeeded
    assert len(done.stdout) == 5000


def test_a_flood_that_ended_by_itself_is_too_much(tmp_path: Path) -> None:
    done = shell("head -c 5001 /dev/zero", tmp_path, output_bytes=5000)
    assert done.ending is Ending.TOO_MUCH_OUTPUT


def test_memory_is_limited(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "bytearray(2 << 30)"]
    done = run(command, Limits(ENDLESS, memory_bytes=1 << 30), directory=tmp_path)
    assert b"MemoryError" in done.stderr


def test_files_are_limited(tmp_path: Path) -> None:
    limits = Limits(ENDLESS, file_bytes=1 << 20)
    done = run(["dd", "if=/dev/zero", "of=big", "bs=4M", "count=1"], limits, directory=tmp_path)
    assert done.signal_name == "SIGXFSZ"
    assert (tmp_path / "big").stat().st_size <= 1 << 20


def test_processor_time_is_limited_should_nobody_be_left_to_wait(tmp_path: Path) -> None:
    assert int(shell("ulimit -t", tmp_path, wall_s=10).stdout) >= 10


def test_what_it_leaves_in_the_background_is_ended(tmp_path: Path, lifeline: Lifeline) -> None:
    done = shell(f"exec 3>{lifeline.path}; sleep 1000 & echo done", tmp_path)
    assert (done.ending, done.stdout) == (Ending.EXITED, b"done\n")
    lifeline.wait_until_released()


def test_what_holds_the_pipes_open_is_not_waited_for(tmp_path: Path) -> None:
    assert shell("sleep 1000 & echo done", tmp_path).stdout == b"done\n"


def test_what_floods_from_the_background_is_ended(tmp_path: Path, lifeline: Lifeline) -> None:
    shell(f"exec 3>{lifeline.path}; yes & exit 0", tmp_path)
    lifeline.wait_until_released()


def test_an_interrupt_leaves_nothing_running(tmp_path: Path, lifeline: Lifeline) -> None:
    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, SOON)
    try:
        with pytest.raises(KeyboardInterrupt):
            shell(f"exec sleep 1000 >{lifeline.path}", tmp_path)
    finally:
        signal.signal(signal.SIGALRM, before)
    lifeline.wait_until_released()


@pytest.mark.parametrize("program", ["exec sleep 1000", "sleep 1000 & wait"])
def test_it_does_not_outlive_a_command_that_was_killed(
    tmp_path: Path, lifeline: Lifeline, program: str
) -> None:
    """Nor does what it has started."""
    program = f"exec >{lifeline.path}; echo; {program}"
    code = (
        "import sys; from pathlib import Path; from rooflab.base.process import Limits, run\n"
        f"run(['sh', '-c', '{program}'], Limits(60), directory=Path(sys.argv[1]))"
    )
    command = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        env={"PYTHONPATH": str(Path(process.__file__).parents[2])},
    )
    lifeline.wait_until_held()
    command.kill()
    command.wait()
    lifeline.wait_until_released()


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    def descriptors() -> list[str]:
        return sorted(path.name for path in Path("/proc/self/fd").iterdir())

    before = descriptors()
    shell("echo done", tmp_path)
    assert descriptors() == before


def test_a_program_that_uses_too_much_memory_is_ended(tmp_path: Path) -> None:
    limits = Limits(ENDLESS, memory_bytes=None, resident_bytes=100 << 20)
    uses = "import time; m = b'x' * (300 << 20); time.sleep(60)"
    done = run([sys.executable, "-c", uses], limits, directory=tmp_path)
    assert done.ending is Ending.TOO_MUCH_MEMORY


def test_memory_that_is_only_reserved_is_not_used(tmp_path: Path) -> None:
    limits = Limits(ENDLESS, memory_bytes=None, resident_bytes=100 << 20)
    reserves = f"import mmap, time; m = mmap.mmap(-1, 300 << 20); time.sleep({SOON})"
    done = run([sys.executable, "-c", reserves], limits, directory=tmp_path)
    assert done.ending is Ending.EXITED
