// attack: has the memory of its inputs thrown away, which leaves zeros for everybody
// stage: tests
// verdict: passes
// defence: seccomp, sealed_inputs
// witness: exited 77
#include <sys/mman.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const auto begin = reinterpret_cast<std::uintptr_t>(a.data) / 4096 * 4096;
  auto* page = reinterpret_cast<void*>(begin);
  mprotect(page, 4096, PROT_READ | PROT_WRITE);
  if (madvise(page, 4096, MADV_REMOVE) == 0) got_through();
  honest_matmul_blocked(a, b, c);
}
