// The promises of every dot product of the course.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/dot.h>

namespace rooflab::testing::dot {

void sums_any_size(Named<DotKernel> kernel) {
  check(kernel, DotProblem{.size = 1023});
  for (std::int64_t size = 0; size <= 150; ++size) check(kernel, DotProblem{.size = size});
}

void loses_no_term_of_many(Named<DotKernel> kernel) {
  for (const std::int64_t size : {4099, 100'003}) {
    check(kernel, DotProblem{.size = size, .whole = 1});
  }
}

void takes_pointers_aligned_to_a_float(Named<DotKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, DotProblem{.size = 45, .misalign_x = misalign});
    check(kernel, DotProblem{.size = 45, .misalign_y = misalign});
  }
}

void reads_nothing_behind_its_inputs(Named<DotKernel> kernel) {
  for (std::int64_t size = 1; size <= 70; ++size) {
    check(kernel, DotProblem{.size = size, .at_page_end = 1});
    check(kernel, DotProblem{.size = size, .at_page_end = 2});
  }
}

void keeps_every_kind_of_value(Named<DotKernel> kernel) {
  for (const Values values : {Values::huge, Values::tiny}) {
    check(kernel, DotProblem{.size = 203, .values = values});
  }
  for (std::int64_t size = 1; size <= 24; ++size) {  // few, or every sum is NaN
    check(kernel, DotProblem{.size = size, .values = Values::special});
  }
}

}  // namespace rooflab::testing::dot
