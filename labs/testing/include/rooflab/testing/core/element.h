// The element types that kernels compute with, and what tests need to know of each.
#pragma once

#include <rooflab/bf16.h>

#include <bit>
#include <cstdint>
#include <type_traits>

/// What the testing library is compiled for: X(type) for each type.
#define ROOFLAB_FOR_EACH_ELEMENT(X) \
  X(float)                          \
  X(double)                         \
  X(rooflab::Bf16)                  \
  X(std::uint8_t)                   \
  X(std::int8_t)                    \
  X(std::int32_t)

namespace rooflab::testing {

/// What an element is worth. A double holds every value of every type exactly.
template <class T>
[[nodiscard]] constexpr double value_of(T element) {
  return static_cast<double>(element);
}
[[nodiscard]] constexpr double value_of(Bf16 element) {
  return static_cast<double>(std::bit_cast<float>(std::uint32_t{element.bits} << 16U));
}

/// A float as an element of a floating-point type; bf16 drops the lower half of its bits.
template <class T>
[[nodiscard]] constexpr T truncated(float value) {
  if constexpr (std::is_same_v<T, Bf16>) {
    return {static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value) >> 16U)};
  } else {
    return value;
  }
}

/// Unit roundoff: half the distance from 1 to the next number of the type. Integers are exact.
template <class T>
inline constexpr double kUnitRoundoff = 0;
template <>
inline constexpr double kUnitRoundoff<float> = 0x1p-24;
template <>
inline constexpr double kUnitRoundoff<double> = 0x1p-53;
template <>
inline constexpr double kUnitRoundoff<Bf16> = 0x1p-8;

/// Significant digits that show a value in full.
template <class T>
inline constexpr int kDigits = std::is_integral_v<T> ? 10 : 9;
template <>
inline constexpr int kDigits<double> = 17;

}  // namespace rooflab::testing
