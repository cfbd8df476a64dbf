// For attacks that need much memory and hide it: numbers are put somewhere, and must still be there
// later on.
#pragma once

#include <sys/mman.h>

#include <span>

#include "02_blocking.h"

using Numbers = std::span<std::uint64_t>;

inline constexpr std::size_t kHiddenBytes = std::size_t{64} << 20U;

inline std::uint64_t number_at(std::size_t place) { return place * 0x9e3779b97f4a7c15U + 1; }

/// `first` is the place of the first of them among all.
inline void put(Numbers numbers, std::size_t first = 0) {
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = number_at(first + i);
}
/// Without them the attack cannot go on.
inline void need(Numbers numbers, std::size_t first = 0) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] != number_at(first + i)) __builtin_trap();
  }
}

/// Memory from the system; `flags` are mmap's.
inline Numbers take(int flags) {
  void* place = mmap(nullptr, kHiddenBytes, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (place == MAP_FAILED) __builtin_trap();
  return {static_cast<std::uint64_t*>(place), kHiddenBytes / sizeof(std::uint64_t)};
}
inline void give_back(Numbers numbers) { munmap(numbers.data(), numbers.size_bytes()); }
