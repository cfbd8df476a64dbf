// For the figure "misses against tile size": one tiled product whose tile side is a compile-time
// number, with the tile of b left where it lies or copied into one piece.
#pragma once

#include <rooflab/matrix.h>
#include <rooflab/view.h>

#include <algorithm>
#include <cstdint>

namespace figures {

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

}  // namespace figures
