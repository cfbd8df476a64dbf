// attack: leaves the group that the harness would end
// stage: tests
// verdict: forbidden_syscall setpgid
// defence: seccomp
// witness: exited 77
#include <cerrno>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  if (setpgid(0, 0) == 0 || errno == EPERM) got_through();  // a session's leader may not
}
