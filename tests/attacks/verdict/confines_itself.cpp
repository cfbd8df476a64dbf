// attack: puts a Landlock domain of its own on
// stage: tests
// verdict: forbidden_syscall landlock_create_ruleset
// defence: seccomp
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  constexpr std::uint64_t kExecute = 1;
  if (syscall(SYS_landlock_create_ruleset, &kExecute, sizeof(kExecute), 0) >= 0) got_through();
}
