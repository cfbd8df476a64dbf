// Lab 05, reference solution.
//
// The idea: numbers of 8 bits take a quarter of the room of floats, and an instruction works on
// four times as many. A network hardly notices: what matters is where the range ends, how numbers
// are rounded, and that sums have room. What is not there at all is cheaper still, but only where
// it is most of the matrix.
#include "kernels.h"

#include <rooflab/matrix.h>
#include <rooflab/simd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <vector>

#if defined(__AVX2__) && defined(__FMA__)
#include <cpuid.h>
#endif

namespace lab05 {
namespace {

constexpr std::int64_t kLanes = sizeof(__m256i) / sizeof(std::int32_t);  // or floats

std::size_t index(std::int64_t i) { return static_cast<std::size_t>(i); }

__m256i load(const void* from) { return _mm256_loadu_si256(static_cast<const __m256i*>(from)); }
void store(void* to, __m256i v) { _mm256_storeu_si256(static_cast<__m256i*>(to), v); }

// The mask of a tail: ones in the first `count` lanes.
__m256i first_lanes(std::int64_t count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(count)),
                            _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

// --- Element by element --------------------------------------------------------------------------

constexpr std::int64_t kBlock = 32;  // as many bytes as a vector holds

// Calls block(out, inputs …) for each `size` elements. The last few are copied to where there is
// room for as many, so that `block` never meets a tail.
template <std::int64_t size = kBlock, class Block, class Out, class... Inputs>
void by_blocks(std::int64_t n, Block block, Out* out, const Inputs*... inputs) {
  std::int64_t i = 0;
  for (; i + size <= n; i += size) block(out + i, (inputs + i)...);
  if (i == n) return;
  const auto with_room = [&](Out* room, auto&&... copies) {
    (std::copy_n(inputs + i, n - i, copies.begin()), ...);
    block(room, copies.data()...);
    std::copy_n(room, n - i, out + i);
  };
  Out room[size];
  with_room(room, std::array<Inputs, size>{}...);
}

// Eight floats, rounded to the nearest even, plus the zero point. NaN counts as 0; and the bounds,
// beyond what any zero point makes up for, come before the conversion, which turns what does not
// fit 32 bits into the lowest number.
__m256i steps(__m256 x, __m256i zero_point) {
  x = _mm256_and_ps(x, _mm256_cmp_ps(x, x, _CMP_ORD_Q));
  x = _mm256_min_ps(_mm256_max_ps(x, _mm256_set1_ps(-512)), _mm256_set1_ps(512));
  return _mm256_add_epi32(_mm256_cvtps_epi32(x), zero_point);
}

// 32 bytes from four vectors of whole numbers, saturated on the way. Packing works within the two
// halves of a vector, so that groups of four bytes come out of order.
void store_bytes(std::uint8_t* out, __m256i q0, __m256i q1, __m256i q2, __m256i q3) {
  const __m256i bytes = _mm256_packus_epi16(_mm256_packs_epi32(q0, q1), _mm256_packs_epi32(q2, q3));
  const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  store(out, _mm256_permutevar8x32_epi32(bytes, order));
}

// The element at a distance from the end that comes first in this order, between two elements on
// the straight line between them. A short end is kept in a heap, whose worst element nearly all
// others are compared with and no more. A longer one is not sorted: what lies before an element
// comes no later, what lies behind it no earlier.
template <class Order>
float from_end(std::vector<float>& x, double distance, Order order) {
  const auto near = static_cast<std::int64_t>(distance);
  const auto first = x.begin() + near;
  if (first + 1 == x.end()) return *std::max_element(x.begin(), x.end(), order);
  auto second = first + 1;
  if (near < std::ssize(x) / 16) {
    std::partial_sort(x.begin(), second + 1, x.end(), order);
  } else {
    std::nth_element(x.begin(), first, x.end(), order);
    second = std::min_element(second, x.end(), order);
  }
  return *first + static_cast<float>(distance - static_cast<double>(near)) * (*second - *first);
}

}  // namespace

QuantParams choose_params(float lo, float hi) {
  lo = std::min(lo, 0.0F);
  hi = std::max(hi, 0.0F);
  if (lo == hi) return {1, 0};
  // In double, where the widest range of floats does not overflow.
  const double width = static_cast<double>(hi) - static_cast<double>(lo);
  const auto scale = static_cast<float>(width / 255);
  return {scale, static_cast<std::int32_t>(std::nearbyint(-lo / scale))};
}

Range calibrate(std::span<const float> x, double percentile) {
  if (x.empty()) return {0, 0};
  const double distance = (100 - percentile) / 100 * static_cast<double>(x.size() - 1);
  std::vector<float> elements(x.begin(), x.end());
  const float lo = from_end(elements, distance, std::less<>());
  return {lo, from_end(elements, distance, std::greater<>())};
}

void quantize(std::span<const float> x, QuantParams params, std::span<std::uint8_t> q) {
  const __m256 scale = _mm256_set1_ps(params.scale);
  const __m256i zero_point = _mm256_set1_epi32(params.zero_point);
  const auto block = [&](std::uint8_t* to, const float* from) {
    const auto part = [&](int i) {
      return steps(_mm256_div_ps(_mm256_loadu_ps(from + 8 * i), scale), zero_point);
    };
    store_bytes(to, part(0), part(1), part(2), part(3));
  };
  by_blocks(std::ssize(x), block, q.data(), x.data());
}

void dequantize(std::span<const std::uint8_t> q, QuantParams params, std::span<float> x) {
  const __m256 scale = _mm256_set1_ps(params.scale);
  const __m256i zero_point = _mm256_set1_epi32(params.zero_point);
  const auto block = [&](float* to, const std::uint8_t* from) {
    for (std::int64_t i = 0; i < kBlock; i += kLanes) {
      const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from + i));
      const __m256i distance = _mm256_sub_epi32(_mm256_cvtepu8_epi32(bytes), zero_point);
      _mm256_storeu_ps(to + i, _mm256_mul_ps(scale, _mm256_cvtepi32_ps(distance)));
    }
  };
  by_blocks(std::ssize(q), block, x.data(), q.data());
}

