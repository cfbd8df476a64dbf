// attack: starts processes
// stage: tests
// verdict: forbidden_syscall to start a process
// defence: seccomp
// witness: exited 77
// subset: fast
// elsewhere: ordinary user, without landlock
#include <sys/wait.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  for (int child = 0; child < 3; ++child) {
    if (fork() == 0) _exit(0);
  }
  if (wait(nullptr) > 0) got_through();
}
