// Cases for the figures of lab 03: the lab's own kernels at many sizes, a copy, and small loops of
// vectors. These are written with the compiler's own vector type, which does without intrinsics.
#include <rooflab/testing/operations/bias_gelu_scale.h>
#include <rooflab/testing/operations/dot.h>
#include <rooflab/testing/operations/exp.h>
#include <rooflab/testing/operations/gelu.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/relu.h>
#include <rooflab/testing/operations/saxpy.h>
#include <rooflab/testing/operations/softmax.h>
#include <rooflab/testing/operations/unary.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "kernels.h"

namespace {

using rooflab::MatrixView;
using namespace rooflab::testing;

constexpr std::size_t kLanes = 8;
using Vector [[gnu::vector_size(kLanes * sizeof(float))]] = float;

Vector load(const float* from) {
  Vector vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}

// In `sums` vectors of sums. For sizes that are multiples of kLanes · sums.
template <std::size_t sums>
float dot_in(std::span<const float> x, std::span<const float> y) {
  Vector sum[sums] = {};
  for (std::size_t i = 0; i < x.size(); i += sums * kLanes) {
#pragma GCC unroll 16  // or the sums live in memory
    for (std::size_t s = 0; s < sums; ++s) {
      sum[s] += load(&x[i + s * kLanes]) * load(&y[i + s * kLanes]);
    }
  }
  float total = 0;
  for (const Vector& one : sum) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) total += one[lane];
  }
  return total;
}

template <std::size_t... sums>
void add_dots(std::vector<Case>& all, std::index_sequence<sums...> /*sums*/) {
  for (const std::int64_t n : {3840, 65'280}) {  // both vectors in L1, and in L2
    (all.push_back(dot_case({("dot_in_" + std::to_string(sums)).c_str(), dot_in<sums>}, n)), ...);
  }
}

void copy(std::span<const float> x, std::span<float> y) {
  std::copy(x.begin(), x.end(), y.begin());
}

Expected same(float x, float /*given*/) { return {value_of(x), 0}; }

// 4 ulp: as far as the C library's vector exp may be off.
Expected rough_exp(float x, float given) {
  Expected exact = exact_exp(x, given);
  exact.bound *= 2;
  return exact;
}

// What bias_gelu_scale does in one pass, in three: the sum, gelu of it, and the product.
[[gnu::optimize("tree-vectorize")]] void three_passes(MatrixView<const float> x,
                                                      std::span<const float> b, float s,
                                                      MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const float* from = x.row(i);
    float* __restrict to = y.row(i);
    for (std::int64_t j = 0; j < x.cols; ++j) to[j] = from[j] + b.data()[j];
  }
  for (std::int64_t i = 0; i < y.rows; ++i) {
    const std::span<float> row(y.row(i), static_cast<std::size_t>(y.cols));
    lab03::gelu(row, row);
  }
  for (std::int64_t i = 0; i < y.rows; ++i) {
    float* __restrict to = y.row(i);
    for (std::int64_t j = 0; j < y.cols; ++j) to[j] *= s;
  }
}

}  // namespace

std::vector<Case> rooflab::testing::cases() {
  std::vector<Case> all;
  add_dots(all, std::index_sequence<1, 2, 3, 4, 5, 6, 8, 10, 12>{});
  for (std::int64_t n = 1024; n <= 1 << 24; n *= 2) {
    all.push_back(unary_case(Named{"copy", copy}, same, n + 5, 0));
    all.push_back(relu_case(NAMED_KERNEL(lab03, relu), n + 5));
    all.push_back(saxpy_case(NAMED_KERNEL(lab03, saxpy), n + 5));
  }
  for (const std::int64_t rows : {8, 64, 512, 8192}) {
    all.push_back(bias_gelu_scale_case(NAMED_KERNEL(lab03, bias_gelu_scale), rows, 1003));
    all.push_back(bias_gelu_scale_case(Named{"three_passes", three_passes}, rows, 1003));
  }
  // With relu, saxpy and bias_gelu_scale of above: one case of each kernel.
  all.push_back(dot_case(NAMED_KERNEL(lab03, dot), 16'389));
  all.push_back(unary_case(NAMED_KERNEL(lab03, exp), rough_exp, 16'389, 1));
  all.push_back(gelu_case(NAMED_KERNEL(lab03, gelu), 16'389));
  all.push_back(softmax_case(NAMED_KERNEL(lab03, softmax_rows), 64, 1003));
  all.push_back(matmul_case(NAMED_KERNEL(lab03, matmul_simd), {512, 512, 512}));
  return all;
}
