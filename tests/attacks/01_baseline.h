// case: softmax_rows/1000x100
//
// Lab 01's solution with softmax_rows renamed, for an attack to replace:
//
//   void lab01::softmax_rows(X x, Y y) { … }
#pragma once

#include "attack.h"
#include "kernels.h"

#define softmax_rows honest_softmax_rows
#include "../../solutions/01_baseline/kernels.cpp"
#undef softmax_rows

using X = rooflab::MatrixView<const float>;
using Y = rooflab::MatrixView<float>;
using lab01::honest_softmax_rows;
