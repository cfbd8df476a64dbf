// Lab 02, reference solution.
//
// The idea: arithmetic is cheap, moving data is not. Each kernel decides which data is close at
// hand and does everything it can with it before it lets it go: a tile in the L1 cache, a few
// numbers in registers. Expected at n = 512 over the i-j-k baseline: about 4 times for
// matmul_reordered (memory walked along rows), more than 8 times for matmul_blocked (registers and
// tiles).
#include "kernels.h"

#include <rooflab/matrix.h>

#include <algorithm>

namespace lab02 {
namespace {

constexpr std::int64_t kL1Bytes = 32 * 1024;  // the L1 data cache of nearly every x86 and ARM core
constexpr std::int64_t kTileRows = 4;  // the register tile: 4×3 sums, 3 of b and 1 of a fill
constexpr std::int64_t kTileCols = 3;  // the 16 floating-point registers of x86

// Copies the tile of b from (p0, j0) on into panels of kTileCols columns, one behind the other: the
// register tile then reads one unbroken stream. The last panel is filled up with zeros.
void pack(MatrixView<const float> b, std::int64_t p0, std::int64_t depth, std::int64_t j0,
          std::int64_t cols, float* packed) {
  for (std::int64_t j = 0; j < cols; j += kTileCols) {
    const std::int64_t width = std::min(kTileCols, cols - j);
    for (std::int64_t p = p0; p < p0 + depth; ++p) {
      for (std::int64_t l = 0; l < kTileCols; ++l) *packed++ = l < width ? b(p, j0 + j + l) : 0.0F;
    }
  }
}

// A Rows×kTileCols corner of c, summed in registers over `depth` steps: each number of a and of b
// is loaded once and used kTileCols or Rows times. Stores `width` columns; adds unless `first`.
template <std::int64_t Rows>
void register_tile(const float* a, std::int64_t a_stride, const float* panel, std::int64_t depth,
                   float* c, std::int64_t c_stride, std::int64_t width, bool first) {
  float sum[Rows][kTileCols] = {};
  for (std::int64_t p = 0; p < depth; ++p, panel += kTileCols) {
    for (std::int64_t i = 0; i < Rows; ++i) {
      for (std::int64_t j = 0; j < kTileCols; ++j) sum[i][j] += a[i * a_stride + p] * panel[j];
    }
  }
  for (std::int64_t i = 0; i < Rows; ++i) {
    for (std::int64_t j = 0; j < kTileCols; ++j) {
      if (j < width) c[i * c_stride + j] = first ? sum[i][j] : c[i * c_stride + j] + sum[i][j];
    }
  }
}

}  // namespace

// Loop interchange: with k in the middle, the inner loop walks one row of b and one row of c, and a
// cache line once fetched serves 16 steps.
void matmul_reordered(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  for (std::int64_t i = 0; i < c.rows; ++i) {
    float* c_row = c.row(i);
    std::fill_n(c_row, c.cols, 0.0F);
    for (std::int64_t p = 0; p < a.cols; ++p) {
      const float factor = a(i, p);
      const float* b_row = b.row(p);
      for (std::int64_t j = 0; j < c.cols; ++j) c_row[j] += factor * b_row[j];
    }
  }
}

// Cache tiles outside, a register tile inside.
void matmul_blocked(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  const std::int64_t tile = choose_tile(kL1Bytes);
  const rooflab::AlignedBuffer<float> packed(tile * (tile + kTileCols));
  if (a.cols == 0) {
    for (std::int64_t i = 0; i < c.rows; ++i) std::fill_n(c.row(i), c.cols, 0.0F);
  }
  for (std::int64_t p0 = 0; p0 < a.cols; p0 += tile) {
    const std::int64_t depth = std::min(tile, a.cols - p0);
    for (std::int64_t j0 = 0; j0 < c.cols; j0 += tile) {
      const std::int64_t cols = std::min(tile, c.cols - j0);
      pack(b, p0, depth, j0, cols, packed.data());
      std::int64_t i = 0;
      const auto sweep = [&]<std::int64_t Rows>() {  // Rows rows of c against the whole tile of b
        for (; i + Rows <= c.rows; i += Rows) {
          const float* panel = packed.data();
          for (std::int64_t j = 0; j < cols; j += kTileCols, panel += depth * kTileCols) {
            register_tile<Rows>(a.row(i) + p0, a.stride, panel, depth, c.row(i) + j0 + j, c.stride,
                                std::min(kTileCols, cols - j), p0 == 0);
          }
        }
      };
      sweep.operator()<kTileRows>();
      sweep.operator()<1>();  // the ragged tail
    }
  }
}

// One side of a transpose must jump from row to row. In a tile, the lines it jumps between stay in
// the cache until every one of their elements is used.
void transpose_blocked(MatrixView<const float> a, MatrixView<float> b) {
  constexpr std::int64_t kTile = 16;  // floats in a cache line
  for (std::int64_t i0 = 0; i0 < a.rows; i0 += kTile) {
    for (std::int64_t j0 = 0; j0 < a.cols; j0 += kTile) {
      const std::int64_t i1 = std::min(i0 + kTile, a.rows);
      const std::int64_t j1 = std::min(j0 + kTile, a.cols);
      for (std::int64_t j = j0; j < j1; ++j) {
        for (std::int64_t i = i0; i < i1; ++i) b(j, i) = a(i, j);
      }
    }
  }
}

// Convolution is a matrix product in disguise: y = w·patches, where a column of `patches` holds the
// pixels under the window of one output pixel. Taken a strip of output rows at a time, the patches
// stay in the cache, and matmul_blocked does the rest.
void conv2d_blocked(Tensor4View<const float> x, Tensor4View<const float> w,
                    std::span<const float> bias, std::int64_t padding, Tensor4View<float> y) {
  constexpr std::int64_t kPatchBytes = 256 * 1024;  // a part of the L2 cache
  const std::int64_t taps = w.channels * w.height * w.width;
  const std::int64_t pixels = y.height * y.width;
  const std::int64_t row_bytes = taps * y.width * 4;
  const std::int64_t strip =
      std::max<std::int64_t>(1, kPatchBytes / std::max<std::int64_t>(1, row_bytes));
  rooflab::Matrix<float> patches(taps, std::min(strip, y.height) * y.width);

  for (std::int64_t n = 0; n < y.batch; ++n) {
    for (std::int64_t i0 = 0; i0 < y.height; i0 += strip) {
      const std::int64_t rows = std::min(strip, y.height - i0);
      MatrixView<float> view = patches.view();
      view.cols = rows * y.width;
      for (std::int64_t t = 0; t < taps; ++t) {
        const std::int64_t c = t / (w.height * w.width);
        const std::int64_t r = t / w.width % w.height;
        const std::int64_t s = t % w.width;
        float* patch = view.row(t);
        for (std::int64_t i = i0; i < i0 + rows; ++i, patch += y.width) {
          const std::int64_t row = i + r - padding;
          const bool outside = row < 0 || row >= x.height;
          // Columns j of y whose pixel j + s − padding lies inside the image: [begin, end).
          const std::int64_t begin =
              outside ? y.width : std::clamp<std::int64_t>(padding - s, 0, y.width);
          const std::int64_t end = std::clamp<std::int64_t>(x.width + padding - s, begin, y.width);
          std::fill_n(patch, begin, 0.0F);
          std::copy_n(x.plane(n, c) + row * x.width + begin + s - padding, end - begin,
                      patch + begin);
          std::fill_n(patch + end, y.width - end, 0.0F);
        }
      }
      const MatrixView<float> out{y.plane(n, 0) + i0 * y.width, y.channels, rows * y.width, pixels};
      matmul_blocked({w.data, y.channels, taps, taps}, view, out);
      for (std::int64_t o = 0; o < y.channels && !bias.empty(); ++o) {
        for (std::int64_t j = 0; j < out.cols; ++j) out(o, j) += bias[static_cast<std::size_t>(o)];
      }
    }
  }
}

// Three t×t tiles of 4-byte floats: 3·t²·4 <= cache_bytes.
std::int64_t choose_tile(std::int64_t cache_bytes) {
  std::int64_t tile = 8;
  while (3 * (tile + 8) * (tile + 8) * 4 <= cache_bytes) tile += 8;
  return tile;
}

}  // namespace lab02
