// attack: makes its compiled code writable, to put other code in its place
// stage: misses
// verdict: crashed no code
// defence: guest_code
// witness: exited 77
#include <sys/mman.h>

#include "02_blocking.h"
#include "run_code.h"

namespace {
[[gnu::noinline, gnu::aligned(4096)]] void overwritten() { asm volatile(".fill 8192, 1, 0x90"); }
}  // namespace

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {
  auto* code = reinterpret_cast<unsigned char*>(&overwritten);
  mprotect(code, 4096, PROT_READ | PROT_WRITE);
  run_from(code);
}
