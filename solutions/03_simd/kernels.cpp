// Lab 03, reference solution.
//
// The idea: one instruction works on eight floats. What is left over at the end of a row is loaded
// and stored under a mask, so that no kernel needs a second, scalar version of itself.
#include "kernels.h"

#include <rooflab/matrix.h>
#include <rooflab/simd.h>

#include <algorithm>
#include <limits>

namespace lab03 {
namespace {

constexpr std::int64_t kLanes = 8;

// All ones in the first `count` lanes. Precondition: 0 <= count <= 8.
__m256i first_lanes(std::int64_t count) {
  alignas(32) static constexpr std::int32_t kMasks[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kMasks + kLanes - count));
}

// y[i] = f(x[i]), eight at a time.
template <class F>
void apply(const float* x, float* y, std::int64_t n, F f) {
  std::int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) _mm256_storeu_ps(y + i, f(_mm256_loadu_ps(x + i)));
  if (i == n) return;
  const __m256i rest = first_lanes(n - i);
  _mm256_maskstore_ps(y + i, rest, f(_mm256_maskload_ps(x + i, rest)));
}

void apply(std::span<const float> x, std::span<float> y, auto f) {
  apply(x.data(), y.data(), std::ssize(x), f);
}

float horizontal_sum(__m256 v) {
  const __m128 four = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_add_ss(two, _mm_movehdup_ps(two)));
}

float horizontal_max(__m256 v) {
  const __m128 four = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  const __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
  return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

__m256 power_of_two(__m256i n) {  // for exponents of normal numbers
  return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_add_epi32(n, _mm256_set1_epi32(127)), 23));
}

// eˣ = 2ⁿ · eʳ with r = x − n·ln 2, |r| <= ln 2 / 2, and for eʳ the polynomial of Cephes' expf
// (Moshier). 2ⁿ comes in two factors: neither leaves the range where 2ⁿ itself would.
__m256 exp8(__m256 x) {
  const __m256 one = _mm256_set1_ps(1);
  // x as second operand: min and max then pass NaN on. At both limits the result is final.
  x = _mm256_min_ps(_mm256_set1_ps(89), x);
  x = _mm256_max_ps(_mm256_set1_ps(-104), x);
  const __m256 n = _mm256_round_ps(_mm256_mul_ps(x, _mm256_set1_ps(1.44269504F)),
                                   _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  // ln 2 in two parts; the product with the first is exact.
  __m256 r = _mm256_fnmadd_ps(n, _mm256_set1_ps(0.693359375F), x);
  r = _mm256_fnmadd_ps(n, _mm256_set1_ps(-2.12194440e-4F), r);
  __m256 p = _mm256_set1_ps(1.9875691500e-4F);
  for (const float c :
       {1.3981999507e-3F, 8.3334519073e-3F, 4.1665795894e-2F, 1.6666665459e-1F, 5.0000001201e-1F}) {
    p = _mm256_fmadd_ps(p, r, _mm256_set1_ps(c));
  }
  p = _mm256_add_ps(_mm256_fmadd_ps(_mm256_mul_ps(r, r), p, r), one);
  const __m256i whole = _mm256_cvtps_epi32(n);
  const __m256i half = _mm256_srai_epi32(whole, 1);
  p = _mm256_mul_ps(p, power_of_two(half));
  return _mm256_mul_ps(p, power_of_two(_mm256_sub_epi32(whole, half)));
}

// x·σ(t), t = 2·√(2/π)·(x + 0.044715·x³): no cancellation, unlike 0.5·x·(1 + tanh).
__m256 gelu8(__m256 x) {
  const __m256 square = _mm256_mul_ps(x, x);
  const __m256 factor =
      _mm256_fmadd_ps(square, _mm256_set1_ps(-0.0713548162726F), _mm256_set1_ps(-1.59576912161F));
  const __m256 e = exp8(_mm256_mul_ps(x, factor));
  return _mm256_div_ps(x, _mm256_add_ps(_mm256_set1_ps(1), e));
}

void softmax(const float* x, float* y, std::int64_t n) {
  const __m256 lowest = _mm256_set1_ps(-std::numeric_limits<float>::infinity());
  const std::int64_t whole = n / kLanes * kLanes;
  const __m256i rest = first_lanes(n - whole);
  __m256 highest =
      _mm256_blendv_ps(lowest, _mm256_maskload_ps(x + whole, rest), _mm256_castsi256_ps(rest));
  for (std::int64_t j = 0; j < whole; j += kLanes) {
    highest = _mm256_max_ps(highest, _mm256_loadu_ps(x + j));
  }
  highest = _mm256_set1_ps(horizontal_max(highest));
  __m256 sum = _mm256_setzero_ps();
  for (std::int64_t j = 0; j < whole; j += kLanes) {
    const __m256 e = exp8(_mm256_sub_ps(_mm256_loadu_ps(x + j), highest));
    _mm256_storeu_ps(y + j, e);
    sum = _mm256_add_ps(sum, e);
  }
  const __m256 e = exp8(_mm256_sub_ps(_mm256_maskload_ps(x + whole, rest), highest));
  _mm256_maskstore_ps(y + whole, rest, e);
  sum = _mm256_add_ps(sum, _mm256_and_ps(e, _mm256_castsi256_ps(rest)));
  const __m256 factor = _mm256_set1_ps(1 / horizontal_sum(sum));
  apply(y, y, n, [factor](__m256 v) { return _mm256_mul_ps(v, factor); });
}

// `Rows` rows and 16 columns of c: a is read in place, b from a panel of 16 columns.
template <std::int64_t Rows>
void tile(const float* a, std::int64_t a_stride, const float* panel, std::int64_t depth, float* c,
          std::int64_t c_stride, std::int64_t width) {
  __m256 sums[Rows][2];
  for (auto& row : sums) row[0] = row[1] = _mm256_setzero_ps();
  for (std::int64_t p = 0; p < depth; ++p, panel += 2 * kLanes) {
    const __m256 left = _mm256_load_ps(panel);
    const __m256 right = _mm256_load_ps(panel + kLanes);
#pragma GCC unroll 6
    for (std::int64_t i = 0; i < Rows; ++i) {
      const __m256 factor = _mm256_set1_ps(a[i * a_stride + p]);
      sums[i][0] = _mm256_fmadd_ps(factor, left, sums[i][0]);
      sums[i][1] = _mm256_fmadd_ps(factor, right, sums[i][1]);
    }
  }
  const __m256i in_left = first_lanes(std::min(width, kLanes));
  const __m256i in_right = first_lanes(std::max<std::int64_t>(0, width - kLanes));
#pragma GCC unroll 6
  for (std::int64_t i = 0; i < Rows; ++i) {
    _mm256_maskstore_ps(c + i * c_stride, in_left, sums[i][0]);
    _mm256_maskstore_ps(c + i * c_stride + kLanes, in_right, sums[i][1]);
  }
}

}  // namespace

