// Lab 03, reference solution.
//
// The idea: one instruction works on eight floats as fast as on one, so that arithmetic becomes up
// to eight times cheaper, and 16 with two such instructions per cycle. What is left to care about
// is everything around it: chains of instructions that wait for each other, registers that run out,
// data that comes too late, and the last few elements that do not fill a vector. Measured
// (docs/measurements.md): the product eight times as fast as lab 02's at n = 1024, and beside
// OpenBLAS and oneDNN; gelu more than twice as fast as oneDNN's, softmax_rows a little faster.
#include "kernels.h"

#include <rooflab/matrix.h>
#include <rooflab/simd.h>

#include <algorithm>
#include <limits>

namespace lab03 {
namespace {

constexpr std::int64_t kLanes = sizeof(__m256) / sizeof(float);

std::int64_t size_of(std::span<const float> x) { return static_cast<std::int64_t>(x.size()); }

// The mask of a tail: ones in the first `count` lanes. A masked load gives 0 in the other lanes,
// and like a masked store does not touch their memory.
__m256i first_lanes(std::int64_t count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(count)),
                            _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

// y[i] = operation(x[i], …), a vector at a time; `inputs` are pointers to n floats each.
template <class Operation, class... Inputs>
void map(std::int64_t n, float* y, Operation operation, const Inputs*... inputs) {
  std::int64_t i = 0;
#pragma GCC unroll 4  // one test for the end of the loop in four vectors
  for (; i + kLanes <= n; i += kLanes) {
    _mm256_storeu_ps(y + i, operation(_mm256_loadu_ps(inputs + i)...));
  }
  if (i < n) {
    const __m256i tail = first_lanes(n - i);
    _mm256_maskstore_ps(y + i, tail, operation(_mm256_maskload_ps(inputs + i, tail)...));
  }
}

// Combines the eight lanes in a fixed order: halves, then quarters, then the last pair.
template <class Operation>
float reduce(__m256 v, Operation operation) {
  v = operation(v, _mm256_permute2f128_ps(v, v, 1));
  v = operation(v, _mm256_shuffle_ps(v, v, 0b01'00'11'10));
  v = operation(v, _mm256_shuffle_ps(v, v, 0b10'11'00'01));
  return _mm256_cvtss_f32(v);
}

__m256 add(__m256 x, __m256 y) { return _mm256_add_ps(x, y); }

// The second operand is what a maximum returns when one of the two is NaN: so NaN in x is kept.
__m256 max_or_nan(__m256 bound, __m256 x) { return _mm256_max_ps(bound, x); }

// e^x. Range reduction: x = n·ln 2 + r with an integer n, so that e^x = 2^n · e^r, and |r| is at
// most half of ln 2. A polynomial gives e^r, and n goes into the exponent's bits. Tried on every
// float there is: off by at most ULP units in the last place.
__m256 exp(__m256 x) {
  // Where e^x is certainly +inf or 0, any larger or smaller x will do, and n stays small.
  x = _mm256_min_ps(_mm256_set1_ps(89), max_or_nan(_mm256_set1_ps(-104), x));
  const __m256i n = _mm256_cvtps_epi32(_mm256_mul_ps(x, _mm256_set1_ps(1.44269504F)));
  const __m256 n_float = _mm256_cvtepi32_ps(n);
  // ln 2 in two floats. The first has few bits, so that n times it is exact, also where a
  // multiply-add rounds twice.
  __m256 r = _mm256_fnmadd_ps(n_float, _mm256_set1_ps(0.693359375F), x);
  r = _mm256_fnmadd_ps(n_float, _mm256_set1_ps(-2.12194440e-4F), r);
  // e^r = 1 + r + r²·q(r), where q has the smallest relative error of all polynomials of degree 4.
  __m256 q = _mm256_set1_ps(0.0013814467F);
  for (const float coefficient : {0.008368781F, 0.041668393F, 0.1666652F, 0.49999994F}) {
    q = _mm256_fmadd_ps(q, r, _mm256_set1_ps(coefficient));
  }
  q = _mm256_fmadd_ps(q, _mm256_mul_ps(r, r), r);
  const __m256 e_to_r = _mm256_add_ps(q, _mm256_set1_ps(1));
  // 2^n in two steps: n from -150 to 128 is more than one exponent can hold, and only the second
  // step rounds, where the result is subnormal.
  const __m256i half = _mm256_srai_epi32(n, 1);
  const auto power_of_2 = [](__m256i exponent) {
    const __m256i biased = _mm256_add_epi32(exponent, _mm256_set1_epi32(127));
    return _mm256_castsi256_ps(_mm256_slli_epi32(biased, 23));
  };
  return _mm256_mul_ps(_mm256_mul_ps(e_to_r, power_of_2(half)),
                       power_of_2(_mm256_sub_epi32(n, half)));
}

// 0.5·x·(1 + tanh z) is x / (1 + e^(−2z)), where nothing cancels. −2z = x·(c0 + c1·x²), and its
// rounding is what is left: 2·10⁻⁶ of the result at x = −5.4, 1.3·10⁻⁵ at −10.
__m256 gelu(__m256 x) {
  // Below, the result is 0 already, and x³ might overflow.
  const __m256 bounded = max_or_nan(_mm256_set1_ps(-12), x);
  const __m256 square = _mm256_mul_ps(bounded, bounded);
  const __m256 factor =
      _mm256_fmadd_ps(square, _mm256_set1_ps(-0.0713548163F), _mm256_set1_ps(-1.59576912F));
  const __m256 e = exp(_mm256_mul_ps(bounded, factor));
  return _mm256_div_ps(bounded, _mm256_add_ps(e, _mm256_set1_ps(1)));
}

// --- The matrix product --------------------------------------------------------------------------

// Three sizes decide what stays where. A panel of b with 256 rows stays in the L1 cache, with as
// many columns of a few rows of a. A block of a, 516 rows of that length, stays in L2: 86 tiles of
// 6 rows or 43 of 12. All panels of b that one block of a meets are at most 4 MiB.
constexpr std::int64_t kBlockDepth = 256;
constexpr std::int64_t kBlockRows = 516;
constexpr std::int64_t kBlockCols = 4096;
// Rows of a are copied to where they lie close together if each is used for as many columns. Their
// stride there is no power of two, so that they do not compete for the same sets of the cache.
constexpr std::int64_t kWorthCopying = 640;
constexpr std::int64_t kCopyStride = kBlockDepth + 16;
// Up to so many rows of a, a panel of b is used so briefly that fetching it is what takes the time.
constexpr std::int64_t kFewRows = 64;

// What the micro-kernel does beside the arithmetic: nothing; copy what it reads of b into a panel;
// or fetch rows of a matrix that are needed soon, one per step, for all at once would delay the
// loads.
enum class Also { kNothing, kFetch, kPackAndFetch };

// c += a·b, or c = a·b if `first`, for a tile of c.
struct Tile {
  MatrixView<const float> a, b;
  MatrixView<float> c;
  bool first;
  float* panel;
  MatrixView<const float> soon;
};

// The micro-kernel: a tile of 6×16 sums fills 12 of the 16 vector registers; two hold a row of b
// and one a number of a. Per step 8 loads feed 12 multiply-adds. Every loop over the sums must be
// unrolled, for a register has no index.
struct Avx2 {
  static constexpr int kRows = 6;
  static constexpr std::int64_t kCols = 2 * kLanes;

  // Not inlined: where it is, GCC keeps the sums of tiles with four rows and fewer in memory.
  template <int Rows, Also also>
  [[gnu::noinline]] static void multiply(const Tile& t) {
    __m256 sum[Rows][2];
#pragma GCC unroll 6
    for (int i = 0; i < Rows; ++i) sum[i][0] = sum[i][1] = _mm256_setzero_ps();
    const float* a = t.a.data;
    const float* b = t.b.data;
    const std::int64_t a_stride = t.a.stride;
    const std::int64_t b_stride = t.b.stride;
    float* panel = t.panel;
    const auto step = [&]() {
      const __m256 left = _mm256_loadu_ps(b);
      const __m256 right = _mm256_loadu_ps(b + kLanes);
      if constexpr (also == Also::kPackAndFetch) {
        _mm256_store_ps(panel, left);
        _mm256_store_ps(panel + kLanes, right);
        panel += kCols;
      }
#pragma GCC unroll 6
      for (int i = 0; i < Rows; ++i) {
        const __m256 factor = _mm256_broadcast_ss(a + i * a_stride);
        sum[i][0] = _mm256_fmadd_ps(factor, left, sum[i][0]);
        sum[i][1] = _mm256_fmadd_ps(factor, right, sum[i][1]);
      }
      ++a;
      b += b_stride;
    };
    const float* const end = a + t.a.cols;
#pragma GCC unroll 6
    for (int i = 0; i < Rows; ++i) __builtin_prefetch(t.c.row(i));
    if constexpr (also != Also::kNothing) {
      const float* soon = t.soon.data;
      const float* const last = a + std::min(t.a.cols, t.soon.rows);
      while (a != last) {
        __builtin_prefetch(soon, 0, 2);
        soon += t.soon.stride;
        step();
      }
    }
    while (a != end) step();
#pragma GCC unroll 6
    for (int i = 0; i < Rows; ++i) {
#pragma GCC unroll 2
      for (int half = 0; half < 2; ++half) {
        float* c = t.c.row(i) + half * kLanes;
        if (!t.first) sum[i][half] = _mm256_add_ps(sum[i][half], _mm256_loadu_ps(c));
        _mm256_storeu_ps(c, sum[i][half]);
      }
    }
  }
};

// A tile of at most Rows rows: the micro-kernel's loops want to know at compile time.
template <class Kernel, Also also, int Rows = Kernel::kRows>
void multiply_rows(const Tile& tile) {
  if constexpr (Rows > 1) {
    if (tile.a.rows < Rows) return multiply_rows<Kernel, also, Rows - 1>(tile);
  }
  Kernel::template multiply<Rows, also>(tile);
}

// A tile that is narrower than the vectors are: computed whole, elsewhere, and then copied.
template <class Kernel>
void multiply_ragged(const Tile& tile) {
  alignas(rooflab::kCacheLineBytes) float whole[Kernel::kRows * Kernel::kCols];
  const MatrixView<float> sums{whole, tile.a.rows, Kernel::kCols, Kernel::kCols};
  multiply_rows<Kernel, Also::kNothing>({tile.a, tile.b, sums, true, nullptr, {}});
  for (std::int64_t i = 0; i < tile.c.rows; ++i) {
    for (std::int64_t j = 0; j < tile.c.cols; ++j) {
      tile.c(i, j) = tile.first ? sums(i, j) : tile.c(i, j) + sums(i, j);
    }
  }
}

// Copies columns of b, at most Cols, to where they lie one row behind the other; zeros fill it up.
template <std::int64_t Cols>
void pack(MatrixView<const float> b, float* panel) {
  for (std::int64_t p = 0; p < b.rows; ++p, panel += Cols) {
    if (b.cols == Cols) {
      std::copy_n(b.row(p), Cols, panel);
    } else {
      std::fill_n(std::copy_n(b.row(p), b.cols, panel), Cols - b.cols, 0.0F);
    }
  }
}

// Copies rows of a to where they lie close together.
MatrixView<const float> copy(MatrixView<const float> a, float* to) {
  for (std::int64_t i = 0; i < a.rows; ++i) std::copy_n(a.row(i), a.cols, to + i * kCopyStride);
  return {to, a.rows, a.cols, kCopyStride};
}

template <class T>
MatrixView<T> part(MatrixView<T> x, std::int64_t i, std::int64_t j, std::int64_t rows,
                   std::int64_t cols) {
  return {x.row(i) + j, std::min(rows, x.rows - i), std::min(cols, x.cols - j), x.stride};
}

// c += a·b, or c = a·b if `first`, for a block of a. If it `packs`, the tile that first needs a
// panel of b packs it. `packed` has room for one panel, or for all if it `keeps` them.
template <class Kernel>
void multiply_block(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                    bool first, bool packs, bool keeps, float* packed) {
  for (std::int64_t j = 0; j < c.cols; j += Kernel::kCols) {
    float* panel = packed + (keeps ? j * b.rows : 0);
    const MatrixView<const float> from = part(b, 0, j, b.rows, Kernel::kCols);
    const bool ragged = from.cols < Kernel::kCols;
    if (packs && ragged) pack<Kernel::kCols>(from, panel);
    // Tiles of about the same height: 32 rows are 6 + 6 + 5 + 5 + 5 + 5.
    const std::int64_t tiles = (a.rows + Kernel::kRows - 1) / Kernel::kRows;
    const std::int64_t height = a.rows / tiles;
    const std::int64_t higher = a.rows % tiles;
    const bool fetches = packs && a.rows <= kFewRows && j + 2 * Kernel::kCols <= c.cols;
    const std::int64_t share = (b.rows + tiles - 1) / tiles;
    for (std::int64_t t = 0, i = 0, rows = 0; t < tiles; ++t, i += rows) {
      rows = t < higher ? height + 1 : height;
      Tile tile{{a.row(i), rows, a.cols, a.stride},
                {panel, b.rows, Kernel::kCols, Kernel::kCols},
                {c.row(i) + j, rows, from.cols, c.stride},
                first,
                panel,
                {}};
      if (fetches) tile.soon = part(b, std::min(t * share, b.rows), j + Kernel::kCols, share, 1);
      if (ragged) {
        multiply_ragged<Kernel>(tile);
      } else if (packs && t == 0) {
        tile.b = from;
        multiply_rows<Kernel, Also::kPackAndFetch>(tile);
      } else if (fetches) {
        multiply_rows<Kernel, Also::kFetch>(tile);
      } else {
        multiply_rows<Kernel, Also::kNothing>(tile);
      }
    }
  }
}

template <class Kernel>
void multiply(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  if (a.cols == 0) {
    for (std::int64_t i = 0; i < c.rows; ++i) std::fill_n(c.row(i), c.cols, 0.0F);
    return;
  }
  const std::int64_t blocks = (a.cols + kBlockDepth - 1) / kBlockDepth;
  const std::int64_t depth = (a.cols + blocks - 1) / blocks;
  const bool copies = c.cols >= kWorthCopying;
  const bool keeps = c.rows > kBlockRows;
  const std::int64_t packed_cols =
      keeps ? std::min(kBlockCols, c.cols + Kernel::kCols) : Kernel::kCols;
  const rooflab::AlignedBuffer<float> packed(packed_cols * depth);
  const rooflab::AlignedBuffer<float> rows(copies ? std::min(kBlockRows, a.rows) * kCopyStride : 0);
  for (std::int64_t j = 0; j < c.cols; j += kBlockCols) {
    for (std::int64_t p = 0; p < a.cols; p += depth) {
      for (std::int64_t i = 0; i < c.rows; i += kBlockRows) {
        MatrixView<const float> block = part(a, i, p, kBlockRows, depth);
        if (copies) block = copy(block, rows.data());
        multiply_block<Kernel>(block, part(b, p, j, depth, kBlockCols),
                               part(c, i, j, kBlockRows, kBlockCols), p == 0, i == 0, keeps,
                               packed.data());
      }
    }
  }
}

}  // namespace

std::int64_t lanes() { return kLanes; }

// One instruction for eight elements. In the cache that is eight times faster than one by one; from
// memory both wait for the data.
void relu(std::span<const float> x, std::span<float> y) {
  const auto operation = [](__m256 v) { return max_or_nan(_mm256_setzero_ps(), v); };
  map(size_of(x), y.data(), operation, x.data());
}

// A fused multiply-add per vector: two loads and a store, which is all that it waits for.
void saxpy(float alpha, std::span<const float> x, std::span<float> y) {
  const auto operation = [factor = _mm256_set1_ps(alpha)](__m256 u, __m256 v) {
    return _mm256_fmadd_ps(factor, u, v);
  };
  map(size_of(x), y.data(), operation, x.data(), y.data());
}

// Eight chains of multiply-adds hide that each one takes four cycles, and two can begin per cycle.
float dot(std::span<const float> x, std::span<const float> y) {
  constexpr int kSums = 8;
  __m256 sum[kSums];
#pragma GCC unroll 8
  for (__m256& s : sum) s = _mm256_setzero_ps();
  const std::int64_t n = size_of(x);
  std::int64_t i = 0;
  for (; i + kSums * kLanes <= n; i += kSums * kLanes) {
#pragma GCC unroll 8
    for (int l = 0; l < kSums; ++l) {
      sum[l] = _mm256_fmadd_ps(_mm256_loadu_ps(x.data() + i + l * kLanes),
                               _mm256_loadu_ps(y.data() + i + l * kLanes), sum[l]);
    }
  }
  for (; i < n; i += kLanes) {  // what is left, a vector at a time
    const __m256i mask = first_lanes(n - i);
    sum[0] = _mm256_fmadd_ps(_mm256_maskload_ps(x.data() + i, mask),
                             _mm256_maskload_ps(y.data() + i, mask), sum[0]);
  }
#pragma GCC unroll 8
  for (int width = kSums / 2; width > 0; width /= 2) {
#pragma GCC unroll 4
    for (int l = 0; l < width; ++l) sum[l] = add(sum[l], sum[l + width]);
  }
  return reduce(sum[0], add);
}

// About twenty instructions for eight results, and no chain from one vector to the next, so that
// the processor works on several at once.
void exp(std::span<const float> x, std::span<float> y) {
  map(
      size_of(x), y.data(), [](__m256 v) { return exp(v); }, x.data());
}

// exp and a division, which the divider does beside the multiply-adds.
void gelu(std::span<const float> x, std::span<float> y) {
  map(
      size_of(x), y.data(), [](__m256 v) { return gelu(v); }, x.data());
}

// Three passes over a row that stays in the cache: maximum; exponentials and their sum; scale. NaN
// is passed over by the maximum and caught by the sum. The last vector is masked: its other lanes
// count as −inf for the maximum, and as 0 for the sum.
void softmax_rows(MatrixView<const float> x, MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const float* in = x.row(i);
    float* out = y.row(i);
    const std::int64_t n = x.cols;
    const std::int64_t whole = n - n % kLanes;
    const __m256i tail = first_lanes(n - whole);
    const __m256 lowest = _mm256_set1_ps(-std::numeric_limits<float>::infinity());

    __m256 highest =
        _mm256_blendv_ps(lowest, _mm256_maskload_ps(in + whole, tail), _mm256_castsi256_ps(tail));
    for (std::int64_t j = 0; j < whole; j += kLanes) {
      highest = _mm256_max_ps(_mm256_loadu_ps(in + j), highest);
    }
    const __m256 max =
        _mm256_set1_ps(reduce(highest, [](__m256 u, __m256 v) { return _mm256_max_ps(u, v); }));

    __m256 sum = _mm256_setzero_ps();
    for (std::int64_t j = 0; j < whole; j += kLanes) {
      const __m256 e = exp(_mm256_sub_ps(_mm256_loadu_ps(in + j), max));
      _mm256_storeu_ps(out + j, e);
      sum = add(sum, e);
    }
    const __m256 last = exp(_mm256_sub_ps(_mm256_maskload_ps(in + whole, tail), max));
    _mm256_maskstore_ps(out + whole, tail, last);
    sum = add(sum, _mm256_and_ps(last, _mm256_castsi256_ps(tail)));

    const __m256 scale = _mm256_set1_ps(1 / reduce(sum, add));
    map(
        n, out, [scale](__m256 v) { return _mm256_mul_ps(v, scale); }, out);
  }
}

// Packing, register tiles, blocks: everything above.
void matmul_simd(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  multiply<Avx2>(a, b, c);
}

// One pass over x: what bias, gelu and scale pass on to each other stays in registers.
void bias_gelu_scale(MatrixView<const float> x, std::span<const float> b, float s,
                     MatrixView<float> y) {
  const auto operation = [scale = _mm256_set1_ps(s)](__m256 v, __m256 bias) {
    return _mm256_mul_ps(scale, gelu(add(v, bias)));
  };
  for (std::int64_t i = 0; i < x.rows; ++i) map(x.cols, y.row(i), operation, x.row(i), b.data());
}

// --- Beyond: AVX-512 where the processor has it --------------------------------------------------
//
// Twice the width and twice the registers: 12×32 sums fill 24 of 32. Blocking and packing are the
// same. The program must still start on a processor without AVX-512, so that only this micro-kernel
// is compiled for it, and asks at run time. What is graded is AVX2, for everybody alike.
#if defined(__AVX2__) && defined(__FMA__)

namespace {

struct Avx512 {
  static constexpr int kRows = 12;
  static constexpr std::int64_t kCols = 32;

  template <int Rows, Also also>
  [[gnu::target("avx512f")]] static void multiply(const Tile& t) {
    __m512 sum[Rows][2];
#pragma GCC unroll 12
    for (int i = 0; i < Rows; ++i) sum[i][0] = sum[i][1] = _mm512_setzero_ps();
    const float* a = t.a.data;
    const float* b = t.b.data;
    const std::int64_t a_stride = t.a.stride;
    const std::int64_t b_stride = t.b.stride;
    float* panel = t.panel;
    const auto step = [&]() __attribute__((target("avx512f"))) {
      const __m512 left = _mm512_loadu_ps(b);
      const __m512 right = _mm512_loadu_ps(b + kCols / 2);
      if constexpr (also == Also::kPackAndFetch) {
        _mm512_store_ps(panel, left);
        _mm512_store_ps(panel + kCols / 2, right);
        panel += kCols;
      }
#pragma GCC unroll 12
      for (int i = 0; i < Rows; ++i) {
        const __m512 factor = _mm512_set1_ps(a[i * a_stride]);
        sum[i][0] = _mm512_fmadd_ps(factor, left, sum[i][0]);
        sum[i][1] = _mm512_fmadd_ps(factor, right, sum[i][1]);
      }
      ++a;
      b += b_stride;
    };
    const float* const end = a + t.a.cols;
    const MatrixView<const float> soon = also == Also::kNothing ? t.c : t.soon;
    const float* row = soon.data;
    const float* const last = a + std::min(t.a.cols, soon.rows);
    while (a != last) {
      __builtin_prefetch(row, 0, 2);
      __builtin_prefetch(row + kCols / 2, 0, 2);
      row += soon.stride;
      step();
    }
    while (a != end) step();
#pragma GCC unroll 12
    for (int i = 0; i < Rows; ++i) {
#pragma GCC unroll 2
      for (int half = 0; half < 2; ++half) {
        float* c = t.c.row(i) + half * kCols / 2;
        if (!t.first) sum[i][half] = _mm512_add_ps(sum[i][half], _mm512_loadu_ps(c));
        _mm512_storeu_ps(c, sum[i][half]);
      }
    }
  }
};

}  // namespace

/// matmul_simd with the widest vectors that this processor has.
void matmul_best(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  if (__builtin_cpu_supports("avx512f") != 0) return multiply<Avx512>(a, b, c);
  multiply<Avx2>(a, b, c);
}

#endif

}  // namespace lab03
