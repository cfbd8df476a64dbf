// attack: becomes another program
// stage: tests
// verdict: forbidden_syscall execve
// defence: seccomp, landlock
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) { execl("/bin/sh", "sh", "-c", "exit 77", nullptr); }
