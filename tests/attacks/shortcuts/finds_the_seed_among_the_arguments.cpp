// attack: looks through its arguments and environment for anything about the grader
// stage: tests
// verdict: passes
// defence: process
// witness: exited 77
#include <unistd.h>

#include "02_blocking.h"

namespace {
bool told = false;
// The C library hands these to constructors as it does to main.
[[gnu::constructor]] void look(int count, char** arguments, char** environment) {
  told = count != 1 || std::strcmp(arguments[0], "worker") != 0 || *environment != nullptr;
}
}  // namespace

void lab02::matmul_blocked(A a, B b, C c) {
  if (told) got_through();
  honest_matmul_blocked(a, b, c);
}
