// Σ x[i]·y[i]: problems to test it on, cases to measure it with, and what "right" means.
//
// A float sum of n products, in any order and with or without fused multiply-add, is within
// γₙ · Σ|xᵢ||yᵢ| of the exact value (Higham 2002, section 3.1), plus what underflow costs. From
// some thousand terms on, that is more than a term is worth. So measured problems are made of whole
// numbers, small enough that every sum of products is exact, whatever its order: there the bound
// is 0, and one lost term shows.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using DotKernel = float (*)(std::span<const float> x, std::span<const float> y);

/// One call.
struct DotProblem {
  std::int64_t size = 0;
  std::int64_t whole = 0;  // 1: whole numbers whose sums are exact, in place of `values`
  std::int64_t misalign_x = 0, misalign_y = 0;
  Values values = Values::unit;
  std::int64_t at_page_end = 0;  // 1: x ends where a page does; 2: y does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(DotKernel kernel) const;
};

/// A measured case, of whole numbers, verified exactly. Precondition: size <= 2²⁴.
[[nodiscard]] Case dot_case(Named<DotKernel> kernel, std::int64_t size);

/// What every dot product promises, a test case each: see core/promise.h.
namespace dot {

void sums_any_size(Named<DotKernel> kernel);
void loses_no_term_of_many(Named<DotKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<DotKernel> kernel);
void reads_nothing_behind_its_inputs(Named<DotKernel> kernel);
void keeps_every_kind_of_value(Named<DotKernel> kernel);

}  // namespace dot

}  // namespace rooflab::testing
