// The promises of every kernel that applies a function to each element.
#include <rooflab/testing/core/walk.h>
#include <rooflab/testing/operations/unary.h>

#include <bit>

namespace rooflab::testing::unary {

void takes_any_size(Named<UnaryKernel> kernel, Function function) {
  check(kernel, UnaryProblem{.function = function, .size = 1023});
  for (std::int64_t size = 0; size <= 70; ++size) {
    check(kernel, UnaryProblem{.function = function, .size = size});
  }
}

void works_in_place(Named<UnaryKernel> kernel, Function function) {
  for (const std::int64_t size : {0, 1, 8, 37, 1000}) {
    check(kernel, UnaryProblem{.function = function, .size = size, .in_place = 1});
  }
}

void takes_pointers_aligned_to_a_float(Named<UnaryKernel> kernel, Function function) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, UnaryProblem{.function = function, .size = 45, .misalign = misalign});
  }
}

void reads_nothing_behind_its_input(Named<UnaryKernel> kernel, Function function) {
  for (std::int64_t size = 1; size <= 40; ++size) {
    check(kernel, UnaryProblem{.function = function, .size = size, .at_page_end = 1});
  }
}

void overwrites_what_the_output_held(Named<UnaryKernel> kernel, Function function) {
  check(kernel,
        UnaryProblem{.function = function, .size = 77, .initial_output = InitialOutput::nan});
}

void carries_NaN_and_infinity(Named<UnaryKernel> kernel, Function function) {
  for (const std::int64_t size : {203, 7}) {
    for (int i = 0; i < 4; ++i) {
      check(kernel,
            UnaryProblem{.function = function, .size = size, .arguments = Arguments::special});
    }
  }
}

void stays_right_when_results_leave_the_range(Named<UnaryKernel> kernel, Function function) {
  check(kernel, UnaryProblem{.function = function, .size = 4099, .arguments = Arguments::wide});
}

void holds_everywhere(Named<UnaryKernel> kernel, Function function, std::uint32_t step) {
  check_all_floats(kernel, UnaryProblem{.function = function, .arguments = Arguments::patterns},
                   step);
}

void holds_at(Named<UnaryKernel> kernel, Function function,
              std::initializer_list<float> arguments) {
  for (const float argument : arguments) {
    check(kernel, UnaryProblem{.function = function,
                               .size = 1,
                               .arguments = Arguments::patterns,
                               .first = std::bit_cast<std::uint32_t>(argument)});
  }
}

}  // namespace rooflab::testing::unary
