// attack: puts a filter on itself that makes calls lie
// stage: tests
// verdict: forbidden_syscall seccomp
// defence: seccomp
// witness: exited 77
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  const sock_fprog program{1, &allow};
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0) got_through();
}
