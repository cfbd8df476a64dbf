// Views: how a kernel sees its data. A view borrows; it never owns, allocates or frees.
#pragma once

#include <cstdint>
#include <type_traits>

namespace rooflab {

/// A row-major matrix inside somebody else's memory.
///
/// Element (i, j) lives at data[i * stride + j], so one row is contiguous and the next row starts
/// `stride` elements later: stride == cols when the rows are packed, larger when the view is a part
/// of a wider matrix. Precondition: stride >= cols. `data` is aligned to its element only, and the
/// elements between cols and stride belong to somebody else.
template <class T>
struct MatrixView {
  T* data = nullptr;
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::int64_t stride = 0;  // elements, not bytes, from one row to the next

  /// Element in row i and column j; no bounds check. Precondition: 0 <= i < rows, 0 <= j < cols.
  [[nodiscard]] constexpr T& operator()(std::int64_t i, std::int64_t j) const {
    return data[i * stride + j];
  }
  /// First element of row i. Precondition: 0 <= i < rows.
  [[nodiscard]] constexpr T* row(std::int64_t i) const { return data + i * stride; }

  /// Reading through a view that could write is always allowed.
  constexpr operator MatrixView<const T>() const requires(!std::is_const_v<T>) {
    return {data, rows, cols, stride};
  }
};

/// A batch of images, dense, in NCHW order: element (n, c, y, x) lives at
/// data[((n * channels + c) * height + y) * width + x]. Convolution weights use it too, as
/// (out channel, in channel, y, x).
template <class T>
struct Tensor4View {
  T* data = nullptr;
  std::int64_t batch = 0;
  std::int64_t channels = 0;
  std::int64_t height = 0;
  std::int64_t width = 0;

  /// Element of image n, channel c, row y, column x; no bounds check.
  [[nodiscard]] constexpr T& operator()(std::int64_t n, std::int64_t c, std::int64_t y,
                                        std::int64_t x) const {
    return data[((n * channels + c) * height + y) * width + x];
  }
  /// First element of one channel of one image: a height x width matrix with packed rows.
  [[nodiscard]] constexpr T* plane(std::int64_t n, std::int64_t c) const {
    return data + (n * channels + c) * height * width;
  }
  [[nodiscard]] constexpr std::int64_t size() const { return batch * channels * height * width; }

  /// Reading through a view that could write is always allowed.
  constexpr operator Tensor4View<const T>() const requires(!std::is_const_v<T>) {
    return {data, batch, channels, height, width};
  }
};

}  // namespace rooflab
