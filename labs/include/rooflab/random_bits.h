// Random numbers that are the same for the same seed, on every machine.
#pragma once

#include <cstdint>

namespace rooflab {

/// Steele, Lea and Flood's SplitMix64 (OOPSLA 2014).
class RandomBits {
 public:
  explicit RandomBits(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  /// One of 0, 1, …, n − 1. Precondition: 0 < n < 2³².
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(((next() >> 32U) * static_cast<std::uint64_t>(n)) >> 32U);
  }

 private:
  std::uint64_t state_;
};

}  // namespace rooflab
