// attack: hands work to the operating system by aio
// stage: tests
// verdict: forbidden_syscall io_setup
// defence: seccomp
// witness: exited 77
#include <linux/aio_abi.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  aio_context_t context = 0;
  if (syscall(SYS_io_setup, 1, &context) == 0) got_through();
}
