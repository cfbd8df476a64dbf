// The promises of every saxpy of the course.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/saxpy.h>

namespace rooflab::testing::saxpy {

void adds_to_any_size(Named<SaxpyKernel> kernel) {
  for (const std::int64_t size : {1023, 4099}) check(kernel, SaxpyProblem{.size = size});
  for (std::int64_t size = 0; size <= 70; ++size) check(kernel, SaxpyProblem{.size = size});
}

void takes_any_factor(Named<SaxpyKernel> kernel) {
  for (const float alpha : {0.0F, 1.0F, -1.0F, 0x1p60F, 0x1p-100F}) {
    check(kernel, SaxpyProblem{.size = 53, .alpha = alpha});
  }
  check(kernel, SaxpyProblem{.size = 1003, .alpha = 0, .values = Values::special});  // 0 · ∞ is NaN
}

void takes_pointers_aligned_to_a_float(Named<SaxpyKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, SaxpyProblem{.size = 45, .misalign = misalign});
  }
}

void reads_nothing_behind_its_input(Named<SaxpyKernel> kernel) {
  for (std::int64_t size = 1; size <= 40; ++size) {
    check(kernel, SaxpyProblem{.size = size, .at_page_end = 1});
  }
}

void keeps_every_kind_of_value(Named<SaxpyKernel> kernel) {
  for (const Values values : {Values::huge, Values::tiny, Values::special}) {
    check(kernel, SaxpyProblem{.size = 203, .values = values});
  }
}

}  // namespace rooflab::testing::saxpy
