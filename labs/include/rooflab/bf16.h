// Bf16: how a bfloat16 number is stored. What it is worth, kernels work out themselves.
#pragma once

#include <cstdint>

namespace rooflab {

/// The upper half of a float's bits: its sign, its 8 exponent bits, and 7 of its 23 fraction bits.
struct Bf16 {
  std::uint16_t bits;
};

}  // namespace rooflab
