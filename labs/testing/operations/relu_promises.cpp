// The promises of every relu of the course.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/relu.h>

namespace rooflab::testing::relu {

void clips_any_size(Named<ReluKernel> kernel) {
  for (const std::int64_t size : {1023, 0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 4099}) {
    check(kernel, ReluProblem{.size = size});
  }
}

void works_in_place(Named<ReluKernel> kernel) {
  for (const std::int64_t size : {0, 1, 8, 37, 1000}) {
    check(kernel, ReluProblem{.size = size, .in_place = 1});
  }
}

void takes_pointers_aligned_to_a_float(Named<ReluKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, ReluProblem{.size = 45, .misalign = misalign});
  }
}

void reads_nothing_behind_its_input(Named<ReluKernel> kernel) {
  for (std::int64_t size = 1; size <= 40; ++size) {
    check(kernel, ReluProblem{.size = size, .at_page_end = 1});
  }
}

void overwrites_what_the_output_held(Named<ReluKernel> kernel) {
  check(kernel, ReluProblem{.size = 77, .initial_output = InitialOutput::nan});
}

void keeps_every_kind_of_value(Named<ReluKernel> kernel) {
  for (const Values values : {Values::huge, Values::tiny, Values::special}) {
    check(kernel, ReluProblem{.size = 1003, .values = values});  // some NaN among them for sure
  }
}

}  // namespace rooflab::testing::relu
