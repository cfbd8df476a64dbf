// Walks through bit patterns: problems (check.h) whose `size` elements have the bits `first`,
// `first` + `step`, ….
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/random.h>

#include <algorithm>
#include <cstdint>

namespace rooflab::testing {

/// Halves a walk that fails as long as one of the halves fails, down to one element.
template <class Problem, class Kernel>
Problem narrowed(Problem problem, Named<Kernel> kernel) {
  while (problem.size > 1) {
    Problem left = problem, right = problem;
    left.size = problem.size / 2;
    right.size = problem.size - left.size;
    right.first += static_cast<std::uint32_t>(left.size) * problem.step;
    if (run_problem(left, kernel)) {
      problem = left;
    } else if (run_problem(right, kernel)) {
      problem = right;
    } else {
      break;
    }
  }
  return problem;
}

/// Passes, or ends the test case with an explanation of as little of the walk as still fails.
template <class Problem, class Kernel>
void check_walk(Named<Kernel> kernel, const Problem& walk) {
  if (run_problem(walk, kernel)) check(kernel, narrowed(walk, kernel));
}

/// Every `step`-th of all floats, from a random one on, in parts: walks like `part`, which says all
/// but their size, first and step. Precondition: step >= 2.
template <class Problem, class Kernel>
void check_all_floats(Named<Kernel> kernel, Problem part, std::uint32_t step) {
  constexpr std::int64_t kChunk = 1'000'003;  // floats: what a worker is given at once; with a tail
  const auto start = static_cast<std::uint32_t>(Random(next_key()).integer(0, step - 1));
  const std::int64_t count = ((std::int64_t{1} << 32U) - 1 - start) / step + 1;
  part.step = step;
  for (std::int64_t done = 0; done < count; done += kChunk) {
    part.size = std::min(kChunk, count - done);
    part.first = start + static_cast<std::uint32_t>(done) * step;
    check_walk(kernel, part);
  }
}

}  // namespace rooflab::testing
