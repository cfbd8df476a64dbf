// Lab 01, reference solution.
//
// The idea: write down the formula, then look at what the innermost loop does. It should walk along
// memory, keep several sums in registers, and neither ask nor compute what was known before it
// began. Nothing is tiled for the cache yet. Measured over baseline.cpp (docs/measurements.md): 4
// times for matmul at n = 400, 2.3 for softmax_rows, 6 for linear with 1000 inputs, 5 for conv2d.
#include "kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lab01 {
namespace {

// How many sums are under way at once. An addition takes about four cycles, and two can begin in
// each: one sum alone would wait for itself seven times out of eight.
constexpr std::int64_t kSums = 8;

// c(i, j), c(i, j + 1), …: each number of a is loaded once for all of them, and the numbers of b
// lie side by side.
template <std::int64_t Sums>
void multiply(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
              std::int64_t i, std::int64_t j) {
  float sum[Sums] = {};
  for (std::int64_t k = 0; k < a.cols; ++k) {
    for (std::int64_t l = 0; l < Sums; ++l) sum[l] += a(i, k) * b(k, j + l);
  }
  for (std::int64_t l = 0; l < Sums; ++l) c(i, j + l) = sum[l];
}

// Outputs o, o + 1, … of a layer for one input: dot products of x with as many rows of w.
template <std::int64_t Sums>
void dot_products(const float* x, MatrixView<const float> w, std::int64_t o,
                  std::span<const float> bias, float* y) {
  float sum[Sums] = {};
  for (std::int64_t k = 0; k < w.cols; ++k) {
    for (std::int64_t l = 0; l < Sums; ++l) sum[l] += x[k] * w(o + l, k);
  }
  for (std::int64_t l = 0; l < Sums; ++l) {
    y[o + l] = bias.empty() ? sum[l] : sum[l] + bias[static_cast<std::size_t>(o + l)];
  }
}

// Adds weight · (image, shifted by dy and dx) to `out`, a height×width channel of the output. Which
// pixels the shifted image covers is settled before the loops over them begin.
void add_shifted(float weight, const float* image, std::int64_t image_height,
                 std::int64_t image_width, std::int64_t dy, std::int64_t dx, float* out,
                 std::int64_t height, std::int64_t width) {
  const std::int64_t i_end = std::min(height, image_height - dy);
  const std::int64_t j_begin = std::max<std::int64_t>(0, -dx);
  const std::int64_t j_end = std::min(width, image_width - dx);
  for (std::int64_t i = std::max<std::int64_t>(0, -dy); i < i_end; ++i) {
    const float* in_row = image + (i + dy) * image_width;
    float* out_row = out + i * width;
    for (std::int64_t j = j_begin; j < j_end; ++j) out_row[j] += weight * in_row[j + dx];
  }
}

}  // namespace

// Row by row of c, eight of its elements at a time. A row of a is contiguous; b is walked down, but
// half a cache line of it is used at each step.
void matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::int64_t j = 0;
    for (; j + kSums <= c.cols; j += kSums) multiply<kSums>(a, b, c, i, j);
    for (; j < c.cols; ++j) multiply<1>(a, b, c, i, j);
  }
}

// Asks "negative?", not "positive?": NaN answers no to both, and must stay.
void relu(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] < 0 ? 0.0F : x[i];
}

// Exponentials are dear: each is computed once, in float, and kept in y. They are summed in a loop
// of their own, because a call of exp throws every sum out of its register. One division a row.
void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const float* in = x.row(i);
    float* out = y.row(i);
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < x.cols; ++j) highest = std::max(highest, in[j]);
    for (std::int64_t j = 0; j < x.cols; ++j) out[j] = std::exp(in[j] - highest);
    float sum = 0;
    for (std::int64_t j = 0; j < x.cols; ++j) sum += out[j];
    const float scale = 1 / sum;
    for (std::int64_t j = 0; j < x.cols; ++j) out[j] *= scale;
  }
}

// Weights are stored one row an output, so an output is the dot product of two rows, and both are
// walked along memory.
void linear(MatrixView<const float> x, MatrixView<const float> w, std::span<const float> bias,
            MatrixView<float> y) {
  for (std::int64_t i = 0; i < y.rows; ++i) {
    std::int64_t o = 0;
    for (; o + kSums <= y.cols; o += kSums) dot_products<kSums>(x.row(i), w, o, bias, y.row(i));
    for (; o < y.cols; ++o) dot_products<1>(x.row(i), w, o, bias, y.row(i));
  }
}

// One weight at a time, added to all the pixels it touches: the inner loop walks a row of the image
// and a row of the output.
void conv2d(Tensor4View<const float> x, Tensor4View<const float> w, std::span<const float> bias,
            std::int64_t padding, Tensor4View<float> y) {
  for (std::int64_t n = 0; n < y.batch; ++n) {
    for (std::int64_t o = 0; o < y.channels; ++o) {
      float* out = y.plane(n, o);
      std::fill_n(out, y.height * y.width, bias.empty() ? 0.0F : bias[static_cast<std::size_t>(o)]);
      for (std::int64_t c = 0; c < x.channels; ++c) {
        for (std::int64_t r = 0; r < w.height; ++r) {
          for (std::int64_t s = 0; s < w.width; ++s) {
            add_shifted(w(o, c, r, s), x.plane(n, c), x.height, x.width, r - padding, s - padding,
                        out, y.height, y.width);
          }
        }
      }
    }
  }
}

// One of the two sides must jump from row to row. Lab 02 makes that cheap.
void transpose(MatrixView<const float> a, MatrixView<float> b) {
  for (std::int64_t i = 0; i < a.rows; ++i) {
    for (std::int64_t j = 0; j < a.cols; ++j) b(j, i) = a(i, j);
  }
}

}  // namespace lab01
