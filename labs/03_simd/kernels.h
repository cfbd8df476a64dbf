// Lab 03, SIMD intrinsics: the kernels that you write in kernels.cpp.
//
// Rules for all of them: any size is legal, 0 and 1 included. Matrices are row-major and honour
// `stride`; elements between cols and stride belong to somebody else: neither read nor write them.
// Pointers are aligned to their element only. Except where a comment says so, outputs never overlap
// inputs. What an output held before the call is undefined (it may be NaN): overwrite it. Sums may
// be taken in any order, in float. NaN and infinity go where the plain formula takes them, and so
// do numbers below the normal range: leave flush-to-zero off. One thread. The processor has AVX2
// and FMA: eight floats in a register.
#pragma once

#include <rooflab/view.h>

#include <cstdint>
#include <span>

namespace lab03 {

using rooflab::MatrixView;

/// How many floats one vector of your kernels holds: 8, the width of the vector type that they are
/// written with. (What the hardware does with such a vector is another matter: where SIMDe carries
/// it out on 64-bit ARM, it becomes two of four.)
[[nodiscard]] std::int64_t lanes();

/// y[i] = max(x[i], 0), and NaN stays NaN. Shapes: x and y have the same size.
/// In place is allowed: y may be x itself (never a shifted part of it).
void relu(std::span<const float> x, std::span<float> y);

/// y[i] = alpha · x[i] + y[i]: y is read and written. Shapes: x and y have the same size. One
/// rounding (a fused multiply-add) or two: both are right.
void saxpy(float alpha, std::span<const float> x, std::span<float> y);

/// Σ x[i] · y[i]. Shapes: x and y have the same size; of nothing it is 0.
[[nodiscard]] float dot(std::span<const float> x, std::span<const float> y);

/// y[i] = e to the power x[i], within 2 units in the last place for every float: overflow gives
/// +inf, results below the normal range are right to the last subnormal (from -0x1.9FE368p+6 up,
/// and 0 below it), exp(−inf) is 0, exp(+inf) is +inf, NaN stays NaN. Shapes: x and y have the same
/// size. In place is allowed.
void exp(std::span<const float> x, std::span<float> y);

/// The tanh form of GELU: 0.5 · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))), with a small
/// *relative* error also where the result is tiny: at most 10⁻⁶ near 0, 10⁻⁵ at x = −5.5. For large
/// negative x it goes to 0, for large positive x to x; gelu(+inf) is +inf, NaN stays NaN.
/// gelu(−inf) may be 0, the limit, or NaN, which is what −inf · 0 gives in the formula. Shapes: x
/// and y have the same size. In place is allowed.
void gelu(std::span<const float> x, std::span<float> y);

/// Each row of y is softmax of the same row of x: exp(x − max) / Σ exp(x − max).
/// Shapes: x and y are m×n. Finite for every finite input. −inf gives 0. A row that holds NaN or
/// +inf, or nothing but −inf, becomes NaN throughout, as the formula says (inf − inf is NaN).
void softmax_rows(MatrixView<const float> x, MatrixView<float> y);

/// c = a·b with packed panels and a tile of sums in vector registers.
/// Shapes: a is m×k, b is k×n, c is m×n. k = 0 gives c = 0.
void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c);

/// What follows a fully connected layer, in one pass: y(i, j) = s · gelu(x(i, j) + b[j]).
/// Shapes: x and y are m×n, b has n elements. In place is allowed: y may be x itself.
void bias_gelu_scale(MatrixView<const float> x, std::span<const float> b, float s,
                     MatrixView<float> y);

}  // namespace lab03
