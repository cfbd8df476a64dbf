// The networks that read digits, made small in seven ways with a lab's own kernels: what each still
// reads right of the 1,797 images, and how many bytes it takes.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/digits/digits.h>
#include <rooflab/testing/operations/digits_network.h>
#include <rooflab/testing/operations/model_bytes.h>
#include <rooflab/testing/operations/quantize_weights.h>
#include <rooflab/testing/operations/ranges.h>
#include <rooflab/testing/operations/spmm.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rooflab::testing {

/// A network, and how its weights are stored.
enum class DigitsModel : std::uint8_t {
  fp32,
  int8_per_tensor,
  int8_per_channel,
  int4_per_channel,
  pruned_80,
  pruned_90,
  two_of_four
};
inline constexpr std::array kDigitsModels = {DigitsModel::fp32,
                                             DigitsModel::int8_per_tensor,
                                             DigitsModel::int8_per_channel,
                                             DigitsModel::int4_per_channel,
                                             DigitsModel::pruned_80,
                                             DigitsModel::pruned_90,
                                             DigitsModel::two_of_four};

[[nodiscard]] std::string model_name(DigitsModel model);

/// What a model is made and run with. The kernels of a lab, or other ones of the same interface.
struct DigitsKernels {
  ChooseParamsKernel choose_params;
  CalibrateKernel calibrate;
  QuantizeWeightsKernel quantize_weights;
  SpmmKernel spmm_csr;
  ModelBytesKernel model_bytes;
  DigitsKernel digits;
  DigitsFp32Kernel digits_fp32;
};

struct DigitsResult {
  std::array<std::int64_t, digits::kFolds> right{};  // images, fold by fold
  std::int64_t weight_bytes = 0;                     // the weights alone; indexes are none of them
  std::int64_t bytes = 0;                            // the whole model, of the first fold

  [[nodiscard]] std::int64_t all_right() const;
};

/// Makes the model for each fold, and runs it on the fold's images, which it has never seen. Hidden
/// values are calibrated on all others: their range ends at that percentile.
[[nodiscard]] DigitsResult read_digits(DigitsModel model, const DigitsKernels& kernels,
                                       double percentile = 100);

/// How many of the images each model reads right, with kernels that are right. Another order of
/// sums changes none of them: no two answers are that close (tests/cpp).
[[nodiscard]] std::int64_t expected_right(DigitsModel model);

/// All images, read by one model.
struct DigitsModelProblem {
  DigitsModel model;

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(const DigitsKernels& kernels) const;
};

}  // namespace rooflab::testing
