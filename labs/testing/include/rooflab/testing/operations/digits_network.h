// A network with one hidden layer, in whole numbers and in fp32: problems to test it on, cases to
// measure it with. In whole numbers everything up to the last scale is exact, and so is the result.
// In fp32 the bound is that of two products, one after the other: γ of the first's terms and of the
// second's, over the sums of magnitudes (Higham 2002, section 3.5).
#pragma once

#include <rooflab/quantization.h>
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

using DigitsKernel = void (*)(MatrixView<const float> images, QuantParams input,
                              MatrixView<const std::int8_t> w1, std::span<const std::int32_t> bias1,
                              std::span<const float> scales1, MatrixView<const std::int8_t> w2,
                              std::span<const std::int32_t> bias2, std::span<const float> scales2,
                              MatrixView<float> logits);
using DigitsFp32Kernel = void (*)(MatrixView<const float> images, MatrixView<const float> w1,
                                  std::span<const float> bias1, MatrixView<const float> w2,
                                  std::span<const float> bias2, MatrixView<float> logits);

/// One call of either, with random weights. In fp32 the network is given, and only measured.
struct DigitsProblem {
  std::int64_t images = 0, inputs = 0, hidden = 0, outputs = 0;
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(DigitsKernel kernel) const;
};

/// Measured cases: a network of the size that reads digits (64, 128, 10), verified in full.
[[nodiscard]] Case digits_case(Named<DigitsKernel> kernel, std::int64_t images);
[[nodiscard]] Case digits_case(Named<DigitsFp32Kernel> kernel, std::int64_t images);

/// What the network in whole numbers promises, a test case each: see core/promise.h.
namespace digits_network {

void classifies_any_batch(Named<DigitsKernel> kernel);

}  // namespace digits_network

}  // namespace rooflab::testing
