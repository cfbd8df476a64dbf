// check(): run a kernel on a generated problem; on failure, shrink the problem to the smallest that
// still fails and explain that one.
//
// A *problem* is a small struct that describes one call (shapes, layout, kind of values, key) and
// has
//   std::vector<Dimension> dimensions();                    what may shrink
//   std::string describe() const;                           the call in words
//   std::optional<Failure> run(kernel) const;               makes inputs, calls, judges
#pragma once

#include <doctest/doctest.h>
#include <rooflab/testing/core/current_call.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/testing/core/kernel_failure.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace rooflab::testing {

/// Runs a problem; a kernel that does not return fails it.
template <class Problem, class Kernel>
std::optional<Failure> run_problem(const Problem& problem, Named<Kernel> kernel) {
  set_current_call(kernel.name, problem.describe());
  try {
    return problem.run(kernel.function);
  } catch (const KernelFailure& failure) {
    return Failure{
        .reason = failure.reason, .what = failure.what_happened, .threads = failure.threads};
  }
}

/// Lowers each dimension as far as the problem still fails: to its lowest, else by half of the way
/// there, by a quarter, … , by one.
template <class Problem, class Kernel>
std::optional<Failure> shrink(Problem& problem, Named<Kernel> kernel,
                              std::optional<Failure> failure) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    const std::size_t count = problem.dimensions().size();
    for (std::size_t d = 0; d < count; ++d) {
      const Dimension now = problem.dimensions()[d];
      for (std::int64_t less = *now.value - now.lowest; less > 0; less /= 2) {
        Problem trial = problem;
        *trial.dimensions()[d].value = *now.value - less;
        if (auto still = run_problem(trial, kernel)) {
          problem = trial;
          failure = still;
          smaller = true;
          break;
        }
      }
    }
  }
  return failure;
}

/// Passes, or ends the test case with an explanation.
template <class Problem, class Kernel>
void check(Named<Kernel> kernel, Problem problem) {
  const std::string found_at = problem.describe();
  const auto found = run_problem(problem, kernel);
  auto failure = found;
  const bool quick = failure && failure->reason != "timed_out";  // each try of a hang takes seconds
  if (quick) failure = shrink(problem, kernel, failure);
  const std::string why = failure
                              ? explain(kernel.name, problem.describe(), *failure, found_at, *found)
                              : std::string();
  REQUIRE_MESSAGE(!failure, why);
}

}  // namespace rooflab::testing
