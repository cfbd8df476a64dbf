// attack: takes three gigabytes
// stage: tests
// verdict: too_much_memory bad_alloc
// defence: resource_limits
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  char* memory = new char[std::size_t{3} << 30U];
  memory[0] = 1;
  if (*const_cast<volatile char*>(memory) == 1) got_through();
}
