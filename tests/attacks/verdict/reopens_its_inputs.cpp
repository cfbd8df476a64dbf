// attack: opens its inputs once more, for writing
// stage: tests
// verdict: forbidden_syscall openat
// defence: seccomp, landlock, separate_user, sealed_inputs
// witness: exited 77
// elsewhere: ordinary user, without landlock
#include <fcntl.h>
#include <sys/mman.h>

#include "02_blocking.h"

[[gnu::constructor]] static void before_main() {
  const int inputs = open("/proc/self/fd/4", O_RDWR);
  const int both = PROT_READ | PROT_WRITE;
  if (mmap(nullptr, 4096, both, MAP_SHARED, inputs, 0) != MAP_FAILED) got_through();
}

void lab02::matmul_blocked(A, B, C) {}
