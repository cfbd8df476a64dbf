// The promises of every sum on several threads.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/sum.h>

namespace rooflab::testing::sum {

void sums_any_size(Named<SumKernel> kernel) {
  for (const std::int64_t size : {1023, 0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 33, 100, 4096, 4097}) {
    check(kernel, SumProblem{.size = size});
  }
}

void loses_no_element(Named<SumKernel> kernel) {
  for (const std::int64_t size : {1, 31, 4095, 4096, 4097, 8192, 65'537, 300'001}) {
    check(kernel, SumProblem{.size = size, .whole = true});
  }
}

void gives_the_same_bits_on_any_number_of_threads(Named<SumKernel> kernel) {
  for (const std::int64_t size : {5000, 20'000, 100'003, 300'000}) {
    check(kernel, SumProblem{.size = size});
  }
}

void takes_pointers_aligned_to_a_float(Named<SumKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, SumProblem{.size = 4500, .misalign = misalign});
  }
}

void carries_NaN_and_infinity(Named<SumKernel> kernel) {
  for (const std::int64_t size : {1, 20, 20, 20, 9000}) {
    check(kernel, SumProblem{.size = size, .values = Values::special});
  }
}

}  // namespace rooflab::testing::sum
