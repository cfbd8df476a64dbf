#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/requantize.h>

#include <algorithm>
#include <cmath>

namespace rooflab::testing {
namespace {

// With one scale and no bias, `scales` has one element and `bias` none.
struct Operands {
  RequantizeProblem problem;
  bool channels;
  GuardedMatrix<std::int32_t> acc, bias;
  GuardedMatrix<float> scales;
  GuardedMatrix<std::uint8_t> out;

  Operands(const RequantizeProblem& p, bool per_channel)
      : problem(p),
        channels(per_channel),
        acc(p.rows, p.cols, {p.pad_acc, p.misalign}),
        bias(1, per_channel ? p.cols : 0, {.misalign = p.misalign}),
        scales(1, per_channel ? p.cols : 1, {.misalign = p.misalign}),
        out(p.rows, p.cols, {p.pad_out, p.misalign}) {
    Random random(p.key);
    for (float& scale : scales.span()) {
      const auto unit = static_cast<float>(p.sums == Sums::ties ? 1 : random.uniform(0.5, 1));
      scale = std::ldexp(unit, -static_cast<int>(random.integer(3, 12)));
    }
    for (std::int32_t& number : bias.span()) {
      number = static_cast<std::int32_t>(random.integer(-5000, 5000));
    }
    for (std::int64_t i = 0; i < p.rows; ++i) {
      for (std::int64_t j = 0; j < p.cols; ++j) acc.view()(i, j) = draw(j, random);
    }
    fill(out, p.initial_output, random);
  }

  [[nodiscard]] std::int32_t zero_point() const {
    return static_cast<std::int32_t>(problem.zero_point);
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    ExpectedMatrix expected(problem.rows, problem.cols);
    for (std::int64_t i = 0; i < expected.rows; ++i) {
      for (std::int64_t j = 0; j < expected.cols; ++j) expected(i, j) = exact(i, j);
    }
    return first_of({judge_input("acc", before.acc, acc), judge_input("bias", before.bias, bias),
                     judge_input("scales", before.scales, scales),
                     judge_output("out", expected, before.out, out)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("out", out)) return failure;
    return judge_random_tenth(problem.rows, problem.cols, [&](std::int64_t i, std::int64_t j) {
      return judge_element("out", {i, j}, exact(i, j), out.view()(i, j));
    });
  }

 private:
  [[nodiscard]] std::int32_t bias_of(std::int64_t j) const {
    return channels ? bias.view()(0, j) : 0;
  }
  [[nodiscard]] float scale_of(std::int64_t j) const { return scales.view()(0, channels ? j : 0); }

  std::int32_t draw(std::int64_t j, Random& random) const {
    constexpr double kMost = 2e9;  // with any bias less than 2³¹
    double real = random.uniform(-kMost, kMost);
    if (problem.sums != Sums::outside) {
      const double half = problem.sums == Sums::ties ? 0.5 : 0;
      const double q = static_cast<double>(random.integer(-12, 267)) + half;
      real = (q - static_cast<double>(problem.zero_point)) / value_of(scale_of(j));
      if (problem.sums == Sums::inside) real += random.uniform(-0.5, 0.5) / value_of(scale_of(j));
    }
    return static_cast<std::int32_t>(real) - bias_of(j);
  }

  [[nodiscard]] Expected exact(std::int64_t i, std::int64_t j) const {
    const auto sum = static_cast<float>(acc.view()(i, j) + bias_of(j));
    const float scaled = sum * scale_of(j);
    return {std::clamp(std::nearbyint(value_of(scaled)) + static_cast<double>(problem.zero_point),
                       0.0, 255.0),
            0};
  }
};

struct ForTensor : Operands {
  explicit ForTensor(const RequantizeProblem& p) : Operands(p, false) {}
  void call(RequantizeKernel kernel) {
    kernel(Placed(acc, problem.at_page_end == 1).view(), scales.view()(0, 0), zero_point(),
           out.view());
  }
};

struct ForChannels : Operands {
  explicit ForChannels(const RequantizeProblem& p) : Operands(p, true) {}
  void call(RequantizeChannelsKernel kernel) {
    const Placed placed_acc(acc, problem.at_page_end == 1);
    const Placed placed_bias(bias, problem.at_page_end == 2);
    const Placed placed_scales(scales, problem.at_page_end == 3);
    kernel(placed_acc.view(), placed_bias.span(), placed_scales.span(), zero_point(), out.view());
  }
};

template <class Which, class Kernel>
Case requantize_case_of(Named<Kernel> kernel, std::int64_t rows, std::int64_t cols) {
  const RequantizeProblem problem{.rows = rows, .cols = cols, .zero_point = 12};
  return measured_case<Which>(kernel, describe_extents({rows, cols}), problem, 0,
                              5 * static_cast<double>(rows * cols));
}

}  // namespace

std::vector<Dimension> RequantizeProblem::dimensions() {
  return {at_least_one(rows), at_least_one(cols), {&pad_acc},
          {&pad_out},         {&misalign},        {&zero_point}};
}

std::string RequantizeProblem::describe() const {
  std::string text = describe_matrix("acc", rows, cols, pad_acc) + ", " +
                     describe_matrix("out", rows, cols, pad_out) +
                     ", zero_point = " + std::to_string(zero_point);
  if (sums == Sums::ties) text += ", results half way between two whole numbers";
  if (sums == Sums::outside) text += ", sums of all 32 bits";
  constexpr const char* kInputs[] = {"", "acc", "bias", "scales"};
  if (at_page_end != 0) text += describe_page_end(kInputs[at_page_end]);
  return text + describe_rest(misalign, Values::unit, InitialOutput::finite, "out");
}

std::optional<Failure> RequantizeProblem::run(RequantizeKernel kernel) const {
  return call_and_judge<ForTensor>(*this, kernel);
}

std::optional<Failure> RequantizeProblem::run(RequantizeChannelsKernel kernel) const {
  return call_and_judge<ForChannels>(*this, kernel);
}

Case requantize_case(Named<RequantizeKernel> kernel, std::int64_t rows, std::int64_t cols) {
  return requantize_case_of<ForTensor>(kernel, rows, cols);
}

Case requantize_case(Named<RequantizeChannelsKernel> kernel, std::int64_t rows, std::int64_t cols) {
  return requantize_case_of<ForChannels>(kernel, rows, cols);
}

}  // namespace rooflab::testing
