// attack: asks the operating system to forget its peak
// stage: memory
// verdict: forbidden_syscall openat
// defence: seccomp, landlock, asked_for
// witness: passes
#include <fcntl.h>

#include "02_blocking.h"
#include "memory.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const Numbers taken = take(MAP_PRIVATE | MAP_ANONYMOUS);
  put(taken);
  need(taken);
  give_back(taken);
  const int file = open("/proc/self/clear_refs", O_WRONLY);
  if (write(file, "5", 1) != 1) __builtin_trap();
  close(file);
  honest_matmul_blocked(a, b, c);
}
