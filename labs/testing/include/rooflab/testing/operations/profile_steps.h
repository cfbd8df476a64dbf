// The shares of a program's steps: problems to test a profiler on. Steps and clock are the driver's
// (labs/06_profiling/drivers.h): what each step takes in each round is the problem's.
#pragma once

#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/testing/core/random.h>
#include <rooflab/view.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using ProfileStepsKernel = void (*)(MatrixView<const double> costs, std::span<double> shares,
                                    std::span<std::int32_t> facts);

/// One call.
struct ProfileStepsProblem {
  std::int64_t steps = 3, rounds = 5;
  std::int64_t most_ns = 1'000'000;  // that a step takes
  std::int64_t disturbed = 0;        // rounds in which steps take far longer
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(ProfileStepsKernel kernel) const;
};

/// What it promises, a test case each: see core/promise.h.
namespace profile_steps {

void shares_out_the_time(Named<ProfileStepsKernel> kernel);
void leaves_disturbed_rounds_out(Named<ProfileStepsKernel> kernel);
void takes_the_middle_of_an_even_number(Named<ProfileStepsKernel> kernel);
void shares_equally_what_takes_no_time(Named<ProfileStepsKernel> kernel);
void accepts_no_steps(Named<ProfileStepsKernel> kernel);

}  // namespace profile_steps

}  // namespace rooflab::testing
