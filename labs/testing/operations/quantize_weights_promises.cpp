// The promises of quantize_weights.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/quantize_weights.h>

#include <utility>

namespace rooflab::testing::quantize_weights {

using Problem = QuantizeWeightsProblem;

static constexpr std::pair<std::int64_t, std::int64_t> kShapes[] = {
    {31, 45}, {1, 1}, {1, 9}, {9, 1}, {3, 8}, {16, 17}, {64, 10}, {0, 5}, {5, 0}, {0, 0}};

void scales_each_channel(Named<QuantizeWeightsKernel> kernel) {
  for (const auto& [rows, cols] : kShapes) check(kernel, Problem{.rows = rows, .cols = cols});
}

void scales_the_whole_tensor(Named<QuantizeWeightsKernel> kernel) {
  for (const auto& [rows, cols] : kShapes) {
    check(kernel, Problem{.rows = rows, .cols = cols, .per_channel = 0});
  }
}

void takes_four_bits(Named<QuantizeWeightsKernel> kernel) {
  for (const std::int64_t per_channel : {0, 1}) {
    check(kernel, Problem{.rows = 33, .cols = 19, .per_channel = per_channel, .largest = 7});
  }
}

void survives_channels_of_zeros(Named<QuantizeWeightsKernel> kernel) {
  for (const std::int64_t per_channel : {0, 1}) {
    check(kernel, Problem{.rows = 9, .cols = 20, .per_channel = per_channel, .zeros = 1});
    check(kernel, Problem{.rows = 9, .cols = 2, .per_channel = per_channel, .zeros = 1});
  }
}

void honours_strides(Named<QuantizeWeightsKernel> kernel) {
  for (const std::int64_t per_channel : {0, 1}) {
    check(kernel, Problem{.rows = 9, .cols = 21, .per_channel = per_channel, .pad_w = 3});
    check(kernel, Problem{.rows = 9, .cols = 21, .per_channel = per_channel, .pad_q = 5});
  }
}

void takes_pointers_aligned_to_a_float(Named<QuantizeWeightsKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, Problem{.rows = 11, .cols = 19, .misalign = misalign});
  }
}

void reads_nothing_behind_its_input(Named<QuantizeWeightsKernel> kernel) {
  for (std::int64_t cols = 1; cols <= 40; ++cols) {
    check(kernel, Problem{.rows = 3, .cols = cols, .at_page_end = 1});
    check(kernel, Problem{.rows = 3, .cols = cols, .per_channel = 0, .at_page_end = 1});
  }
}

void overwrites_what_the_output_held(Named<QuantizeWeightsKernel> kernel) {
  check(kernel, Problem{.rows = 5, .cols = 9, .initial_output = InitialOutput::nan});
}

}  // namespace rooflab::testing::quantize_weights
