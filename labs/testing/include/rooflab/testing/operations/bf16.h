// Floats to bfloat16 and back: problems to test it on, cases to measure it with.
//
// Both are right to the last bit or wrong: rounding to the nearest bf16, ties to even, says which
// one it is, and every bf16 is a float. So bits are compared, those of NaN as well.
#pragma once

#include <rooflab/bf16.h>
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

/// What is converted.
enum class Contents : std::uint8_t {
  unit,  // ±[0.5, 1)
  any,   // any bits: NaN, infinity and what lies below the normal range are among them
  walk,  // the elements with the bits `first`, `first` + `step`, …
};

/// One call of a kernel that turns each From into a To.
template <class From, class To>
struct ConversionProblem {
  using Kernel = void (*)(std::span<const From> x, std::span<To> y);

  std::int64_t size = 0;
  Contents contents = Contents::unit;
  std::uint32_t first = 0, step = 0;  // of a walk
  std::int64_t misalign_x = 0, misalign_y = 0;
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // 1: x ends where a page does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(Kernel kernel) const;
};

using ToBf16Problem = ConversionProblem<float, Bf16>;
using FromBf16Problem = ConversionProblem<Bf16, float>;
using ToBf16Kernel = ToBf16Problem::Kernel;
using FromBf16Kernel = FromBf16Problem::Kernel;

/// Measured cases. Verified by comparing a random tenth of the elements.
[[nodiscard]] Case to_bf16_case(Named<ToBf16Kernel> kernel, std::int64_t size);
[[nodiscard]] Case from_bf16_case(Named<FromBf16Kernel> kernel, std::int64_t size);

/// What every rounding to bf16 promises, a test case each: see core/promise.h.
namespace to_bf16 {

void rounds_any_size(Named<ToBf16Kernel> kernel);
void rounds_to_the_nearest(Named<ToBf16Kernel> kernel);
void rounds_ties_to_even(Named<ToBf16Kernel> kernel);
void rounds_below_the_normal_range(Named<ToBf16Kernel> kernel);
void overflows_to_infinity(Named<ToBf16Kernel> kernel);
void keeps_NaN_and_makes_it_quiet(Named<ToBf16Kernel> kernel);
void takes_pointers_aligned_to_an_element(Named<ToBf16Kernel> kernel);
void reads_nothing_behind_its_input(Named<ToBf16Kernel> kernel);
void overwrites_what_the_output_held(Named<ToBf16Kernel> kernel);
void is_right_everywhere(Named<ToBf16Kernel> kernel);

}  // namespace to_bf16

/// What the way back promises.
namespace from_bf16 {

void widens_any_size(Named<FromBf16Kernel> kernel);
void widens_every_number(Named<FromBf16Kernel> kernel);
void keeps_every_bit_of_NaN(Named<FromBf16Kernel> kernel);
void takes_pointers_aligned_to_an_element(Named<FromBf16Kernel> kernel);
void reads_nothing_behind_its_input(Named<FromBf16Kernel> kernel);
void overwrites_what_the_output_held(Named<FromBf16Kernel> kernel);

}  // namespace from_bf16

}  // namespace rooflab::testing
