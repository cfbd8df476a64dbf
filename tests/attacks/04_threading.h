// case: parallel_matmul/256
//
// Lab 04's solution with parallel_matmul renamed, for an attack to replace:
//
//   void lab04::parallel_matmul(A a, B b, C c, int threads) { … }
#pragma once

#include "attack.h"
#include "kernels.h"

#define parallel_matmul honest_parallel_matmul
#include "../../solutions/04_threading/kernels.cpp"
#undef parallel_matmul

using A = rooflab::MatrixView<const float>;
using B = rooflab::MatrixView<const float>;
using C = rooflab::MatrixView<float>;
using lab04::honest_parallel_matmul;
