// attack: leaves counts of its own where the simulator cannot write over them
// stage: misses
// verdict: exited
// defence: orderly_end, traced_calls
// witness: fewer 2
#include <fcntl.h>

#include "attack.h"

namespace {
char path[4096];
[[gnu::constructor]] void look(int /*count*/, char** arguments, char** /*environment*/) {
  std::strcpy(path, arguments[0]);
  std::strcpy(std::strrchr(path, '/') + 1, "callgrind.out");
}
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  honest_matmul_blocked(a, b, c);
  unlink(path);
  const int file = open(path, O_WRONLY | O_CREAT, 0400);
  const char counts[] =
      "events: Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw\n"
      "totals: 9000000 9000000 9000000 9 9 9 9 9 9\n";
  [[maybe_unused]] const ssize_t written = write(file, counts, sizeof(counts) - 1);
}
