// The promises of requantize and requantize_channels.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/requantize.h>

#include <utility>

namespace rooflab::testing::requantize {

using Problem = RequantizeProblem;

static constexpr std::pair<std::int64_t, std::int64_t> kShapes[] = {
    {31, 45}, {1, 1}, {1, 8},    {3, 9}, {7, 31}, {16, 16}, {5, 33},
    {2, 64},  {9, 1}, {360, 10}, {0, 5}, {5, 0},  {0, 0}};

template <class Kernel>
void takes_any_shape(Named<Kernel> kernel) {
  for (const auto& [rows, cols] : kShapes) check(kernel, Problem{.rows = rows, .cols = cols});
  for (std::int64_t cols = 1; cols <= 70; ++cols) check(kernel, Problem{.rows = 2, .cols = cols});
}

template <class Kernel>
void rounds_ties_to_even(Named<Kernel> kernel) {
  for (const std::int64_t zero_point : {0, 1, 128}) {
    check(kernel, Problem{.rows = 9, .cols = 37, .zero_point = zero_point, .sums = Sums::ties});
  }
}

template <class Kernel>
void saturates_beyond_the_range(Named<Kernel> kernel) {
  for (const std::int64_t zero_point : {0, 77, 255}) {
    check(kernel, Problem{.rows = 9, .cols = 37, .zero_point = zero_point, .sums = Sums::outside});
  }
}

template <class Kernel>
void adds_the_zero_point(Named<Kernel> kernel) {
  for (const std::int64_t zero_point : {1, 100, 254, 255}) {
    check(kernel, Problem{.rows = 9, .cols = 37, .zero_point = zero_point});
  }
}

template <class Kernel>
void honours_strides(Named<Kernel> kernel) {
  check(kernel, Problem{.rows = 9, .cols = 21, .pad_acc = 3});
  check(kernel, Problem{.rows = 9, .cols = 21, .pad_out = 5});
  check(kernel, Problem{.rows = 9, .cols = 32, .pad_acc = 17, .pad_out = 40});
}

template <class Kernel>
void takes_pointers_aligned_to_an_element(Named<Kernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, Problem{.rows = 5, .cols = 45, .misalign = misalign});
  }
}

template <class Kernel>
void reads_nothing_behind_its_inputs(Named<Kernel> kernel) {
  constexpr bool kChannels = std::is_same_v<Kernel, RequantizeChannelsKernel>;
  for (std::int64_t input = 1; input <= (kChannels ? 3 : 1); ++input) {
    for (std::int64_t cols = 1; cols <= 70; ++cols) {
      check(kernel, Problem{.rows = 2, .cols = cols, .at_page_end = input});
    }
  }
}

template <class Kernel>
void overwrites_what_the_output_held(Named<Kernel> kernel) {
  for (const std::int64_t cols : {1, 9, 64}) {
    check(kernel, Problem{.rows = 5, .cols = cols, .initial_output = InitialOutput::nan});
  }
}

#define INSTANTIATE(Kernel)                                          \
  template void takes_any_shape(Named<Kernel>);                      \
  template void rounds_ties_to_even(Named<Kernel>);                  \
  template void saturates_beyond_the_range(Named<Kernel>);           \
  template void adds_the_zero_point(Named<Kernel>);                  \
  template void honours_strides(Named<Kernel>);                      \
  template void takes_pointers_aligned_to_an_element(Named<Kernel>); \
  template void reads_nothing_behind_its_inputs(Named<Kernel>);      \
  template void overwrites_what_the_output_held(Named<Kernel>);
INSTANTIATE(RequantizeKernel)
INSTANTIATE(RequantizeChannelsKernel)

}  // namespace rooflab::testing::requantize
