// The tanh form of GELU, x·σ(t) with t = 2·√(2/π)·(x + 0.044715·x³) and σ(t) = 1/(1 + e⁻ᵗ), which
// is the same as 0.5·x·(1 + tanh(t/2)): what "right" means. Problems and cases are those of
// unary.h.
//
// The bound is a relative one, and follows the rounding errors of x / (1 + e⁻ᵗ) in float, with unit
// roundoff u:
//   t is a product of sums without cancellation, seven roundings deep (two for x², three with the
//     constant and the sum, two with 2·√(2/π)): a relative error of 7u, which is an absolute one
//     of 7u·|t|, and so a relative one of 7u·|t| in e⁻ᵗ (Higham 2002, section 1.6);
//   e⁻ᵗ itself is good to 2 ulp, 4u; of both, the sum 1 + e⁻ᵗ passes on the part 1 − σ(t);
//   the sum and a product round once each, a reciprocal made from an estimate twice: 4u.
// So |error| <= u·((1 − σ)·(7|t| + 4) + 4)·|gelu(x)|: 4u for large x, 34u at x = −2, 152u at −5.5,
// where 0.5·x·(1 + tanh) has lost every digit. Measured over ranges from −10 to 100, scalar and
// vector kernels need half of it at most. An x with r roundings of its own brings r times
// x·gelu'(x)/gelu(x) = 1 + (1 − σ)·x·t', and |x·t'| <= 3|t|.
// Two absolute errors come on top: of the smallest float, and of min(|x|, 16)·2⁻¹²⁸, since e⁻ᵗ is
// infinite from t = −88.7 (x = −10.1) on, and the quotient 0 where the exact result is that small.
#pragma once

#include <rooflab/testing/operations/unary.h>

namespace rooflab::testing {

/// gelu(x) of an x that is off by `roundings` roundings itself. For −∞, 0 and NaN are both right:
/// the limit, and what the formula gives; it is `given` that decides.
[[nodiscard]] Expected exact_gelu(double x, double roundings, float given);
[[nodiscard]] Expected exact_gelu(float x, float given);

[[nodiscard]] Case gelu_case(Named<UnaryKernel> kernel, std::int64_t size);

/// What every gelu promises, a test case each: see core/promise.h.
namespace gelu {

void takes_any_size(Named<UnaryKernel> kernel);
void works_in_place(Named<UnaryKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<UnaryKernel> kernel);
void reads_nothing_behind_its_input(Named<UnaryKernel> kernel);
void overwrites_what_the_output_held(Named<UnaryKernel> kernel);
void carries_NaN_and_infinity(Named<UnaryKernel> kernel);
/// Below −3, where 1 + tanh cancels.
void keeps_its_digits_in_the_left_tail(Named<UnaryKernel> kernel);
void is_right_for_every_magnitude(Named<UnaryKernel> kernel);

}  // namespace gelu

}  // namespace rooflab::testing
