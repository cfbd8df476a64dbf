// attack: covers its inputs with zeros of its own, for which zeros are the right answer
// stage: timing
// verdict: wrong_result
// defence: verify
// witness: faster 2
// case: matmul_blocked/256
#include <sys/mman.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B /*b*/, C c) {
  const auto begin = reinterpret_cast<std::uintptr_t>(a.data) / 4096 * 4096;
  mmap(reinterpret_cast<void*>(begin), 4096, PROT_READ | PROT_WRITE,
       MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  fill_with(c, 0);
}
