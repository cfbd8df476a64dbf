// attack: loads code into the operating system
// stage: tests
// verdict: forbidden_syscall bpf
// defence: seccomp, separate_user
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  struct {
    unsigned type = 2, key_bytes = 4, value_bytes = 4, entries = 1;
  } const array;
  if (syscall(SYS_bpf, 0, &array, sizeof(array)) >= 0) got_through();
}
