// What inputs and outputs hold before a call.
#pragma once

#include <rooflab/testing/core/guarded.h>
#include <rooflab/testing/core/random.h>

#include <cstdint>
#include <string>

namespace rooflab::testing {

/// Kinds of input values.
enum class Values : std::uint8_t {
  unit,     // ±[0.5, 1): a lost term always shows
  huge,     // ±[2⁵⁷, 2⁵⁸): products near 2¹¹⁶; sums of 2000 of them stay finite
  tiny,     // ±[2⁻⁷¹, 2⁻⁷⁰): products are denormal
  special,  // unit values with a few NaN, +∞, −∞ and 0 among them: 0 · ∞ is NaN
};

/// What outputs hold before a call.
enum class Before : std::uint8_t {
  finite,  // random numbers of a size of their own: "added to what was there" can be recognised
  nan,     // NaN: the smallest trace of the old contents spoils the result
};

/// "a 9×4 (stride 12)", for the description of a call.
[[nodiscard]] std::string describe_matrix(const char* name, std::int64_t rows, std::int64_t cols,
                                          std::int64_t padding);
/// ", huge values, 3 floats past a cache line, c full of NaN before the call": what is out of the
/// ordinary about a call, or nothing.
[[nodiscard]] std::string describe_rest(std::int64_t misalign, Values values, Before before,
                                        const char* output);

/// Fills the elements, in reading order.
void fill(GuardedMatrix& matrix, Values values, Random& random);
void fill(GuardedMatrix& matrix, Before before, Random& random);

}  // namespace rooflab::testing
