// Attention one row of q at a time, with vectors along d and w: for stages.
#pragma once

#include <rooflab/simd.h>
#include <rooflab/view.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

#include "../../../03_simd/stages/plain.h"

namespace stages {

using rooflab::MatrixView;

inline float sum_of(__m256 v) {
  alignas(32) float each[8];
  _mm256_store_ps(each, v);
  return ((each[0] + each[1]) + (each[2] + each[3])) + ((each[4] + each[5]) + (each[6] + each[7]));
}

// One sum under way.
inline float dot(const float* x, const float* y, std::int64_t n) {
  __m256 sums = _mm256_setzero_ps();
  std::int64_t i = 0;
  for (; i + 8 <= n; i += 8) {
    sums = _mm256_fmadd_ps(_mm256_loadu_ps(x + i), _mm256_loadu_ps(y + i), sums);
  }
  float sum = sum_of(sums);
  for (; i < n; ++i) sum += x[i] * y[i];
  return sum;
}

// y = keep·y + factor·x
inline void add(const float* x, float factor, float keep, float* y, std::int64_t n) {
  const __m256 a = _mm256_set1_ps(factor), b = _mm256_set1_ps(keep);
  std::int64_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const __m256 kept = _mm256_mul_ps(b, _mm256_loadu_ps(y + i));
    _mm256_storeu_ps(y + i, _mm256_fmadd_ps(a, _mm256_loadu_ps(x + i), kept));
  }
  for (; i < n; ++i) y[i] = keep * y[i] + factor * x[i];
}

inline void library_exp(float* x, std::int64_t n, float highest) {
  for (std::int64_t i = 0; i < n; ++i) x[i] = std::exp(x[i] - highest);
}

inline void vector_exp(float* x, std::int64_t n, float highest) {
  const __m256 most = _mm256_set1_ps(highest);
  apply(x, x, n, [most](__m256 v) { return exp8(_mm256_sub_ps(v, most)); });
}

template <class Exp>
void attention(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
               std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
               std::span<float> scratch, Exp exp) {
  for (std::int64_t i = 0; i < out.rows; ++i) {
    const std::int64_t seen = lengths[static_cast<std::size_t>(i)];
    float* weights = scratch.data();
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < seen; ++j) {
      weights[j] = scale * dot(q.row(i), k.row(j), q.cols);
      highest = weights[j] > highest ? weights[j] : highest;
    }
    exp(weights, seen, highest);
    float sum = 0;
    for (std::int64_t j = 0; j < seen; ++j) sum += weights[j];
    std::fill_n(out.row(i), out.cols, 0.0F);
    for (std::int64_t j = 0; j < seen; ++j) {
      add(v.row(j), weights[j] / sum, 1, out.row(i), out.cols);
    }
  }
}

}  // namespace stages
