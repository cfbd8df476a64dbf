// Lab 01's solution with relu renamed, for an attack to replace:
//
//   void lab01::relu(X x, Y y) { … }
#pragma once

#include <immintrin.h>

#include "attack.h"
#include "kernels.h"

#define relu honest_relu
#include "../../solutions/01_baseline/kernels.cpp"
#undef relu

using X = std::span<const float>;
using Y = std::span<float>;

namespace lab01 {
void relu(X x, Y y);
}

/// One element at a time.
inline float clipped(float x) { return x < 0 ? 0 : x; }
inline void relu_from(std::size_t first, X x, Y y) {
  for (std::size_t i = first; i < x.size(); ++i) y[i] = clipped(x[i]);
}
