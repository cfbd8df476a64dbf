// The promises of every product of 8-bit numbers.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/matmul_int8.h>

namespace rooflab::testing::matmul_int8 {

// As for products of floats; depths around multiples of 2 and 4, which instructions sum at once.
static constexpr MatmulShape kShapes[] = {
    {127, 63, 95}, {1, 1, 1},    {2, 2, 2},    {3, 5, 7},    {4, 4, 4},     {8, 8, 8},
    {7, 13, 11},   {16, 16, 16}, {17, 16, 16}, {16, 17, 16}, {16, 16, 17},  {16, 18, 16},
    {16, 19, 16},  {33, 33, 33}, {1, 64, 1},   {64, 1, 64},  {1, 1, 97},    {97, 1, 1},
    {5, 200, 3},   {200, 3, 5},  {3, 5, 200},  {49, 50, 51}, {65, 129, 67},
};

void multiplies_any_shape(Named<MatmulInt8Kernel> kernel) {
  for (const MatmulShape& shape : kShapes) check(kernel, MatmulInt8Problem{.shape = shape});
}

void accepts_empty_matrices(Named<MatmulInt8Kernel> kernel) {
  for (const MatmulShape& shape :
       {MatmulShape{0, 0, 0}, {0, 5, 7}, {5, 7, 0}, {0, 7, 0}, {5, 0, 7}, {1, 0, 1}}) {
    check(kernel, MatmulInt8Problem{.shape = shape, .zero_a = 7, .zero_b = 3});
  }
}

void subtracts_zero_points(Named<MatmulInt8Kernel> kernel) {
  for (const MatmulShape& shape : {MatmulShape{9, 11, 13}, {5, 16, 21}, {18, 7, 6}}) {
    check(kernel, MatmulInt8Problem{.shape = shape, .zero_a = 117});
    check(kernel, MatmulInt8Problem{.shape = shape, .zero_b = -5});
    for (const std::int64_t zero_a : {1, 255}) {
      for (const std::int64_t zero_b : {-128, -1, 1, 127}) {
        check(kernel, MatmulInt8Problem{.shape = shape, .zero_a = zero_a, .zero_b = zero_b});
      }
    }
  }
}

void honours_strides(Named<MatmulInt8Kernel> kernel) {
  for (const MatmulShape& shape : {MatmulShape{5, 6, 7}, {16, 16, 16}, {33, 20, 18}}) {
    check(kernel, MatmulInt8Problem{.shape = shape, .pad_a = 3});
    check(kernel, MatmulInt8Problem{.shape = shape, .pad_b = 5});
    check(kernel, MatmulInt8Problem{.shape = shape, .pad_c = 1});
    check(kernel,
          MatmulInt8Problem{
              .shape = shape, .pad_a = 13, .pad_b = 2, .pad_c = 64, .zero_a = 3, .zero_b = 9});
  }
}

void takes_pointers_aligned_to_a_byte(Named<MatmulInt8Kernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, MatmulInt8Problem{.shape = {18, 19, 21}, .misalign = misalign});
  }
}

void reads_nothing_behind_its_inputs(Named<MatmulInt8Kernel> kernel) {
  for (const std::int64_t input : {1, 2}) {
    for (std::int64_t n = 1; n <= 40; ++n) {
      check(kernel, MatmulInt8Problem{.shape = {n, 3, n}, .at_page_end = input});
      check(kernel, MatmulInt8Problem{.shape = {3, n, 5}, .at_page_end = input});
    }
    check(kernel, MatmulInt8Problem{.shape = {13, 29, 37}, .at_page_end = input});
  }
}

void overwrites_what_the_output_held(Named<MatmulInt8Kernel> kernel) {
  for (const MatmulShape& shape : {MatmulShape{4, 4, 4}, {19, 18, 17}, {6, 100, 5}, {5, 0, 7}}) {
    check(kernel, MatmulInt8Problem{.shape = shape, .initial_output = InitialOutput::nan});
  }
}

}  // namespace rooflab::testing::matmul_int8
