// What only the hidden tests demand of profile steps.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/profile_steps.h>

namespace rooflab::testing::profile_steps {

/// Random programs, drawn from the session's key.
inline void holds_on_random_programs(Named<ProfileStepsKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    ProfileStepsProblem p{.steps = random.integer(0, 20), .rounds = random.integer(1, 25)};
    p.most_ns = random.integer(0, 5) > 0 ? random.integer(1, 1'000'000) : random.integer(0, 2);
    p.disturbed = random.integer(0, p.rounds);
    check(kernel, p);
  }
}

}  // namespace rooflab::testing::profile_steps
