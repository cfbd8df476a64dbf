// attack: starts a process that works on in its memory
// stage: tests
// verdict: forbidden_syscall clone
// defence: seccomp
// witness: exited 77
#include <sched.h>

#include <csignal>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  static std::byte stack[64 * 1024];
  const auto work = [](void*) { return 0; };
  if (clone(work, stack + sizeof(stack), CLONE_VM | SIGCHLD, nullptr) > 0) got_through();
}
