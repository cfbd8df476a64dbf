// attack: changes the processor's table of segments
// stage: tests
// verdict: forbidden_syscall modify_ldt
// defence: seccomp
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  std::byte table[16];
  if (syscall(SYS_modify_ldt, 0, table, sizeof(table)) >= 0) got_through();
}
