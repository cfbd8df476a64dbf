// What only the hidden tests demand of gelu.
#pragma once

#include <rooflab/testing/operations/gelu.h>

#include "unary.h"

namespace rooflab::testing::gelu {

inline void holds_on_random_problems(Named<UnaryKernel> kernel) {
  unary::holds_on_random_problems(kernel, exact_gelu);
}

/// Many more floats, for hidden tests.
inline void is_right_everywhere(Named<UnaryKernel> kernel) {
  unary::holds_everywhere(kernel, exact_gelu, 379);
}

}  // namespace rooflab::testing::gelu
