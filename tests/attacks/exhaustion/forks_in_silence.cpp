// attack: starts a process with vfork
// stage: tests
// verdict: forbidden_syscall vfork
// defence: seccomp
// witness: exited 77
#include "02_blocking.h"

void lab02::matmul_blocked(A, B, C) {
  // As libc's vfork does it: the child borrows the stack, so the return address stays in a
  // register.
  long child = SYS_vfork;
  asm volatile(
      "syscall\n"
      "test %0, %0\n"
      "jnz 1f\n"
      "xor %%edi, %%edi\n"
      "mov $60, %%eax\n"
      "syscall\n"
      "1:"
      : "+a"(child)
      :
      : "rcx", "rdi", "r11", "memory");
  if (child > 0) got_through();
}