void quantize_weights(MatrixView<const float> w, std::int32_t largest, std::span<float> scales,
                      MatrixView<std::int8_t> q) {
  const std::int64_t step = std::ssize(scales) == w.cols ? 1 : 0;  // from channel to channel
  std::ranges::fill(scales, 0.0F);
  for (std::int64_t i = 0; i < w.rows; ++i) {
    for (std::int64_t j = 0; j < w.cols; ++j) {
      float& greatest = scales[index(step * j)];
      greatest = std::max(greatest, std::abs(w(i, j)));
    }
  }
  const auto limit = static_cast<float>(largest);
  for (float& scale : scales) scale = scale > 0 ? scale / limit : 1;
  for (std::int64_t i = 0; i < w.rows; ++i) {
    for (std::int64_t j = 0; j < w.cols; ++j) {
      const float rounded = std::nearbyint(w(i, j) / scales[index(step * j)]);
      q(i, j) = static_cast<std::int8_t>(std::clamp(rounded, -limit, limit));
    }
  }
}

void matmul_int8(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
                 QuantParams pb, MatrixView<std::int32_t> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    std::int32_t* c_row = c.row(i);
    std::fill_n(c_row, c.cols, 0);
    for (std::int64_t p = 0; p < a.cols; ++p) {
      const std::int32_t factor = a(i, p) - pa.zero_point;
      const std::int8_t* b_row = b.row(p);
      for (std::int64_t j = 0; j < c.cols; ++j) c_row[j] += factor * (b_row[j] - pb.zero_point);
    }
  }
}

// --- The product of quantized matrices -----------------------------------------------------------
//
// The idea: a number is one byte, so that one instruction may
// multiply 32 pairs of them and not 8. How much of that is left depends on the sums, which must be
// exact in 32 bits (speeds: of lab 03's product, measured at n = 1024):
//
//   pmaddwd    AVX2, any numbers: packing widens them to 16 bits. 1.5 times.
//   pmaddubsw  AVX2, bytes as they are, but a sum of two products saturates at 16 bits. Twice, with
//              weights for which that cannot happen: those of 7 bits, for example.
//   vpdpbusd   VNNI, where the processor has it: four products and their sum in 32 bits, in one
//              instruction. Four times with 256 bits, more than seven times with 512.
//
// Packing, register tiles and blocks are lab 03's, with a *group* in the place of a float: four
// bytes that meet in one multiplication, two numbers of 16 bits or four of 8. They are neighbours
// in a row of a. In b they are neighbours in a column, and packing brings them together.

namespace {

constexpr std::int64_t kGroup = sizeof(std::int32_t);
// What is packed at once: 16 columns fill a vector, and 64 are a whole cache line of each row.
constexpr std::int64_t kStrip = 16;
constexpr std::int64_t kPackedCols = 64;
// So much of a is multiplied by all of b before the next rows come: it stays in the L2 cache.
constexpr std::int64_t kBlockBytes = 256 * 1024;

// Sixteen bytes, of which only `count` may be read; zeros for the others. More than eight are read
// as two halves that overlap: copying byte by byte would take longer than a small product.
__m128i load_strip(const void* from, std::int64_t count) {
  if (count >= kStrip) return _mm_loadu_si128(static_cast<const __m128i*>(from));
  const auto* bytes = static_cast<const std::uint8_t*>(from);
  std::uint64_t half[2] = {0, 0};
  if (count > 8) {
    std::memcpy(&half[0], bytes, 8);
    std::memcpy(&half[1], bytes + count - 8, 8);
    half[1] >>= 8 * (kStrip - count);
  } else if (count > 0) {
    std::memcpy(&half[0], bytes, static_cast<std::size_t>(count));
  }
  return _mm_set_epi64x(static_cast<std::int64_t>(half[1]), static_cast<std::int64_t>(half[0]));
}

// --- Two ways to fill a group, each with its multiplication --------------------------------------

struct Pairs {
  static constexpr std::int64_t kDepth = 2;
  static __m256i ones() { return _mm256_set1_epi16(1); }
  static __m256i dot(__m256i sum, __m256i a, __m256i b) {
    return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b));
  }
  // Two rows of b, 16 columns: of each column first one number, then the other.
  static void interleave(const __m128i* row, __m256i* groups) {
    groups[0] = _mm256_cvtepi8_epi16(_mm_unpacklo_epi8(row[0], row[1]));
    groups[1] = _mm256_cvtepi8_epi16(_mm_unpackhi_epi8(row[0], row[1]));
  }
  static void copy(__m128i a, std::uint8_t* to) { store(to, _mm256_cvtepu8_epi16(a)); }
};

