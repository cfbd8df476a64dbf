// attack: hands work to the operating system by io_uring
// stage: tests
// verdict: forbidden_syscall io_uring_setup
// defence: seccomp, resource_limits
// witness: exited 77
#include <linux/io_uring.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  io_uring_params parameters{};
  if (syscall(SYS_io_uring_setup, 1, &parameters) >= 0) got_through();
}
