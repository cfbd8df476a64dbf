// The promises of every product of a sparse matrix and a dense one.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/spmm.h>

namespace rooflab::testing::spmm {

void multiplies_any_shape(Named<SpmmKernel> kernel) {
  for (const MatmulShape& shape : {MatmulShape{31, 63, 127},
                                   {1, 1, 1},
                                   {2, 2, 2},
                                   {3, 5, 7},
                                   {16, 16, 16},
                                   {17, 33, 65},
                                   {1, 64, 1},
                                   {64, 1, 64},
                                   {1, 1, 97},
                                   {5, 200, 3},
                                   {3, 5, 300}}) {
    check(kernel, SpmmProblem{.shape = shape});
  }
  for (std::int64_t n = 1; n <= 140; ++n) check(kernel, SpmmProblem{.shape = {4, 9, n}});
}

void multiplies_any_density(Named<SpmmKernel> kernel) {
  for (const std::int64_t zeros : {0, 10, 50, 90, 97, 100}) {
    check(kernel, SpmmProblem{.shape = {33, 40, 37}, .zeros = zeros});
  }
}

void accepts_empty_and_full_rows(Named<SpmmKernel> kernel) {
  for (const std::int64_t m : {1, 2, 3, 10, 25}) {
    for (const std::int64_t n : {1, 8, 70}) {
      check(kernel, SpmmProblem{.shape = {m, 19, n}, .ragged = 1});
    }
  }
}

void accepts_empty_matrices(Named<SpmmKernel> kernel) {
  for (const MatmulShape& shape :
       {MatmulShape{0, 0, 0}, {0, 5, 7}, {5, 7, 0}, {0, 7, 0}, {5, 0, 7}, {1, 0, 1}}) {
    check(kernel, SpmmProblem{.shape = shape});
  }
}

void takes_many_columns_and_elements(Named<SpmmKernel> kernel) {
  check(kernel, SpmmProblem{.shape = {2, 70'001, 3}, .zeros = 99});
  check(kernel, SpmmProblem{.shape = {300, 300, 9}, .zeros = 5});
}

void honours_strides(Named<SpmmKernel> kernel) {
  for (const MatmulShape& shape : {MatmulShape{5, 6, 7}, {16, 16, 16}, {9, 20, 70}}) {
    check(kernel, SpmmProblem{.shape = shape, .pad_b = 5});
    check(kernel, SpmmProblem{.shape = shape, .pad_c = 1});
    check(kernel, SpmmProblem{.shape = shape, .pad_b = 2, .pad_c = 64});
  }
}

void takes_pointers_aligned_to_an_element(Named<SpmmKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, SpmmProblem{.shape = {18, 19, 85}, .misalign = misalign});
  }
}

void reads_nothing_behind_its_inputs(Named<SpmmKernel> kernel) {
  for (const std::int64_t input : {1, 2, 3, 4}) {
    for (std::int64_t n = 1; n <= 40; ++n) {
      check(kernel, SpmmProblem{.shape = {n, 3, n}, .zeros = 0, .at_page_end = input});
    }
    for (const std::int64_t n : {63, 65, 77, 95, 97, 121}) {
      check(kernel, SpmmProblem{.shape = {7, 13, n}, .at_page_end = input});
    }
  }
}

void overwrites_what_the_output_held(Named<SpmmKernel> kernel) {
  for (const MatmulShape& shape : {MatmulShape{4, 4, 4}, {19, 18, 77}, {5, 0, 7}}) {
    check(kernel, SpmmProblem{.shape = shape, .ragged = 1, .initial_output = InitialOutput::nan});
  }
}

void keeps_huge_and_tiny_values(Named<SpmmKernel> kernel) {
  for (const Values values : {Values::huge, Values::tiny}) {
    check(kernel, SpmmProblem{.shape = {17, 33, 19}, .values = values});
  }
}

void carries_NaN_and_infinity(Named<SpmmKernel> kernel) {
  for (const std::int64_t zeros : {60, 90, 100}) {
    for (int i = 0; i < 4; ++i) {
      check(kernel, SpmmProblem{.shape = {23, 12, 70}, .zeros = zeros, .values = Values::special});
    }
  }
}

}  // namespace rooflab::testing::spmm