struct Quads {
  static constexpr std::int64_t kDepth = 4;
  static __m256i ones() { return _mm256_set1_epi8(1); }
  static __m256i dot(__m256i sum, __m256i a, __m256i b) {
    const __m256i pairs = _mm256_maddubs_epi16(a, b);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
  }
  static void interleave(const __m128i* row, __m256i* groups) {
    const __m128i x[2] = {_mm_unpacklo_epi8(row[0], row[1]), _mm_unpackhi_epi8(row[0], row[1])};
    const __m128i y[2] = {_mm_unpacklo_epi8(row[2], row[3]), _mm_unpackhi_epi8(row[2], row[3])};
    for (int h = 0; h < 2; ++h) {
      groups[h] = _mm256_set_m128i(_mm_unpackhi_epi16(x[h], y[h]), _mm_unpacklo_epi16(x[h], y[h]));
    }
  }
  static void copy(__m128i a, std::uint8_t* to) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), a);
  }
};

// Whether the sum of two products can leave 16 bits. With a = 255 it takes two weights of one sign
// whose sum is outside of −128..128; this test says so for 128, too. Signs that differ are safe.
bool can_saturate(MatrixView<const std::int8_t> b) {
  __m128i differ = _mm_setzero_si128();
  for (std::int64_t p = 0; p + 1 < b.rows; p += 2) {
    for (std::int64_t j = 0; j < b.cols; j += kStrip) {
      const __m128i x = load_strip(b.row(p) + j, b.cols - j);
      const __m128i y = load_strip(b.row(p + 1) + j, b.cols - j);
      differ = _mm_or_si128(differ, _mm_xor_si128(_mm_adds_epi8(x, y), _mm_add_epi8(x, y)));
    }
  }
  return _mm_movemask_epi8(_mm_cmpeq_epi8(differ, _mm_setzero_si128())) != 0xffff;
}

// --- The micro-kernel ----------------------------------------------------------------------------

// A tile of c, and what its sums start from: for Σ (a − za)·(b − zb) is
//   Σ a·b − zb·(sum of a's row) + za·(k·zb − sum of b's column).
// The second term is in `starts`, the third in the panel's first row, before the groups of b. It
// may be too large on the way, but vectors count modulo 2³², and that makes the end right.
struct Tile {
  MatrixView<const std::uint8_t> a;  // of whole groups
  const std::int32_t* starts;
  const std::int32_t* panel;
  MatrixView<std::int32_t> c;
};

std::int32_t group(const std::uint8_t* from) {
  std::int32_t bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  return bytes;
}

// 6×16 sums, as in lab 03. A tile of at most 8 columns leaves out the right half.
template <class Numbers>
struct Avx2 : Numbers {
  static constexpr int kRows = 6;
  static constexpr std::int64_t kCols = 2 * kLanes;

  template <int Rows, int Vectors>
  static void multiply(const Tile& t) {
    __m256i sum[Rows][Vectors];
    const std::uint8_t* a = t.a.data;
    const std::int64_t a_stride = t.a.stride;
    const std::int32_t* b = t.panel;
#pragma GCC unroll 6
    for (int i = 0; i < Rows; ++i) {
#pragma GCC unroll 2
      for (int v = 0; v < Vectors; ++v) {
        sum[i][v] = _mm256_add_epi32(_mm256_set1_epi32(t.starts[i]), load(b + v * kLanes));
      }
    }
    for (const std::uint8_t* const end = a + t.a.cols; a != end; a += kGroup) {
      b += kCols;
      const __m256i left = load(b);
      const __m256i right = load(b + kLanes);
#pragma GCC unroll 6
      for (int i = 0; i < Rows; ++i) {
        const __m256i factor = _mm256_set1_epi32(group(a + i * a_stride));
        sum[i][0] = Numbers::dot(sum[i][0], factor, left);
        if constexpr (Vectors == 2) sum[i][1] = Numbers::dot(sum[i][1], factor, right);
      }
    }
    const std::int64_t whole = (Vectors - 1) * kLanes;
    const __m256i mask = first_lanes(t.c.cols - whole);
#pragma GCC unroll 6
    for (int i = 0; i < Rows; ++i) {
      if constexpr (Vectors == 2) store(t.c.row(i), sum[i][0]);
      _mm256_maskstore_epi32(t.c.row(i) + whole, mask, sum[i][Vectors - 1]);
    }
  }
};

