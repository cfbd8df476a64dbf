// The test cases that every row-wise softmax of the course must pass (see matmul_tests.h).
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/softmax.h>

#include <utility>

namespace rooflab::testing::softmax {

inline void normalises_any_shape(std::string_view name, SoftmaxKernel kernel) {
  for (const auto& [rows, cols] :
       std::initializer_list<std::pair<std::int64_t, std::int64_t>>{{33, 31},
                                                                    {0, 0},
                                                                    {0, 5},
                                                                    {5, 0},
                                                                    {1, 1},
                                                                    {1, 2},
                                                                    {2, 1},
                                                                    {3, 5},
                                                                    {8, 8},
                                                                    {7, 9},
                                                                    {9, 7},
                                                                    {4, 16},
                                                                    {5, 17},
                                                                    {17, 5},
                                                                    {2, 200},
                                                                    {3, 1000},
                                                                    {200, 3}}) {
    check(name, kernel, SoftmaxProblem{.rows = rows, .cols = cols});
  }
}

inline void gives_one_in_a_single_column(std::string_view name, SoftmaxKernel kernel) {
  for (const Logits logits : {Logits::wide, Logits::low, Logits::huge}) {
    check(name, kernel, SoftmaxProblem{.rows = 6, .cols = 1, .logits = logits});
  }
}

inline void shares_equally_between_equals(std::string_view name, SoftmaxKernel kernel) {
  for (const std::int64_t cols : {2, 3, 7, 100}) {
    check(name, kernel, SoftmaxProblem{.rows = 2, .cols = cols, .logits = Logits::equal});
  }
}

inline void survives_values_that_exp_does_not(std::string_view name, SoftmaxKernel kernel) {
  for (const Logits logits : {Logits::wide, Logits::low, Logits::huge}) {
    check(name, kernel, SoftmaxProblem{.rows = 5, .cols = 40, .logits = logits});
  }
}

inline void carries_nan_and_infinity(std::string_view name, SoftmaxKernel kernel) {
  for (int i = 0; i < 4; ++i) {
    check(name, kernel, SoftmaxProblem{.rows = 32, .cols = 19, .logits = Logits::special});
  }
}

inline void honours_strides(std::string_view name, SoftmaxKernel kernel) {
  for (const auto& [rows, cols] :
       std::initializer_list<std::pair<std::int64_t, std::int64_t>>{{5, 7}, {16, 16}, {9, 35}}) {
    check(name, kernel, SoftmaxProblem{.rows = rows, .cols = cols, .pad_x = 3});
    check(name, kernel, SoftmaxProblem{.rows = rows, .cols = cols, .pad_y = 5});
    check(name, kernel, SoftmaxProblem{.rows = rows, .cols = cols, .pad_x = 33, .pad_y = 1});
  }
}

inline void takes_pointers_aligned_to_a_float(std::string_view name, SoftmaxKernel kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(name, kernel, SoftmaxProblem{.rows = 6, .cols = 21, .misalign = misalign});
  }
}

inline void overwrites_what_the_output_held(std::string_view name, SoftmaxKernel kernel) {
  check(name, kernel, SoftmaxProblem{.rows = 9, .cols = 33, .before = Before::nan});
}

/// Random shapes, strides, alignments and contents, drawn from the session's key: for hidden
/// tests.
inline void holds_on_random_problems(std::string_view name, SoftmaxKernel kernel, int count) {
  Random random(next_key());
  for (int i = 0; i < count; ++i) {
    check(name, kernel,
          SoftmaxProblem{.rows = random.integer(0, 40),
                         .cols = random.integer(0, random.integer(0, 3) == 0 ? 700 : 40),
                         .pad_x = random.integer(0, 1) * random.integer(0, 40),
                         .pad_y = random.integer(0, 1) * random.integer(0, 40),
                         .misalign = random.integer(0, 15),
                         .logits = static_cast<Logits>(random.integer(0, 5)),
                         .before = random.integer(0, 1) == 0 ? Before::finite : Before::nan});
  }
}

}  // namespace rooflab::testing::softmax
