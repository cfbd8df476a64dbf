// attack: maps memory to write and to run, for requests to the simulator that no scan finds
// stage: misses
// verdict: forbidden_syscall memory that holds code
// defence: traced_calls
// witness: fewer 5
#include <sys/mman.h>

#include "late_requests.h"

void lab02::matmul_blocked(A a, B b, C c) {
  const int all = PROT_READ | PROT_WRITE | PROT_EXEC;
  void* code = mmap(nullptr, 4096, all, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  work_uncounted(a, b, c, static_cast<unsigned char*>(code));
}
