// What the statistics of samples come to, computed in other ways than a kernel would: in wider
// numbers, by counting pairs, from a generating function. tests/python/test_statistics.py holds
// them against numpy and scipy.
#pragma once

#include <rooflab/profiling.h>
#include <rooflab/random_bits.h>

#include <span>

namespace rooflab::testing {

[[nodiscard]] Summary right_summary(std::span<const double> samples);

/// Precondition: neither is empty. Exact, where it is, for up to 2¹²⁸ arrangements of the ranks.
[[nodiscard]] double right_p(std::span<const double> x, std::span<const double> y);

/// Preconditions: those of the kernel.
[[nodiscard]] Interval right_interval(std::span<const double> baseline,
                                      std::span<const double> optimized, double confidence,
                                      int resamples, RandomBits bits);

}  // namespace rooflab::testing
