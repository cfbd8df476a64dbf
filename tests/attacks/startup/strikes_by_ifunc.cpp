// attack: acts while its program is still being relocated, before any constructor
// stage: tests
// verdict: forbidden_syscall
// defence: seccomp, landlock
// witness: exited 77
// subset: fast
// elsewhere: ordinary user, without landlock
#include "02_blocking.h"

using Kernel = void (*)();
static void kernel() {}
extern "C" Kernel resolve() {
  // The C library does not work yet: a call of our own.
  long result = SYS_open;
  asm volatile("syscall" : "+a"(result) : "D"("/etc/passwd"), "S"(0) : "rcx", "r11", "memory");
  if (result >= 0) {
    asm volatile("syscall" : : "a"(SYS_exit_group), "D"(77) : "rcx", "r11");
  }
  return kernel;
}
extern "C" [[gnu::ifunc("resolve")]] void resolved_early();

void lab02::matmul_blocked(A, B, C) { resolved_early(); }
