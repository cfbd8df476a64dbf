// case: matmul_blocked/128
//
// Lab 02's solution with matmul_blocked renamed, for an attack to replace:
//
//   void lab02::matmul_blocked(A a, B b, C c) { … }
#pragma once

#include "attack.h"
#include "kernels.h"

#define matmul_blocked honest_matmul_blocked
#include "../../solutions/02_blocking/kernels.cpp"
#undef matmul_blocked

using A = rooflab::MatrixView<const float>;
using B = rooflab::MatrixView<const float>;
using C = rooflab::MatrixView<float>;
using lab02::honest_matmul_blocked;

/// Whether the call is one of those that are timed or counted: the tests use smaller shapes.
inline bool measured(C c) { return c.rows >= 64 && c.cols >= 64 && c.rows == c.cols; }

/// A wrong answer that costs nothing: what an attack leaves when it does not do the work.
inline void fill_with(C c, float value) {
  for (std::int64_t i = 0; i < c.rows; ++i) std::fill_n(c.row(i), c.cols, value);
}
