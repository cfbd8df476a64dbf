// attack: answers in place of ThreadSanitizer when that is told of reads and writes
// stage: races
// threads: 2
// verdict: evades_tool __tsan_write4
// defence: tool_names
// witness: passes
// subset: fast
#include <thread>

#include "02_blocking.h"

extern "C" {
void __tsan_read4(void*) {}
void __tsan_write4(void*) {}
}

namespace {
int calls = 0;
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  std::thread other([] { ++calls; });
  ++calls;
  other.join();
  honest_matmul_blocked(a, b, c);
}
