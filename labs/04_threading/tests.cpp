// The public tests of lab 04: what each kernel promises, one test case per promise. What a promise
// is checked on stands in labs/testing/operations, in its operation's ..._promises.cpp.
#include <rooflab/testing/core/promise.h>
#include <rooflab/testing/operations/batch.h>
#include <rooflab/testing/operations/histogram.h>
#include <rooflab/testing/operations/loader.h>
#include <rooflab/testing/operations/matmul.h>
#include <rooflab/testing/operations/pool.h>
#include <rooflab/testing/operations/relu.h>
#include <rooflab/testing/operations/sum.h>
#include <rooflab/testing/operations/threads.h>

#include "drivers.h"
#include "kernels.h"

using namespace rooflab::testing;

TEST_KERNEL(lab04, thread_pool) {
  PROMISE(pool::runs_each_task_once);
  PROMISE(pool::waits_until_every_task_has_ended);
  PROMISE(pool::goes_on_working_after_a_wait);
  PROMISE(pool::runs_what_tasks_submit);
  PROMISE(pool::runs_tasks_at_the_same_time);
  PROMISE(pool::begins_tasks_in_their_order);
  PROMISE(pool::throws_what_a_task_threw_and_goes_on);
  PROMISE(pool::runs_what_is_left_when_it_is_destroyed);
}

namespace {

template <int threads>
constexpr Named relu_on = on_threads<ReluKernel, lab04::parallel_relu, threads>("parallel_relu");
template <int threads>
constexpr Named matmul_on =
    on_threads<MatmulKernel, lab04::parallel_matmul, threads>("parallel_matmul");

}  // namespace

TEST_SUITE("parallel_relu") {
  TEST_CASE("clips any size on one thread") { relu::clips_any_size(relu_on<1>); }
  TEST_CASE("clips any size on two threads") { relu::clips_any_size(relu_on<2>); }
  TEST_CASE("clips any size on 16 threads") { relu::clips_any_size(relu_on<16>); }
  TEST_CASE("clips large vectors on 2 and 3 threads") {
    for (const std::int64_t size : {65'536, 65'537, 300'001}) {
      check(relu_on<2>, ReluProblem{.size = size});
      check(relu_on<3>, ReluProblem{.size = size});
    }
  }
  TEST_CASE("works in place on two threads") { relu::works_in_place(relu_on<2>); }
  TEST_CASE("keeps every kind of value on two threads") {
    relu::keeps_every_kind_of_value(relu_on<2>);
  }
}

TEST_KERNEL(lab04, parallel_sum) {
  PROMISE(sum::sums_any_size);
  PROMISE(sum::loses_no_element);
  PROMISE(sum::gives_the_same_bits_on_any_number_of_threads);
  PROMISE(sum::takes_pointers_aligned_to_a_float);
  PROMISE(sum::carries_NaN_and_infinity);
}

TEST_KERNEL(lab04, parallel_histogram) {
  PROMISE(histogram::counts_any_size);
  PROMISE(histogram::loses_no_count);
  PROMISE(histogram::works_with_more_threads_than_elements);
  PROMISE(histogram::overwrites_what_the_output_held);
}

TEST_SUITE("batch_apply") {
  // Of the two functions of that name, the driver.
  static constexpr Named<BatchKernel> kernel{"batch_apply", lab04::batch_apply};
  PROMISE(batch::applies_the_operation_to_each_row_once);
  PROMISE(batch::honours_strides);
  PROMISE(batch::works_on_several_rows_at_the_same_time);
  PROMISE(batch::throws_what_one_row_threw);
  PROMISE(batch::throws_for_the_first_of_several_rows);
  PROMISE(batch::leaves_nothing_running_when_it_throws);
}

TEST_SUITE("parallel_matmul") {
  TEST_CASE("multiplies any shape on one thread") { matmul::multiplies_any_shape(matmul_on<1>); }
  TEST_CASE("multiplies any shape on two threads") { matmul::multiplies_any_shape(matmul_on<2>); }
  TEST_CASE("multiplies any shape on 16 threads") { matmul::multiplies_any_shape(matmul_on<16>); }
  TEST_CASE("multiplies large matrices on 2 and 3 threads") {
    for (const MatmulShape& shape :
         {MatmulShape{150, 150, 150}, {300, 40, 170}, {11, 300, 700}, {700, 300, 11}}) {
      check(matmul_on<2>, MatmulProblem{.shape = shape});
      check(matmul_on<3>, MatmulProblem{.shape = shape, .pad_a = 1, .pad_b = 2, .pad_c = 3});
    }
  }
  TEST_CASE("accepts empty matrices on two threads") {
    matmul::accepts_empty_matrices(matmul_on<2>);
  }
  TEST_CASE("honours strides on two threads") { matmul::honours_strides(matmul_on<2>); }
  TEST_CASE("overwrites what the output held") {
    matmul::overwrites_what_the_output_held(matmul_on<2>);
  }
  TEST_CASE("carries NaN and infinity") { matmul::carries_NaN_and_infinity(matmul_on<2>); }
}

TEST_KERNEL(lab04, data_loader) {
  PROMISE(loader::gives_each_item_in_its_place);
  PROMISE(loader::works_with_more_producers_than_items_or_room);
  PROMISE(loader::makes_items_at_the_same_time);
  PROMISE(loader::makes_items_before_they_are_asked_for);
  PROMISE(loader::keeps_within_its_capacity);
  PROMISE(loader::waits_for_a_slow_item);
  PROMISE(loader::throws_where_the_item_would_come);
  PROMISE(loader::ends_at_any_moment);
  PROMISE(loader::stops_at_any_moment);
}
