// Matrix and AlignedBuffer: memory that owns itself, aligned to a cache line.
#pragma once

#include <rooflab/view.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>

namespace rooflab {

inline constexpr std::size_t kCacheLineBytes = 64;

/// `size` elements, starting on a cache line, value-initialised (zero for numbers).
/// Copying is not allowed, so that no kernel copies megabytes by accident; moving is cheap.
/// Throws std::bad_alloc when memory runs out. Precondition: size >= 0.
template <class T>
class AlignedBuffer {
 public:
  explicit AlignedBuffer(std::int64_t size)
      : size_(size),
        data_(new (std::align_val_t{kCacheLineBytes}) T[static_cast<std::size_t>(size)]{}) {}

  [[nodiscard]] T* data() const { return data_.get(); }
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] T& operator[](std::int64_t i) const { return data_.get()[i]; }
  [[nodiscard]] std::span<T> span() const { return {data(), static_cast<std::size_t>(size_)}; }

 private:
  struct Free {
    void operator()(T* p) const { ::operator delete[](p, std::align_val_t{kCacheLineBytes}); }
  };
  static_assert(std::is_trivially_destructible_v<T>);
  std::int64_t size_;
  std::unique_ptr<T[], Free> data_;
};

/// An owning row-major matrix with packed rows (stride == cols), zero at first.
template <class T>
class Matrix {
 public:
  Matrix(std::int64_t rows, std::int64_t cols) : rows_(rows), cols_(cols), buffer_(rows * cols) {}

  [[nodiscard]] MatrixView<T> view() const { return {buffer_.data(), rows_, cols_, cols_}; }
  [[nodiscard]] std::int64_t rows() const { return rows_; }
  [[nodiscard]] std::int64_t cols() const { return cols_; }
  [[nodiscard]] T& operator()(std::int64_t i, std::int64_t j) const {
    return buffer_[i * cols_ + j];
  }

 private:
  std::int64_t rows_, cols_;
  AlignedBuffer<T> buffer_;
};

}  // namespace rooflab
