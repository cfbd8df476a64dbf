// The promises of every row-wise softmax of the course.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/softmax.h>

#include <cstdint>

namespace rooflab::testing::softmax {
namespace {

struct Extents {
  std::int64_t rows, cols;
};

}  // namespace

void normalises_any_shape(Named<SoftmaxKernel> kernel) {
  static constexpr Extents kShapes[] = {{33, 31}, {0, 0},  {0, 5},   {5, 0},    {1, 1},  {1, 2},
                                        {2, 1},   {3, 5},  {8, 8},   {7, 9},    {9, 7},  {4, 16},
                                        {5, 17},  {17, 5}, {2, 200}, {3, 1000}, {200, 3}};
  for (const auto& [rows, cols] : kShapes) {
    check(kernel, SoftmaxProblem{.rows = rows, .cols = cols});
  }
}

void gives_one_in_a_single_column(Named<SoftmaxKernel> kernel) {
  for (const Logits logits : {Logits::wide, Logits::low, Logits::huge}) {
    check(kernel, SoftmaxProblem{.rows = 6, .cols = 1, .logits = logits});
  }
}

void shares_equally_between_equals(Named<SoftmaxKernel> kernel) {
  for (const std::int64_t cols : {2, 3, 7, 100}) {
    check(kernel, SoftmaxProblem{.rows = 2, .cols = cols, .logits = Logits::equal});
  }
}

void survives_values_that_exp_does_not(Named<SoftmaxKernel> kernel) {
  for (const Logits logits : {Logits::wide, Logits::low, Logits::huge}) {
    check(kernel, SoftmaxProblem{.rows = 5, .cols = 40, .logits = logits});
  }
}

void carries_NaN_and_infinity(Named<SoftmaxKernel> kernel) {
  for (int i = 0; i < 4; ++i) {
    check(kernel, SoftmaxProblem{.rows = 32, .cols = 19, .logits = Logits::special});
  }
}

void honours_strides(Named<SoftmaxKernel> kernel) {
  static constexpr Extents kShapes[] = {{5, 7}, {16, 16}, {9, 35}};
  for (const auto& [rows, cols] : kShapes) {
    check(kernel, SoftmaxProblem{.rows = rows, .cols = cols, .pad_x = 3});
    check(kernel, SoftmaxProblem{.rows = rows, .cols = cols, .pad_y = 5});
    check(kernel, SoftmaxProblem{.rows = rows, .cols = cols, .pad_x = 33, .pad_y = 1});
  }
}

void takes_pointers_aligned_to_a_float(Named<SoftmaxKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, SoftmaxProblem{.rows = 6, .cols = 21, .misalign = misalign});
  }
}

void reads_nothing_behind_its_input(Named<SoftmaxKernel> kernel) {
  for (std::int64_t cols = 1; cols <= 40; ++cols) {
    check(kernel, SoftmaxProblem{.rows = 2, .cols = cols, .at_page_end = 1});
  }
}

void overwrites_what_the_output_held(Named<SoftmaxKernel> kernel) {
  check(kernel, SoftmaxProblem{.rows = 9, .cols = 33, .initial_output = InitialOutput::nan});
}

}  // namespace rooflab::testing::softmax
