// Lab 01, baseline: the kernels that you write in kernels.cpp.
//
// Rules for all of them: any size is legal, 0 and 1 included. Matrices are row-major and honour
// `stride`; elements between cols and stride belong to somebody else: neither read nor write them.
// Pointers are aligned to their element only. Except where a comment says so, outputs never overlap
// inputs. What an output held before the call is undefined (it may be NaN): overwrite it. Sums may
// be taken in any order, in float. NaN and infinity go where the plain formula takes them. One
// thread.
#pragma once

#include <rooflab/view.h>

#include <cstdint>
#include <span>

namespace lab01 {

using rooflab::MatrixView;
using rooflab::Tensor4View;

/// c = a·b. Shapes: a is m×k, b is k×n, c is m×n. k = 0 gives c = 0.
void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c);

/// y[i] = max(x[i], 0), and NaN stays NaN. Shapes: x and y have the same size.
/// In place is allowed: y may be x itself (never a shifted part of it).
void relu(std::span<const float> x, std::span<float> y);

/// Each row of y is softmax of the same row of x: exp(x − max) / Σ exp(x − max).
/// Shapes: x and y are m×n. Subtracting the row's maximum first keeps exp from overflowing.
/// −inf gives 0. A row that holds NaN or +inf, or nothing but −inf, becomes NaN throughout, as the
/// formula says (inf − inf is NaN).
void softmax_rows(MatrixView<const float> x, MatrixView<float> y);

/// A fully connected layer: y = x·wᵀ + bias, so y(i, o) = bias[o] + Σ over k of x(i, k) · w(o, k).
/// Shapes: x is batch×in, w is out×in, bias has `out` elements or none for no bias, y is batch×out.
void linear(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y);

/// Convolution as networks use it (cross-correlation), stride 1, zero padding on all four sides:
///   y(n, o, i, j) = bias[o] + Σ over c, r, s of w(o, c, r, s) · x(n, c, i + r − p, j + s − p)
/// where p is the padding, and x outside its image counts as 0.
/// Shapes: x is N×C×H×W; w is O×C×R×S; bias has O elements, or none for no bias;
/// y is N×O×(H + 2·padding − R + 1)×(W + 2·padding − S + 1).
/// Preconditions: padding >= 0, R >= 1, S >= 1, and y has no negative extent.
void conv2d(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y);

/// b = aᵀ. Shapes: a is m×n, b is n×m. A copy: exact, bit for bit.
void transpose(MatrixView<const float> a, MatrixView<float> b);

}  // namespace lab01
