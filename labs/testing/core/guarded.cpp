#include <rooflab/testing/core/element.h>
#include <rooflab/testing/core/guarded.h>
#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace rooflab::testing {
namespace {

// In front and behind: whole pages, so that element (0, 0) starts one, and wide enough that a
// kernel which runs some rows too far is found out here and does not break the heap.
template <class T>
constexpr std::int64_t kRedZone = 8192 / sizeof(T);
template <class T>
constexpr std::int64_t kLine = 64 / sizeof(T);  // elements in a cache line

template <class T>
using SmallBits = std::conditional_t<sizeof(T) == 2, std::uint16_t, std::uint8_t>;
template <class T>
using Bits = std::conditional_t<sizeof(T) == 8, std::uint64_t,
                                std::conditional_t<sizeof(T) == 4, std::uint32_t, SmallBits<T>>>;

// One of its own for each place of a matrix, so that moving guards about shows as well.
template <class T>
Bits<T> guard(std::uint32_t salt, std::int64_t index) {
  const std::uint32_t number = salt + static_cast<std::uint32_t>(index);
  if constexpr (sizeof(T) == 8) {
    return 0x7ff8'0000'0001'0000U | (number & 0xffffU);  // as a double: NaN
  } else if constexpr (sizeof(T) == 4) {
    return 0x7fc10000U | (number & 0xffffU);  // as a float: NaN
  } else if constexpr (sizeof(T) == 2) {
    return static_cast<Bits<T>>(0x7fc0U | (1 + number % 63));  // as a bf16: NaN
  } else {
    return static_cast<Bits<T>>(1 + number % 255);
  }
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

template <class T>
GuardedMatrix<T>::GuardedMatrix(std::int64_t rows, std::int64_t cols, Layout layout)
    : rows_(rows),
      cols_(cols),
      stride_(cols + layout.padding),
      block_(static_cast<std::size_t>(rows * stride_ + 2 * kRedZone<T> + kLine<T>)),
      first_(kRedZone<T> + layout.misalign % kLine<T>),
      // No two matrices share a page, hence not the salt either; the factor spreads neighbours.
      salt_(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(block_.data()) / 4096 *
                                       40503U)) {
  const auto fill_guards = [this](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      block_[static_cast<std::size_t>(i)] = std::bit_cast<T>(guard<T>(salt_, i));
    }
  };
  fill_guards(0, first_);
  for (std::int64_t row = 0; row < rows_ && stride_ > cols_; ++row) {
    fill_guards(first_ + row * stride_ + cols_, first_ + (row + 1) * stride_);
  }
  fill_guards(first_ + rows_ * stride_, static_cast<std::int64_t>(block_.size()));
}

template <class T>
std::optional<std::string> GuardedMatrix<T>::damage() const {
  const auto intact = [this](std::int64_t i) {
    return std::bit_cast<Bits<T>>(block_[static_cast<std::size_t>(i)]) == guard<T>(salt_, i);
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
  for (std::int64_t i = end; i < std::ssize(block_); ++i) {
    if (!intact(i)) return std::to_string(i - end) + " elements behind the last element's place";
  }
  return std::nullopt;
}

template <class T>
bool GuardedMatrix<T>::same_bits(const GuardedMatrix& other) const {
  const auto count = static_cast<std::size_t>(rows_ * stride_);
  return count == 0 || std::memcmp(elements(), other.elements(), count * sizeof(T)) == 0;
}

#define INSTANTIATE(T) template class GuardedMatrix<T>;
ROOFLAB_FOR_EACH_ELEMENT(INSTANTIATE)

}  // namespace rooflab::testing
