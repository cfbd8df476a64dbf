// attack: a thread from before main computes as soon as the inputs are there, before the clock runs
// stage: timing
// threads: 2
// verdict: gains nothing
// defence: pause
// witness: faster 2
// case: matmul_blocked/256
#include <sys/mman.h>

#include <atomic>
#include <csignal>
#include <thread>
#include <vector>

#include "02_blocking.h"
#include "worker/protocol.h"

namespace {
using rooflab::harness::Control;

const Control* control = nullptr;
float seen = 0;  // of the problem that was computed last
std::vector<float> answer;
std::atomic<bool> wanted, ready;

A matrix(int index) {
  const auto& argument = control->arguments[index];
  const auto base = control->inputs_address + static_cast<std::uint64_t>(argument.offset);
  return {reinterpret_cast<const float*>(base), argument.dims[0], argument.dims[1],
          argument.dims[2]};
}

void compute_ahead() {
  for (;;) {
    wanted.wait(false);
    wanted = false;
    const A a = matrix(0);
    const A b = matrix(1);
    answer.resize(static_cast<std::size_t>(a.rows * b.cols));
    honest_matmul_blocked(a, b, {answer.data(), a.rows, b.cols, b.cols});
    ready = true;
    ready.notify_one();
  }
}

// The first thing that runs when the worker goes on: it waits until the answer is there.
void on_wake_up(int) {
  if (control->arguments[1].dims[1] < 64 || matrix(0)(0, 0) == seen) return;
  seen = matrix(0)(0, 0);
  ready = false;
  wanted = true;
  wanted.notify_one();
  ready.wait(false);
}

[[gnu::constructor]] void start() {
  void* page = mmap(nullptr, sizeof(Control), PROT_READ, MAP_SHARED, 3, 0);
  if (page == MAP_FAILED) return;
  control = static_cast<const Control*>(page);
  sigset_t wake_up;
  sigemptyset(&wake_up);
  sigaddset(&wake_up, SIGCONT);
  pthread_sigmask(SIG_BLOCK, &wake_up, nullptr);  // it is the other thread's
  std::thread(compute_ahead).detach();
  std::signal(SIGCONT, on_wake_up);
  pthread_sigmask(SIG_UNBLOCK, &wake_up, nullptr);
}
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  if (!measured(c) || a(0, 0) != seen) return honest_matmul_blocked(a, b, c);
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::copy_n(answer.data() + i * c.cols, c.cols, c.row(i));
  }
}
