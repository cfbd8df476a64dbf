// The promises of every conversion between float and bf16.
#include <rooflab/testing/core/walk.h>
#include <rooflab/testing/operations/bf16.h>

#include <initializer_list>

namespace rooflab::testing {
namespace {

template <class Problem>
void walk(Named<typename Problem::Kernel> kernel, std::uint32_t first, std::uint32_t step,
          std::int64_t size) {
  check_walk(kernel,
             Problem{.size = size, .contents = Contents::walk, .first = first, .step = step});
}

// Every upper half from `first` to `last`, of both signs, with each of the lower halves.
void walk_upper_halves(Named<ToBf16Kernel> kernel, std::uint32_t first, std::uint32_t last,
                       std::initializer_list<std::uint32_t> lower_halves) {
  for (const std::uint32_t sign : {0U, 0x8000U}) {
    for (const std::uint32_t lower : lower_halves) {
      walk<ToBf16Problem>(kernel, (sign | first) << 16U | lower, 0x10000, last - first + 1);
    }
  }
}

// Upper halves of magnitudes.
constexpr std::uint32_t kFirstNormal = 0x0080, kOne = 0x3f80, kTwo = 0x4000, kLargest = 0x7f7f,
                        kInfinity = 0x7f80, kLastNan = 0x7fff;

// The normal range without the largest, beginning with what is easiest to read in a failure.
void walk_normal_range(Named<ToBf16Kernel> kernel,
                       std::initializer_list<std::uint32_t> lower_halves) {
  walk_upper_halves(kernel, kOne, kTwo, lower_halves);
  walk_upper_halves(kernel, kFirstNormal, kLargest - 1, lower_halves);
}

// --- What both directions promise ----------------------------------------------------------------

template <class Problem>
void converts_any_size(Named<typename Problem::Kernel> kernel) {
  for (const std::int64_t size : {1023, 4099}) check(kernel, Problem{.size = size});
  for (std::int64_t size = 0; size <= 100; ++size) check(kernel, Problem{.size = size});
}

template <class Problem>
void converts_from_and_to_any_address(Named<typename Problem::Kernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7, 15}) {
    check(kernel, Problem{.size = 77, .misalign_x = misalign});
    check(kernel, Problem{.size = 77, .misalign_y = misalign});
  }
}

template <class Problem>
void converts_at_the_end_of_a_page(Named<typename Problem::Kernel> kernel) {
  for (std::int64_t size = 1; size <= 80; ++size) {
    check(kernel, Problem{.size = size, .at_page_end = 1});
  }
}

template <class Problem>
void converts_over_NaN(Named<typename Problem::Kernel> kernel) {
  check(kernel, Problem{.size = 77, .initial_output = InitialOutput::nan});
}

}  // namespace

namespace to_bf16 {

void rounds_any_size(Named<ToBf16Kernel> kernel) { converts_any_size<ToBf16Problem>(kernel); }

void rounds_to_the_nearest(Named<ToBf16Kernel> kernel) {
  walk_normal_range(kernel, {0, 1, 0x7fff, 0x8001, 0xffff});
}

void rounds_ties_to_even(Named<ToBf16Kernel> kernel) { walk_normal_range(kernel, {0x8000}); }

void rounds_below_the_normal_range(Named<ToBf16Kernel> kernel) {
  walk_upper_halves(kernel, 0, kFirstNormal - 1, {0, 1, 0x7fff, 0x8000, 0x8001, 0xffff});
}

void overflows_to_infinity(Named<ToBf16Kernel> kernel) {
  walk_upper_halves(kernel, kLargest, kLargest, {0, 1, 0x7fff, 0x8000, 0x8001, 0xffff});
  walk_upper_halves(kernel, kInfinity, kInfinity, {0});
}

void keeps_NaN_and_makes_it_quiet(Named<ToBf16Kernel> kernel) {
  walk_upper_halves(kernel, kInfinity, kLastNan, {1, 0x7fff, 0x8000, 0x8001, 0xffff});
  walk_upper_halves(kernel, kInfinity + 1, kLastNan, {0});
}

void takes_pointers_aligned_to_an_element(Named<ToBf16Kernel> kernel) {
  converts_from_and_to_any_address<ToBf16Problem>(kernel);
}

void reads_nothing_behind_its_input(Named<ToBf16Kernel> kernel) {
  converts_at_the_end_of_a_page<ToBf16Problem>(kernel);
}

void overwrites_what_the_output_held(Named<ToBf16Kernel> kernel) {
  converts_over_NaN<ToBf16Problem>(kernel);
}

void is_right_everywhere(Named<ToBf16Kernel> kernel) {
  check_all_floats(kernel, ToBf16Problem{.contents = Contents::walk}, 9973);
}

}  // namespace to_bf16

namespace from_bf16 {

void widens_any_size(Named<FromBf16Kernel> kernel) { converts_any_size<FromBf16Problem>(kernel); }

void widens_every_number(Named<FromBf16Kernel> kernel) {
  for (const std::uint32_t sign : {0U, 0x8000U}) {
    walk<FromBf16Problem>(kernel, sign, 1, kInfinity + 1);
  }
}

void keeps_every_bit_of_NaN(Named<FromBf16Kernel> kernel) {
  for (const std::uint32_t sign : {0U, 0x8000U}) {
    walk<FromBf16Problem>(kernel, sign | (kInfinity + 1), 1, kLastNan - kInfinity);
  }
}

void takes_pointers_aligned_to_an_element(Named<FromBf16Kernel> kernel) {
  converts_from_and_to_any_address<FromBf16Problem>(kernel);
}

void reads_nothing_behind_its_input(Named<FromBf16Kernel> kernel) {
  converts_at_the_end_of_a_page<FromBf16Problem>(kernel);
}

void overwrites_what_the_output_held(Named<FromBf16Kernel> kernel) {
  converts_over_NaN<FromBf16Problem>(kernel);
}

}  // namespace from_bf16

}  // namespace rooflab::testing
