#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/digits_network.h>

#include <algorithm>
#include <cmath>

namespace rooflab::testing {
namespace {

// Scales such that most hidden values are within the range, whatever the size of the network.
struct Quantized {
  DigitsProblem problem;
  GuardedMatrix<float> images;
  GuardedMatrix<std::int8_t> w1, w2;
  GuardedMatrix<std::int32_t> bias1, bias2;
  GuardedMatrix<float> scales1, scales2, logits;
  QuantParams input{0x1p-7F, 3};

  explicit Quantized(const DigitsProblem& p)
      : problem(p),
        images(p.images, p.inputs),
        w1(p.inputs, p.hidden),
        w2(p.hidden, p.outputs),
        bias1(1, p.hidden),
        bias2(1, p.outputs),
        scales1(1, p.hidden),
        scales2(1, p.outputs),
        logits(p.images, p.outputs) {
    Random random(p.key);
    fill(images, Values::unit, random);
    fill(w1, Values::unit, random);
    fill(w2, Values::unit, random);
    for (std::int32_t& bias : bias1.span()) {
      bias = static_cast<std::int32_t>(random.integer(-9000, 9000));
    }
    for (std::int32_t& bias : bias2.span()) {
      bias = static_cast<std::int32_t>(random.integer(-9000, 9000));
    }
    const double typical = 6000 * std::sqrt(static_cast<double>(p.inputs + 1));
    for (float& scale : scales1.span()) {
      scale = static_cast<float>(random.uniform(50, 150) / typical);
    }
    for (float& scale : scales2.span()) scale = static_cast<float>(random.uniform(0.5, 1));
    fill(logits, InitialOutput::nan, random);
  }

  void call(DigitsKernel kernel) {
    kernel(images.view(), input, w1.view(), bias1.span(), scales1.span(), w2.view(), bias2.span(),
           scales2.span(), logits.view());
  }

  [[nodiscard]] std::optional<Failure> judge(const Quantized& before) const {
    ExpectedMatrix expected(problem.images, problem.outputs);
    std::vector<std::int64_t> hidden(static_cast<std::size_t>(problem.hidden));
    std::vector<std::int64_t> q(static_cast<std::size_t>(problem.inputs));
    for (std::int64_t i = 0; i < problem.images; ++i) {
      for (std::size_t p = 0; p < q.size(); ++p) {
        const float quotient = images.view().row(i)[p] / input.scale;
        q[p] = saturated(quotient, input.zero_point) - input.zero_point;
      }
      std::ranges::copy(bias1.span(), hidden.begin());
      add_product(q, w1.view(), hidden);
      for (std::size_t j = 0; j < hidden.size(); ++j) {
        hidden[j] = saturated(static_cast<float>(hidden[j]) * scales1.span()[j], 0);
      }
      std::vector<std::int64_t> sums(bias2.span().begin(), bias2.span().end());
      add_product(hidden, w2.view(), sums);
      for (std::size_t j = 0; j < sums.size(); ++j) {
        const float logit = static_cast<float>(sums[j]) * scales2.span()[j];
        expected(i, static_cast<std::int64_t>(j)).value = value_of(logit);
      }
    }
    return first_of({judge_input("images", before.images, images), judge_input("w1", before.w1, w1),
                     judge_input("w2", before.w2, w2),
                     judge_output("logits", expected, before.logits, logits)});
  }

  [[nodiscard]] std::optional<Failure> verify() const { return judge(*this); }

 private:
  static std::int64_t saturated(float x, std::int64_t zero_point) {
    const double q = std::nearbyint(value_of(x)) + static_cast<double>(zero_point);
    return static_cast<std::int64_t>(std::clamp(q, 0.0, 255.0));
  }

  // sums += x·w.
  static void add_product(const std::vector<std::int64_t>& x, MatrixView<const std::int8_t> w,
                          std::vector<std::int64_t>& sums) {
    for (std::size_t p = 0; p < x.size(); ++p) {
      const std::int8_t* row = w.row(static_cast<std::int64_t>(p));
      for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += x[p] * row[j];
    }
  }
};

struct Fp32 {
  DigitsProblem problem;
  GuardedMatrix<float> images, w1, w2, bias1, bias2, logits;

