// Timing an operation: problems to test a timing tool on. Operation and clock are the driver's
// (labs/06_profiling/drivers.h): time passes as the problem says, and a sample can be off by what
// the clock's steps and its readings take, and by nothing else.
#pragma once

#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using ProfileOperationKernel = void (*)(std::span<const double> machine, int warm_ups, int samples,
                                        std::int64_t least_ns, std::int64_t most_ns,
                                        std::span<double> times, std::span<double> facts);

/// One call.
struct ProfileOperationProblem {
  std::int64_t cost_ns = 1000;                // of a call
  std::int64_t reading_ns = 20, step_ns = 1;  // of the clock; it stands still if the step is 0
  std::int64_t warm_ups = 0, cold_ns = 0;     // calls that are cold, and what each of them takes
  std::int64_t outlier_every = 0, outlier_ns = 0;  // every how manieth call takes so long
  std::int64_t set_back_every = 0;                 // every how manieth reading comes after that
  std::int64_t samples = 9;
  std::int64_t least_ns = 100'000, most_ns = 1'000'000'000'000;

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(ProfileOperationKernel kernel) const;
};

/// What it promises, a test case each: see core/promise.h.
namespace profile_operation {

void times_operations_of_any_length(Named<ProfileOperationKernel> kernel);
void does_not_repeat_long_operations(Named<ProfileOperationKernel> kernel);
void is_right_with_a_coarse_clock(Named<ProfileOperationKernel> kernel);
void leaves_the_warm_up_out(Named<ProfileOperationKernel> kernel);
void keeps_outliers(Named<ProfileOperationKernel> kernel);
void keeps_within_its_budget(Named<ProfileOperationKernel> kernel);
void ends_when_the_clock_stands_still(Named<ProfileOperationKernel> kernel);
void takes_samples_again_when_the_clock_is_set_back(Named<ProfileOperationKernel> kernel);
void ends_when_the_clock_runs_backwards(Named<ProfileOperationKernel> kernel);

}  // namespace profile_operation

}  // namespace rooflab::testing
