// The sum of a vector, on any number of threads: problems to test it on, cases to measure it with.
//
// A float sum of n elements, in any order, is within γₙ · Σ|x| of the exact value (Higham 2002,
// section 4.2). That is wide where n is large, so measured problems are of 1 and −1: no partial sum
// of them is rounded, and the result must be exact.
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

using SumKernel = float (*)(std::span<const float> x, int threads);

/// One sum on several numbers of threads: all of them must give the same bits.
struct SumProblem {
  std::int64_t size = 0;
  std::int64_t misalign = 0;
  bool whole = false;  // 1 and −1, at most 2²⁴ of them
  Values values = Values::unit;
  std::vector<int> threads = {1, 2, 3, 4, 7, 16, 2, 3};
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(SumKernel kernel) const;
};

/// A measured case, of 1 and −1. Precondition: size <= 2²⁴.
[[nodiscard]] Case sum_case(Named<SumKernel> kernel, std::int64_t size, int threads);

/// What every such sum promises, a test case each: see core/promise.h.
namespace sum {

void sums_any_size(Named<SumKernel> kernel);
void loses_no_element(Named<SumKernel> kernel);
void gives_the_same_bits_on_any_number_of_threads(Named<SumKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<SumKernel> kernel);
void carries_NaN_and_infinity(Named<SumKernel> kernel);

}  // namespace sum

}  // namespace rooflab::testing
