// The promises of every gelu of the course.
#include <rooflab/testing/operations/gelu.h>

namespace rooflab::testing::gelu {

void takes_any_size(Named<UnaryKernel> kernel) { unary::takes_any_size(kernel, exact_gelu); }

void works_in_place(Named<UnaryKernel> kernel) { unary::works_in_place(kernel, exact_gelu); }

void takes_pointers_aligned_to_a_float(Named<UnaryKernel> kernel) {
  unary::takes_pointers_aligned_to_a_float(kernel, exact_gelu);
}

void reads_nothing_behind_its_input(Named<UnaryKernel> kernel) {
  unary::reads_nothing_behind_its_input(kernel, exact_gelu);
}

void overwrites_what_the_output_held(Named<UnaryKernel> kernel) {
  unary::overwrites_what_the_output_held(kernel, exact_gelu);
}

void carries_NaN_and_infinity(Named<UnaryKernel> kernel) {
  unary::carries_NaN_and_infinity(kernel, exact_gelu);
}

void keeps_its_digits_in_the_left_tail(Named<UnaryKernel> kernel) {
  unary::holds_at(kernel, exact_gelu,
                  {-3, -4, -5, -5.5F, -6, -7, -8, -9, -9.5F, -10, -10.5F, -11, -20, -1e4F, -1e20F});
}

void is_right_for_every_magnitude(Named<UnaryKernel> kernel) {
  unary::holds_everywhere(kernel, exact_gelu, 9973);
}

}  // namespace rooflab::testing::gelu
