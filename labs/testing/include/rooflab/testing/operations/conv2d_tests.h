// The test cases that every convolution of the course must pass (see matmul_tests.h).
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/conv2d.h>

namespace rooflab::testing::conv2d {

inline void convolves_any_shape(std::string_view name, Conv2dKernel kernel) {
  for (const Conv2dShape& shape :
       std::initializer_list<Conv2dShape>{{.in_channels = 5,
       .height = 11,
       .width = 13,
       .out_channels = 7,
       .kernel_h = 5,
       .kernel_w = 1},
                                          {},
                                          {.height = 5, .width = 7},
                                          {.height = 5, .width = 7, .kernel_h = 3, .kernel_w = 3},
                                          {.height = 3, .width = 3, .kernel_h = 3, .kernel_w = 3},
                                          {.in_channels = 3,
                                          .height = 8,
                                          .width = 8,
                                          .out_channels = 4,
                                          .kernel_h = 3,
                                          .kernel_w = 3},
                                          {.batch = 2,
                                          .in_channels = 2,
                                          .height = 6,
                                          .width = 9,
                                          .out_channels = 3,
                                          .kernel_h = 2,
                                          .kernel_w = 4},
                                          {.in_channels = 17,
                                          .height = 4,
                                          .width = 19,
                                          .out_channels = 9,
                                          .kernel_h = 1,
                                          .kernel_w = 1},
                                          {.batch = 3,
                                          .in_channels = 1,
                                          .height = 20,
                                          .width = 2,
                                          .out_channels = 2,
                                          .kernel_h = 7,
                                          .kernel_w = 2}}) {
    check(name, kernel, Conv2dProblem{.shape = shape});
  }
}

inline void pads_with_zeros(std::string_view name, Conv2dKernel kernel) {
  for (const Conv2dShape& shape : std::initializer_list<Conv2dShape>{
           {.height = 4, .width = 4, .kernel_h = 3, .kernel_w = 3, .padding = 1},
           {.in_channels = 3,
           .height = 9,
           .width = 7,
           .out_channels = 5,
           .kernel_h = 3,
           .kernel_w = 3,
           .padding = 1},
           {.in_channels = 2,
           .height = 6,
           .width = 5,
           .out_channels = 3,
           .kernel_h = 5,
           .kernel_w = 3,
           .padding = 2},
           {.height = 1, .width = 1, .kernel_h = 3, .kernel_w = 3, .padding = 1},
           {.height = 2, .width = 3, .kernel_h = 1, .kernel_w = 1, .padding = 3},
           {.batch = 2,
           .in_channels = 2,
           .height = 3,
           .width = 3,
           .out_channels = 2,
           .kernel_h = 3,
           .kernel_w = 3,
           .padding = 4}}) {
    check(name, kernel, Conv2dProblem{.shape = shape});
  }
}

inline void accepts_empty_tensors(std::string_view name, Conv2dKernel kernel) {
  for (const Conv2dShape& shape : std::initializer_list<Conv2dShape>{
           {.batch = 0, .height = 4, .width = 4},
           {.in_channels = 0, .height = 4, .width = 4, .out_channels = 2},
           {.height = 4, .width = 4, .out_channels = 0},
           {.height = 2, .width = 4, .kernel_h = 3},
           {.height = 0, .width = 0, .kernel_h = 1, .kernel_w = 1, .padding = 1}}) {
    check(name, kernel, Conv2dProblem{.shape = shape});
  }
}

inline void works_without_bias(std::string_view name, Conv2dKernel kernel) {
  check(name, kernel,
        Conv2dProblem{.shape = {.in_channels = 3,
                                .height = 6,
                                .width = 6,
                                .out_channels = 4,
                                .kernel_h = 3,
                                .kernel_w = 3},
                      .with_bias = 0});
}

inline void overwrites_what_the_output_held(std::string_view name, Conv2dKernel kernel) {
  check(name, kernel,
        Conv2dProblem{.shape = {.batch = 2,
                                .in_channels = 3,
                                .height = 7,
                                .width = 9,
                                .out_channels = 5,
                                .kernel_h = 3,
                                .kernel_w = 3,
                                .padding = 1},
                      .misalign = 1,
                      .before = Before::nan});
}

inline void keeps_every_kind_of_value(std::string_view name, Conv2dKernel kernel) {
  for (const Values values : {Values::huge, Values::tiny, Values::special}) {
    check(name, kernel,
          Conv2dProblem{.shape = {.in_channels = 2,
                                  .height = 9,
                                  .width = 8,
                                  .out_channels = 3,
                                  .kernel_h = 3,
                                  .kernel_w = 3,
                                  .padding = 1},
                        .values = values});
  }
}

/// Random shapes and contents, drawn from the session's key: for hidden tests.
inline void holds_on_random_problems(std::string_view name, Conv2dKernel kernel, int count) {
  Random random(next_key());
  for (int i = 0; i < count; ++i) {
    Conv2dShape s{.batch = random.integer(0, 3),
                  .in_channels = random.integer(0, 9),
                  .height = random.integer(0, 20),
                  .width = random.integer(0, 40),
                  .out_channels = random.integer(0, 9),
                  .kernel_h = random.integer(1, 5),
                  .kernel_w = random.integer(1, 5),
                  .padding = random.integer(0, 3)};
    s.height = std::max(s.height, s.kernel_h - 1 - 2 * s.padding);
    s.width = std::max(s.width, s.kernel_w - 1 - 2 * s.padding);
    check(name, kernel,
          Conv2dProblem{.shape = s,
                        .with_bias = random.integer(0, 1),
                        .misalign = random.integer(0, 15),
                        .before = random.integer(0, 1) == 0 ? Before::finite : Before::nan});
  }
}

}  // namespace rooflab::testing::conv2d
