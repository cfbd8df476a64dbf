// Attention: problems to test it on, cases to measure it with, and what "right" means.
//
// Row i sees L keys, with scores sⱼ = scale · Σₚ q(i, p)·k(j, p), weights pⱼ = exp(sⱼ) / Σ exp, and
// the result Σ pⱼ·v(j, c). A float result may differ for three reasons.
// * A score of d products is within δⱼ = γ_{d+4} · |scale| · Σₚ|q||k| of sⱼ, the scale and perhaps
//   log₂ e included (Higham 2002, section 3.1). Rounding s − max and reducing the argument of exp
//   leave an error of 3u·|sⱼ − max| at most, also where the maximum rises step by step, since the
//   steps add up to that distance. Together εⱼ: an error in an exponent is a relative error of its
//   exponential, and so pⱼ is wrong by a factor of exp(εⱼ) · Σ pᵢ·exp(εᵢ) at most (Blanchard,
//   Higham and Higham, "Accurately computing the log-sum-exp and softmax functions", 2021, section
//   3).
// * Roundings of terms: two sums of L terms; an exp good to 4 ulp (8u) and a product each time that
//   the maximum rises, of both sums; two more exps, a reciprocal and two products: not more than
//   20·(L + 1) roundings, γ_{20(L+1)} (lemma 3.1).
// * Underflow: a weight below the normal range may be taken for 0.
// Each term pⱼ·v(j, c) may be wrong by that much of its magnitude.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/view.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using AttentionKernel = void (*)(MatrixView<const float> q, MatrixView<const float> k,
                                 MatrixView<const float> v, std::span<const std::int32_t> lengths,
                                 float scale, MatrixView<float> out, std::span<float> scratch);

/// q is n×d, k is m×d, v is m×w, out is n×w.
struct AttentionShape {
  std::int64_t n = 0, m = 0, d = 0, w = 0;
};

/// How many keys each row sees.
enum class Lengths : std::uint8_t {
  full,    // all m
  causal,  // row i sees i + 1, as a word sees the words before it
  ragged,  // any number from 0 to m, for each row
  masked,  // every other row sees none
};

/// What the scores are like.
enum class Scores : std::uint8_t {
  unit,     // around 1, of either sign
  zero,     // the scale is 0: all weights are equal
  flipped,  // the scale is negative
  wide,     // up to some ±200: exp overflows above 88.7 unless the maximum is subtracted
  far,      // up to some ±2·10⁴
  low,      // below −500: every exp is 0 unless the maximum is subtracted
  rising,   // each key's higher than the one before, up to 200
};

/// What v holds.
enum class AttentionValues : std::uint8_t {
  unit,      // ±[0.5, 1)
  balanced,  // row j is about exp(−score) of row 0 of q: small weights count as much as large ones
  special,   // a few NaN, +∞ and −∞ among unit values
};

/// One call. Padding is how much longer a row's stride is than the row.
struct AttentionProblem {
  AttentionShape shape;
  Lengths lengths = Lengths::full;
  Scores scores = Scores::unit;
  AttentionValues values = AttentionValues::unit;
  std::int64_t garbage = 0;  // last rows of k and v, seen by nobody, that hold NaN and infinity
  std::int64_t pad_q = 0, pad_k = 0, pad_v = 0, pad_out = 0;
  std::int64_t misalign = 0;
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // what ends where a page does, 1 to 4: q, k, v, lengths
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(AttentionKernel kernel) const;
};

/// A measured case, such as attention/512x64: as many rows as keys, d = w, and each row sees all
/// keys. Verified by comparing about every eighth row, drawn at random.
[[nodiscard]] Case attention_case(Named<AttentionKernel> kernel, std::int64_t rows,
                                  std::int64_t width);

/// What every attention promises, a test case each: see core/promise.h.
namespace attention {

void averages_any_shape(Named<AttentionKernel> kernel);
void accepts_empty_matrices(Named<AttentionKernel> kernel);
void sees_no_more_keys_than_it_should(Named<AttentionKernel> kernel);
void gives_zero_where_no_key_is_seen(Named<AttentionKernel> kernel);
void ignores_what_masked_keys_hold(Named<AttentionKernel> kernel);
void applies_any_scale(Named<AttentionKernel> kernel);
void survives_scores_that_exp_does_not(Named<AttentionKernel> kernel);
void keeps_small_weights(Named<AttentionKernel> kernel);
void carries_NaN_and_infinity_of_values(Named<AttentionKernel> kernel);
void takes_many_keys(Named<AttentionKernel> kernel);
void honours_strides(Named<AttentionKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<AttentionKernel> kernel);
void reads_nothing_behind_its_inputs(Named<AttentionKernel> kernel);
void overwrites_what_the_output_held(Named<AttentionKernel> kernel);

}  // namespace attention

}  // namespace rooflab::testing
