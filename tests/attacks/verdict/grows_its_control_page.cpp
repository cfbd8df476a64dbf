// attack: grows the control page, and with it the harness's memory
// stage: tests
// verdict: forbidden_syscall fallocate
// defence: seccomp, resource_limits, sealed_inputs
// witness: exited 77
#include <fcntl.h>

#include "02_blocking.h"

[[gnu::constructor]] static void before_main() {
  constexpr int kControl = 3;
  if (fallocate(kControl, 0, 0, 1 << 20) == 0) got_through();
}

void lab02::matmul_blocked(A, B, C) {}
