// attack: maps the inputs a second time, writable, while it still has their descriptor
// stage: tests
// verdict: passes
// defence: sealed_inputs
// witness: exited 77
#include <sys/mman.h>

#include "02_blocking.h"

namespace {
void* inputs = MAP_FAILED;
[[gnu::constructor]] void map() {
  inputs = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 4, 0);
}
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  if (inputs != MAP_FAILED) got_through();
  honest_matmul_blocked(a, b, c);
}
