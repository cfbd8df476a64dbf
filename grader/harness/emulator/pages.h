// Memory in pages, as guests have it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace rooflab::harness {

inline constexpr std::uint64_t kPageBytes = 4096;

[[nodiscard]] constexpr std::uint64_t page_begin(std::uint64_t address) {
  return address / kPageBytes * kPageBytes;
}
[[nodiscard]] constexpr std::uint64_t page_end(std::uint64_t address) {
  return page_begin(address + kPageBytes - 1);
}

/// Zeroed memory of this process, taken from the system only where it is touched, and never given
/// back. Throws std::bad_alloc.
[[nodiscard]] std::span<std::byte> reserve(std::size_t bytes);

}  // namespace rooflab::harness
