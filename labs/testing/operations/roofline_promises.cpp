// The promises of the four formulas of roofline.h.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/random.h>
#include <rooflab/testing/operations/roofline.h>

#include <cmath>
#include <limits>

namespace rooflab::testing {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Roof kPlain = {100, 10};
constexpr Roof kRoofs[] = {kPlain, {1.5, 20}, {3000, 0.25}, {117.3, 28.9}};

}  // namespace

BottleneckProblem tie(Roof roof, double seconds, double more) {
  return {roof.gflops * 1e9 * seconds * (1 + more), roof.bandwidth_gbs * 1e9 * seconds, roof};
}

namespace intensity {

void divides_operations_by_bytes(Named<IntensityKernel> kernel) {
  check(kernel, IntensityProblem{8, 2});
  check(kernel, IntensityProblem{2, 8});
  check(kernel, IntensityProblem{2, 12});
  check(kernel, IntensityProblem{1000, 100});
}

void is_zero_where_nothing_is_computed(Named<IntensityKernel> kernel) {
  check(kernel, IntensityProblem{0, 1});
  check(kernel, IntensityProblem{0, 4096});
}

void counts_large_programs(Named<IntensityKernel> kernel) {
  check(kernel, IntensityProblem{2.0 * 65'536 * 65'536 * 65'536, 3.0 * 4 * 65'536 * 65'536});
  check(kernel, IntensityProblem{5e9, 7e12});
}

}  // namespace intensity

namespace attainable {

void rises_with_the_intensity_under_the_bandwidth(Named<AttainableKernel> kernel) {
  for (const double intensity : {1.0, 2.0, 0.25, 1.0 / 12, 9.99}) {
    check(kernel, AttainableProblem{intensity, kPlain});
  }
}

void ends_at_the_peak(Named<AttainableKernel> kernel) {
  for (const double intensity : {20.0, 10.01, 1e3, 1e12}) {
    check(kernel, AttainableProblem{intensity, kPlain});
  }
}

void is_the_peak_at_the_ridge(Named<AttainableKernel> kernel) {
  for (const Roof& roof : kRoofs) {
    check(kernel, AttainableProblem{roof.gflops / roof.bandwidth_gbs, roof});
  }
}

void is_zero_where_nothing_is_computed(Named<AttainableKernel> kernel) {
  for (const Roof& roof : kRoofs) check(kernel, AttainableProblem{0, roof});
}

}  // namespace attainable

namespace bottleneck {

void says_what_takes_longer(Named<BottleneckKernel> kernel) {
  for (const Roof& roof : kRoofs) {
    for (const double times : {0.01, 0.5, 0.99, 1.01, 2.0, 100.0}) {
      check(kernel, BottleneckProblem{100 * times * roof.gflops / roof.bandwidth_gbs, 100, roof});
    }
  }
}

void takes_a_tie_for_both(Named<BottleneckKernel> kernel) {
  check(kernel, BottleneckProblem{1000, 100, kPlain});
  check(kernel, BottleneckProblem{1, 1, {1, 1}});
  check(kernel, BottleneckProblem{3e15, 6e14, {50, 10}});
}

void takes_nearly_equal_times_for_a_tie(Named<BottleneckKernel> kernel) {
  for (const Roof& roof : kRoofs) {
    for (const double seconds : {0.1, 1.0 / 3, 7e-7, 1e3 / 7}) {
      for (const double more : {0.0, 5e-10, -5e-10}) check(kernel, tie(roof, seconds, more));
    }
  }
}

void takes_different_times_for_different(Named<BottleneckKernel> kernel) {
  for (const Roof& roof : kRoofs) {
    for (const double more : {2e-9, -2e-9, 1e-8, -1e-8, 1e-6, -1e-6, 1e-3, -1e-3}) {
      check(kernel, tie(roof, 0.1, more));
    }
  }
  // A few operations and bytes take nanoseconds: a difference is relative, not in seconds.
  check(kernel, BottleneckProblem{1, 1, {1, 2}});
  check(kernel, BottleneckProblem{1, 1, {2, 1}});
}

void knows_programs_that_only_move_or_only_compute(Named<BottleneckKernel> kernel) {
  for (const Roof& roof : kRoofs) {
    for (const double count : {1.0, 1e12}) {
      check(kernel, BottleneckProblem{0, count, roof});
      check(kernel, BottleneckProblem{count, 0, roof});
    }
  }
}

}  // namespace bottleneck

namespace amdahl {

void adds_what_stays_and_what_becomes_faster(Named<AmdahlKernel> kernel) {
  check(kernel, AmdahlProblem{0.5, 2});
  check(kernel, AmdahlProblem{0.9, 10});
  check(kernel, AmdahlProblem{0.25, 3});
  check(kernel, AmdahlProblem{0.999, 1e6});
}

void is_one_where_nothing_changes(Named<AmdahlKernel> kernel) {
  for (const double fraction : {0.0, 0.3, 1.0}) check(kernel, AmdahlProblem{fraction, 1});
  for (const double factor : {2.0, 0.5, 1e9}) check(kernel, AmdahlProblem{0, factor});
}

void is_the_factor_where_all_becomes_faster(Named<AmdahlKernel> kernel) {
  for (const double factor : {2.0, 7.5, 0.2, 1e9}) check(kernel, AmdahlProblem{1, factor});
}

void takes_an_infinite_factor(Named<AmdahlKernel> kernel) {
  for (const double fraction : {0.5, 0.0, 0.95, 1.0}) {
    check(kernel, AmdahlProblem{fraction, kInfinity});
  }
}

void takes_a_factor_below_one(Named<AmdahlKernel> kernel) {
  check(kernel, AmdahlProblem{0.5, 0.5});
  check(kernel, AmdahlProblem{0.1, 0.01});
}

}  // namespace amdahl

}  // namespace rooflab::testing
