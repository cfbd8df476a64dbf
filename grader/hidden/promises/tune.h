// What only the hidden tests demand of tune.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/tune.h>

namespace rooflab::testing::tune {

/// Random spaces and budgets, drawn from the session's key.
inline void holds_on_random_spaces(Named<TuneKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    TuneProblem p{.sizes = {}, .budget = random.integer(1, 400)};
    for (std::int64_t axes = random.integer(0, 4); axes > 0; --axes) {
      p.sizes.push_back(static_cast<std::int32_t>(random.integer(1, 9)));
    }
    p.noisy = random.integer(0, 1) == 1;
    p.landscape = static_cast<Landscape>(random.integer(0, 4));
    if (!p.noisy && count_of(p.sizes) <= p.budget) p.most = 0.0;
    check(kernel, p);
  }
}

}  // namespace rooflab::testing::tune
