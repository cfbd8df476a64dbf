// attack: makes its code writable
// stage: tests
// verdict: forbidden_syscall mprotect
// defence: seccomp
// witness: exited 77
#include <sys/mman.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  const auto here =
      reinterpret_cast<std::uintptr_t>(&honest_matmul_blocked) & ~std::uintptr_t{4095};
  const int all = PROT_READ | PROT_WRITE | PROT_EXEC;
  if (mprotect(reinterpret_cast<void*>(here), 4096, all) == 0) got_through();
}
