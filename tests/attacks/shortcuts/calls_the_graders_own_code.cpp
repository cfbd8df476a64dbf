// attack: calls a function of the grader, should it be linked with the kernels
// stage: tests
// verdict: passes
// defence: process
// witness: exited 77
#include "02_blocking.h"

namespace rooflab::testing {
[[gnu::weak]] const char* current_call() noexcept;
}

void lab02::matmul_blocked(A a, B b, C c) {
  if (&rooflab::testing::current_call != nullptr) got_through();
  honest_matmul_blocked(a, b, c);
}
