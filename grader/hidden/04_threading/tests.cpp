// The hidden tests of lab 04: problems nobody could have written the kernels around.
#include <rooflab/testing/core/promise.h>
#include <rooflab/testing/operations/threads.h>

#include "../promises/batch.h"
#include "../promises/histogram.h"
#include "../promises/loader.h"
#include "../promises/matmul.h"
#include "../promises/pool.h"
#include "../promises/relu.h"
#include "../promises/sum.h"
#include "drivers.h"
#include "kernels.h"

using namespace rooflab::testing;

TEST_KERNEL(lab04, thread_pool) { PROMISE(pool::holds_on_random_problems); }

namespace {

template <int threads>
constexpr Named relu_on = on_threads<ReluKernel, lab04::parallel_relu, threads>("parallel_relu");
template <int threads>
constexpr Named matmul_on =
    on_threads<MatmulKernel, lab04::parallel_matmul, threads>("parallel_matmul");

}  // namespace

TEST_SUITE("parallel_relu") {
  TEST_CASE("holds on random problems on two threads") {
    relu::holds_on_random_problems(relu_on<2>);
  }
  TEST_CASE("holds on random problems on five threads") {
    relu::holds_on_random_problems(relu_on<5>);
  }
  TEST_CASE("takes pointers aligned to a float") {
    relu::takes_pointers_aligned_to_a_float(relu_on<3>);
  }
  TEST_CASE("clips a large vector on 7 threads") {
    check(relu_on<7>, ReluProblem{.size = 1'000'003, .in_place = 1});
  }
}

TEST_KERNEL(lab04, parallel_sum) {
  PROMISE(sum::holds_on_random_problems);
  TEST_CASE("gives the same bits of a large vector") {
    check(kernel, SumProblem{.size = 2'000'003});
  }
}

TEST_KERNEL(lab04, parallel_histogram) { PROMISE(histogram::holds_on_random_problems); }

TEST_SUITE("batch_apply") {
  static constexpr Named<BatchKernel> kernel{"batch_apply", lab04::batch_apply};
  PROMISE(batch::holds_on_random_problems);
}

TEST_SUITE("parallel_matmul") {
  TEST_CASE("holds on random problems on two threads") {
    matmul::holds_on_random_problems(matmul_on<2>);
  }
  TEST_CASE("holds on random problems on five threads") {
    matmul::holds_on_random_problems(matmul_on<5>);
  }
  TEST_CASE("takes pointers aligned to a float") {
    matmul::takes_pointers_aligned_to_a_float(matmul_on<3>);
  }
  TEST_CASE("keeps huge and tiny values") { matmul::keeps_huge_and_tiny_values(matmul_on<2>); }
  TEST_CASE("crosses every border between threads") {
    for (const std::int64_t n : {95, 97, 193, 300, 769, 1025}) {
      check(matmul_on<3>, MatmulProblem{.shape = {n, 30, 37}, .pad_a = 1});
      check(matmul_on<2>, MatmulProblem{.shape = {30, n, 37}, .pad_b = 2});
      check(matmul_on<4>, MatmulProblem{.shape = {30, 37, n}, .pad_c = 3});
    }
  }
}

TEST_KERNEL(lab04, data_loader) { PROMISE(loader::holds_on_random_problems); }
