// The promises of every attention of the course.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/attention.h>

namespace rooflab::testing::attention {

// 0 and 1, primes, tails around every usual tile size, and each extent alone. The first has another
// tail for each.
static constexpr AttentionShape kShapes[] = {
    {31, 63, 23, 43}, {1, 1, 1, 1},     {2, 2, 2, 2},     {3, 5, 7, 2},     {4, 4, 4, 4},
    {8, 8, 8, 8},     {16, 16, 16, 16}, {17, 16, 16, 16}, {16, 17, 16, 16}, {16, 16, 17, 16},
    {16, 16, 16, 17}, {1, 97, 1, 1},    {97, 1, 1, 1},    {1, 1, 97, 1},    {1, 1, 1, 97},
    {5, 200, 3, 4},   {200, 5, 3, 4},   {3, 5, 300, 4},   {3, 5, 4, 200},   {49, 50, 64, 64},
};

void averages_any_shape(Named<AttentionKernel> kernel) {
  for (const AttentionShape& shape : kShapes) check(kernel, AttentionProblem{.shape = shape});
}

void accepts_empty_matrices(Named<AttentionKernel> kernel) {
  for (const AttentionShape& shape :
       {AttentionShape{0, 0, 0, 0}, {0, 5, 7, 3}, {5, 0, 7, 3}, {5, 7, 0, 3}, {5, 7, 3, 0}}) {
    check(kernel, AttentionProblem{.shape = shape});
  }
}

void sees_no_more_keys_than_it_should(Named<AttentionKernel> kernel) {
  for (const Lengths lengths : {Lengths::causal, Lengths::ragged}) {
    for (const AttentionShape& shape :
         {AttentionShape{3, 3, 2, 2}, {20, 20, 8, 8}, {40, 37, 16, 24}, {33, 150, 5, 9}}) {
      check(kernel, AttentionProblem{.shape = shape, .lengths = lengths});
    }
  }
}

void gives_zero_where_no_key_is_seen(Named<AttentionKernel> kernel) {
  for (const AttentionShape& shape :
       {AttentionShape{1, 1, 1, 1}, {9, 5, 4, 11}, {34, 40, 16, 16}}) {
    check(kernel, AttentionProblem{.shape = shape, .lengths = Lengths::masked});
    check(kernel, AttentionProblem{.shape = shape, .lengths = Lengths::masked, .garbage = shape.m});
  }
}

void ignores_what_masked_keys_hold(Named<AttentionKernel> kernel) {
  for (const Lengths lengths : {Lengths::full, Lengths::causal, Lengths::ragged}) {
    for (const std::int64_t garbage : {1, 3, 8}) {
      check(kernel,
            AttentionProblem{.shape = {21, 29, 8, 16}, .lengths = lengths, .garbage = garbage});
    }
    // Values that some rows see, and others must not.
    check(kernel,
          AttentionProblem{
              .shape = {21, 29, 8, 16}, .lengths = lengths, .values = AttentionValues::special});
  }
}

void applies_any_scale(Named<AttentionKernel> kernel) {
  for (const Scores scores : {Scores::zero, Scores::flipped, Scores::wide}) {
    check(kernel, AttentionProblem{.shape = {6, 30, 4, 5}, .scores = scores});
    check(kernel,
          AttentionProblem{.shape = {9, 20, 16, 8}, .lengths = Lengths::ragged, .scores = scores});
  }
}

void survives_scores_that_exp_does_not(Named<AttentionKernel> kernel) {
  for (const Scores scores : {Scores::wide, Scores::low, Scores::far, Scores::rising}) {
    for (const AttentionShape& shape :
         {AttentionShape{1, 1, 1, 1}, {5, 40, 2, 7}, {17, 33, 16, 16}, {3, 500, 8, 8}}) {
      check(kernel, AttentionProblem{.shape = shape, .scores = scores});
    }
  }
}

void keeps_small_weights(Named<AttentionKernel> kernel) {
  for (const Scores scores : {Scores::unit, Scores::rising, Scores::wide}) {
    for (const AttentionShape& shape :
         {AttentionShape{1, 8, 1, 1}, {1, 100, 8, 5}, {5, 60, 4, 16}}) {
      check(kernel, AttentionProblem{
                        .shape = shape, .scores = scores, .values = AttentionValues::balanced});
    }
  }
}

void carries_NaN_and_infinity_of_values(Named<AttentionKernel> kernel) {
  for (int i = 0; i < 4; ++i) {
    check(kernel, AttentionProblem{.shape = {18, 7, 4, 19}, .values = AttentionValues::special});
  }
}

void takes_many_keys(Named<AttentionKernel> kernel) {
  check(kernel, AttentionProblem{.shape = {5, 3001, 3, 5}});
  check(kernel, AttentionProblem{.shape = {18, 1500, 3, 5}, .lengths = Lengths::ragged});
}

void honours_strides(Named<AttentionKernel> kernel) {
  for (const AttentionShape& shape :
       {AttentionShape{5, 6, 7, 3}, {16, 16, 16, 16}, {18, 20, 9, 33}}) {
    check(kernel, AttentionProblem{.shape = shape, .pad_q = 3});
    check(kernel, AttentionProblem{.shape = shape, .pad_k = 5});
    check(kernel, AttentionProblem{.shape = shape, .pad_v = 2});
    check(kernel, AttentionProblem{.shape = shape, .pad_out = 1});
    check(kernel,
          AttentionProblem{.shape = shape, .pad_q = 13, .pad_k = 2, .pad_v = 7, .pad_out = 64});
  }
}

void takes_pointers_aligned_to_a_float(Named<AttentionKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, AttentionProblem{.shape = {18, 19, 20, 21}, .misalign = misalign});
  }
}

void reads_nothing_behind_its_inputs(Named<AttentionKernel> kernel) {
  for (const std::int64_t input : {1, 2, 3, 4}) {
    for (std::int64_t n = 1; n <= 20; ++n) {
      check(kernel, AttentionProblem{.shape = {n, n, 3, n}, .at_page_end = input});
      check(kernel, AttentionProblem{.shape = {3, n, n, 5}, .at_page_end = input});
    }
    check(kernel, AttentionProblem{.shape = {13, 29, 11, 37}, .at_page_end = input});
  }
}

void overwrites_what_the_output_held(Named<AttentionKernel> kernel) {
  for (const Lengths lengths : {Lengths::full, Lengths::masked}) {
    for (const AttentionShape& shape :
         {AttentionShape{4, 4, 4, 4}, {19, 18, 17, 9}, {5, 0, 7, 3}, {5, 7, 0, 3}}) {
      check(kernel, AttentionProblem{
                        .shape = shape, .lengths = lengths, .initial_output = InitialOutput::nan});
    }
  }
}

}  // namespace rooflab::testing::attention
