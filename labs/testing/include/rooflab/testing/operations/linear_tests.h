// The test cases that every fully connected layer of the course must pass (see matmul_tests.h).
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/linear.h>

namespace rooflab::testing::linear {

inline void applies_to_any_shape(std::string_view name, LinearKernel kernel) {
  for (const LinearShape& shape : std::initializer_list<LinearShape>{{31, 33, 47},
                                                                     {1, 1, 1},
                                                                     {2, 2, 2},
                                                                     {3, 5, 7},
                                                                     {7, 5, 3},
                                                                     {8, 8, 8},
                                                                     {16, 17, 15},
                                                                     {17, 16, 17},
                                                                     {1, 97, 1},
                                                                     {1, 33, 65},
                                                                     {65, 33, 1},
                                                                     {31, 200, 9},
                                                                     {4, 1000, 4}}) {
    check(name, kernel, LinearProblem{.shape = shape});
  }
}

inline void accepts_empty_layers(std::string_view name, LinearKernel kernel) {
  for (const LinearShape& shape : std::initializer_list<LinearShape>{
           {0, 0, 0}, {0, 5, 7}, {5, 7, 0}, {0, 7, 0}, {5, 0, 7}, {1, 0, 1}}) {
    check(name, kernel, LinearProblem{.shape = shape});
  }
}

inline void works_without_bias(std::string_view name, LinearKernel kernel) {
  for (const LinearShape& shape : std::initializer_list<LinearShape>{{6, 5, 4}, {5, 0, 7}}) {
    check(name, kernel, LinearProblem{.shape = shape, .with_bias = 0});
  }
}

inline void honours_strides(std::string_view name, LinearKernel kernel) {
  for (const LinearShape& shape :
       std::initializer_list<LinearShape>{{5, 6, 7}, {16, 16, 16}, {9, 20, 18}}) {
    check(name, kernel, LinearProblem{.shape = shape, .pad_x = 3});
    check(name, kernel, LinearProblem{.shape = shape, .pad_w = 5});
    check(name, kernel, LinearProblem{.shape = shape, .pad_y = 1});
    check(name, kernel, LinearProblem{.shape = shape, .pad_x = 13, .pad_w = 2, .pad_y = 64});
  }
}

inline void takes_pointers_aligned_to_a_float(std::string_view name, LinearKernel kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(name, kernel, LinearProblem{.shape = {6, 19, 21}, .misalign = misalign});
  }
}

inline void overwrites_what_the_output_held(std::string_view name, LinearKernel kernel) {
  for (const LinearShape& shape : std::initializer_list<LinearShape>{{9, 18, 17}, {5, 0, 7}}) {
    check(name, kernel, LinearProblem{.shape = shape, .before = Before::nan});
  }
}

inline void keeps_every_kind_of_value(std::string_view name, LinearKernel kernel) {
  for (const Values values : {Values::huge, Values::tiny, Values::special}) {
    check(name, kernel, LinearProblem{.shape = {23, 3, 22}, .values = values});
  }
}

/// Random shapes, strides, alignments and contents, drawn from the session's key: for hidden
/// tests.
inline void holds_on_random_problems(std::string_view name, LinearKernel kernel, int count) {
  Random random(next_key());
  for (int i = 0; i < count; ++i) {
    const auto extent = [&random] {
      return random.integer(0, random.integer(0, 3) == 0 ? 150 : 40);
    };
    const auto padding = [&random] { return random.integer(0, 1) * random.integer(0, 40); };
    check(name, kernel,
          LinearProblem{.shape = {extent(), extent(), extent()},
                        .pad_x = padding(),
                        .pad_w = padding(),
                        .pad_y = padding(),
                        .with_bias = random.integer(0, 1),
                        .misalign = random.integer(0, 15),
                        .before = random.integer(0, 1) == 0 ? Before::finite : Before::nan});
  }
}

}  // namespace rooflab::testing::linear
