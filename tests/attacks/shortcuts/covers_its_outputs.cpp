// attack: puts other memory where its outputs are, so that the answer stays with itself
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: passes
#include <sys/mman.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const auto begin = reinterpret_cast<std::uintptr_t>(c.data) / 4096 * 4096;
  const auto end = reinterpret_cast<std::uintptr_t>(c.row(c.rows - 1) + c.cols);
  mmap(reinterpret_cast<void*>(begin), end - begin, PROT_READ | PROT_WRITE,
       MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  honest_matmul_blocked(a, b, c);
}
