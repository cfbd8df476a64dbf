// attack: keeps notes in a keyring of the operating system
// stage: tests
// verdict: forbidden_syscall add_key
// defence: seccomp
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  constexpr int kOwnProcess = -2;
  if (syscall(SYS_add_key, "user", "rooflab-attack", "note", 4, kOwnProcess) >= 0) got_through();
}
