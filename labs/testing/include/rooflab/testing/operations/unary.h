// y[i] = f(x[i]) for a function f that is computed by an approximation: problems to test a kernel
// on, cases to measure it with. Which f, and how far off it may be: exp.h, gelu.h.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/compare.h>
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

using UnaryKernel = void (*)(std::span<const float> x, std::span<float> y);

/// What is expected of f(x). `given`, the answer that was given, matters where two are right.
using Function = Expected (*)(float x, float given);

/// Where the arguments come from.
enum class Arguments : std::uint8_t {
  moderate,  // within ±10: every result is in the normal range, and no two are the same
  wide,      // within ±110: results overflow and underflow
  special,   // moderate, with a few NaN, +∞, −∞, 0 and −0 among them
  patterns,  // the floats with the bits `first`, `first` + `step`, …: a walk through all of them
};

/// One call. In place: y is x.
struct UnaryProblem {
  Function function = nullptr;
  std::int64_t size = 0;
  std::int64_t in_place = 0;  // 0 or 1
  std::int64_t misalign = 0;
  Arguments arguments = Arguments::moderate;
  std::uint32_t first = 0, step = 0;                     // of patterns
  InitialOutput initial_output = InitialOutput::finite;  // of y, unless in place
  std::int64_t at_page_end = 0;                          // 1: x ends where a page does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(UnaryKernel kernel) const;
};

/// A measured case, out of place, moderate arguments. Verified by comparing a random tenth.
[[nodiscard]] Case unary_case(Named<UnaryKernel> kernel, Function function, std::int64_t size,
                              double flops_per_element);

/// What kernels for such functions promise; exp.h and gelu.h name them for each.
namespace unary {

void takes_any_size(Named<UnaryKernel> kernel, Function function);
void works_in_place(Named<UnaryKernel> kernel, Function function);
void takes_pointers_aligned_to_a_float(Named<UnaryKernel> kernel, Function function);
void reads_nothing_behind_its_input(Named<UnaryKernel> kernel, Function function);
void overwrites_what_the_output_held(Named<UnaryKernel> kernel, Function function);
void carries_NaN_and_infinity(Named<UnaryKernel> kernel, Function function);
void stays_right_when_results_leave_the_range(Named<UnaryKernel> kernel, Function function);
/// Every `step`-th float of all, from a random one on: every exponent, both signs, NaN, infinity
/// and what lies below the normal range. Precondition: step >= 2.
void holds_everywhere(Named<UnaryKernel> kernel, Function function, std::uint32_t step);
/// Single arguments.
void holds_at(Named<UnaryKernel> kernel, Function function, std::initializer_list<float> arguments);

}  // namespace unary

}  // namespace rooflab::testing
