// The promises of every product of bf16 weights and a vector.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/gemv_bf16.h>

namespace rooflab::testing::gemv_bf16 {
namespace {

struct Extents {
  std::int64_t rows, cols;
};

}  // namespace

void multiplies_any_shape(Named<GemvBf16Kernel> kernel) {
  check(kernel, GemvBf16Problem{.rows = 31, .cols = 119});
  for (std::int64_t cols = 1; cols <= 100; ++cols) {
    check(kernel, GemvBf16Problem{.rows = 5, .cols = cols});
  }
  for (std::int64_t rows = 1; rows <= 40; ++rows) {
    check(kernel, GemvBf16Problem{.rows = rows, .cols = 37});
  }
  for (const auto& [rows, cols] : {Extents{1, 1}, {1, 1000}, {1000, 1}, {64, 256}, {3, 515}}) {
    check(kernel, GemvBf16Problem{.rows = rows, .cols = cols});
  }
}

void accepts_nothing(Named<GemvBf16Kernel> kernel) {
  for (const auto& [rows, cols] : {Extents{0, 0}, {0, 7}, {7, 0}, {1, 0}, {40, 0}}) {
    check(kernel, GemvBf16Problem{.rows = rows, .cols = cols});
  }
}

void loses_no_term_of_many(Named<GemvBf16Kernel> kernel) {
  for (const auto& [rows, cols] :
       {Extents{70, 4099}, {9, 10'007}, {3, 70'001}, {2, 131'072}, {70'001, 3}}) {
    check(kernel, GemvBf16Problem{.rows = rows, .cols = cols, .whole = 1});
  }
}

void honours_strides(Named<GemvBf16Kernel> kernel) {
  for (const auto& [rows, cols] : {Extents{5, 7}, {16, 16}, {9, 70}, {33, 131}}) {
    for (const std::int64_t pad : {1, 3, 16, 33}) {
      check(kernel, GemvBf16Problem{.rows = rows, .cols = cols, .pad_w = pad});
    }
  }
}

void takes_pointers_aligned_to_an_element(Named<GemvBf16Kernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7, 15}) {
    check(kernel, GemvBf16Problem{.rows = 6, .cols = 77, .misalign_w = misalign});
    check(kernel, GemvBf16Problem{.rows = 6, .cols = 77, .misalign_x = misalign});
    check(kernel, GemvBf16Problem{.rows = 22, .cols = 17, .misalign_y = misalign});
  }
}

void reads_nothing_behind_its_inputs(Named<GemvBf16Kernel> kernel) {
  for (const std::int64_t input : {1, 2}) {
    for (std::int64_t cols = 1; cols <= 80; ++cols) {
      check(kernel, GemvBf16Problem{.rows = 5, .cols = cols, .at_page_end = input});
    }
    for (std::int64_t rows = 1; rows <= 20; ++rows) {
      check(kernel, GemvBf16Problem{.rows = rows, .cols = 43, .at_page_end = input});
    }
  }
}

void overwrites_what_the_output_held(Named<GemvBf16Kernel> kernel) {
  for (const auto& [rows, cols] : {Extents{9, 33}, {16, 64}, {6, 0}}) {
    check(kernel,
          GemvBf16Problem{.rows = rows, .cols = cols, .initial_output = InitialOutput::nan});
  }
}

void keeps_every_kind_of_value(Named<GemvBf16Kernel> kernel) {
  for (const Values values : {Values::huge, Values::tiny}) {
    check(kernel, GemvBf16Problem{.rows = 7, .cols = 203, .values = values});
  }
  for (std::int64_t cols = 1; cols <= 24; ++cols) {  // few, or every sum is NaN
    check(kernel, GemvBf16Problem{.rows = 33, .cols = cols, .values = Values::special});
  }
}

}  // namespace rooflab::testing::gemv_bf16
