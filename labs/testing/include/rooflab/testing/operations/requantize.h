// requantize and requantize_channels: from sums of 32 bits back to 8. Exact, like quantize.h.
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

using RequantizeKernel = void (*)(MatrixView<const std::int32_t> acc, float scale,
                                  std::int32_t zero_point, MatrixView<std::uint8_t> out);
using RequantizeChannelsKernel = void (*)(MatrixView<const std::int32_t> acc,
                                          std::span<const std::int32_t> bias,
                                          std::span<const float> scales, std::int32_t zero_point,
                                          MatrixView<std::uint8_t> out);

/// What acc holds.
enum class Sums : std::uint8_t {
  inside,   // most results are within 0…255
  ties,     // half way between two whole numbers; scales are powers of 2
  outside,  // anything of 32 bits: more than a float holds exactly, and beyond the range
};

/// One call of either. Padding is how much longer a row's stride is than the row.
struct RequantizeProblem {
  std::int64_t rows = 0, cols = 0;
  std::int64_t pad_acc = 0, pad_out = 0;
  std::int64_t misalign = 0;
  std::int64_t zero_point = 0;
  Sums sums = Sums::inside;
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // 1: acc ends where a page does; 2: bias does; 3: scales do
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(RequantizeKernel kernel) const;
  [[nodiscard]] std::optional<Failure> run(RequantizeChannelsKernel kernel) const;
};

/// Measured cases. Verified by comparing a random tenth.
[[nodiscard]] Case requantize_case(Named<RequantizeKernel> kernel, std::int64_t rows,
                                   std::int64_t cols);
[[nodiscard]] Case requantize_case(Named<RequantizeChannelsKernel> kernel, std::int64_t rows,
                                   std::int64_t cols);

/// What both promise, a test case each: see core/promise.h.
namespace requantize {

template <class Kernel>
void takes_any_shape(Named<Kernel> kernel);
template <class Kernel>
void rounds_ties_to_even(Named<Kernel> kernel);
template <class Kernel>
void saturates_beyond_the_range(Named<Kernel> kernel);
template <class Kernel>
void adds_the_zero_point(Named<Kernel> kernel);
template <class Kernel>
void honours_strides(Named<Kernel> kernel);
template <class Kernel>
void takes_pointers_aligned_to_an_element(Named<Kernel> kernel);
template <class Kernel>
void reads_nothing_behind_its_inputs(Named<Kernel> kernel);
template <class Kernel>
void overwrites_what_the_output_held(Named<Kernel> kernel);

}  // namespace requantize

}  // namespace rooflab::testing
