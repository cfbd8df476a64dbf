// Work of any length, for tests and measurements: what it comes to, nobody knows without doing it.
#pragma once

#include <cstdint>

namespace rooflab {

/// `x` mixed `steps` times, each about a nanosecond: a step needs the result of the one before.
[[nodiscard]] constexpr std::uint32_t worked(std::uint32_t x, std::int64_t steps) {
  for (std::int64_t i = 0; i < steps; ++i) {
    x += x << 10U;
    x ^= x >> 6U;
  }
  return x;
}

}  // namespace rooflab
