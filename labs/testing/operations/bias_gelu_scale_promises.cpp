// The promises of every fused bias, GELU and scale of the course.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/bias_gelu_scale.h>

namespace rooflab::testing::bias_gelu_scale {
namespace {

struct Extents {
  std::int64_t rows, cols;
};

}  // namespace

void applies_to_any_shape(Named<BiasGeluScaleKernel> kernel) {
  static constexpr Extents kShapes[] = {{33, 31}, {0, 0},   {0, 5},   {5, 0},    {1, 1},
                                        {2, 1},   {1, 2},   {3, 5},   {8, 8},    {7, 9},
                                        {5, 17},  {17, 16}, {2, 200}, {3, 1003}, {200, 3}};
  for (const auto& [rows, cols] : kShapes) {
    check(kernel, BiasGeluScaleProblem{.rows = rows, .cols = cols});
  }
}

void honours_strides(Named<BiasGeluScaleKernel> kernel) {
  static constexpr Extents kShapes[] = {{5, 7}, {16, 16}, {9, 35}};
  for (const auto& [rows, cols] : kShapes) {
    check(kernel, BiasGeluScaleProblem{.rows = rows, .cols = cols, .pad_x = 3});
    check(kernel, BiasGeluScaleProblem{.rows = rows, .cols = cols, .pad_y = 5});
    check(kernel, BiasGeluScaleProblem{.rows = rows, .cols = cols, .pad_x = 33, .pad_y = 1});
  }
}

void works_in_place(Named<BiasGeluScaleKernel> kernel) {
  static constexpr Extents kShapes[] = {{0, 3}, {1, 1}, {4, 8}, {5, 37}};
  for (const auto& [rows, cols] : kShapes) {
    check(kernel, BiasGeluScaleProblem{.rows = rows, .cols = cols, .in_place = 1});
    check(kernel, BiasGeluScaleProblem{.rows = rows, .cols = cols, .pad_y = 7, .in_place = 1});
  }
}

void takes_any_scale(Named<BiasGeluScaleKernel> kernel) {
  for (const float scale : {0.0F, 1.0F, -2.5F, 0x1p100F, -0x1p100F, 0x1p-100F}) {
    check(kernel, BiasGeluScaleProblem{.rows = 4, .cols = 53, .scale = scale});
  }
}

void takes_pointers_aligned_to_a_float(Named<BiasGeluScaleKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, BiasGeluScaleProblem{.rows = 6, .cols = 21, .misalign = misalign});
  }
}

void reads_nothing_behind_its_inputs(Named<BiasGeluScaleKernel> kernel) {
  for (std::int64_t cols = 1; cols <= 40; ++cols) {
    for (const std::int64_t input : {1, 2}) {
      check(kernel, BiasGeluScaleProblem{.rows = 2, .cols = cols, .at_page_end = input});
    }
  }
}

void overwrites_what_the_output_held(Named<BiasGeluScaleKernel> kernel) {
  check(kernel, BiasGeluScaleProblem{.rows = 9, .cols = 33, .initial_output = InitialOutput::nan});
}

void carries_NaN_and_infinity(Named<BiasGeluScaleKernel> kernel) {
  for (const float scale : {1.0F, -0.5F, 0.0F}) {
    check(kernel, BiasGeluScaleProblem{.rows = 16, .cols = 53, .scale = scale, .special = 1});
  }
}

}  // namespace rooflab::testing::bias_gelu_scale
