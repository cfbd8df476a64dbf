// Kernels and cases for the figure "misses against tile size": one tiled product whose tile side is
// a compile-time number, with the tile of b left where it lies or copied into one piece.
#include <matmul.h>
#include <rooflab/matrix.h>

#include <algorithm>

namespace {

using rooflab::MatrixView;

// Tiles of side T of a, b and c; the tile of b stays while those of a and c pass by.
template <std::int64_t T, bool packed>
void tiled(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c) {
  const rooflab::AlignedBuffer<float> buffer(T * T);
  for (std::int64_t i = 0; i < c.rows; ++i) std::fill_n(c.row(i), c.cols, 0.0F);
  for (std::int64_t p0 = 0; p0 < a.cols; p0 += T) {
    for (std::int64_t j0 = 0; j0 < c.cols; j0 += T) {
      const std::int64_t depth = std::min(T, a.cols - p0);
      const std::int64_t width = std::min(T, c.cols - j0);
      MatrixView<const float> tile{b.row(p0) + j0, depth, width, b.stride};
      if constexpr (packed) {
        for (std::int64_t p = 0; p < depth; ++p) {
          std::copy_n(tile.row(p), width, buffer.data() + p * T);
        }
        tile = {buffer.data(), depth, width, T};
      }
      for (std::int64_t i0 = 0; i0 < c.rows; i0 += T) {
        for (std::int64_t i = i0; i < std::min(i0 + T, c.rows); ++i) {
          float* c_row = c.row(i) + j0;
          for (std::int64_t p = 0; p < depth; ++p) {
            const float factor = a(i, p0 + p);
            for (std::int64_t j = 0; j < width; ++j) c_row[j] += factor * tile(p, j);
          }
        }
      }
    }
  }
}

template <std::int64_t T>
void add_cases(std::vector<rooflab::testing::Case>& all) {
  const std::string tile = std::to_string(T);
  for (const std::int64_t n : {256, 400}) {
    all.push_back(rooflab::testing::matmul_case("tiled_" + tile, tiled<T, false>, {n, n, n}));
    all.push_back(rooflab::testing::matmul_case("packed_" + tile, tiled<T, true>, {n, n, n}));
  }
}

}  // namespace

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  std::vector<Case> all;
  [&]<std::int64_t... T>(std::integer_sequence<std::int64_t, T...>) { (add_cases<T>(all), ...); }
  (std::integer_sequence<std::int64_t, 4, 8, 12, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 112,
                         128, 160, 200, 256>{});
  return all;
}
