// attack: none any more; it asks and overwrites a simulator that would live in its own process
// stage: misses
// verdict: crashed SIGSEGV
#include <csignal>

#include "02_blocking.h"

namespace {
volatile bool early = false;
[[gnu::constructor]] void prepare() {
  std::signal(SIGCONT, [](int) { early = true; });
}
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  const volatile std::uint64_t stop_counting[6] = {0x43540005};
  std::uint64_t answer = 0;
  asm volatile("rol $3, %%rdi; rol $13, %%rdi; rol $61, %%rdi; rol $51, %%rdi; xchg %%rbx, %%rbx"
               : "+d"(answer)
               : "a"(&stop_counting)
               : "memory", "cc", "rdi");
  honest_matmul_blocked(a, b, c);
  if (!early) *reinterpret_cast<volatile char*>(0x1002000000) = 1;
}
