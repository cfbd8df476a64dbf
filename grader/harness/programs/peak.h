// What one core of this machine can do: the roof that every kernel stays under; and several threads
// together.
#pragma once

namespace rooflab::harness {

struct Peak {
  double gflops = 0;         // single precision, multiply and add, at the graded instruction set
  double bandwidth_gbs = 0;  // reading a buffer that is larger than the L2 cache
};

/// Measures for about a tenth of a second, by CPU time; the best of several tries.
[[nodiscard]] Peak measure_peak();

/// What so many threads reach at the same time, of the same arithmetic, by the clock on the wall;
/// the best of several tries, in about a twentieth of a second. It is less than so many times what
/// one reaches where threads share a core, or its clock slows.
[[nodiscard]] double measure_gflops_of(int threads);

}  // namespace rooflab::harness
