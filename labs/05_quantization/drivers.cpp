#include "drivers.h"

#include <rooflab/matrix.h>
#include <rooflab/simd.h>

#include <algorithm>

namespace lab05 {

using rooflab::Matrix;

namespace {

constexpr std::int64_t kLanes = sizeof(__m256) / sizeof(float);

// So many images are taken at a time: what lies between the layers stays in the L2 cache.
constexpr std::int64_t kBatch = 120;

template <class T>
MatrixView<T> rows(MatrixView<T> x, std::int64_t first, std::int64_t count) {
  return {x.row(first), count, x.cols, x.stride};
}

// Loops in the order i, p, j: rows of b and c are walked along, eight floats at a time.
void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    float* c_row = c.row(i);
    std::fill_n(c_row, c.cols, 0.0F);
    for (std::int64_t p = 0; p < a.cols; ++p) {
      const float* b_row = b.row(p);
      const __m256 factor = _mm256_set1_ps(a(i, p));
      std::int64_t j = 0;
      for (; j + kLanes <= c.cols; j += kLanes) {
        const __m256 sum = _mm256_loadu_ps(c_row + j);
        _mm256_storeu_ps(c_row + j, _mm256_fmadd_ps(factor, _mm256_loadu_ps(b_row + j), sum));
      }
      for (; j < c.cols; ++j) c_row[j] += a(i, p) * b_row[j];
    }
  }
}

}  // namespace

void digits(MatrixView<const float> images, QuantParams input, MatrixView<const std::int8_t> w1,
            std::span<const std::int32_t> bias1, std::span<const float> scales1,
            MatrixView<const std::int8_t> w2, std::span<const std::int32_t> bias2,
            std::span<const float> scales2, MatrixView<float> logits) {
  // Weights are symmetric, hidden values positive: their zero points are 0.
  constexpr QuantParams kSymmetric{1, 0};
  const std::int64_t most = std::min(kBatch, images.rows);
  const Matrix<std::uint8_t> q(most, images.cols), hidden(most, w1.cols);
  const Matrix<std::int32_t> acc1(most, w1.cols), acc2(most, w2.cols);
  for (std::int64_t first = 0; first < images.rows; first += kBatch) {
    const std::int64_t count = std::min(kBatch, images.rows - first);
    for (std::int64_t i = 0; i < count; ++i) {
      const auto size = static_cast<std::size_t>(images.cols);
      quantize({images.row(first + i), size}, input, {q.view().row(i), size});
    }
    matmul_int8_simd(rows(q.view(), 0, count), w1, input, kSymmetric, rows(acc1.view(), 0, count));
    requantize_channels(rows(acc1.view(), 0, count), bias1, scales1, 0,
                        rows(hidden.view(), 0, count));
    matmul_int8_simd(rows(hidden.view(), 0, count), w2, kSymmetric, kSymmetric,
                     rows(acc2.view(), 0, count));
    for (std::int64_t i = 0; i < count; ++i) {
      for (std::int64_t j = 0; j < logits.cols; ++j) {
        const auto channel = static_cast<std::size_t>(j);
        logits(first + i, j) = static_cast<float>(acc2(i, j) + bias2[channel]) * scales2[channel];
      }
    }
  }
}

void digits_fp32(MatrixView<const float> images, MatrixView<const float> w1,
                 std::span<const float> bias1, MatrixView<const float> w2,
                 std::span<const float> bias2, MatrixView<float> logits) {
  const Matrix<float> hidden(std::min(kBatch, images.rows), w1.cols);
  for (std::int64_t first = 0; first < images.rows; first += kBatch) {
    const std::int64_t count = std::min(kBatch, images.rows - first);
    const MatrixView<float> out = rows(logits, first, count);
    matmul(rows(images, first, count), w1, rows(hidden.view(), 0, count));
    for (std::int64_t i = 0; i < count; ++i) {
      for (std::int64_t j = 0; j < hidden.cols(); ++j) {
        hidden(i, j) = std::max(hidden(i, j) + bias1[static_cast<std::size_t>(j)], 0.0F);
      }
    }
    matmul(rows(hidden.view(), 0, count), w2, out);
    for (std::int64_t i = 0; i < count; ++i) {
      for (std::int64_t j = 0; j < out.cols; ++j) out(i, j) += bias2[static_cast<std::size_t>(j)];
    }
  }
}

void gemv_fp32(MatrixView<const float> w, std::span<const float> x, std::span<float> y) {
  constexpr std::int64_t kVectors = 4;
  for (std::int64_t i = 0; i < w.rows; ++i) {
    const float* row = w.row(i);
    __m256 sums[kVectors] = {};
    std::int64_t j = 0;
    for (; j + kVectors * kLanes <= w.cols; j += kVectors * kLanes) {
      for (std::int64_t v = 0; v < kVectors; ++v) {
        const std::int64_t l = j + v * kLanes;
        sums[v] = _mm256_fmadd_ps(_mm256_loadu_ps(row + l), _mm256_loadu_ps(x.data() + l), sums[v]);
      }
    }
    float all[kVectors * kLanes];
    for (std::int64_t v = 0; v < kVectors; ++v) _mm256_storeu_ps(all + v * kLanes, sums[v]);
    float sum = 0;
    for (; j < w.cols; ++j) sum += row[j] * x.data()[j];
    for (const float part : all) sum += part;
    y[static_cast<std::size_t>(i)] = sum;
  }
}

}  // namespace lab05
