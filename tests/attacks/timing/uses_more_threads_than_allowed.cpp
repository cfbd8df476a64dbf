// attack: splits the work over threads in a lab whose kernels have one
// stage: timing
// verdict: forbidden_syscall most likely to start a process or a thread
// defence: seccomp
// witness: exited 77
#include <pthread.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  pthread_t thread{};
  const auto work = [](void*) -> void* { return nullptr; };
  if (pthread_create(&thread, nullptr, work, nullptr) == 0) got_through();
  honest_matmul_blocked(a, b, c);
}
