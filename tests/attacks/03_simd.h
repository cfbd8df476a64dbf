// case: exp/262149
//
// Lab 03's solution with exp renamed, for an attack to replace:
//
//   void lab03::exp(X x, Y y) { … }
#pragma once

#include "attack.h"
#include "kernels.h"

#define exp honest_exp
#include "../../solutions/03_simd/kernels.cpp"
#undef exp

using X = std::span<const float>;
using Y = std::span<float>;
using lab03::honest_exp;
