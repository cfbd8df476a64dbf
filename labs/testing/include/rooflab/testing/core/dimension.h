// Dimension: one number of a problem that shrinking may lower (check.h).
#pragma once

#include <cstdint>

namespace rooflab::testing {

/// The number, and the lowest that it may become.
struct Dimension {
  std::int64_t* value;
  std::int64_t lowest = 0;
};

/// An extent that shrinks to 1, the clearest small problem; one that is 0 stays 0.
[[nodiscard]] inline Dimension at_least_one(std::int64_t& extent) {
  return {&extent, extent == 0 ? 0 : 1};
}

}  // namespace rooflab::testing
