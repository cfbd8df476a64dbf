// What one core of this machine can do: the roof that every kernel stays under.
#pragma once

namespace rooflab::harness {

struct Peak {
  double gflops = 0;         // single precision, multiply and add, at the graded instruction set
  double bandwidth_gbs = 0;  // reading a buffer that is larger than the L2 cache
};

/// Measures for about a tenth of a second, by CPU time; the best of several tries.
[[nodiscard]] Peak measure_peak();

}  // namespace rooflab::harness
