// The network of lab 05, made of your kernels; and what it is compared with, in fp32. Given.
#pragma once

#include "kernels.h"

namespace lab05 {

/// A network with one hidden layer in whole numbers, for images of digits:
///   q      = quantize(images, input)
///   hidden = requantize_channels(matmul_int8_simd(q, w1), bias1, scales1, 0)
///   logits = (matmul_int8_simd(hidden, w2) + bias2) · scales2
/// Shapes: images are m×k, w1 is k×h, w2 is h×n, logits are m×n; bias1 and scales1 have h elements,
/// bias2 and scales2 have n. Preconditions: those of the kernels.
void digits(MatrixView<const float> images, QuantParams input, MatrixView<const std::int8_t> w1,
            std::span<const std::int32_t> bias1, std::span<const float> scales1,
            MatrixView<const std::int8_t> w2, std::span<const std::int32_t> bias2,
            std::span<const float> scales2, MatrixView<float> logits);

/// The same in fp32, with vectors, but without tiles: logits = max(images·w1 + bias1, 0)·w2 +
/// bias2.
void digits_fp32(MatrixView<const float> images, MatrixView<const float> w1,
                 std::span<const float> bias1, MatrixView<const float> w2,
                 std::span<const float> bias2, MatrixView<float> logits);

/// y = w·x: four vectors of sums for each row.
void gemv_fp32(MatrixView<const float> w, std::span<const float> x, std::span<float> y);

}  // namespace lab05