template <class Kernel, int Rows = Kernel::kRows>
void multiply_rows(const Tile& tile) {
  if constexpr (Rows > 1) {
    if (tile.c.rows < Rows) return multiply_rows<Kernel, Rows - 1>(tile);
  }
  if (tile.c.cols <= Kernel::kCols / 2) return Kernel::template multiply<Rows, 1>(tile);
  Kernel::template multiply<Rows, 2>(tile);
}

// --- Packing and blocking ------------------------------------------------------------------------

// The sum of a row of a: psadbw adds eight bytes, or their distances from zeros.
std::int32_t row_sum(const std::uint8_t* row, std::int64_t k) {
  __m128i sums = _mm_setzero_si128();
  for (std::int64_t p = 0; p < k; p += kStrip) {
    sums = _mm_add_epi32(sums, _mm_sad_epu8(load_strip(row + p, k - p), _mm_setzero_si128()));
  }
  return _mm_extract_epi32(sums, 0) + _mm_extract_epi32(sums, 2);
}

// Packs kPackedCols columns of b, from column j on, into panels of `size` numbers each: first what
// the sums of a column start from, then the groups. What b does not have are zeros.
template <class Kernel>
void pack(MatrixView<const std::int8_t> b, std::int64_t j, QuantParams pa, QuantParams pb,
          std::int32_t* panels, std::int64_t size) {
  const std::int64_t cols = std::min(kPackedCols, b.cols - j);
  const auto at = [=](std::int64_t col) {
    return panels + col / Kernel::kCols * size + col % Kernel::kCols;
  };
  __m256i sum[kPackedCols / kLanes] = {};
  std::int64_t to = 0;
  for (std::int64_t p = 0; p < b.rows; p += Kernel::kDepth) {
    to += Kernel::kCols;
    for (std::int64_t s = 0; s < cols; s += kStrip) {
      __m128i row[Kernel::kDepth];
#pragma GCC unroll 4
      for (int d = 0; d < Kernel::kDepth; ++d) {
        row[d] = p + d < b.rows ? load_strip(b.row(p + d) + j + s, cols - s) : _mm_setzero_si128();
      }
      __m256i groups[2];
      Kernel::interleave(row, groups);
#pragma GCC unroll 2
      for (int h = 0; h < 2; ++h) {
        const std::int64_t col = s + h * kLanes;
        store(at(col) + to, groups[h]);
        if (pa.zero_point == 0) continue;
        sum[col / kLanes] = Kernel::dot(sum[col / kLanes], Kernel::ones(), groups[h]);
      }
    }
  }
  const __m256i za = _mm256_set1_epi32(pa.zero_point);
  const __m256i all = _mm256_set1_epi32(static_cast<std::int32_t>(b.rows) * pb.zero_point);
  for (std::int64_t s = 0; s < kPackedCols; s += kLanes) {
    store(at(s), _mm256_mullo_epi32(za, _mm256_sub_epi32(all, sum[s / kLanes])));
  }
}

// Copies rows of a to where each fills whole groups, and lie close together.
template <class Numbers>
void copy(MatrixView<const std::uint8_t> a, std::uint8_t* to, std::int64_t stride) {
  for (std::int64_t i = 0; i < a.rows; ++i, to += stride) {
    for (std::int64_t p = 0; p < a.cols; p += kStrip) {
      Numbers::copy(load_strip(a.row(i) + p, a.cols - p), to + p * kGroup / Numbers::kDepth);
    }
  }
}

// Memory without the zeros that a vector would write first: to a small product, they are work.
template <class T>
std::unique_ptr<T[]> allocate(std::int64_t size) {
  return std::make_unique_for_overwrite<T[]>(static_cast<std::size_t>(size));
}

template <class T>
MatrixView<T> part(MatrixView<T> x, std::int64_t i, std::int64_t j, std::int64_t rows,
                   std::int64_t cols) {
  return {x.row(i) + j, std::min(rows, x.rows - i), std::min(cols, x.cols - j), x.stride};
}

