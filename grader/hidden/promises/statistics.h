// What only the hidden tests demand of statistics.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/statistics.h>

namespace rooflab::testing {

inline Noise draw_noise(Random& random) {
  return {.deviation = random.uniform(0.001, 0.2),
          .interrupted = random.integer(0, 1) == 0,
          .tick_ns = random.integer(0, 1) == 0 ? 1 : 1e4};
}

}  // namespace rooflab::testing

namespace rooflab::testing::bootstrap {

inline void holds_on_random_samples(Named<BootstrapKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const Noise noise = draw_noise(random);
    check(kernel,
          BootstrapProblem{.baseline = draw_times(random.integer(1, 40), 2e6, noise, random),
                           .optimized = draw_times(random.integer(1, 40), 1e6, noise, random),
                           .confidence = random.uniform(0.3, 0.999),
                           .resamples = random.integer(1, 400),
                           .seed = random.bits()});
  }
}

}  // namespace rooflab::testing::bootstrap

namespace rooflab::testing::compare_programs {

inline void holds_on_random_times(Named<CompareKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const Noise noise = draw_noise(random);
    const double speedup = 1 + noise.deviation * random.uniform(-2, 2);
    check(kernel,
          CompareProblem{draw_times(random.integer(1, 25), 1e6 * speedup, noise, random),
                         draw_times(random.integer(1, 25), 1e6, noise, random), random.bits()});
  }
}

}  // namespace rooflab::testing::compare_programs

namespace rooflab::testing::mann_whitney {

inline void holds_on_random_samples(Named<MannWhitneyKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const std::int64_t m = random.integer(1, 12), n = random.integer(1, 12);
    const double shift = random.uniform(0, 100);
    check(kernel,
          MannWhitneyProblem{draw_uniform(m, 0, 100, random), draw_uniform(n, shift, 150, random)});
    check(kernel, MannWhitneyProblem{draw_whole(m, 15, random), draw_whole(3 * n, 10, random)});
    const Noise noise = draw_noise(random);
    check(kernel, MannWhitneyProblem{draw_times(10 * m, 1.01e6, noise, random),
                                     draw_times(2 * n, 1e6, noise, random)});
  }
}

}  // namespace rooflab::testing::mann_whitney

namespace rooflab::testing::summarize {

inline void holds_on_random_samples(Named<SummarizeKernel> kernel) {
  Random random(next_key());
  for (int i = 0; i < kRandomProblems; ++i) {
    const std::int64_t size = random.integer(0, random.integer(0, 3) == 0 ? 3000 : 30);
    const double middle = random.uniform(-1e6, 1e6);
    check(kernel, SummarizeProblem{draw_uniform(size, middle - 50, middle + 50, random)});
    check(kernel, SummarizeProblem{draw_times(size, 1e6, draw_noise(random), random)});
    check(kernel, SummarizeProblem{draw_whole(size, 5, random)});
  }
}

}  // namespace rooflab::testing::summarize
