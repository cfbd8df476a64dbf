// The promises of every convolution of the course. A shape is {batch, in_channels, height, width,
// out_channels, kernel_h, kernel_w, padding}.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/conv2d.h>

#include <algorithm>

namespace rooflab::testing::conv2d {

void convolves_any_shape(Named<Conv2dKernel> kernel) {
  static constexpr Conv2dShape kShapes[] = {
      {1, 5, 11, 13, 7, 5, 1, 0}, {1, 1, 1, 1, 1, 1, 1, 0},   {1, 1, 5, 7, 1, 1, 1, 0},
      {1, 1, 5, 7, 1, 3, 3, 0},   {1, 1, 3, 3, 1, 3, 3, 0},   {1, 3, 8, 8, 4, 3, 3, 0},
      {2, 2, 6, 9, 3, 2, 4, 0},   {1, 17, 4, 19, 9, 1, 1, 0}, {3, 1, 20, 2, 2, 7, 2, 0},
  };
  for (const Conv2dShape& shape : kShapes) check(kernel, Conv2dProblem{.shape = shape});
}

void pads_with_zeros(Named<Conv2dKernel> kernel) {
  static constexpr Conv2dShape kShapes[] = {
      {1, 1, 4, 4, 1, 3, 3, 1}, {1, 3, 9, 7, 5, 3, 3, 1}, {1, 2, 6, 5, 3, 5, 3, 2},
      {1, 1, 1, 1, 1, 3, 3, 1}, {1, 1, 2, 3, 1, 1, 1, 3}, {2, 2, 3, 3, 2, 3, 3, 4},
  };
  for (const Conv2dShape& shape : kShapes) check(kernel, Conv2dProblem{.shape = shape});
}

void accepts_empty_tensors(Named<Conv2dKernel> kernel) {
  static constexpr Conv2dShape kShapes[] = {
      {0, 1, 4, 4, 1, 1, 1, 0}, {1, 0, 4, 4, 2, 1, 1, 0}, {1, 1, 4, 4, 0, 1, 1, 0},
      {1, 1, 2, 4, 1, 3, 1, 0}, {1, 1, 0, 0, 1, 1, 1, 1},
  };
  for (const Conv2dShape& shape : kShapes) check(kernel, Conv2dProblem{.shape = shape});
}

void works_without_bias(Named<Conv2dKernel> kernel) {
  check(kernel, Conv2dProblem{.shape = {1, 3, 6, 6, 4, 3, 3, 0}, .with_bias = 0});
}

void overwrites_what_the_output_held(Named<Conv2dKernel> kernel) {
  check(kernel, Conv2dProblem{.shape = {2, 3, 7, 9, 5, 3, 3, 1},
                              .misalign = 1,
                              .initial_output = InitialOutput::nan});
}

void keeps_every_kind_of_value(Named<Conv2dKernel> kernel) {
  for (const Values values : {Values::huge, Values::tiny, Values::special}) {
    check(kernel, Conv2dProblem{.shape = {1, 2, 9, 8, 3, 3, 3, 1}, .values = values});
  }
}

}  // namespace rooflab::testing::conv2d