template <class Kernel>
void multiply(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b, QuantParams pa,
              QuantParams pb, MatrixView<std::int32_t> c) {
  const std::int64_t groups = (a.cols + Kernel::kDepth - 1) / Kernel::kDepth;
  // Rows of a are copied to be widened, or to fill the last group with zeros. Their stride there is
  // no power of two, so that they do not compete for the same sets of the cache.
  const bool copies = Kernel::kDepth == 2 || a.cols % Kernel::kDepth != 0;
  const std::int64_t stride = ((groups * kGroup + 31) / 32 | 1) * 32;
  const std::int64_t height =
      std::min(c.rows, std::max<std::int64_t>(Kernel::kRows, kBlockBytes / stride));
  const bool keeps = height < c.rows;  // the panels, for the blocks to come
  const std::int64_t size = (1 + groups) * Kernel::kCols;
  const std::int64_t panels = (keeps ? c.cols + kPackedCols : kPackedCols) / Kernel::kCols;
  const auto copied = allocate<std::uint8_t>(copies ? height * stride : 0);
  const auto packed = allocate<std::int32_t>(panels * size);
  std::vector<std::int32_t> starts(static_cast<std::size_t>(height));
  for (std::int64_t i = 0; i < c.rows; i += height) {
    MatrixView<const std::uint8_t> block = part(a, i, 0, height, a.cols);
    for (std::int64_t r = 0; r < block.rows && pb.zero_point != 0; ++r) {
      starts[index(r)] = -pb.zero_point * row_sum(block.row(r), a.cols);
    }
    if (copies) {
      copy<Kernel>(block, copied.get(), stride);
      block = {copied.get(), block.rows, groups * kGroup, stride};
    }
    // Tiles of about the same height: 32 rows are 6 + 6 + 5 + 5 + 5 + 5.
    const std::int64_t tiles = (block.rows + Kernel::kRows - 1) / Kernel::kRows;
    for (std::int64_t j = 0; j < c.cols; j += Kernel::kCols) {
      std::int32_t* panel = packed.get() + (keeps ? j : j % kPackedCols) / Kernel::kCols * size;
      if (i == 0 && j % kPackedCols == 0) pack<Kernel>(b, j, pa, pb, panel, size);
      for (std::int64_t t = 0, r = 0, rows = 0; t < tiles; ++t, r += rows) {
        rows = block.rows / tiles + (t < block.rows % tiles ? 1 : 0);
        multiply_rows<Kernel>({part(block, r, 0, rows, block.cols), starts.data() + r, panel,
                               part(c, i + r, j, rows, Kernel::kCols)});
      }
    }
  }
}

// --- Beyond: VNNI where the processor has it -----------------------------------------------------
//
// The program must still start on a processor without it. In assembly, the compiler need not know
// about the instruction; and with its intrinsic for 512 bits, GCC 12 keeps the sums in memory.
#if defined(__AVX2__) && defined(__FMA__)

struct VnniQuads : Quads {
  static __m256i dot(__m256i sum, __m256i a, __m256i b) {
    asm("%{vex%} vpdpbusd %2, %1, %0" : "+x"(sum) : "x"(a), "x"(b));
    return sum;
  }
};

// Twice the width and twice the registers: 12×32 sums fill 24 of 32.
struct Avx512 : Quads {
  static constexpr int kRows = 12;
  static constexpr std::int64_t kCols = 32;

  template <int Rows, int Vectors>
  [[gnu::target("avx512f,avx512vnni")]] static void multiply(const Tile& t) {
    __m512i sum[Rows][Vectors];
    const std::uint8_t* a = t.a.data;
    const std::int64_t a_stride = t.a.stride;
    const std::int32_t* b = t.panel;
#pragma GCC unroll 12
    for (int i = 0; i < Rows; ++i) {
#pragma GCC unroll 2
      for (int v = 0; v < Vectors; ++v) {
        sum[i][v] =
            _mm512_add_epi32(_mm512_set1_epi32(t.starts[i]), _mm512_loadu_si512(b + v * kCols / 2));
      }
    }
    for (const std::uint8_t* const end = a + t.a.cols; a != end; a += kGroup) {
      b += kCols;
      const __m512i column[2] = {_mm512_loadu_si512(b), _mm512_loadu_si512(b + kCols / 2)};
#pragma GCC unroll 12
      for (int i = 0; i < Rows; ++i) {
        const __m512i factor = _mm512_set1_epi32(group(a + i * a_stride));
#pragma GCC unroll 2
        for (int v = 0; v < Vectors; ++v) {
          asm("vpdpbusd %2, %1, %0" : "+v"(sum[i][v]) : "v"(factor), "v"(column[v]));
        }
      }
    }
    const std::int64_t whole = (Vectors - 1) * kCols / 2;
    const auto mask = static_cast<__mmask16>((1U << (t.c.cols - whole)) - 1);
#pragma GCC unroll 12
    for (int i = 0; i < Rows; ++i) {
      if constexpr (Vectors == 2) _mm512_storeu_si512(t.c.row(i), sum[i][0]);
      _mm512_mask_storeu_epi32(t.c.row(i) + whole, mask, sum[i][Vectors - 1]);
    }
  }
};

// Bit 4 of eax after cpuid's leaf 7, subleaf 1: clang 14 has no name for it. Asked once, for a
// virtual machine takes long to answer.
bool has_avx_vnni() {
  static const bool answer = [] {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a & 1U << 4U) != 0;
  }();
  return answer;
}

#endif

}  // namespace

