// attack: none: asks for huge pages, which nobody gets, and gives memory back
// stage: tests
// verdict: passes
#include <sys/mman.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  constexpr std::size_t kBytes = std::size_t{4} << 20U;
  void* buffer = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  madvise(buffer, kBytes, MADV_HUGEPAGE);
  if (madvise(buffer, kBytes, MADV_DONTNEED) == 0) honest_matmul_blocked(a, b, c);
  munmap(buffer, kBytes);
}
