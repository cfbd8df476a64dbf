// The promises of every fully connected layer of the course.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/linear.h>

namespace rooflab::testing::linear {

void applies_to_any_shape(Named<LinearKernel> kernel) {
  static constexpr LinearShape kShapes[] = {
      {31, 33, 47}, {1, 1, 1},  {2, 2, 2},   {3, 5, 7},   {7, 5, 3},    {8, 8, 8},   {16, 17, 15},
      {17, 16, 17}, {1, 97, 1}, {1, 33, 65}, {65, 33, 1}, {31, 200, 9}, {4, 1000, 4}};
  for (const LinearShape& shape : kShapes) check(kernel, LinearProblem{.shape = shape});
}

void accepts_empty_layers(Named<LinearKernel> kernel) {
  static constexpr LinearShape kShapes[] = {{0, 0, 0}, {0, 5, 7}, {5, 7, 0},
                                            {0, 7, 0}, {5, 0, 7}, {1, 0, 1}};
  for (const LinearShape& shape : kShapes) check(kernel, LinearProblem{.shape = shape});
}

void works_without_bias(Named<LinearKernel> kernel) {
  static constexpr LinearShape kShapes[] = {{6, 5, 4}, {5, 0, 7}};
  for (const LinearShape& shape : kShapes) {
    check(kernel, LinearProblem{.shape = shape, .with_bias = 0});
  }
}

void honours_strides(Named<LinearKernel> kernel) {
  static constexpr LinearShape kShapes[] = {{5, 6, 7}, {16, 16, 16}, {9, 20, 18}};
  for (const LinearShape& shape : kShapes) {
    check(kernel, LinearProblem{.shape = shape, .pad_x = 3});
    check(kernel, LinearProblem{.shape = shape, .pad_w = 5});
    check(kernel, LinearProblem{.shape = shape, .pad_y = 1});
    check(kernel, LinearProblem{.shape = shape, .pad_x = 13, .pad_w = 2, .pad_y = 64});
  }
}

void overwrites_what_the_output_held(Named<LinearKernel> kernel) {
  static constexpr LinearShape kShapes[] = {{9, 18, 17}, {5, 0, 7}};
  for (const LinearShape& shape : kShapes) {
    check(kernel, LinearProblem{.shape = shape, .initial_output = InitialOutput::nan});
  }
}

void keeps_every_kind_of_value(Named<LinearKernel> kernel) {
  for (const Values values : {Values::huge, Values::tiny, Values::special}) {
    check(kernel, LinearProblem{.shape = {23, 3, 22}, .values = values});
  }
}

}  // namespace rooflab::testing::linear