void matmul_int8_simd(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b,
                      QuantParams pa, QuantParams pb, MatrixView<std::int32_t> c) {
#if defined(__AVX2__) && defined(__FMA__)
  const bool avx512_vnni = __builtin_cpu_supports("avx512vnni") != 0;
  if (avx512_vnni) return multiply<Avx512>(a, b, pa, pb, c);
  if (has_avx_vnni()) return multiply<Avx2<VnniQuads>>(a, b, pa, pb, c);
#endif
  if (can_saturate(b)) return multiply<Avx2<Pairs>>(a, b, pa, pb, c);
  multiply<Avx2<Quads>>(a, b, pa, pb, c);
}

// --- Back to 8 bits ------------------------------------------------------------------------------

void requantize(MatrixView<const std::int32_t> acc, float scale, std::int32_t zero_point,
                MatrixView<std::uint8_t> out) {
  const __m256 scales = _mm256_set1_ps(scale);
  const __m256i zero_points = _mm256_set1_epi32(zero_point);
  const auto block = [&](std::uint8_t* to, const std::int32_t* from) {
    const auto part = [&](int i) {
      return steps(_mm256_mul_ps(_mm256_cvtepi32_ps(load(from + 8 * i)), scales), zero_points);
    };
    store_bytes(to, part(0), part(1), part(2), part(3));
  };
  for (std::int64_t i = 0; i < acc.rows; ++i) by_blocks(acc.cols, block, out.row(i), acc.row(i));
}

void requantize_channels(MatrixView<const std::int32_t> acc, std::span<const std::int32_t> bias,
                         std::span<const float> scales, std::int32_t zero_point,
                         MatrixView<std::uint8_t> out) {
  const __m256i zero_points = _mm256_set1_epi32(zero_point);
  const auto block = [&](std::uint8_t* to, const std::int32_t* sums, const std::int32_t* biases,
                         const float* factors) {
    const auto part = [&](int i) {
      const __m256i sum = _mm256_add_epi32(load(sums + 8 * i), load(biases + 8 * i));
      const __m256 factor = _mm256_loadu_ps(factors + 8 * i);
      return steps(_mm256_mul_ps(_mm256_cvtepi32_ps(sum), factor), zero_points);
    };
    store_bytes(to, part(0), part(1), part(2), part(3));
  };
  for (std::int64_t i = 0; i < acc.rows; ++i) {
    by_blocks(acc.cols, block, out.row(i), acc.row(i), bias.data(), scales.data());
  }
}

// --- Sparse rows ---------------------------------------------------------------------------------

namespace {

// A strip of c is as wide as its sums fit into registers: 8 of the 16, which also hides that each
// multiply-add waits for the one before it. 256 rows of b in that width are 64 KiB, which stay near
// while all rows of a go over them.
constexpr std::int64_t kStripCols = 8 * kLanes;
constexpr std::int64_t kBlockDepth = 256;

struct Csr {
  std::span<const std::int32_t> row_starts, columns;
  std::span<const float> values;
};

// A strip of b and c, and the rows of b from `first` to `last`, which begin at `rows`.
struct Strip {
  const float* rows;
  std::int64_t stride, first, last;
  MatrixView<float> c;
};

// c = a·b, or c += a·b behind the first rows of b. `next` holds for each row of a which of its
// elements comes next: as columns rise, the rows of b that are here are the next ones.
template <int Vectors>
void multiply_strip(const Csr& a, std::int32_t* next, const Strip& strip) {
  for (std::int64_t i = 0; i < strip.c.rows; ++i) {
    __m256 sum[Vectors];
#pragma GCC unroll 8
    for (__m256& s : sum) s = _mm256_setzero_ps();
    std::int32_t p = next[i];
    const std::int32_t end = a.row_starts[index(i + 1)];
    for (; p < end && a.columns[index(p)] < strip.last; ++p) {
      const __m256 factor = _mm256_broadcast_ss(a.values.data() + p);
      const float* b = strip.rows + (a.columns[index(p)] - strip.first) * strip.stride;
#pragma GCC unroll 8
      for (int v = 0; v < Vectors; ++v) {
        sum[v] = _mm256_fmadd_ps(factor, _mm256_loadu_ps(b + v * kLanes), sum[v]);
      }
    }
    next[i] = p;
    float* c = strip.c.row(i);
#pragma GCC unroll 8
    for (int v = 0; v < Vectors; ++v, c += kLanes) {
      const std::int64_t left = strip.c.cols - v * kLanes;
      if (left < kLanes) {
        const __m256i mask = first_lanes(left);
        if (strip.first > 0) sum[v] = _mm256_add_ps(sum[v], _mm256_maskload_ps(c, mask));
        _mm256_maskstore_ps(c, mask, sum[v]);
      } else {
        if (strip.first > 0) sum[v] = _mm256_add_ps(sum[v], _mm256_loadu_ps(c));
        _mm256_storeu_ps(c, sum[v]);
      }
    }
  }
}

// As many vectors as the strip needs: a register has no index.
template <int Vectors = kStripCols / kLanes>
void multiply_strip_of_any_width(const Csr& a, std::int32_t* next, const Strip& strip) {
  if constexpr (Vectors > 1) {
    if (strip.c.cols <= (Vectors - 1) * kLanes) {
      return multiply_strip_of_any_width<Vectors - 1>(a, next, strip);
    }
  }
  multiply_strip<Vectors>(a, next, strip);
}

}  // namespace

