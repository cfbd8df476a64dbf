// Lab 05, quantization and compression: the kernels that you write in kernels.cpp.
//
// Rules for all of them: any size is legal, 0 and 1 included. Matrices are row-major and honour
// `stride`; elements between cols and stride belong to somebody else: neither read nor write them.
// Pointers are aligned to their element only. Outputs never overlap inputs. What an output held
// before the call is undefined: overwrite it. One thread. The processor has AVX2 and FMA; more than
// that only where you have asked it.
//
// Rounding: "rounded" is to the nearest whole number, and of two that are equally near to the even
// one. Results of a formula in float are rounded after each operation, in the order written. So
// every output below is exact, but for sums of floats.
#pragma once

#include <rooflab/bf16.h>
#include <rooflab/quantization.h>
#include <rooflab/view.h>

#include <cstdint>
#include <span>

namespace lab05 {

using rooflab::Bf16;
using rooflab::Layer;
using rooflab::MatrixView;
using rooflab::QuantParams;
using rooflab::Range;
using rooflab::Storage;

// --- From reals to whole numbers and back --------------------------------------------------------

/// The map of [lo, hi] onto 0…255. The range is widened to hold 0, so that 0 is stored exactly. Its
/// width is worked out in double, and divided by 255 to give the scale; zero_point is −lo / scale,
/// rounded. A range of 0 alone gives {1, 0}. Preconditions: lo <= hi; both are 0 or of a magnitude
/// between 2⁻¹⁰⁰ and the largest float.
[[nodiscard]] QuantParams choose_params(float lo, float hi);

/// The range that x is quantized with: from its (100 − percentile)-th percentile to its
/// percentile-th, so that a percentile of 100 gives the least and the greatest element. Percentiles
/// are NumPy's "linear" ones: of n sorted elements, the p-th is found at the position
/// p/100 · (n − 1), between two elements on the straight line between them. Of nothing it is
/// {0, 0}. Preconditions: 50 <= percentile <= 100; the elements are finite.
[[nodiscard]] Range calibrate(std::span<const float> x, double percentile);

/// q[i] = x[i] / scale, rounded, plus zero_point, and no less than 0, no more than 255. NaN becomes
/// zero_point, ±∞ become 255 and 0. Shapes: x and q have the same size. Preconditions: scale > 0;
/// zero_point is within 0…255.
void quantize(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q);

/// x[i] = scale · (q[i] − zero_point). Shapes: q and x have the same size.
void dequantize(std::span<const std::uint8_t> q, QuantParams params, std::span<float> x);

/// Weights are quantized symmetrically: zero_point is 0. Column j, an output channel, has a scale
/// of its own: scales[j] = (the largest magnitude in column j) / largest, or 1 where that is 0; and
/// q(i, j) = w(i, j) / scales[j], rounded, no less than −largest, no more than largest. With a
/// single scale, it is the one of the whole matrix. Shapes: w and q are k×n; scales has n
/// elements (per channel) or 1 (per tensor). Preconditions: largest is 127 (8 bits) or 7 (4 bits);
/// the weights are finite, and each is 0 or of a magnitude of 2⁻¹⁰⁰ at least.
void quantize_weights(MatrixView<const float> w, std::int32_t largest, std::span<float> scales,
                      MatrixView<std::int8_t> q);

// --- Products of whole numbers -------------------------------------------------------------------

/// c(i, j) = Σₚ (a(i, p) − pa.zero_point) · (b(p, j) − pb.zero_point), exact. Scales do not matter.
/// Shapes: a is m×k, b is k×n, c is m×n. k = 0 gives c = 0. Preconditions: pa.zero_point is within
/// 0…255, pb.zero_point within −128…127, and k <= 33,025, so that every c(i, j) fits.
void matmul_int8(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
                 QuantParams pb, MatrixView<std::int32_t> c);

/// The same, as fast as you can make it.
void matmul_int8_simd(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b,
                      QuantParams pa, QuantParams pb, MatrixView<std::int32_t> c);

/// From the sums of one layer to the input of the next: out(i, j) = acc(i, j), as a float, times
/// scale, rounded, plus zero_point, and no less than 0, no more than 255. Shapes: acc and out are
/// m×n. Preconditions: scale > 0, finite; zero_point is within 0…255.
void requantize(MatrixView<const std::int32_t> acc, float scale, std::int32_t zero_point,
                MatrixView<std::uint8_t> out);

/// The same per channel, with a bias: out(i, j) = acc(i, j) + bias[j], as a float, times scales[j],
/// rounded, plus zero_point, and no less than 0, no more than 255. With a zero_point of 0, that is
/// ReLU, too. Shapes: acc and out are m×n; bias and scales have n elements. Preconditions as above;
/// acc(i, j) + bias[j] does not overflow.
void requantize_channels(MatrixView<const std::int32_t> acc, std::span<const std::int32_t> bias,
                         std::span<const float> scales, std::int32_t zero_point,
                         MatrixView<std::uint8_t> out);

// --- Fewer weights -------------------------------------------------------------------------------

/// c = a·b, where a is sparse, in compressed rows (CSR): the elements of row i that are not 0 are
/// values[p] in columns[p], for p from row_starts[i] to row_starts[i + 1] − 1, in the order of
/// their columns. Rows may be empty. b may hold NaN and ∞: where a has no element, they do not
/// matter. Shapes: a is m×k, b is k×n, c is m×n; row_starts has m + 1 elements. Preconditions:
/// columns are within 0…k − 1 and rise within a row.
void spmm_csr(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
              std::span<const float> values, MatrixView<const float> b, MatrixView<float> c);

/// The bytes of a network of fully connected layers, as it is stored:
///   fp32, bf16        each weight, and a float for each output's bias;
///   int8_per_tensor   each weight; for each output an s32 bias; one scale; the input's
///   QuantParams; int8_per_channel  the same with a scale for each output; int4_per_channel  the
///   same, two weights in a byte, the layer's last byte half empty if need be; csr for each nonzero
///   its value and an s32 column, for each output where its row
///                     starts, and one more of those; a float for each output's bias;
///   two_of_four       half of the weights, and two bits for each of these that tell which it is
///   (in
///                     whole bytes); a float for each output's bias. Precondition: inputs is a
///                     multiple of 4.
[[nodiscard]] std::int64_t model_bytes(std::span<const Layer> layers, Storage storage);

// --- Shorter floats ------------------------------------------------------------------------------

/// y[i] = x[i], rounded to a bfloat16: to the nearest, of two equally near to the one whose last
/// bit is 0. What rounds beyond the largest becomes ∞; numbers below the normal range are rounded
/// like the others. NaN stays NaN, with its sign and the upper bits of its payload, but quiet: its
/// highest fraction bit becomes 1. Shapes: x and y have the same size.
void to_bf16(std::span<const float> x, std::span<Bf16> y);

/// y[i] = x[i], exactly, NaN with the same bits. Shapes: x and y have the same size.
void from_bf16(std::span<const Bf16> x, std::span<float> y);

/// y[i] = Σⱼ w(i, j) · x[j], in float and in any order. Shapes: w is m×n, x has n elements, y has
/// m.
void gemv_bf16(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y);

}  // namespace lab05
