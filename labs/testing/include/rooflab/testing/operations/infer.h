// A small network (a layer in 8 bits, gelu, attention among the rows, a classifier): problems to
// test it on, cases to measure it with, and what "right" means.
//
// The error bound is carried along from step to step, for each element (Higham 2002, sections 3.1
// and 3.5). The first layer's sums are exact. A product of n terms whose operands are off by ea and
// eb is off by Σ(ea|b| + |a|eb + ea·eb) + γₙ₊₁·Σ|a||b|. Softmax of numbers xⱼ that are off by eⱼ
// lies within a factor of exp(eⱼ)·Σpᵢ/Σpᵢ·exp(−eᵢ) of the exact pⱼ, beside the roundings of its own
// (softmax.h). gelu: see gelu.h; its slope is less than 1.13.
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

using InferKernel = void (*)(MatrixView<const float> x, QuantParams input,
                             MatrixView<const std::int8_t> w1, std::span<const std::int32_t> bias1,
                             std::span<const float> scales1, MatrixView<const float> wq,
                             MatrixView<const float> wk, MatrixView<const float> wv,
                             MatrixView<const float> w2, std::span<const float> bias2,
                             MatrixView<float> out);

/// x is rows×inputs, w1 is inputs×hidden, wq, wk and wv are hidden×width, out is rows×classes.
struct InferShape {
  std::int64_t rows = 1, inputs = 1, hidden = 1, width = 1, classes = 1;
};

/// One call, with random weights.
struct InferProblem {
  InferShape shape;
  std::int64_t pad = 0;       // of all matrices
  std::int64_t misalign = 0;  // of all matrices
  InitialOutput initial_output = InitialOutput::finite;
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(InferKernel kernel) const;
};

/// The case infer/NAME. `shape` is drawn anew in each session, each extent within a quarter of
/// what is given, so that nobody can write a kernel around it. A few rows are verified.
[[nodiscard]] Case infer_case(Named<InferKernel> kernel, const std::string& name,
                              const InferShape& about);

/// What it promises, a test case each: see core/promise.h.
namespace infer {

void infers_any_shape(Named<InferKernel> kernel);
void survives_empty_shapes(Named<InferKernel> kernel);
void honours_strides(Named<InferKernel> kernel);
void takes_pointers_aligned_to_an_element(Named<InferKernel> kernel);
void overwrites_what_the_output_held(Named<InferKernel> kernel);

}  // namespace infer

}  // namespace rooflab::testing
