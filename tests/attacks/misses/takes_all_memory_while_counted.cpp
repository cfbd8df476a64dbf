// attack: takes all memory while its cache misses are counted
// stage: misses
// verdict: too_much_memory bad_alloc
// defence: guest_memory
// witness: exited 77
#include <vector>

#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {
  std::vector<char*> taken;
  for (int i = 0; i < 40; ++i) taken.push_back(new char[std::size_t{100} << 20U]);
  asm volatile("" : : "r"(taken.data()) : "memory");
  got_through();
}
