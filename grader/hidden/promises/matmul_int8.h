// What only the hidden tests demand of matmul int8.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/matmul_int8.h>

namespace rooflab::testing::matmul_int8 {

inline void holds_on_random_problems(Named<MatmulInt8Kernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const auto extent = [&random] {
      return random.integer(0, random.integer(0, 3) == 0 ? 300 : 40);
    };
    check(kernel, MatmulInt8Problem{.shape = {extent(), extent(), extent()},
                                    .pad_a = random_padding(random),
                                    .pad_b = random_padding(random),
                                    .pad_c = random_padding(random),
                                    .misalign = random.integer(0, 15),
                                    .zero_a = random.integer(0, 255),
                                    .zero_b = random.integer(-128, 127),
                                    .values = static_cast<Int8Values>(random.integer(0, 5)),
                                    .initial_output = random_initial_output(random)});
  }
}

/// The longest sums that the interface allows, at their limits.
inline void is_exact_up_to_the_longest_sum(Named<MatmulInt8Kernel> kernel) {
  const MatmulShape shape{2, kLongestInt8, 3};
  check(kernel, MatmulInt8Problem{.shape = shape, .zero_b = -128, .values = Int8Values::positive});
  check(kernel, MatmulInt8Problem{.shape = shape, .zero_b = 127, .values = Int8Values::negative});
  check(kernel, MatmulInt8Problem{.shape = shape, .zero_a = 255, .zero_b = 127});
}

/// Pairs of products that do not fit 16 bits, alone and in every place of a longer sum.
inline void is_exact_where_16_bits_overflow(Named<MatmulInt8Kernel> kernel) {
  for (const Int8Values values :
       {Int8Values::positive, Int8Values::negative, Int8Values::extremes}) {
    for (const std::int64_t k : {2, 3, 4, 8, 33, 64, 300}) {
      check(kernel, MatmulInt8Problem{.shape = {7, k, 19}, .values = values});
    }
  }
  check(kernel, MatmulInt8Problem{.shape = {9, 70, 40}, .values = Int8Values::seven_bits});
  for (int i = 0; i < 20; ++i) {
    check(kernel, MatmulInt8Problem{.shape = {9, 70, 40}, .values = Int8Values::one_pair});
  }
}

}  // namespace rooflab::testing::matmul_int8
