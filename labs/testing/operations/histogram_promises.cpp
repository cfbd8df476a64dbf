// The promises of every histogram on several threads.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/histogram.h>

namespace rooflab::testing::histogram {

void counts_any_size(Named<HistogramKernel> kernel) {
  for (const std::int64_t size : {1023, 0, 1, 2, 3, 4, 7, 8, 63, 64, 65, 4099, 100'003}) {
    for (const std::int64_t threads : {1, 2, 3}) {
      check(kernel, HistogramProblem{.size = size, .threads = threads});
    }
  }
}

void loses_no_count(Named<HistogramKernel> kernel) {
  for (const std::int64_t values : {1, 2, 256}) {
    for (const std::int64_t threads : {2, 4}) {
      check(kernel, HistogramProblem{.size = 1 << 20U, .threads = threads, .values = values});
    }
  }
}

void works_with_more_threads_than_elements(Named<HistogramKernel> kernel) {
  for (const std::int64_t size : {0, 1, 5, 15}) {
    check(kernel, HistogramProblem{.size = size, .threads = 16});
  }
}

void overwrites_what_the_output_held(Named<HistogramKernel> kernel) {
  for (const std::int64_t size : {0, 1000}) {
    check(kernel,
          HistogramProblem{.size = size, .threads = 2, .initial_output = InitialOutput::nan});
  }
}

}  // namespace rooflab::testing::histogram
