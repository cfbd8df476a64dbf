// The promises of every matrix product of the course.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/matmul.h>

namespace rooflab::testing::matmul {

// 0 and 1, primes, squares, ragged tails around every usual tile size, tall, wide and deep. The
// first has another tail for each tile size, so that what is wrong there has a pattern.
static constexpr MatmulShape kShapes[] = {
    {127, 63, 95}, {1, 1, 1},    {2, 2, 2},    {3, 5, 7},    {4, 4, 4},     {8, 8, 8},
    {7, 13, 11},   {16, 16, 16}, {17, 16, 16}, {16, 17, 16}, {16, 16, 17},  {31, 29, 37},
    {33, 33, 33},  {1, 64, 1},   {64, 1, 64},  {1, 1, 97},   {97, 1, 1},    {5, 200, 3},
    {200, 3, 5},   {3, 5, 200},  {48, 48, 48}, {49, 50, 51}, {65, 129, 67},
};

void multiplies_any_shape(Named<MatmulKernel> kernel) {
  for (const MatmulShape& shape : kShapes) check(kernel, MatmulProblem{.shape = shape});
}

void accepts_empty_matrices(Named<MatmulKernel> kernel) {
  for (const MatmulShape& shape :
       {MatmulShape{0, 0, 0}, {0, 5, 7}, {5, 7, 0}, {0, 7, 0}, {5, 0, 7}, {1, 0, 1}}) {
    check(kernel, MatmulProblem{.shape = shape});
  }
}

void honours_strides(Named<MatmulKernel> kernel) {
  for (const MatmulShape& shape : {MatmulShape{5, 6, 7}, {16, 16, 16}, {33, 20, 18}}) {
    check(kernel, MatmulProblem{.shape = shape, .pad_a = 3});
    check(kernel, MatmulProblem{.shape = shape, .pad_b = 5});
    check(kernel, MatmulProblem{.shape = shape, .pad_c = 1});
    check(kernel, MatmulProblem{.shape = shape, .pad_a = 13, .pad_b = 2, .pad_c = 64});
  }
}

void takes_pointers_aligned_to_a_float(Named<MatmulKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, MatmulProblem{.shape = {18, 19, 21}, .misalign = misalign});
  }
}

void reads_nothing_behind_its_inputs(Named<MatmulKernel> kernel) {
  for (const std::int64_t input : {1, 2}) {
    for (std::int64_t n = 1; n <= 40; ++n) {
      check(kernel, MatmulProblem{.shape = {n, 3, n}, .at_page_end = input});
    }
    check(kernel, MatmulProblem{.shape = {13, 29, 37}, .at_page_end = input});
  }
}

void overwrites_what_the_output_held(Named<MatmulKernel> kernel) {
  for (const MatmulShape& shape : {MatmulShape{4, 4, 4}, {19, 18, 17}, {6, 100, 5}, {5, 0, 7}}) {
    check(kernel, MatmulProblem{.shape = shape, .initial_output = InitialOutput::nan});
  }
}

void keeps_huge_and_tiny_values(Named<MatmulKernel> kernel) {
  for (const Values values : {Values::huge, Values::tiny}) {
    check(kernel, MatmulProblem{.shape = {17, 33, 19}, .values = values});
  }
}

void carries_NaN_and_infinity(Named<MatmulKernel> kernel) {
  for (int i = 0; i < 4; ++i) {
    check(kernel, MatmulProblem{.shape = {23, 3, 22}, .values = Values::special});
  }
}

}  // namespace rooflab::testing::matmul
