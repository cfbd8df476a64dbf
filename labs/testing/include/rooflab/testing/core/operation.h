// What the problems and cases of all operations share. An operation's *operands* are the memory of
// one call:
//   explicit Operands(const Problem&)                      makes and fills it
//   void call(Kernel)
//   std::optional<Failure> judge(const Operands& before)   inputs unchanged, and outputs in full
//   std::optional<Failure> verify()                        the output of a measured call: perhaps
//                                                          a part of it, drawn at random
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/judge.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/testing/core/random.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace rooflab::testing {

/// Makes the operands of a problem, calls the kernel and judges the call.
template <class Operands, class Problem, class Kernel>
std::optional<Failure> call_and_judge(const Problem& problem, Kernel kernel) {
  Operands operands(problem);
  const Operands before = operands;
  operands.call(kernel);
  return operands.judge(before);
}

template <class Operands, class Problem, class Kernel>
class MeasuredRun : public Run {
 public:
  MeasuredRun(Kernel kernel, const Problem& problem) : kernel_(kernel), operands_(problem) {}
  void call() override { operands_.call(kernel_); }
  [[nodiscard]] std::optional<Failure> verify() const override { return operands_.verify(); }

 private:
  Kernel kernel_;
  Operands operands_;
};

/// The case KERNEL/SIZE. Its calls are like `problem`, each with a key of its own, and what an
/// output that is only written holds before them is NaN.
template <class Operands, class Problem, class Kernel>
Case measured_case(Named<Kernel> kernel, const std::string& size, const Problem& problem,
                   double flops, double bytes) {
  return {std::string(kernel.name) + "/" + size,
          kernel.name,
          problem.describe(),
          flops,
          bytes,
          [problem, function = kernel.function](const Key& key) {
            Problem drawn = problem;
            drawn.key = key;
            if constexpr (requires { drawn.initial_output; }) {
              drawn.initial_output = InitialOutput::nan;
            }
            return std::make_unique<MeasuredRun<Operands, Problem, Kernel>>(function, drawn);
          }};
}

/// What an output held before a measured call.
template <class T>
[[nodiscard]] GuardedMatrix<T> unwritten(GuardedMatrix<T> output) {
  Random unused{Key{}};
  fill(output, InitialOutput::nan, unused);
  return output;
}

/// Judges a random tenth of every row: the first failure of `judge(i, j)`.
template <class Judge>
std::optional<Failure> judge_random_tenth(std::int64_t rows, std::int64_t cols, Judge judge) {
  Random random(entropy_key());
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = random.integer(0, 9); j < cols; j += random.integer(1, 19)) {
      if (auto failure = judge(i, j)) return failure;
    }
  }
  return std::nullopt;
}

}  // namespace rooflab::testing
