// attack: opens a library that knows how to multiply
// stage: tests
// verdict: forbidden_syscall open
// defence: seccomp, landlock
// witness: exited 77
#include <dirent.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  if (opendir("/usr/lib") != nullptr) got_through();  // where dlopen would look
  honest_matmul_blocked(a, b, c);
}
