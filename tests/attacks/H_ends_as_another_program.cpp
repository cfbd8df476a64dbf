// attack: becomes a program that is not simulated, and writes counts of its own
// stage: misses
// verdict: forbidden_syscall under the simulator
// defence: seccomp, landlock, traced_calls
// witness: fewer 2
#include "attack.h"

namespace {

char command[8192] =
    "printf 'events: Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw\\n"
    "totals: 9000000 9000000 9000000 9 9 9 9 9 9\\n' > ";

[[gnu::constructor]] void look(int /*count*/, char** arguments, char** /*environment*/) {
  std::strcat(command, arguments[0]);
  std::strcpy(std::strrchr(command, '/') + 1, "callgrind.out");
}

// At the very end, when the product has been found right.
[[gnu::destructor]] void leave() { execl("/bin/sh", "sh", "-c", command, nullptr); }

}  // namespace

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
