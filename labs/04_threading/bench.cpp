// The cases that are measured: the graded ones on two threads, each once more on one ("@1"), and
// sizes around them.
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

namespace rooflab::testing {
namespace {

template <int threads>
std::vector<Case> cases_on() {
  constexpr Named relu = on_threads<ReluKernel, lab04::parallel_relu, threads>("parallel_relu");
  constexpr Named matmul =
      on_threads<MatmulKernel, lab04::parallel_matmul, threads>("parallel_matmul");
  const Named<BatchKernel> batch{"batch_apply", lab04::batch_apply};
  std::vector<Case> all;
  // The first sizes are too small for a second thread, the last ones larger than the caches.
  for (const std::int64_t size : {1 << 10, 1 << 17, 1 << 22}) all.push_back(relu_case(relu, size));
  for (const std::int64_t size : {1 << 10, 1 << 17, 1 << 23}) {
    all.push_back(sum_case(NAMED_KERNEL(lab04, parallel_sum), size, threads));
  }
  for (const std::int64_t n : {64, 256, 768, 1024}) {
    all.push_back(matmul_case(matmul, {n, n, n}));
  }
  for (const std::int64_t size : {1 << 12, 1 << 23}) {
    all.push_back(histogram_case(NAMED_KERNEL(lab04, parallel_histogram), size, threads));
  }
  all.push_back(batch_case(batch, 512, 1500, threads));
  all.push_back(pool_case(NAMED_KERNEL(lab04, thread_pool), 2000, 20, 4000, threads));
  all.push_back(loader_case(NAMED_KERNEL(lab04, data_loader), 256, 50'000, 8, threads));
  return all;
}

}  // namespace
}  // namespace rooflab::testing

std::vector<rooflab::testing::Case> rooflab::testing::cases() {
  std::vector<Case> all = cases_on<2>();
  for (const Case& measured : cases_on<1>()) all.push_back(on_one_thread(measured));
  return all;
}
