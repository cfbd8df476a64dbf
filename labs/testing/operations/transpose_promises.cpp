// The promises of every transpose of the course.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/transpose.h>

#include <cstdint>

namespace rooflab::testing::transpose {
namespace {

struct Extents {
  std::int64_t rows, cols;
};

}  // namespace

void transposes_any_shape(Named<TransposeKernel> kernel) {
  static constexpr Extents kShapes[] = {{63, 95}, {0, 0},   {0, 5},    {5, 0},   {1, 1},   {1, 17},
                                        {17, 1},  {2, 2},   {3, 5},    {8, 8},   {7, 9},   {16, 16},
                                        {15, 17}, {17, 15}, {32, 33},  {64, 64}, {65, 63}, {31, 97},
                                        {128, 3}, {3, 128}, {100, 100}};
  for (const auto& [rows, cols] : kShapes) {
    check(kernel, TransposeProblem{.rows = rows, .cols = cols});
  }
}

void honours_strides(Named<TransposeKernel> kernel) {
  static constexpr Extents kShapes[] = {{5, 7}, {16, 16}, {35, 18}};
  for (const auto& [rows, cols] : kShapes) {
    check(kernel, TransposeProblem{.rows = rows, .cols = cols, .pad_a = 3});
    check(kernel, TransposeProblem{.rows = rows, .cols = cols, .pad_b = 5});
    check(kernel, TransposeProblem{.rows = rows, .cols = cols, .pad_a = 33, .pad_b = 1});
  }
}

void overwrites_what_the_output_held(Named<TransposeKernel> kernel) {
  check(kernel, TransposeProblem{.rows = 19, .cols = 33, .initial_output = InitialOutput::nan});
}

void copies_every_value(Named<TransposeKernel> kernel) {
  for (const Values values : {Values::huge, Values::tiny, Values::special}) {
    check(kernel, TransposeProblem{.rows = 33, .cols = 18, .values = values});
  }
}

}  // namespace rooflab::testing::transpose
