// The hidden tests of lab 06: problems nobody could have written the tools around.
#include <rooflab/testing/core/promise.h>

#include "../promises/attention.h"
#include "../promises/cache_misses.h"
#include "../promises/infer.h"
#include "../promises/profile_operation.h"
#include "../promises/profile_steps.h"
#include "../promises/roofline.h"
#include "../promises/statistics.h"
#include "../promises/tune.h"
#include "drivers.h"

using namespace rooflab::testing;

// --- What samples tell ---------------------------------------------------------------------------

TEST_SUITE("summarize") {
  static constexpr Named<SummarizeKernel> kernel{"summarize", lab06::summarize};
  PROMISE(summarize::holds_on_random_samples);
}

TEST_KERNEL(lab06, mann_whitney_p) { PROMISE(mann_whitney::holds_on_random_samples); }

TEST_SUITE("bootstrap_interval") {
  static constexpr Named<BootstrapKernel> kernel{"bootstrap_interval", lab06::bootstrap_interval};
  PROMISE(bootstrap::holds_on_random_samples);
}

TEST_SUITE("compare") {
  static constexpr Named<CompareKernel> kernel{"compare", lab06::compare};
  PROMISE(compare_programs::holds_on_random_times);
}

// --- Measuring -----------------------------------------------------------------------------------

TEST_SUITE("profile_operation") {
  static constexpr Named<ProfileOperationKernel> kernel{"profile_operation",
                                                        lab06::profile_operation};
  PROMISE(profile_operation::holds_on_random_machines);
}

TEST_SUITE("profile_steps") {
  static constexpr Named<ProfileStepsKernel> kernel{"profile_steps", lab06::profile_steps};
  PROMISE(profile_steps::holds_on_random_programs);
}

TEST_SUITE("count_cache_misses") {
  static constexpr Named<CacheMissesKernel> kernel{"count_cache_misses", lab06::count_cache_misses};
  PROMISE(cache_misses::holds_on_random_events);
}

TEST_SUITE("tune") {
  static constexpr Named<TuneKernel> kernel{"tune", lab06::tune};
  PROMISE(tune::holds_on_random_spaces);
  PROMISE(tune::is_not_misled_by_noise);
  PROMISE(tune::finds_its_way_in_large_spaces);
}

// --- What a machine allows -----------------------------------------------------------------------

TEST_KERNEL(lab06, arithmetic_intensity) { PROMISE(intensity::holds_on_random_programs); }

TEST_SUITE("attainable_gflops") {
  static constexpr Named<AttainableKernel> kernel{"attainable_gflops", lab06::attainable_gflops};
  PROMISE(attainable::holds_on_random_programs);
}

TEST_SUITE("classify_bottleneck") {
  static constexpr Named<BottleneckKernel> kernel{"classify_bottleneck",
                                                  lab06::classify_bottleneck};
  PROMISE(bottleneck::holds_on_random_programs);
}

TEST_KERNEL(lab06, amdahl_speedup) { PROMISE(amdahl::holds_on_random_programs); }

// --- The finale ----------------------------------------------------------------------------------

TEST_KERNEL(lab06, attention) {
  PROMISE(attention::holds_on_random_problems);
  TEST_CASE("takes more keys than any buffer") {
    check(kernel, AttentionProblem{.shape = {3, 10'007, 5, 7}, .pad_k = 1});
  }
  TEST_CASE("takes long rows") {
    check(kernel, AttentionProblem{.shape = {19, 21, 1030, 5}, .pad_q = 1});
    check(kernel, AttentionProblem{.shape = {19, 21, 5, 1030}, .pad_v = 1});
  }
}

TEST_KERNEL(lab06, infer) { PROMISE(infer::holds_on_random_problems); }
