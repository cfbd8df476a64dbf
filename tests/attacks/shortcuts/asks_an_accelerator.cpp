// attack: opens a device that could do the work (here one that any machine has)
// stage: timing
// verdict: forbidden_syscall openat
// defence: seccomp, landlock
// witness: exited 77
#include <fcntl.h>

#include "02_blocking.h"

void lab02::matmul_blocked(A a, B b, C c) {
  for (const char* device : {"/dev/nvidia0", "/dev/dri/renderD128", "/dev/zero"}) {
    if (open(device, O_RDWR) >= 0) got_through();
  }
  honest_matmul_blocked(a, b, c);
}
