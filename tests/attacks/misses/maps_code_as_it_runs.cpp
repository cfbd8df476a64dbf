// attack: maps memory to write and to run, for code that nobody has compiled
// stage: misses
// verdict: forbidden_syscall mmap
// defence: guest_code
// witness: exited 77
#include <sys/mman.h>

#include "02_blocking.h"
#include "run_code.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {
  const int all = PROT_READ | PROT_WRITE | PROT_EXEC;
  void* code = mmap(nullptr, 4096, all, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  run_from(static_cast<unsigned char*>(code));
}
