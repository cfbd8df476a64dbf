// What only the hidden tests demand of ranges.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/ranges.h>

#include <utility>

namespace rooflab::testing::calibrate {

inline void holds_on_random_problems(Named<CalibrateKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, CalibrateProblem{.size = random.integer(0, 3000),
                                   .percentile = random.uniform(50, 100),
                                   .spread = static_cast<Spread>(random.integer(0, 3)),
                                   .misalign = random.integer(0, 15)});
  }
}

}  // namespace rooflab::testing::calibrate

namespace rooflab::testing::choose_params {

inline void holds_on_random_ranges(Named<ChooseParamsKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < 200; ++i) {
    float lo = std::ldexp(random.signed_unit(), static_cast<int>(random.integer(-20, 20)));
    float hi = std::ldexp(random.signed_unit(), static_cast<int>(random.integer(-20, 20)));
    if (lo > hi) std::swap(lo, hi);
    check(kernel, ChooseParamsProblem{lo, hi});
  }
}

}  // namespace rooflab::testing::choose_params
