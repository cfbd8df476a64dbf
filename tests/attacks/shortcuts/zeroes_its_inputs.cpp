// attack: zeroes its inputs, so that zeros are the right answer
// stage: tests
// verdict: input_modified
// defence: sealed_inputs
// witness: exited 77
// elsewhere: ordinary user, without landlock
// subset: fast
#include <sys/mman.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B /*b*/, C c) {
  const auto begin = reinterpret_cast<std::uintptr_t>(a.data) / 4096 * 4096;
  mprotect(reinterpret_cast<void*>(begin), 4096, PROT_READ | PROT_WRITE);
  auto* writable = const_cast<float*>(a.data);
  *writable = 0;
  if (*static_cast<volatile float*>(writable) == 0) got_through();
  fill_with(c, 0);
}
