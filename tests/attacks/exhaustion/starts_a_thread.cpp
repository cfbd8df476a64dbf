// attack: starts a thread in a lab of one thread
// stage: tests
// verdict: forbidden_syscall
// defence: seccomp
// witness: exited 77
#include <thread>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  std::thread([] {}).join();
  got_through();
}
