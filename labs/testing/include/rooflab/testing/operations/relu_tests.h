// The test cases that every relu of the course must pass (see matmul_tests.h).
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/relu.h>

namespace rooflab::testing::relu {

inline void clips_any_size(std::string_view name, ReluKernel kernel) {
  for (const std::int64_t size : {1023, 0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 4099}) {
    check(name, kernel, ReluProblem{.size = size});
  }
}

inline void works_in_place(std::string_view name, ReluKernel kernel) {
  for (const std::int64_t size : {0, 1, 8, 37, 1000}) {
    check(name, kernel, ReluProblem{.size = size, .in_place = 1});
  }
}

inline void takes_pointers_aligned_to_a_float(std::string_view name, ReluKernel kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(name, kernel, ReluProblem{.size = 45, .misalign = misalign});
  }
}

inline void overwrites_what_the_output_held(std::string_view name, ReluKernel kernel) {
  check(name, kernel, ReluProblem{.size = 77, .before = Before::nan});
}

inline void keeps_every_kind_of_value(std::string_view name, ReluKernel kernel) {
  for (const Values values : {Values::huge, Values::tiny, Values::special}) {
    check(name, kernel, ReluProblem{.size = 203, .values = values});
  }
}

/// Random sizes, alignments and contents, drawn from the session's key: for hidden tests.
inline void holds_on_random_problems(std::string_view name, ReluKernel kernel, int count) {
  Random random(next_key());
  for (int i = 0; i < count; ++i) {
    const std::int64_t limit = random.integer(0, 3) == 0 ? 20'000 : 300;
    check(name, kernel,
          ReluProblem{.size = random.integer(0, limit),
                      .in_place = random.integer(0, 1),
                      .misalign = random.integer(0, 15),
                      .values = random.integer(0, 1) == 0 ? Values::unit : Values::special,
                      .before = random.integer(0, 1) == 0 ? Before::finite : Before::nan});
  }
}

}  // namespace rooflab::testing::relu
