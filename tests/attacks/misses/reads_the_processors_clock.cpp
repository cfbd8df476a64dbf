// attack: reads a clock, to tell when it is emulated
// stage: misses
// verdict: crashed SIGSEGV
// defence: guest_rights
// witness: exited 77
#include <x86intrin.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {
  [[maybe_unused]] const volatile std::uint64_t now = __rdtsc();
  got_through();
}
