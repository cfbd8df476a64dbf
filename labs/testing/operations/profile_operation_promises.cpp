// The promises of timing an operation.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/profile_operation.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace rooflab::testing::profile_operation {

using Problem = ProfileOperationProblem;

void times_operations_of_any_length(Named<ProfileOperationKernel> kernel) {
  for (const std::int64_t cost : {1000, 1, 7, 333, 12'345, 1'000'000, 250'000'000}) {
    check(kernel, Problem{.cost_ns = cost});
    check(kernel, Problem{.cost_ns = cost, .samples = 1});
    check(kernel, Problem{.cost_ns = cost, .samples = 30, .least_ns = 0});
  }
}

void does_not_repeat_long_operations(Named<ProfileOperationKernel> kernel) {
  for (const std::int64_t cost : {200'000, 37'000'000}) {
    check(kernel, Problem{.cost_ns = cost, .reading_ns = 25, .samples = 3});
    check(kernel, Problem{.cost_ns = cost, .reading_ns = 400, .step_ns = 100, .samples = 3});
  }
}

void is_right_with_a_coarse_clock(Named<ProfileOperationKernel> kernel) {
  for (const std::int64_t step : {1000, 40, 15'625, 1'000'000}) {
    for (const std::int64_t cost : {step / 1000 + 1, step / 3, 2 * step + 7, 90 * step}) {
      check(kernel, Problem{.cost_ns = cost, .reading_ns = 30, .step_ns = step, .least_ns = 0});
      check(kernel, Problem{.cost_ns = cost, .reading_ns = 30, .step_ns = step, .samples = 2});
    }
  }
  // One that stands while it is only looked at.
  check(kernel, Problem{.cost_ns = 70, .reading_ns = 0, .step_ns = 1000, .least_ns = 0});
}

void leaves_the_warm_up_out(Named<ProfileOperationKernel> kernel) {
  for (const std::int64_t warm_ups : {1, 2, 10}) {
    check(kernel, Problem{.warm_ups = warm_ups, .cold_ns = 3'000'000});
    check(kernel, Problem{.cost_ns = 400'000, .warm_ups = warm_ups, .cold_ns = 500'000});
  }
}

void keeps_outliers(Named<ProfileOperationKernel> kernel) {
  check(kernel, Problem{.outlier_every = 601, .outlier_ns = 50'000, .samples = 30});
  check(kernel,
        Problem{.cost_ns = 200'000, .outlier_every = 7, .outlier_ns = 20'000'000, .samples = 30});
}

void keeps_within_its_budget(Named<ProfileOperationKernel> kernel) {
  for (const std::int64_t most : {1, 50'000, 150'000, 1'050'000, 10'000'000}) {
    for (const std::int64_t cost : {1000, 40, 130'000, 2'000'000'000}) {
      check(kernel, Problem{.cost_ns = cost, .samples = 1000, .most_ns = most});
    }
  }
}

void ends_when_the_clock_stands_still(Named<ProfileOperationKernel> kernel) {
  check(kernel, Problem{.step_ns = 0});
  check(kernel, Problem{.step_ns = 0, .samples = 1, .least_ns = 0, .most_ns = 1});
}

void takes_samples_again_when_the_clock_is_set_back(Named<ProfileOperationKernel> kernel) {
  for (const std::int64_t every : {7, 3, 5, 16}) {
    check(kernel, Problem{.set_back_every = every, .samples = 20});
    check(kernel, Problem{.cost_ns = 500'000, .set_back_every = every, .samples = 20});
  }
}

void ends_when_the_clock_runs_backwards(Named<ProfileOperationKernel> kernel) {
  check(kernel, Problem{.set_back_every = 1});
  check(kernel, Problem{.step_ns = 1'000'000, .set_back_every = 1, .samples = 1, .least_ns = 0});
}

}  // namespace rooflab::testing::profile_operation
