// The promises of choose_params and calibrate.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/ranges.h>

#include <cmath>
#include <utility>

namespace rooflab::testing {

namespace choose_params {

void maps_ranges_around_zero(Named<ChooseParamsKernel> kernel) {
  for (const auto& [lo, hi] : {std::pair(-1.0F, 1.0F), {-1.0F, 3.0F}, {-0.1F, 6.3F}, {-7, 0.5F}}) {
    check(kernel, ChooseParamsProblem{lo, hi});
  }
  // −lo / scale is half way between two whole numbers: 0.5, 1.5 and 127.5.
  for (const float lo : {0.5F, 1.5F, 127.5F}) check(kernel, ChooseParamsProblem{-lo, 255 - lo});
}

void widens_ranges_to_hold_zero(Named<ChooseParamsKernel> kernel) {
  for (const auto& [lo, hi] :
       {std::pair(1.0F, 2.0F), {-2.0F, -1.0F}, {0.0F, 1.0F}, {-1.0F, 0.0F}, {3.0F, 3.0F}}) {
    check(kernel, ChooseParamsProblem{lo, hi});
  }
}

void survives_a_range_of_zero(Named<ChooseParamsKernel> kernel) {
  check(kernel, ChooseParamsProblem{0, 0});
  check(kernel, ChooseParamsProblem{-0.0F, 0});
}

void survives_the_widest_and_the_narrowest_ranges(Named<ChooseParamsKernel> kernel) {
  for (const auto& [lo, hi] : {std::pair(-3e38F, 3e38F),
                               {0.0F, 0x1p-100F},
                               {-0x1p-100F, 0x1p-100F},
                               {-0x1p-100F, 1e30F}}) {
    check(kernel, ChooseParamsProblem{lo, hi});
  }
}

}  // namespace choose_params

namespace calibrate {

void finds_the_least_and_the_greatest(Named<CalibrateKernel> kernel) {
  for (const std::int64_t size : {1, 2, 3, 10, 1000}) {
    for (const Spread spread : {Spread::around_zero, Spread::above_zero, Spread::equal}) {
      check(kernel, CalibrateProblem{.size = size, .spread = spread});
    }
  }
}

void takes_percentiles_between_elements(Named<CalibrateKernel> kernel) {
  for (const double percentile : {99.9, 99.0, 95.0, 75.0, 50.0}) {
    for (const std::int64_t size : {11, 100, 101, 1000, 4099}) {
      check(kernel, CalibrateProblem{.size = size, .percentile = percentile});
    }
  }
}

void cuts_off_outliers(Named<CalibrateKernel> kernel) {
  for (const double percentile : {100.0, 99.9, 98.0}) {
    check(kernel,
          CalibrateProblem{.size = 5000, .percentile = percentile, .spread = Spread::outliers});
  }
}

void takes_few_elements(Named<CalibrateKernel> kernel) {
  for (std::int64_t size = 0; size <= 5; ++size) {
    for (const double percentile : {100.0, 99.0, 50.0}) {
      check(kernel, CalibrateProblem{.size = size, .percentile = percentile});
    }
  }
}

}  // namespace calibrate

}  // namespace rooflab::testing
