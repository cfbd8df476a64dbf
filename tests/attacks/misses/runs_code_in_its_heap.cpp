// attack: runs code in its heap, which simulators in a kernel's own process have let pass
// stage: misses
// verdict: crashed no code
// defence: guest_code
// witness: exited 77
// subset: fast
#include <vector>

#include "02_blocking.h"
#include "run_code.h"

void lab02::matmul_blocked(A /*a*/, B /*b*/, C /*c*/) {
  std::vector<unsigned char> code(4096);
  run_from(code.data());
}
