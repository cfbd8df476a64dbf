// The network of infer(), step by step, right and slow: what baseline.cpp runs, and what
// profile_steps() is tried on. Given. Shapes are those of infer() in kernels.h.
#pragma once

#include <rooflab/matrix.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels.h"

namespace lab06::slow {

/// c = a·b, the columns of b walked down.
inline void multiply(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    for (std::int64_t j = 0; j < c.cols; ++j) {
      float sum = 0;
      for (std::int64_t p = 0; p < a.cols; ++p) sum += a(i, p) * b(p, j);
      c(i, j) = sum;
    }
  }
}

/// hidden = (quantize(x, input) · w1 + bias1) · scales1
inline void first_layer(MatrixView<const float> x, QuantParams input,
                        MatrixView<const std::int8_t> w1, std::span<const std::int32_t> bias1,
                        std::span<const float> scales1, MatrixView<float> hidden) {
  std::vector<std::int32_t> q(static_cast<std::size_t>(x.cols));
  for (std::int64_t i = 0; i < x.rows; ++i) {
    for (std::size_t p = 0; p < q.size(); ++p) {
      const float nearest = std::nearbyint(x.row(i)[p] / input.scale);
      const auto zero = static_cast<float>(input.zero_point);
      // NaN becomes the zero point, as quantize() has it.
      const float bounded = nearest == nearest ? std::clamp(nearest + zero, 0.0F, 255.0F) : zero;
      q[p] = static_cast<std::int32_t>(bounded) - input.zero_point;
    }
    for (std::int64_t j = 0; j < hidden.cols; ++j) {
      const auto channel = static_cast<std::size_t>(j);
      std::int32_t sum = bias1[channel];
      for (std::size_t p = 0; p < q.size(); ++p) {
        sum += q[p] * w1(static_cast<std::int64_t>(p), j);
      }
      hidden(i, j) = static_cast<float>(sum) * scales1[channel];
    }
  }
}

/// x = gelu(x), the tanh form
inline void gelu(MatrixView<float> x) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    for (std::int64_t j = 0; j < x.cols; ++j) {
      const float v = x(i, j);
      x(i, j) = v / (1 + std::exp(-1.5957691F * (v + 0.044715F * v * v * v)));
    }
  }
}

/// x = softmax of each row of x
inline void softmax_rows(MatrixView<float> x) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    if (x.cols == 0) return;
    float* row = x.row(i);
    const float highest = *std::max_element(row, row + x.cols);
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += row[j] = std::exp(row[j] - highest);
    for (std::int64_t j = 0; j < x.cols; ++j) row[j] /= sum;
  }
}

/// a = softmax(q·kᵀ / √m) · v, all scores at once
inline void attend(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
                   MatrixView<float> a) {
  const rooflab::Matrix<float> scores(q.rows, k.rows);
  const float scale = 1 / std::sqrt(static_cast<float>(q.cols));
  for (std::int64_t i = 0; i < q.rows; ++i) {
    for (std::int64_t j = 0; j < k.rows; ++j) {
      float sum = 0;
      for (std::int64_t p = 0; p < q.cols; ++p) sum += q(i, p) * k(j, p);
      scores(i, j) = scale * sum;
    }
  }
  softmax_rows(scores.view());
  multiply(scores.view(), v, a);
}

/// out = softmax of each row of a·w2 + bias2
inline void classify(MatrixView<const float> a, MatrixView<const float> w2,
                     std::span<const float> bias2, MatrixView<float> out) {
  multiply(a, w2, out);
  for (std::int64_t i = 0; i < out.rows; ++i) {
    for (std::size_t j = 0; j < bias2.size(); ++j) out.row(i)[j] += bias2[j];
  }
  softmax_rows(out);
}

}  // namespace lab06::slow
