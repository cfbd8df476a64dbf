// What kernels for quantized and compressed networks are told: parameters and shapes.
#pragma once

#include <cstdint>

namespace rooflab {

/// The affine map between whole numbers and reals: real = scale · (q − zero_point).
struct QuantParams {
  float scale;
  std::int32_t zero_point;  // the q that stands for 0
};

/// Of reals.
struct Range {
  float lo, hi;
};

/// The shape of a fully connected layer. nonzeros is how many of its inputs · outputs weights are
/// not 0.
struct Layer {
  std::int64_t inputs, outputs, nonzeros;
};

/// How a layer's weights are stored.
enum class Storage : std::int32_t {
  fp32,
  bf16,
  int8_per_tensor,
  int8_per_channel,
  int4_per_channel,
  csr,          // those that are not 0, as fp32, with their places
  two_of_four,  // of four in a row two are 0: the other two, as fp32
};

}  // namespace rooflab
