// Lab 02, cache blocking: the kernels that you write in kernels.cpp.
//
// Rules for all of them: any size is legal, 0 and 1 included. Matrices are row-major and honour
// `stride`; elements between cols and stride belong to somebody else: neither read nor write them.
// Pointers are aligned to their element only. Outputs never overlap inputs, and what an output held
// before the call is undefined (it may be NaN): overwrite it. Sums may be taken in any order, in
// float. NaN and infinity go where the plain formula takes them. One thread.
#pragma once

#include <rooflab/view.h>

#include <cstdint>
#include <span>

namespace lab02 {

using rooflab::MatrixView;
using rooflab::Tensor4View;

/// c = a·b with the three loops in the order that walks memory along rows (i, k, j).
/// Shapes: a is m×k, b is k×n, c is m×n. k = 0 gives c = 0.
void matmul_reordered(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c);

/// c = a·b computed tile by tile, so that what is in the cache, and then in registers, is used many
/// times before it leaves. Shapes: a is m×k, b is k×n, c is m×n. k = 0 gives c = 0.
void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c);

/// b = aᵀ, tile by tile. Shapes: a is m×n, b is n×m. A copy: exact, bit for bit.
void transpose_blocked(MatrixView<const float> a, MatrixView<float> b);

/// Convolution as networks use it (cross-correlation), stride 1, zero padding on all four sides:
///   y(n, o, i, j) = bias[o] + Σ over c, r, s of w(o, c, r, s) · x(n, c, i + r − p, j + s − p)
/// where p is the padding, and x outside its image counts as 0.
/// Shapes: x is N×C×H×W; w is O×C×R×S; bias has O elements, or none for no bias;
/// y is N×O×(H + 2·padding − R + 1)×(W + 2·padding − S + 1).
/// Preconditions: padding >= 0, R >= 1, S >= 1, and y has no negative extent.
void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y);

/// The side t of the square float tiles such that three of them (of a, b and c) fit in a cache of
/// `cache_bytes` bytes at once: the largest multiple of 8 with 3·t²·4 <= cache_bytes, but never
/// less than 8. Precondition: cache_bytes >= 0.
[[nodiscard]] std::int64_t choose_tile(std::int64_t cache_bytes);

}  // namespace lab02
