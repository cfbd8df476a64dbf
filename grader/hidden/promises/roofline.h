// What only the hidden tests demand of roofline.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/random.h>
#include <rooflab/testing/operations/roofline.h>

#include <cmath>

namespace rooflab::testing {

// From 10^low to 10^high, of each order of magnitude as many.
inline double magnitude(double low, double high, Random& random) {
  return std::pow(10, random.uniform(low, high));
}

inline Roof random_roof(Random& random) {
  return {magnitude(-1, 4, random), magnitude(-1, 3, random)};
}

}  // namespace rooflab::testing

namespace rooflab::testing::amdahl {

inline void holds_on_random_programs(Named<AmdahlKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, AmdahlProblem{random.uniform(0, 1), magnitude(-2, 6, random)});
    check(kernel, AmdahlProblem{1 - magnitude(-6, -1, random), magnitude(0, 9, random)});
  }
}

}  // namespace rooflab::testing::amdahl

namespace rooflab::testing::attainable {

inline void holds_on_random_programs(Named<AttainableKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, AttainableProblem{magnitude(-3, 5, random), random_roof(random)});
  }
}

}  // namespace rooflab::testing::attainable

namespace rooflab::testing::bottleneck {

inline void holds_on_random_programs(Named<BottleneckKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, BottleneckProblem{magnitude(0, 13, random), magnitude(0, 13, random),
                                    random_roof(random)});
    // About as long, and either within the tolerance or well outside it.
    const double side = random.integer(0, 1) == 0 ? 1 : -1;
    const double more = random.integer(0, 1) == 0 ? 8e-10 : magnitude(-8.5, -1, random);
    check(kernel, tie(random_roof(random), magnitude(-9, 3, random), side * more));
  }
}

}  // namespace rooflab::testing::bottleneck

namespace rooflab::testing::intensity {

inline void holds_on_random_programs(Named<IntensityKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel, IntensityProblem{magnitude(0, 15, random), magnitude(0, 15, random)});
  }
}

}  // namespace rooflab::testing::intensity
