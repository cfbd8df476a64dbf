// attack: prepares asynchronous requests, which the kernel goes on with while the worker is stopped
// stage: timing
// verdict: forbidden_syscall io_uring_setup
// defence: seccomp
// witness: exited 77
#include <linux/io_uring.h>

#include <cerrno>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  io_uring_params parameters{};
  // Whether the kernel has it or not is the machine's affair: what counts is that it was asked.
  if (syscall(SYS_io_uring_setup, 8, &parameters) >= 0 || errno != 0) got_through();
  honest_matmul_blocked(a, b, c);
}