// For each row of a, the sums of a strip of c stay in registers over all of the row's elements:
// per element one number of a, and 8 loads that feed 8 multiply-adds. Where b is read again and
// again, the strip of it is first copied to where its rows lie together: far apart, in a stride
// that is often a power of two, they would drive each other out of the cache. A ragged strip is
// copied always: vectors read more of it than there is.
void spmm_csr(std::span<const std::int32_t> row_starts, std::span<const std::int32_t> columns,
              std::span<const float> values, MatrixView<const float> b, MatrixView<float> c) {
  const Csr a{row_starts, columns, values};
  const bool often = std::ssize(columns) >= 4 * b.rows;
  const rooflab::AlignedBuffer<float> packed(kStripCols * std::min(kBlockDepth, b.rows));
  std::vector<std::int32_t> next;
  for (std::int64_t j = 0; j < c.cols; j += kStripCols) {
    const std::int64_t width = std::min(kStripCols, c.cols - j);
    next.assign(row_starts.begin(), row_starts.end());
    std::int64_t first = 0;
    do {  // once at least: without any rows of b, c is 0
      const std::int64_t last = std::min(first + kBlockDepth, b.rows);
      Strip strip{b.data + first * b.stride + j,
                  b.stride,
                  first,
                  last,
                  {c.data + j, c.rows, width, c.stride}};
      if (often || width < kStripCols) {
        for (std::int64_t k = first; k < last; ++k) {
          std::copy_n(b.row(k) + j, width, packed.data() + (k - first) * kStripCols);
        }
        strip.rows = packed.data();
        strip.stride = kStripCols;
      }
      multiply_strip_of_any_width(a, next.data(), strip);
      first = last;
    } while (first < b.rows);
  }
}

std::int64_t model_bytes(std::span<const Layer> layers, Storage storage) {
  // Of a layer: its biases, and what is stored for its weights.
  const auto stored = [storage](const Layer& layer) -> std::int64_t {
    const std::int64_t weights = layer.inputs * layer.outputs;
    constexpr std::int64_t kParams = sizeof(QuantParams), kWord = 4;
    switch (storage) {
      case Storage::fp32:
        return kWord * weights;
      case Storage::bf16:
        return 2 * weights;
      case Storage::int8_per_tensor:
        return weights + kWord + kParams;
      case Storage::int8_per_channel:
        return weights + kWord * layer.outputs + kParams;
      case Storage::int4_per_channel:
        return (weights + 1) / 2 + kWord * layer.outputs + kParams;
      case Storage::csr:  // a value and a column each; where rows start
        return 2 * kWord * layer.nonzeros + kWord * (layer.outputs + 1);
      case Storage::two_of_four:  // half of the values, and two bits each
        return kWord * (weights / 2) + (weights / 2 + 3) / 4;
    }
    return 0;
  };
  std::int64_t bytes = 0;
  for (const Layer& layer : layers) bytes += stored(layer) + 4 * layer.outputs;
  return bytes;
}

// --- Shorter floats ------------------------------------------------------------------------------

namespace {

constexpr std::int64_t kShortLanes = 2 * kLanes;  // bf16 in a vector

// Eight floats, none of them NaN, each rounded to a bf16 in the lower half of its lane. Adding
// 0x7fff carries into the upper half if more than half of its unit is in the lower one, and one
// more does so for a tie if the upper half is odd. The exponent takes the carry like any digit, up
// to infinity.
__m256i rounded(__m256i bits) {
  const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
  const __m256i most = _mm256_add_epi32(bits, _mm256_set1_epi32(0x7fff));
  return _mm256_srli_epi32(_mm256_add_epi32(most, odd), 16);
}

// The same where some may be NaN.
__m256i rounded_or_nan(__m256 x) {
  const __m256i bits = _mm256_castps_si256(x);
  const __m256i quiet = _mm256_or_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(0x40));
  const __m256i is_nan = _mm256_castps_si256(_mm256_cmp_ps(x, x, _CMP_UNORD_Q));
  return _mm256_blendv_epi8(rounded(bits), quiet, is_nan);
}

