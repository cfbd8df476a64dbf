// What a machine allows: four formulas, of the roofline model (Williams, Waterman and Patterson,
// 2009) and of Amdahl (1967). Results are within a relative 10⁻⁹ of the exact value.
#pragma once

#include <rooflab/profiling.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>

#include <optional>
#include <string>
#include <vector>

namespace rooflab::testing {

using IntensityKernel = double (*)(double flops, double bytes);
using AttainableKernel = double (*)(double intensity, double gflops, double bandwidth_gbs);
using BottleneckKernel = Bottleneck (*)(double flops, double bytes, double gflops,
                                        double bandwidth_gbs);
using AmdahlKernel = double (*)(double fraction, double factor);

/// One call of each. There is nothing to shrink: promises try plain numbers first.
struct IntensityProblem {
  double flops, bytes;

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(IntensityKernel kernel) const;
};

struct AttainableProblem {
  double intensity;
  Roof roof;

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(AttainableKernel kernel) const;
};

struct BottleneckProblem {
  double flops, bytes;
  Roof roof;

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(BottleneckKernel kernel) const;
};

struct AmdahlProblem {
  double fraction, factor;

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(AmdahlKernel kernel) const;
};

/// A program that computes and moves for the same time, but for what rounding leaves and `more`,
/// the share by which it computes longer.
[[nodiscard]] BottleneckProblem tie(Roof roof, double seconds, double more);

/// What they promise, a test case each: see core/promise.h.
namespace intensity {

void divides_operations_by_bytes(Named<IntensityKernel> kernel);
void is_zero_where_nothing_is_computed(Named<IntensityKernel> kernel);
void counts_large_programs(Named<IntensityKernel> kernel);

}  // namespace intensity

namespace attainable {

void rises_with_the_intensity_under_the_bandwidth(Named<AttainableKernel> kernel);
void ends_at_the_peak(Named<AttainableKernel> kernel);
void is_the_peak_at_the_ridge(Named<AttainableKernel> kernel);
void is_zero_where_nothing_is_computed(Named<AttainableKernel> kernel);

}  // namespace attainable

namespace bottleneck {

void says_what_takes_longer(Named<BottleneckKernel> kernel);
void takes_a_tie_for_both(Named<BottleneckKernel> kernel);
/// Times whose quotients are rounded differently.
void takes_nearly_equal_times_for_a_tie(Named<BottleneckKernel> kernel);
void takes_different_times_for_different(Named<BottleneckKernel> kernel);
void knows_programs_that_only_move_or_only_compute(Named<BottleneckKernel> kernel);

}  // namespace bottleneck

namespace amdahl {

void adds_what_stays_and_what_becomes_faster(Named<AmdahlKernel> kernel);
void is_one_where_nothing_changes(Named<AmdahlKernel> kernel);
void is_the_factor_where_all_becomes_faster(Named<AmdahlKernel> kernel);
void takes_an_infinite_factor(Named<AmdahlKernel> kernel);
void takes_a_factor_below_one(Named<AmdahlKernel> kernel);

}  // namespace amdahl

}  // namespace rooflab::testing
