// What only the hidden tests demand of quantize.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/quantize.h>

#include <cmath>

namespace rooflab::testing::dequantize {

inline void holds_on_random_problems(Named<DequantizeKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    check(kernel,
          DequantizeProblem{.size = random.integer(0, 2000),
                            .scale = static_cast<float>(std::pow(2, random.uniform(-20, 20))),
                            .zero_point = random.integer(0, 255),
                            .misalign = random.integer(0, 15),
                            .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::dequantize

namespace rooflab::testing::quantize {

/// Where a product with 1 / scale lands on the other side.
inline void divides_by_the_scale(Named<QuantizeKernel> kernel) {
  for (const float scale : {0.1F, 0.037F, 0.3F, 7.0F}) {
    check(kernel,
          QuantizeProblem{.size = 2003, .scale = scale, .zero_point = 128, .reals = Reals::near});
  }
}

inline void holds_on_random_problems(Named<QuantizeKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const auto reals = static_cast<Reals>(random.integer(0, 4));
    const double exponent = random.uniform(-20, 20);
    const float scale = reals == Reals::ties ? 0.5F : static_cast<float>(std::pow(2, exponent));
    check(kernel, QuantizeProblem{.size = random.integer(0, 2000),
                                  .scale = scale,
                                  .zero_point = random.integer(0, 255),
                                  .reals = reals,
                                  .misalign = random.integer(0, 15),
                                  .initial_output = random_initial_output(random)});
  }
}

}  // namespace rooflab::testing::quantize
