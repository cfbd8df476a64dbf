// attack: brings test cases of its own
// stage: build
// verdict: build_failed undefined reference
// defence: process
// witness: exited 77
#include <doctest/doctest.h>

#include "02_blocking.h"

TEST_SUITE("matmul_blocked") {
  TEST_CASE("mine") { got_through(); }
}

void lab02::matmul_blocked(A a, B b, C c) { honest_matmul_blocked(a, b, c); }