  explicit Fp32(const DigitsProblem& p)
      : problem(p),
        images(p.images, p.inputs),
        w1(p.inputs, p.hidden),
        w2(p.hidden, p.outputs),
        bias1(1, p.hidden),
        bias2(1, p.outputs),
        logits(p.images, p.outputs) {
    Random random(p.key);
    for (auto* input : {&images, &w1, &w2, &bias1, &bias2}) fill(*input, Values::unit, random);
    fill(logits, InitialOutput::nan, random);
  }

  void call(DigitsFp32Kernel kernel) {
    kernel(images.view(), w1.view(), bias1.span(), w2.view(), bias2.span(), logits.view());
  }

  [[nodiscard]] std::optional<Failure> judge(const Fp32& before) const {
    ExpectedMatrix expected(problem.images, problem.outputs);
    for (std::int64_t i = 0; i < problem.images; ++i) {
      std::vector<Expected> x, hidden = from_bias(bias1), sums = from_bias(bias2);
      for (std::int64_t p = 0; p < problem.inputs; ++p) x.push_back(exactly(images.view()(i, p)));
      add_product(x, w1.view(), hidden);
      for (Expected& e : hidden) e.value = std::max(e.value, 0.0);
      add_product(hidden, w2.view(), sums);
      for (std::int64_t j = 0; j < problem.outputs; ++j) {
        Expected& e = expected(i, j) = sums[static_cast<std::size_t>(j)];
        e.bound *= gamma(problem.inputs + problem.hidden + 4);
      }
    }
    return first_of({judge_input("images", before.images, images), judge_input("w1", before.w1, w1),
                     judge_input("w2", before.w2, w2),
                     judge_output("logits", expected, before.logits, logits)});
  }

  [[nodiscard]] std::optional<Failure> verify() const { return judge(*this); }

 private:
  // In `bound`, the sum of magnitudes until the end.
  static Expected exactly(float x) { return {value_of(x), std::abs(value_of(x))}; }

  static std::vector<Expected> from_bias(const GuardedMatrix<float>& bias) {
    std::vector<Expected> sums;
    for (const float b : bias.span()) sums.push_back(exactly(b));
    return sums;
  }

  static void add_product(const std::vector<Expected>& x, MatrixView<const float> w,
                          std::vector<Expected>& sums) {
    for (std::size_t p = 0; p < x.size(); ++p) {
      const float* row = w.row(static_cast<std::int64_t>(p));
      for (std::size_t j = 0; j < sums.size(); ++j) {
        const double weight = value_of(row[j]);
        sums[j].value += x[p].value * weight;
        sums[j].bound += x[p].bound * std::abs(weight);
      }
    }
  }
};

// Two operations a weight: a product and a sum.
template <class Operands, class Kernel>
Case case_of(Named<Kernel> kernel, std::int64_t images, double weight_bytes) {
  const DigitsProblem problem{.images = images, .inputs = 64, .hidden = 128, .outputs = 10};
  const auto weights = static_cast<double>(64 * 128 + 128 * 10);
  const auto moved = static_cast<double>(4 * images * (64 + 10));
  return measured_case<Operands>(kernel, std::to_string(images), problem, 0,
                                 moved + weight_bytes * weights);
}

}  // namespace

std::vector<Dimension> DigitsProblem::dimensions() {
  return {at_least_one(images), at_least_one(inputs), at_least_one(hidden), at_least_one(outputs)};
}

std::string DigitsProblem::describe() const {
  return std::to_string(images) + (images == 1 ? " image" : " images") + ", a network of " +
         std::to_string(inputs) + " inputs, " + std::to_string(hidden) + " hidden values and " +
         std::to_string(outputs) + " outputs";
}

std::optional<Failure> DigitsProblem::run(DigitsKernel kernel) const {
  return call_and_judge<Quantized>(*this, kernel);
}

Case digits_case(Named<DigitsKernel> kernel, std::int64_t images) {
  return case_of<Quantized>(kernel, images, 1);
}

Case digits_case(Named<DigitsFp32Kernel> kernel, std::int64_t images) {
  return case_of<Fp32>(kernel, images, 4);
}

}  // namespace rooflab::testing
