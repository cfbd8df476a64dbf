// Random numbers for test data: fast, seeded, the same on every platform.
#pragma once

#include <cstdint>

namespace rooflab::testing {

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
/// Good enough for test data and quick enough to fill hundreds of megabytes a second.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  /// Uniform in [low, high).
  double uniform(double low, double high) {
    return low + (high - low) * (static_cast<double>(bits() >> 11U) * 0x1p-53);
  }
  /// Uniform in [low, high], both included. Precondition: low <= high.
  std::int64_t integer(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(bits() % static_cast<std::uint64_t>(high - low + 1));
  }
  /// A float of magnitude in [0.5, 1) and random sign: no term of a sum is negligible, so a lost
  /// term always shows.
  float signed_unit() { return signed_unit(static_cast<std::uint32_t>(bits() >> 32U)); }
  /// The same from 32 random bits.
  static float signed_unit(std::uint32_t bits) {
    const float magnitude = 0.5F + static_cast<float>(bits >> 9U) * 0x1p-24F;
    return (bits & 1U) != 0 ? magnitude : -magnitude;
  }

 private:
  std::uint64_t state_;
};

}  // namespace rooflab::testing
