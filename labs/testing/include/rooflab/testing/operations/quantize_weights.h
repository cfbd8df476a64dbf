// quantize_weights: symmetric, per channel or per tensor. Exact, like quantize.h.
#pragma once

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

using QuantizeWeightsKernel = void (*)(MatrixView<const float> w, std::int32_t largest,
                                       std::span<float> scales, MatrixView<std::int8_t> q);

/// One call. Padding is how much longer a row's stride is than the row.
struct QuantizeWeightsProblem {
  std::int64_t rows = 0, cols = 0;
  std::int64_t per_channel = 1;  // 0: one scale for all
  std::int64_t largest = 127;
  std::int64_t pad_w = 0, pad_q = 0;
  std::int64_t misalign = 0;
  std::int64_t zeros = 0;  // 1: some columns are 0
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // 1: w ends where a page does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(QuantizeWeightsKernel kernel) const;
};

/// What it promises, a test case each: see core/promise.h.
namespace quantize_weights {

void scales_each_channel(Named<QuantizeWeightsKernel> kernel);
void scales_the_whole_tensor(Named<QuantizeWeightsKernel> kernel);
void takes_four_bits(Named<QuantizeWeightsKernel> kernel);
void survives_channels_of_zeros(Named<QuantizeWeightsKernel> kernel);
void honours_strides(Named<QuantizeWeightsKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<QuantizeWeightsKernel> kernel);
void reads_nothing_behind_its_input(Named<QuantizeWeightsKernel> kernel);
void overwrites_what_the_output_held(Named<QuantizeWeightsKernel> kernel);

}  // namespace quantize_weights

}  // namespace rooflab::testing
