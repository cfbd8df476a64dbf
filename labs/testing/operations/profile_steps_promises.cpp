// The promises of the shares of a program's steps.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/profile_steps.h>

namespace rooflab::testing::profile_steps {

using Problem = ProfileStepsProblem;

void shares_out_the_time(Named<ProfileStepsKernel> kernel) {
  for (const std::int64_t steps : {3, 1, 2, 7, 40}) {
    for (const std::int64_t rounds : {5, 1, 3, 31}) {
      check(kernel, Problem{.steps = steps, .rounds = rounds});
    }
  }
}

void leaves_disturbed_rounds_out(Named<ProfileStepsKernel> kernel) {
  for (const std::int64_t steps : {2, 5}) {
    check(kernel, Problem{.steps = steps, .rounds = 3, .disturbed = 1});
    check(kernel, Problem{.steps = steps, .rounds = 11, .disturbed = 5});
  }
}

void takes_the_middle_of_an_even_number(Named<ProfileStepsKernel> kernel) {
  for (const std::int64_t rounds : {2, 4, 10}) {
    check(kernel, Problem{.steps = 4, .rounds = rounds});
    check(kernel, Problem{.steps = 4, .rounds = rounds, .disturbed = 1});
  }
}

void shares_equally_what_takes_no_time(Named<ProfileStepsKernel> kernel) {
  for (const std::int64_t steps : {1, 2, 3, 10}) {
    check(kernel, Problem{.steps = steps, .rounds = 3, .most_ns = 0});
  }
}

void accepts_no_steps(Named<ProfileStepsKernel> kernel) {
  for (const std::int64_t rounds : {1, 4}) check(kernel, Problem{.steps = 0, .rounds = rounds});
}

}  // namespace rooflab::testing::profile_steps
