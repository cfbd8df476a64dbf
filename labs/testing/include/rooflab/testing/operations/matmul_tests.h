// The test cases that every matrix product of the course must pass. A lab's tests.cpp calls one
// function a test case, so that its own file reads as the list of what is promised.
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/matmul.h>

namespace rooflab::testing::matmul {

/// 0 and 1, primes, squares, ragged tails around every usual tile size, tall, wide and deep. One
/// that tells the tails of all tile sizes apart comes first: there, what is wrong has a pattern.
inline const std::vector<MatmulShape>& matmul_shapes() {
  static const std::vector<MatmulShape> shapes = {
      {127, 63, 95}, {1, 1, 1},    {2, 2, 2},    {3, 5, 7},    {4, 4, 4},     {8, 8, 8},
      {7, 13, 11},   {16, 16, 16}, {17, 16, 16}, {16, 17, 16}, {16, 16, 17},  {31, 29, 37},
      {33, 33, 33},  {1, 64, 1},   {64, 1, 64},  {1, 1, 97},   {97, 1, 1},    {5, 200, 3},
      {200, 3, 5},   {3, 5, 200},  {48, 48, 48}, {49, 50, 51}, {65, 129, 67},
  };
  return shapes;
}

inline void multiplies_any_shape(std::string_view name, MatmulKernel kernel) {
  for (const MatmulShape& shape : matmul_shapes())
    check(name, kernel, MatmulProblem{.shape = shape});
}

inline void accepts_empty_matrices(std::string_view name, MatmulKernel kernel) {
  for (const MatmulShape& shape :
       {MatmulShape{0, 0, 0}, {0, 5, 7}, {5, 7, 0}, {0, 7, 0}, {5, 0, 7}, {1, 0, 1}}) {
    check(name, kernel, MatmulProblem{.shape = shape});
  }
}

inline void honours_strides(std::string_view name, MatmulKernel kernel) {
  for (const MatmulShape& shape : {MatmulShape{5, 6, 7}, {16, 16, 16}, {33, 20, 18}}) {
    check(name, kernel, MatmulProblem{.shape = shape, .pad_a = 3});
    check(name, kernel, MatmulProblem{.shape = shape, .pad_b = 5});
    check(name, kernel, MatmulProblem{.shape = shape, .pad_c = 1});
    check(name, kernel, MatmulProblem{.shape = shape, .pad_a = 13, .pad_b = 2, .pad_c = 64});
  }
}

inline void takes_pointers_aligned_to_a_float(std::string_view name, MatmulKernel kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(name, kernel, MatmulProblem{.shape = {18, 19, 21}, .misalign = misalign});
  }
}

inline void overwrites_what_the_output_held(std::string_view name, MatmulKernel kernel) {
  for (const MatmulShape& shape : {MatmulShape{4, 4, 4}, {19, 18, 17}, {6, 100, 5}, {5, 0, 7}}) {
    check(name, kernel, MatmulProblem{.shape = shape, .before = Before::nan});
  }
}

inline void keeps_huge_and_tiny_values(std::string_view name, MatmulKernel kernel) {
  for (const Values values : {Values::huge, Values::tiny}) {
    check(name, kernel, MatmulProblem{.shape = {17, 33, 19}, .values = values});
  }
}

inline void carries_nan_and_infinity(std::string_view name, MatmulKernel kernel) {
  for (int i = 0; i < 4; ++i) {
    check(name, kernel, MatmulProblem{.shape = {23, 3, 22}, .values = Values::special});
  }
}

/// Random shapes, strides, alignments and contents, drawn from the session's key: for hidden
/// tests.
inline void holds_on_random_problems(std::string_view name, MatmulKernel kernel, int count) {
  Random random(next_key());
  for (int i = 0; i < count; ++i) {
    const auto extent = [&random] {
      return random.integer(0, random.integer(0, 3) == 0 ? 150 : 40);
    };
    const auto padding = [&random] { return random.integer(0, 1) * random.integer(0, 40); };
    check(name, kernel,
          MatmulProblem{.shape = {extent(), extent(), extent()},
                        .pad_a = padding(),
                        .pad_b = padding(),
                        .pad_c = padding(),
                        .misalign = random.integer(0, 15),
                        .before = random.integer(0, 1) == 0 ? Before::finite : Before::nan});
  }
}

}  // namespace rooflab::testing::matmul
