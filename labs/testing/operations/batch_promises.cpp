// The promises of an operation on every row of a batch.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/batch.h>

namespace rooflab::testing::batch {

void applies_the_operation_to_each_row_once(Named<BatchKernel> kernel) {
  for (const std::int64_t rows : {63, 0, 1, 2, 3, 16, 1000}) {
    for (const std::int64_t threads : {1, 2, 3, 16}) {
      check(kernel, BatchProblem{.rows = rows, .cols = 5, .threads = threads});
    }
  }
  check(kernel, BatchProblem{.rows = 7, .cols = 0, .threads = 2});
}

void honours_strides(Named<BatchKernel> kernel) {
  check(kernel, BatchProblem{.rows = 20, .cols = 3, .threads = 2, .pad_batch = 4});
  check(kernel, BatchProblem{.rows = 20, .cols = 3, .threads = 2, .pad_out = 7});
}

void works_on_several_rows_at_the_same_time(Named<BatchKernel> kernel) {
  for (const std::int64_t threads : {2, 3, 5}) {
    check(kernel, BatchProblem{.rows = 40, .cols = 4, .threads = threads, .meets = true});
  }
}

void throws_what_one_row_threw(Named<BatchKernel> kernel) {
  for (const std::int64_t threads : {1, 2, 4, 16}) {
    for (int i = 0; i < 4; ++i) {
      check(kernel, BatchProblem{.rows = 50, .cols = 3, .threads = threads, .failing = 1});
    }
  }
}

void throws_for_the_first_of_several_rows(Named<BatchKernel> kernel) {
  for (const std::int64_t failing : {2, 7, 50}) {
    for (const std::int64_t threads : {1, 2, 3, 8}) {
      check(kernel,
            BatchProblem{
                .rows = 50, .cols = 3, .threads = threads, .failing = failing, .steps = 300});
    }
  }
}

void leaves_nothing_running_when_it_throws(Named<BatchKernel> kernel) {
  for (int i = 0; i < 24; ++i) {
    check(kernel, BatchProblem{.rows = 6, .cols = 8, .threads = 3, .failing = 3, .steps = 100'000});
  }
}

}  // namespace rooflab::testing::batch
