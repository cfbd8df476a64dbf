// y = eˣ: what "right" means. Problems and cases are those of unary.h.
//
// Within 2 units in the last place (ulp) of the exact result, for every float. A result below the
// normal range is rounded once more, so there it is half of the smallest float in addition to a
// relative error of 2 ulp at most, 4u: which leaves no doubt about the last argument whose
// result is not 0. Argument reduction and a polynomial of degree 5 reach it with room to
// spare: 1.87 ulp at most with the plainest polynomial, under 1 ulp with the best (measured).
#pragma once

#include <rooflab/testing/operations/unary.h>

namespace rooflab::testing {

[[nodiscard]] Expected exact_exp(float x, float given);

[[nodiscard]] Case exp_case(Named<UnaryKernel> kernel, std::int64_t size);

/// What every exp promises, a test case each: see core/promise.h.
namespace exp {

void takes_any_size(Named<UnaryKernel> kernel);
void works_in_place(Named<UnaryKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<UnaryKernel> kernel);
void reads_nothing_behind_its_input(Named<UnaryKernel> kernel);
void overwrites_what_the_output_held(Named<UnaryKernel> kernel);
void carries_NaN_and_infinity(Named<UnaryKernel> kernel);
/// The last finite and the first infinite result, the last that is not 0, and some below the
/// normal range.
void is_right_at_both_ends(Named<UnaryKernel> kernel);
void is_within_2_ulp_everywhere(Named<UnaryKernel> kernel);

}  // namespace exp

}  // namespace rooflab::testing
