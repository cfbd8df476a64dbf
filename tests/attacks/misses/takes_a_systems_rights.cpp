// attack: runs an instruction of operating systems, which could make page tables and read clocks
// stage: misses
// verdict: crashed SIGSEGV
// defence: guest_rights
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {
  std::uint64_t tables = 0;
  asm volatile("mov %%cr3, %0" : "=r"(tables));
  got_through();
}
