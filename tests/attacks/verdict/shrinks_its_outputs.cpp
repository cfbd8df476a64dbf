// attack: shortens shared memory under the harness, which would then crash
// stage: tests
// verdict: forbidden_syscall ftruncate
// defence: seccomp, sealed_inputs
// witness: exited 77 or no_grade SIGBUS
#include "02_blocking.h"

[[gnu::constructor]] static void before_main() {
  constexpr int kOutputs = 5;
  if (ftruncate(kOutputs, 0) == 0) got_through();
}

void lab02::matmul_blocked(A, B, C) {}
