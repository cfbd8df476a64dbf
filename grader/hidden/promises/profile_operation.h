// What only the hidden tests demand of profile operation.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/profile_operation.h>

#include <array>
#include <cmath>

namespace rooflab::testing::profile_operation {

/// Random machines, drawn from the session's key.
inline void holds_on_random_machines(Named<ProfileOperationKernel> kernel) {
  constexpr std::array kSteps = {1, 1, 40, 1000, 15'625, 1'000'000};
  constexpr double kMostCalls = 2e6;
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const auto step = static_cast<std::size_t>(random.integer(0, std::ssize(kSteps) - 1));
    ProfileOperationProblem p{.cost_ns = std::llround(std::exp2(random.uniform(0, 24))),
                              .reading_ns = random.integer(5, 60),
                              .step_ns = kSteps.at(step),
                              .warm_ups = random.integer(0, 1) * random.integer(1, 5),
                              .samples = random.integer(1, 40),
                              .least_ns = random.integer(0, 1) * random.integer(1, 2'000'000)};
    p.cold_ns = 3 * p.cost_ns + 100 * (p.step_ns + p.reading_ns) + p.least_ns;
    p.set_back_every = random.integer(0, 3) == 0 ? 2 * random.integer(2, 9) + 1 : 0;
    const double most = kMostCalls * static_cast<double>(p.cost_ns) * random.uniform(0, 1);
    if (p.set_back_every == 0) p.most_ns = 1 + std::llround(most);
    // Without a budget: up to 140 samples, of so many calls that it need not be ended.
    if (p.set_back_every > 0) p.cost_ns += p.step_ns / 100 + p.least_ns / 50'000;
    check(kernel, p);
  }
}

}  // namespace rooflab::testing::profile_operation
