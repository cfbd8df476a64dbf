#include <rooflab/testing/core/guarded.h>
#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace rooflab::testing {
namespace {

// Elements in front and behind: whole pages, so that element (0, 0) starts one, and wide enough
// that a kernel which runs some rows too far is found out here and does not break the heap.
constexpr std::int64_t kRedZone = 2048;
constexpr std::int64_t kLine = 16;  // floats in a cache line

// A NaN of its own for each place of a matrix, so that moving guards about shows as well.
std::uint32_t guard_bits(std::uint32_t salt, std::int64_t index) {
  return 0x7fc10000U | ((salt + static_cast<std::uint32_t>(index)) & 0xffffU);
}

// From this size on, blocks lie on huge pages.
constexpr std::size_t kHugeBytes = std::size_t{4} << 20U;

std::align_val_t alignment(std::size_t bytes) {
  return std::align_val_t{bytes >= kHugeBytes ? std::size_t{2} << 20U : std::size_t{4096}};
}

}  // namespace

void* allocate_pages(std::size_t bytes) {
  void* pages = ::operator new(bytes, alignment(bytes));
#ifdef MADV_HUGEPAGE
  if (bytes >= kHugeBytes) madvise(pages, bytes, MADV_HUGEPAGE);  // a wish; without it, just slower
#endif
  return pages;
}

void free_pages(void* pages, std::size_t bytes) { ::operator delete(pages, alignment(bytes)); }

GuardedMatrix::GuardedMatrix(std::int64_t rows, std::int64_t cols, Layout layout)
    : rows_(rows),
      cols_(cols),
      stride_(cols + layout.padding),
      block_(static_cast<std::size_t>(rows * stride_ + 2 * kRedZone + kLine)),
      first_(kRedZone + layout.misalign % kLine),
      // No two matrices share a page, hence not the salt either; the factor spreads neighbours.
      salt_(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(block_.data()) / 4096 *
                                       40503U)) {
  const auto guard = [this](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      block_[static_cast<std::size_t>(i)] = std::bit_cast<float>(guard_bits(salt_, i));
    }
  };
  guard(0, first_);
  for (std::int64_t row = 0; row < rows_ && stride_ > cols_; ++row) {
    guard(first_ + row * stride_ + cols_, first_ + (row + 1) * stride_);
  }
  guard(first_ + rows_ * stride_, static_cast<std::int64_t>(block_.size()));
}

MatrixView<float> GuardedMatrix::view() { return {block_.data() + first_, rows_, cols_, stride_}; }
MatrixView<const float> GuardedMatrix::view() const {
  return {block_.data() + first_, rows_, cols_, stride_};
}
std::span<float> GuardedMatrix::span() {
  return {block_.data() + first_, static_cast<std::size_t>(rows_ * cols_)};
}
std::span<const float> GuardedMatrix::span() const {
  return {block_.data() + first_, static_cast<std::size_t>(rows_ * cols_)};
}
Tensor4View<float> GuardedMatrix::tensor(std::int64_t n, std::int64_t c, std::int64_t h,
                                         std::int64_t w) {
  return {block_.data() + first_, n, c, h, w};
}
Tensor4View<const float> GuardedMatrix::tensor(std::int64_t n, std::int64_t c, std::int64_t h,
                                               std::int64_t w) const {
  return {block_.data() + first_, n, c, h, w};
}

std::optional<std::string> GuardedMatrix::damage() const {
  const auto size = static_cast<std::int64_t>(block_.size());
  const auto intact = [&](std::int64_t i) {
    return std::bit_cast<std::uint32_t>(block_[static_cast<std::size_t>(i)]) ==
           guard_bits(salt_, i);
  };
  for (std::int64_t i = first_ - 1; i >= 0; --i) {
    if (!intact(i)) return std::to_string(first_ - i) + " elements in front of element (0, 0)";
  }
  for (std::int64_t row = 0; row < rows_; ++row) {
    for (std::int64_t j = cols_; j < stride_; ++j) {
      if (!intact(first_ + row * stride_ + j)) {
        return "at (" + std::to_string(row) + ", " + std::to_string(j) +
               "), behind the end of row " + std::to_string(row) + ": a row has " +
               std::to_string(cols_) + " elements, the next starts " + std::to_string(stride_) +
               " later";
      }
    }
  }
  const std::int64_t end = first_ + rows_ * stride_;
  for (std::int64_t i = end; i < size; ++i) {
    if (!intact(i)) return std::to_string(i - end) + " elements behind the last element's place";
  }
  return std::nullopt;
}

bool GuardedMatrix::same_bits(const GuardedMatrix& other) const {
  const auto elements = static_cast<std::size_t>(rows_ * stride_);
  return elements == 0 || std::memcmp(block_.data() + first_, other.block_.data() + other.first_,
                                      elements * sizeof(float)) == 0;
}

}  // namespace rooflab::testing
