// The test cases that every transpose of the course must pass (see matmul_tests.h).
#pragma once

#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/transpose.h>

#include <limits>
#include <utility>

namespace rooflab::testing::transpose {

inline void transposes_any_shape(std::string_view name, TransposeKernel kernel) {
  for (const auto& [rows, cols] : std::initializer_list<std::pair<std::int64_t, std::int64_t>>{
           {63, 95}, {0, 0},   {0, 5},   {5, 0},   {1, 1},   {1, 17},  {17, 1},
           {2, 2},   {3, 5},   {8, 8},   {7, 9},   {16, 16}, {15, 17}, {17, 15},
           {32, 33}, {64, 64}, {65, 63}, {31, 97}, {128, 3}, {3, 128}, {100, 100}}) {
    check(name, kernel, TransposeProblem{.rows = rows, .cols = cols});
  }
}

inline void honours_strides(std::string_view name, TransposeKernel kernel) {
  for (const auto& [rows, cols] :
       std::initializer_list<std::pair<std::int64_t, std::int64_t>>{{5, 7}, {16, 16}, {35, 18}}) {
    check(name, kernel, TransposeProblem{.rows = rows, .cols = cols, .pad_a = 3});
    check(name, kernel, TransposeProblem{.rows = rows, .cols = cols, .pad_b = 5});
    check(name, kernel, TransposeProblem{.rows = rows, .cols = cols, .pad_a = 33, .pad_b = 1});
  }
}

inline void takes_pointers_aligned_to_a_float(std::string_view name, TransposeKernel kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(name, kernel, TransposeProblem{.rows = 21, .cols = 34, .misalign = misalign});
  }
}

inline void overwrites_what_the_output_held(std::string_view name, TransposeKernel kernel) {
  check(name, kernel, TransposeProblem{.rows = 19, .cols = 33, .before = Before::nan});
}

inline void copies_every_value(std::string_view name, TransposeKernel kernel) {
  for (const Values values : {Values::huge, Values::tiny, Values::special}) {
    check(name, kernel, TransposeProblem{.rows = 33, .cols = 18, .values = values});
  }
}

/// Random shapes, strides and alignments, drawn from the session's key: for hidden tests.
inline void holds_on_random_problems(std::string_view name, TransposeKernel kernel, int count) {
  Random random(next_key());
  for (int i = 0; i < count; ++i) {
    check(name, kernel,
          TransposeProblem{.rows = random.integer(0, 150),
                           .cols = random.integer(0, 150),
                           .pad_a = random.integer(0, 1) * random.integer(0, 40),
                           .pad_b = random.integer(0, 1) * random.integer(0, 40),
                           .misalign = random.integer(0, 15),
                           .before = random.integer(0, 1) == 0 ? Before::finite : Before::nan});
  }
}

}  // namespace rooflab::testing::transpose
