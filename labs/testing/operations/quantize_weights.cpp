#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/quantize_weights.h>

#include <algorithm>
#include <cmath>

namespace rooflab::testing {
namespace {

struct Operands {
  QuantizeWeightsProblem problem;
  GuardedMatrix<float> w, scales;
  GuardedMatrix<std::int8_t> q;

  explicit Operands(const QuantizeWeightsProblem& p)
      : problem(p),
        w(p.rows, p.cols, {p.pad_w, p.misalign}),
        scales(1, p.per_channel != 0 ? p.cols : 1, {.misalign = p.misalign}),
        q(p.rows, p.cols, {p.pad_q, p.misalign}) {
    Random random(p.key);
    for (std::int64_t j = 0; j < p.cols; ++j) {  // channels of different sizes
      const int exponent = static_cast<int>(random.integer(-12, 6));
      const bool zero = p.zeros != 0 && j % 3 == 1;
      for (std::int64_t i = 0; i < p.rows; ++i) {
        const auto unit = static_cast<float>(random.uniform(-1, 1));
        w.view()(i, j) = zero ? 0 : std::ldexp(unit, exponent);
      }
    }
    fill(scales, p.initial_output, random);
    fill(q, p.initial_output, random);
  }

  void call(QuantizeWeightsKernel kernel) {
    kernel(Placed(w, problem.at_page_end == 1).view(), static_cast<std::int32_t>(problem.largest),
           scales.span(), q.view());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    ExpectedMatrix exact_scales(1, scales.view().cols);
    for (std::int64_t j = 0; j < exact_scales.cols; ++j) exact_scales(0, j).value = scale_of(j);
    ExpectedMatrix expected(problem.rows, problem.cols);
    const auto largest = static_cast<double>(problem.largest);
    for (std::int64_t i = 0; i < expected.rows; ++i) {
      for (std::int64_t j = 0; j < expected.cols; ++j) {
        const float quotient = w.view()(i, j) / scale_of(problem.per_channel != 0 ? j : 0);
        expected(i, j).value = std::clamp(std::nearbyint(value_of(quotient)), -largest, largest);
      }
    }
    return first_of({judge_input("w", before.w, w),
                     judge_output("scales", exact_scales, before.scales, scales),
                     judge_output("q", expected, before.q, q)});
  }

 private:
  // Of column j; of the whole matrix, where there is one scale.
  [[nodiscard]] float scale_of(std::int64_t j) const {
    const bool all = problem.per_channel == 0;
    float greatest = 0;
    for (std::int64_t i = 0; i < problem.rows; ++i) {
      for (std::int64_t c = all ? 0 : j; c < (all ? problem.cols : j + 1); ++c) {
        greatest = std::max(greatest, std::abs(w.view()(i, c)));
      }
    }
    return greatest > 0 ? greatest / static_cast<float>(problem.largest) : 1;
  }
};

}  // namespace

std::vector<Dimension> QuantizeWeightsProblem::dimensions() {
  return {at_least_one(rows), at_least_one(cols), {&pad_w}, {&pad_q}, {&misalign}};
}

std::string QuantizeWeightsProblem::describe() const {
  std::string text = describe_matrix("w", rows, cols, pad_w) + ", " +
                     describe_matrix("q", rows, cols, pad_q) + ", " +
                     (per_channel != 0 ? "a scale for each column" : "one scale") +
                     ", largest = " + std::to_string(largest);
  if (zeros != 0) text += ", some columns are 0";
  if (at_page_end != 0) text += describe_page_end("w");
  return text + describe_rest(misalign, Values::unit, InitialOutput::finite, "q");
}

std::optional<Failure> QuantizeWeightsProblem::run(QuantizeWeightsKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

}  // namespace rooflab::testing
