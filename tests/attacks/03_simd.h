// case: dot/262149
//
// Lab 03's solution with dot renamed, for an attack to replace:
//
//   float lab03::dot(X x, X y) { … }
#pragma once

#include "attack.h"
#include "kernels.h"

#define dot honest_dot
#include "../../solutions/03_simd/kernels.cpp"
#undef dot

using X = std::span<const float>;
using lab03::honest_dot;
