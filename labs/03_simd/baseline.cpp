// The kernels that your speedup is measured against: right, plain, and scalar. Not edited. They are
// what lab 01 and lab 02 have taught, one float at a time.
#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels.h"

namespace lab03 {
namespace {

// x·σ(t), which keeps its digits where 0.5·x·(1 + tanh(t / 2)) loses them.
float gelu(float x) {
  const float t = 1.59576912161F * (x + 0.044715F * x * x * x);
  return x / (1 + std::exp(-t));
}

}  // namespace

// Nothing here knows of vectors: this only fills the place.
std::int64_t lanes() { return 1; }

void relu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] < 0 ? 0.0F : x[i];
}

void saxpy(float alpha, std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = alpha * x[i] + y[i];
}

// One sum: each addition waits for the one before it.
float dot(std::span<const float> x, std::span<const float> y) {
  float sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
  return sum;
}

void exp(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = std::exp(x[i]);
}

void gelu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = gelu(x[i]);
}

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, x(i, j));
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += y(i, j) = std::exp(x(i, j) - highest);
    const float factor = 1 / sum;
    for (std::int64_t j = 0; j < x.cols; ++j) y(i, j) *= factor;
  }
}

// Loops in the order i, k, j: rows of b and c are walked along.
void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    float* c_row = c.row(i);
    std::fill_n(c_row, c.cols, 0.0F);
    for (std::int64_t k = 0; k < a.cols; ++k) {
      const float factor = a(i, k);
      const float* b_row = b.row(k);
      for (std::int64_t j = 0; j < c.cols; ++j) c_row[j] += factor * b_row[j];
    }
  }
}

void bias_gelu_scale(MatrixView<const float> x, std::span<const float> b, float s,
                     MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    for (std::int64_t j = 0; j < x.cols; ++j) {
      y(i, j) = s * gelu(x(i, j) + b[static_cast<std::size_t>(j)]);
    }
  }
}

}  // namespace lab03
