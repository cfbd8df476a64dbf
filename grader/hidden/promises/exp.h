// What only the hidden tests demand of exp.
#pragma once

#include <rooflab/testing/operations/exp.h>

#include "unary.h"

namespace rooflab::testing::exp {

inline void holds_on_random_problems(Named<UnaryKernel> kernel) {
  unary::holds_on_random_problems(kernel, exact_exp);
}

/// Ten times as many floats, for hidden tests.
inline void is_within_2_ulp_everywhere_else(Named<UnaryKernel> kernel) {
  unary::holds_everywhere(kernel, exact_exp, 379);
}

}  // namespace rooflab::testing::exp
