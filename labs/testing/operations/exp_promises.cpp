// The promises of every exp of the course.
#include <rooflab/testing/operations/exp.h>

#include <cmath>

namespace rooflab::testing::exp {

void takes_any_size(Named<UnaryKernel> kernel) { unary::takes_any_size(kernel, exact_exp); }

void works_in_place(Named<UnaryKernel> kernel) { unary::works_in_place(kernel, exact_exp); }

void takes_pointers_aligned_to_a_float(Named<UnaryKernel> kernel) {
  unary::takes_pointers_aligned_to_a_float(kernel, exact_exp);
}

void reads_nothing_behind_its_input(Named<UnaryKernel> kernel) {
  unary::reads_nothing_behind_its_input(kernel, exact_exp);
}

void overwrites_what_the_output_held(Named<UnaryKernel> kernel) {
  unary::overwrites_what_the_output_held(kernel, exact_exp);
}

void carries_NaN_and_infinity(Named<UnaryKernel> kernel) {
  unary::carries_NaN_and_infinity(kernel, exact_exp);
}

void is_right_at_both_ends(Named<UnaryKernel> kernel) {
  constexpr float kLastFinite = 0x1.62e42ep+6F, kLastNotZero = -0x1.9fe368p+6F;
  unary::holds_at(kernel, exact_exp,
                  {kLastFinite,
                   std::nextafter(kLastFinite, 100.0F),
                   88.376F,
                   88.5F,
                   89,
                   0x1p127F,
                   -87.3F,
                   -87.34F,
                   -88.376F,
                   -95,
                   -100,
                   -103,
                   kLastNotZero,
                   std::nextafter(kLastNotZero, -200.0F),
                   -104,
                   -0x1p127F,
                   0.0F,
                   -0.0F,
                   1,
                   -1});
}

void is_within_2_ulp_everywhere(Named<UnaryKernel> kernel) {
  unary::holds_everywhere(kernel, exact_exp, 9973);
}

}  // namespace rooflab::testing::exp
