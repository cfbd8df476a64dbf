"""What is said of threads that hang: on a made-up answer of addr2line, and on a real deadlock."""

from pathlib import Path

import pytest

from rooflab.compile.trusted import LabBuild
from rooflab.compile.worker import Built, build_submission
from rooflab.course.submission import SubmittedFiles
from rooflab.measure import source_lines, thread_states
from rooflab.measure.correctness import run_kernel
from rooflab.measure.seeds import Seeds
from rooflab.measure.source_lines import Frame
from rooflab.report.model import Cause, Reason

DEADLOCK = """
#include <barrier>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "kernels.h"

namespace lab02 {

void lock_both(std::mutex& first, std::mutex& second, std::barrier<>& together) {
  const std::unique_lock held(first);
  together.arrive_and_wait();
  const std::unique_lock wanted(second);  // line 14
}

void matmul_blocked(MatrixView<const float>, MatrixView<const float>, MatrixView<float>) {
  std::mutex one, other;
  std::barrier together(2);
  std::thread second([&] { lock_both(other, one, together); });
  lock_both(one, other, together);
  second.join();
}

void matmul_reordered(MatrixView<const float>, MatrixView<const float>, MatrixView<float>) {
  std::mutex mutex;
  std::condition_variable changed;
  std::unique_lock lock(mutex);
  changed.wait(lock, [] { return false; });  // line 29
}

void transpose_blocked(MatrixView<const float>, MatrixView<float>) {
  volatile bool go_on = true;
  while (go_on) {
  }
}

std::int64_t choose_tile(std::int64_t) {
  std::thread([] {}).join();
  return 0;
}
void conv2d_blocked(Tensor4View<const float>, Tensor4View<const float>, std::span<const float>,
                    std::int64_t, Tensor4View<float>) {}

}  // namespace lab02
"""


@pytest.fixture(scope="module")
def hangs(threaded: LabBuild, tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = SubmittedFiles({"kernels.cpp": DEADLOCK.encode()})
    built = build_submission(threaded, files, tmp_path_factory.mktemp("hangs"))
    assert isinstance(built, Built)
    return built.worker


def rationale(threaded: LabBuild, worker: Path, kernel: str, work: Path) -> list[str]:
    cause = run_kernel(threaded, worker, kernel, work, Seeds(b"hangs")).public.cause
    assert cause is not None
    assert cause.reason is Reason.TIMED_OUT
    return cause.rationale.splitlines()


def test_a_deadlock_names_the_line_of_each_thread(
    threaded: LabBuild, hangs: Path, tmp_path: Path
) -> None:
    lines = rationale(threaded, hangs, "matmul_blocked", tmp_path)
    assert lines[0].startswith("hangs: each of its threads waits for another one")
    both = [line for line in lines if line.startswith("thread ")]
    assert [line.partition(",")[0] for line in both] == [
        "thread 1 waited for a mutex at kernels.cpp:14",
        "thread 2 waited for a mutex at kernels.cpp:14",
    ]


def test_a_wait_for_nobody_names_what_it_waits_for(
    threaded: LabBuild, hangs: Path, tmp_path: Path
) -> None:
    lines = rationale(threaded, hangs, "matmul_reordered", tmp_path)
    assert "thread 1 waited for a condition variable at kernels.cpp:29" in lines[-1]
    assert "in lab02::matmul_reordered" in lines[-1]


def test_an_endless_loop_names_its_line(threaded: LabBuild, hangs: Path, tmp_path: Path) -> None:
    lines = rationale(threaded, hangs, "transpose_blocked", tmp_path)
    assert "thread 1 computed at kernels.cpp:3" in lines[-1]


def test_nothing_is_added_where_nothing_is_known(trusted: LabBuild, tmp_path: Path) -> None:
    cause = Cause(reason=Reason.TIMED_OUT, rationale="hangs", threads="futex")
    told = thread_states.explained(trusted, tmp_path / "worker", cause, tmp_path)
    assert (told.rationale, told.threads) == ("hangs", "")


def test_what_the_harness_says_of_threads_is_not_part_of_a_report() -> None:
    cause = Cause(reason=Reason.TIMED_OUT, rationale="hangs", threads="futex 0x1")
    assert "0x1" not in cause.model_dump_json()


def test_each_thread_has_its_innermost_line_and_what_it_called_there(
    trusted: LabBuild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def known(*_: object) -> dict[int, list[Frame]]:
        return {
            0x10: [Frame("", 0, "__futex_wait")],
            0x11: [Frame("", 0, "___pthread_cond_wait")],
            0x12: [Frame("", 0, "operator"), Frame("kernels.cpp", 57, "lab04::Loader::next")],
            0x13: [Frame("kernels.cpp", 99, "lab04::main")],
        }

    monkeypatch.setattr(thread_states, "frames", known)
    text = "futex 0x10 0x11 0x12 0x13; computing 0x13; futex"
    assert thread_states.in_words(trusted, tmp_path / "worker", text, tmp_path) == (
        "thread 1 waited for a condition variable at kernels.cpp:57, in lab04::Loader::next\n"
        "thread 2 computed at kernels.cpp:99, in lab04::main"
    )


@pytest.mark.parametrize(
    ("demangled", "shown"),
    [
        (
            "lab04::parallel_sum(std::span<float const, 18446744073709551615ul>, int)",
            "lab04::parallel_sum",
        ),
        ("lab04::DataLoader::~DataLoader()", "lab04::DataLoader::~DataLoader"),
        ("lab04::(anonymous namespace)::serve(int)", "lab04::serve"),
        (
            "std::thread::_State_impl<std::tuple<lab04::run(int)::{lambda()#1}> >::_M_run()",
            "lab04::run",
        ),
        ("helper(int)", "helper"),
        ("__futex_wait", "__futex_wait"),
    ],
)
def test_a_function_is_named_shortly(demangled: str, shown: str) -> None:
    assert source_lines._short_name(demangled) == shown


def test_a_name_that_pretends_to_be_an_address_moves_no_line() -> None:
    output = "0x10\n0x11\nkernels.cpp:3\n0x12\nf(int)\n/build/kernels.cpp:4\n"
    found = source_lines._read_frames(output, {"/build/kernels.cpp": "kernels.cpp"})
    assert found == {0x10: [Frame("", 0, "0x11")], 0x12: [Frame("kernels.cpp", 4, "f")]}
