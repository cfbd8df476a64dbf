#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/sum.h>
#include <rooflab/testing/operations/threads.h>

#include <bit>
#include <cmath>

namespace rooflab::testing {
namespace {

struct Operands {
  GuardedMatrix<float> x;

  explicit Operands(const SumProblem& p)
      : x(1, p.size, {.misalign = p.misalign}), threads_(p.threads), whole_(p.whole) {
    Random random(p.key);
    if (!p.whole) fill(x, p.values, random);
    if (p.whole) {
      // 2²⁴ of them add up to 2²⁴ at most, up to which every whole number is a float.
      std::uint64_t bits = 0;
      for (std::size_t i = 0; i < x.span().size(); ++i, bits >>= 1U) {
        if (i % 64 == 0) bits = random.bits();
        x.span()[i] = 1.0F - 2.0F * static_cast<float>(bits & 1U);
      }
    }
  }

  void call(SumKernel kernel) {
    sums_.clear();
    for (const int threads : threads_) sums_.push_back(kernel(x.span(), threads));
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    if (auto failure = judge_input("x", before.x, x)) return failure;
    return verify();
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    const Expected expected = exact();
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      const std::string on =
          " on " + std::to_string(threads_[i]) + (threads_[i] == 1 ? " thread" : " threads");
      if (auto failure = judge_element("sum", {}, expected, sums_[i])) {
        failure->what = "the sum is wrong" + on;
        failure->first.clear();
        return failure;
      }
      if (std::isnan(sums_[i]) ||
          std::bit_cast<std::uint32_t>(sums_[i]) == std::bit_cast<std::uint32_t>(sums_[0])) {
        continue;
      }
      const Expected same{value_of(sums_[0]), 0};
      auto failure = judge_element("sum", {}, same, sums_[i]);
      if (!failure) failure = wrong("");  // only the sign of 0 differs
      failure->what = "the sum" + on + " is not the one on " + std::to_string(threads_[0]);
      failure->first.clear();
      return failure;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] Expected exact() const {
    double sum = 0;
    double size = 0;
    for (const float element : x.span()) {
      sum += value_of(element);
      size += std::abs(value_of(element));
    }
    const double bound =
        whole_ || std::isnan(size) || std::isinf(size) ? 0 : gamma(std::ssize(x.span())) * size;
    return {sum, bound};
  }

  std::vector<int> threads_;
  bool whole_;
  std::vector<float> sums_;
};

}  // namespace

std::vector<Dimension> SumProblem::dimensions() { return {at_least_one(size), {&misalign}}; }

std::string SumProblem::describe() const {
  const std::string text = std::to_string(size) + (whole ? " elements of 1 and -1" : " elements");
  return text + describe_rest(misalign, values, InitialOutput::finite, "");
}

std::optional<Failure> SumProblem::run(SumKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case sum_case(Named<SumKernel> kernel, std::int64_t size, int threads) {
  return measured_case<Operands>(kernel, std::to_string(size),
                                 SumProblem{.size = size, .whole = true, .threads = {threads}}, 0,
                                 4.0 * static_cast<double>(size));
}

}  // namespace rooflab::testing
