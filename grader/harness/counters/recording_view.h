// RecordingMatrixView: a MatrixView that tells a CacheModel of each element that a kernel touches.
//
// A kernel that is a template over its views runs on it unchanged:
//
//   template <class A, class B, class C> void matmul(A a, B b, C c) { … c(i, j) = sum; … }
//   matmul(RecordingMatrixView(a, cache), RecordingMatrixView(b, cache), RecordingMatrixView(c,
//   cache));
//
// Write `const float x = a(i, j)`, not `auto`: auto would keep the reference, and each use of it
// would count as another read. (Compiled kernels keep such values in a register; the model sees
// exactly the reads and writes that are written down.)
#pragma once

#include <rooflab/view.h>

#include <cstdint>
#include <type_traits>

#include "counters/cache_model.h"

namespace rooflab::harness {

/// One element. Reading it and assigning to it are recorded.
template <class T>
class RecordingReference {
 public:
  using Value = std::remove_const_t<T>;

  RecordingReference(T& element, std::uint64_t address, CacheModel& cache)
      : element_(&element), address_(address), cache_(&cache) {}
  RecordingReference(const RecordingReference&) = default;
  ~RecordingReference() = default;

  operator Value() const {
    cache_->access(address_, sizeof(T), Access::read);
    return *element_;
  }
  // Assignments are const, as with a view: they change the element, not the reference to it.
  const RecordingReference& operator=(Value value) const requires(!std::is_const_v<T>) {
    cache_->access(address_, sizeof(T), Access::write);
    *element_ = value;
    return *this;
  }
  // c(i, j) = a(i, j) copies the element, as it does with plain references.
  RecordingReference& operator=(const RecordingReference& other) requires(!std::is_const_v<T>) {
    if (this != &other) static_cast<const RecordingReference&>(*this) = static_cast<Value>(other);
    return *this;
  }
  const RecordingReference& operator+=(Value value) const { return *this = Value(*this) + value; }
  const RecordingReference& operator-=(Value value) const { return *this = Value(*this) - value; }
  const RecordingReference& operator*=(Value value) const { return *this = Value(*this) * value; }

 private:
  T* element_;
  std::uint64_t address_;
  CacheModel* cache_;
};

/// What row(i) gives: the part of a pointer's interface that kernels use.
template <class T>
class RecordingRow {
 public:
  RecordingRow(T* data, std::uint64_t address, CacheModel& cache)
      : data_(data), address_(address), cache_(&cache) {}

  [[nodiscard]] RecordingReference<T> operator[](std::int64_t j) const { return *(*this + j); }
  [[nodiscard]] RecordingReference<T> operator*() const { return {*data_, address_, *cache_}; }
  [[nodiscard]] RecordingRow operator+(std::int64_t j) const {
    return {data_ + j, address_ + static_cast<std::uint64_t>(j) * sizeof(T), *cache_};
  }

 private:
  T* data_;
  std::uint64_t address_;
  CacheModel* cache_;
};

template <class T>
struct RecordingMatrixView {
  std::int64_t rows;
  std::int64_t cols;
  std::int64_t stride;  // elements, not bytes, from one row to the next

  /// Records the addresses where the elements really lie. Which lines collide in a cache that is
  /// not fully associative then depends on where the memory came from.
  RecordingMatrixView(MatrixView<T> view, CacheModel& cache)
      : RecordingMatrixView(view, cache, reinterpret_cast<std::uintptr_t>(view.data)) {}
  /// Records addresses as though the first element lay at `address`: the same counts everywhere.
  RecordingMatrixView(MatrixView<T> view, CacheModel& cache, std::uint64_t address)
      : rows(view.rows), cols(view.cols), stride(view.stride), first_(view.data, address, cache) {}

  /// Element in row i and column j; no bounds check. Precondition: 0 <= i < rows, 0 <= j < cols.
  [[nodiscard]] RecordingReference<T> operator()(std::int64_t i, std::int64_t j) const {
    return first_[i * stride + j];
  }
  /// First element of row i. Precondition: 0 <= i < rows.
  [[nodiscard]] RecordingRow<T> row(std::int64_t i) const { return first_ + i * stride; }

 private:
  RecordingRow<T> first_;
};

}  // namespace rooflab::harness