std::int64_t lanes() { return kLanes; }

void relu(std::span<const float> x, std::span<float> y) {
  // x as second operand: NaN stays NaN.
  apply(x, y, [](__m256 v) { return _mm256_max_ps(_mm256_setzero_ps(), v); });
}

void saxpy(float alpha, std::span<const float> x, std::span<float> y) {
  const __m256 factor = _mm256_set1_ps(alpha);
  const std::int64_t n = std::ssize(x);
  std::int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    float* to = y.data() + i;
    _mm256_storeu_ps(to,
                     _mm256_fmadd_ps(factor, _mm256_loadu_ps(x.data() + i), _mm256_loadu_ps(to)));
  }
  const __m256i rest = first_lanes(n - i);
  float* to = y.data() + i;
  _mm256_maskstore_ps(to, rest,
                      _mm256_fmadd_ps(factor, _mm256_maskload_ps(x.data() + i, rest),
                                      _mm256_maskload_ps(to, rest)));
}

// Eight sums under way: a multiply-add takes four cycles, and two can start in each.
float dot(std::span<const float> x, std::span<const float> y) {
  constexpr std::int64_t kSums = 8;
  const std::int64_t n = std::ssize(x);
  __m256 sums[kSums];
  for (__m256& sum : sums) sum = _mm256_setzero_ps();
  std::int64_t i = 0;
  for (; i + kSums * kLanes <= n; i += kSums * kLanes) {
#pragma GCC unroll 8
    for (std::int64_t s = 0; s < kSums; ++s) {
      sums[s] = _mm256_fmadd_ps(_mm256_loadu_ps(x.data() + i + s * kLanes),
                                _mm256_loadu_ps(y.data() + i + s * kLanes), sums[s]);
    }
  }
  for (; i < n; i += kLanes) {
    const __m256i rest = first_lanes(std::min(n - i, kLanes));
    sums[0] = _mm256_fmadd_ps(_mm256_maskload_ps(x.data() + i, rest),
                              _mm256_maskload_ps(y.data() + i, rest), sums[0]);
  }
  for (std::int64_t s = 1; s < kSums; ++s) sums[0] = _mm256_add_ps(sums[0], sums[s]);
  return horizontal_sum(sums[0]);
}

void exp(std::span<const float> x, std::span<float> y) { apply(x, y, exp8); }

void gelu(std::span<const float> x, std::span<float> y) { apply(x, y, gelu8); }

void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) softmax(x.row(i), y.row(i), x.cols);
}

void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  constexpr std::int64_t kPanel = 2 * kLanes;
  constexpr std::int64_t kRows = 6;
  const rooflab::AlignedBuffer<float> panel(b.rows * kPanel);  // what stays 0 is never stored
  for (std::int64_t j = 0; j < c.cols; j += kPanel) {
    const std::int64_t width = std::min(kPanel, c.cols - j);
    for (std::int64_t p = 0; p < b.rows; ++p) {
      std::copy_n(b.row(p) + j, width, panel.data() + p * kPanel);
    }
    std::int64_t i = 0;
    for (; i + kRows <= c.rows; i += kRows) {
      tile<kRows>(a.row(i), a.stride, panel.data(), a.cols, c.row(i) + j, c.stride, width);
    }
    for (; i < c.rows; ++i) {
      tile<1>(a.row(i), a.stride, panel.data(), a.cols, c.row(i) + j, c.stride, width);
    }
  }
}

void bias_gelu_scale(MatrixView<const float> x, std::span<const float> b, float s,
                     MatrixView<float> y) {
  const __m256 scale = _mm256_set1_ps(s);
  const auto f = [scale](__m256 v, __m256 bias) {
    return _mm256_mul_ps(scale, gelu8(_mm256_add_ps(v, bias)));
  };
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const float* from = x.row(i);
    float* to = y.row(i);
    std::int64_t j = 0;
    for (; j + kLanes <= x.cols; j += kLanes) {
      _mm256_storeu_ps(to + j, f(_mm256_loadu_ps(from + j), _mm256_loadu_ps(b.data() + j)));
    }
    const __m256i rest = first_lanes(x.cols - j);
    _mm256_maskstore_ps(
        to + j, rest,
        f(_mm256_maskload_ps(from + j, rest), _mm256_maskload_ps(b.data() + j, rest)));
  }
}

}  // namespace lab03
