// GuardedMatrix: test memory in which a kernel that strays is caught.
#pragma once

#include <rooflab/view.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace rooflab::testing {

/// How a matrix lies in memory: `padding` foreign elements behind each row, and a start that is
/// `misalign` elements off a cache line.
struct Layout {
  std::int64_t padding = 0;
  std::int64_t misalign = 0;
};

/// Memory for PageAllocator. Throws std::bad_alloc.
[[nodiscard]] void* allocate_pages(std::size_t bytes);
void free_pages(void* pages, std::size_t bytes);

/// Allocates on page boundaries, so that which cache sets a matrix falls into is the same in each
/// run; on huge pages where they are worth it, since preparing a problem takes longer than the call
/// that it is for. Elements are left uninitialised.
template <class T>
struct PageAllocator {
  using value_type = T;
  PageAllocator() = default;
  template <class U>
  explicit PageAllocator(const PageAllocator<U>& /*other*/) {}
  [[nodiscard]] T* allocate(std::size_t n) {
    return static_cast<T*>(allocate_pages(n * sizeof(T)));
  }
  void deallocate(T* p, std::size_t n) { free_pages(p, n * sizeof(T)); }
  template <class U>
  void construct(U* p) {
    ::new (static_cast<void*>(p)) U;
  }
  template <class U, class... Args>
  void construct(U* p, Args&&... args) {
    ::new (static_cast<void*>(p)) U(std::forward<Args>(args)...);
  }
  bool operator==(const PageAllocator&) const = default;
};

/// A rows×cols matrix inside a larger block. Everything that is not one of its elements (a red zone
/// in front and behind, the padding of each row) holds known values: NaNs, or integers that are
/// not 0. Reading one spoils the result, writing one is found by `damage()`, even when what is
/// written was read from the same place of another matrix (not always with 8 bits: 255 values are
/// few). The elements themselves hold nothing until they are filled.
template <class T>
class GuardedMatrix {
 public:
  GuardedMatrix(std::int64_t rows, std::int64_t cols, Layout layout = {});

  [[nodiscard]] MatrixView<T> view() { return {elements(), rows_, cols_, stride_}; }
  [[nodiscard]] MatrixView<const T> view() const { return {elements(), rows_, cols_, stride_}; }
  /// The elements of a matrix without padding as a vector. Precondition: rows <= 1 or padding == 0.
  [[nodiscard]] std::span<T> span() { return {elements(), size()}; }
  [[nodiscard]] std::span<const T> span() const { return {elements(), size()}; }
  /// The same memory as an N×C×H×W tensor. Preconditions: no padding, rows·cols == n·c·h·w.
  [[nodiscard]] Tensor4View<T> tensor(std::int64_t n, std::int64_t c, std::int64_t h,
                                      std::int64_t w) {
    return {elements(), n, c, h, w};
  }
  [[nodiscard]] Tensor4View<const T> tensor(std::int64_t n, std::int64_t c, std::int64_t h,
                                            std::int64_t w) const {
    return {elements(), n, c, h, w};
  }

  /// Where something outside the elements was written, in words; nothing when all is intact.
  [[nodiscard]] std::optional<std::string> damage() const;
  /// Same bits, elements and surroundings alike.
  [[nodiscard]] bool same_bits(const GuardedMatrix& other) const;

 private:
  [[nodiscard]] T* elements() { return block_.data() + first_; }
  [[nodiscard]] const T* elements() const { return block_.data() + first_; }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(rows_ * cols_); }

  std::int64_t rows_, cols_, stride_;
  std::vector<T, PageAllocator<T>> block_;
  std::int64_t first_;  // index in block_ of element (0, 0)
  std::uint32_t salt_;  // tells this matrix's guards from another's; copies keep it
};

}  // namespace rooflab::testing
