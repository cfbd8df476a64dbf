// y = alpha·x + y: problems to test it on, cases to measure it with, and what "right" means.
//
// Two roundings at most: the product is within u·|alpha·x| of the exact one, and the sum within
// u·|result| of the sum (Higham 2002, section 2.2); a fused multiply-add has only the second.
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

using SaxpyKernel = void (*)(float alpha, std::span<const float> x, std::span<float> y);

/// One call.
struct SaxpyProblem {
  std::int64_t size = 0;
  float alpha = -1.25F;
  std::int64_t misalign = 0;
  Values values = Values::unit;  // of x and y
  std::int64_t at_page_end = 0;  // 1: x ends where a page does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(SaxpyKernel kernel) const;
};

/// A measured case. Verified by comparing a random tenth of the elements.
[[nodiscard]] Case saxpy_case(Named<SaxpyKernel> kernel, std::int64_t size);

/// What every saxpy promises, a test case each: see core/promise.h.
namespace saxpy {

void adds_to_any_size(Named<SaxpyKernel> kernel);
void takes_any_factor(Named<SaxpyKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<SaxpyKernel> kernel);
void reads_nothing_behind_its_input(Named<SaxpyKernel> kernel);
void keeps_every_kind_of_value(Named<SaxpyKernel> kernel);

}  // namespace saxpy

}  // namespace rooflab::testing