// Sixteen of them. One comparison finds NaN in either vector; as it is rare, a branch is cheaper
// than the instructions for it. The pack works within halves of vectors: the permutation undoes
// that.
void narrow(Bf16* y, const float* x) {
  const __m256 left = _mm256_loadu_ps(x), right = _mm256_loadu_ps(x + kLanes);
  __m256i both;
  if (_mm256_movemask_ps(_mm256_cmp_ps(left, right, _CMP_UNORD_Q)) == 0) [[likely]] {
    both = _mm256_packus_epi32(rounded(_mm256_castps_si256(left)),
                               rounded(_mm256_castps_si256(right)));
  } else {
    both = _mm256_packus_epi32(rounded_or_nan(left), rounded_or_nan(right));
  }
  store(y, _mm256_permute4x64_epi64(both, 0b11'01'10'00));
}

// So many weights, 512 bytes, are fetched ahead in each row: what the processor fetches by itself
// is too little for several rows, and begins anew with each page.
constexpr std::int64_t kAhead = 256;

// Sums of several rows of w, which share the work on x. A vector of 16 weights becomes two of
// floats by one instruction each: a shift leaves those at even places, a mask those at odd places.
// So x is split into the same two.
template <int Rows>
void dot_rows(MatrixView<const Bf16> w, std::span<const float> x, float* y) {
  __m256 even[Rows], odd[Rows];
#pragma GCC unroll 6
  for (int r = 0; r < Rows; ++r) even[r] = odd[r] = _mm256_setzero_ps();
  const auto step = [&](const Bf16* weights, std::int64_t stride, const float* from) {
    const auto quarters = [from](int low, int high) {
      return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(from + low)),
                                  _mm_loadu_ps(from + high), 1);
    };
    const __m256 left = quarters(0, 8), right = quarters(4, 12);
    const __m256 x_even = _mm256_shuffle_ps(left, right, 0b10'00'10'00);
    const __m256 x_odd = _mm256_shuffle_ps(left, right, 0b11'01'11'01);
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r) {
      const __m256i pairs = load(weights + r * stride);
      const __m256i upper = _mm256_and_si256(pairs, _mm256_set1_epi32(-0x10000));
      even[r] = _mm256_fmadd_ps(_mm256_castsi256_ps(_mm256_slli_epi32(pairs, 16)), x_even, even[r]);
      odd[r] = _mm256_fmadd_ps(_mm256_castsi256_ps(upper), x_odd, odd[r]);
    }
  };
  std::int64_t j = 0;
  for (; j + kShortLanes <= w.cols; j += kShortLanes) {
#pragma GCC unroll 6
    for (int r = 0; r < Rows; ++r) __builtin_prefetch(w.row(r) + j + kAhead);
    step(w.data + j, w.stride, x.data() + j);
  }
  if (j < w.cols) {  // zeros behind the end add nothing
    std::array<Bf16, Rows * kShortLanes> weights{};
    std::array<float, kShortLanes> from{};
    for (int r = 0; r < Rows; ++r) {
      std::copy_n(w.row(r) + j, w.cols - j, weights.data() + r * kShortLanes);
    }
    std::copy_n(x.data() + j, w.cols - j, from.data());
    step(weights.data(), kShortLanes, from.data());
  }
#pragma GCC unroll 6
  for (int r = 0; r < Rows; ++r) {
    const __m256 both = _mm256_add_ps(even[r], odd[r]);
    __m128 sum = _mm_add_ps(_mm256_castps256_ps128(both), _mm256_extractf128_ps(both, 1));
    sum = _mm_add_ps(sum, _mm_movehl_ps(sum, sum));
    sum = _mm_add_ss(sum, _mm_movehdup_ps(sum));
    y[r] = _mm_cvtss_f32(sum);
  }
}

}  // namespace

// Some seven instructions for eight elements: from memory, as fast as a copy.
void to_bf16(std::span<const float> x, std::span<Bf16> y) {
  by_blocks<kShortLanes>(std::ssize(x), narrow, y.data(), x.data());
}

// A shift.
void from_bf16(std::span<const Bf16> x, std::span<float> y) {
  const auto block = [](float* to, const Bf16* from) {
    for (std::int64_t i = 0; i < kShortLanes; i += kLanes) {
      const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + i));
      const __m256i moved = _mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16);
      _mm256_storeu_ps(to + i, _mm256_castsi256_ps(moved));
    }
  };
  by_blocks<kShortLanes>(std::ssize(x), block, y.data(), x.data());
}

// Large weights come from memory, and half as many bytes take half the time: what is left to do is
// to widen them no slower than they come, and never to write the wide ones anywhere. Six rows at
// once are twelve chains of multiply-adds, as many as there are registers for.
void gemv_bf16(MatrixView<const Bf16> w, std::span<const float> x, std::span<float> y) {
  constexpr int kRows = 6;
  const auto rows = [&w](std::int64_t i, std::int64_t count) {
    return MatrixView<const Bf16>{w.row(i), count, w.cols, w.stride};
  };
  std::int64_t i = 0;
  for (; i + kRows <= w.rows; i += kRows) dot_rows<kRows>(rows(i, kRows), x, y.data() + i);
  for (; i < w.rows; ++i) dot_rows<1>(rows(i, 1), x, y.data() + i);
}

}  // namespace lab05
