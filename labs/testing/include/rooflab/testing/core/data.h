// What inputs and outputs hold before a call, and the words for it.
#pragma once

#include <rooflab/testing/core/guarded.h>
#include <rooflab/testing/core/random.h>

#include <cstdint>
#include <initializer_list>
#include <string>

namespace rooflab::testing {

/// Kinds of input values: of floating-point types, and of integers.
enum class Values : std::uint8_t {
  unit,  // ±[0.5, 1): a lost term always shows. Integers: any but 0
  huge,  // ±[2⁵⁷, 2⁵⁸): products near 2¹¹⁶; sums of 2000 of them stay finite. Integers: near the
         // lowest and the highest value, where too narrow a sum overflows
  tiny,  // ±[2⁻⁷¹, 2⁻⁷⁰): products are denormal. Integers: −1 (if there is one), 0 and 1
  special,  // unit values with a few NaN, +∞, −∞ and 0 among them: 0 · ∞ is NaN. Integers: with the
            // lowest and the highest value and 0 among them
};

/// What outputs hold before a call.
enum class InitialOutput : std::uint8_t {
  finite,  // random numbers of a size of their own: "added to what was there" can be recognised
  nan,     // NaN: the smallest trace of the old contents spoils the result. Integers: the highest
           // value
};

/// How many random problems a promise checks.
inline constexpr int kRandomProblems = 60;
/// No padding, or up to 40 elements of it.
[[nodiscard]] std::int64_t random_padding(Random& random);
[[nodiscard]] InitialOutput random_initial_output(Random& random);

/// "2x3x4".
[[nodiscard]] std::string describe_extents(std::initializer_list<std::int64_t> extents);
/// "-1.25": all digits that a float has.
[[nodiscard]] std::string describe_number(float number);
/// "a 9×4 (stride 12)", for the description of a call.
[[nodiscard]] std::string describe_matrix(const char* name, std::int64_t rows, std::int64_t cols,
                                          std::int64_t padding);
/// ", huge values, 3 elements past a cache line, c full of NaN before the call": what is out of the
/// ordinary about a call whose elements are floating-point numbers, or nothing.
[[nodiscard]] std::string describe_rest(std::int64_t misalign, Values values, InitialOutput initial,
                                        const char* output);

/// Fills the elements, in reading order.
template <class T>
void fill(GuardedMatrix<T>& matrix, Values values, Random& random);
template <class T>
void fill(GuardedMatrix<T>& matrix, InitialOutput initial, Random& random);

}  // namespace rooflab::testing
