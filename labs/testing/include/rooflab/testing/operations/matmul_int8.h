// c = (a − zero_a)·(b − zero_b) in whole numbers: problems to test it on, cases to measure it with.
// a has 8 bits without a sign, b 8 bits with one, c 32 bits: exact, so one wrong bit shows.
#pragma once

#include <rooflab/quantization.h>
#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/testing/operations/matmul.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rooflab::testing {

using MatmulInt8Kernel = void (*)(MatrixView<const std::uint8_t> a, MatrixView<const std::int8_t> b,
                                  QuantParams pa, QuantParams pb, MatrixView<std::int32_t> c);

/// The longest product whose result always fits: 33,025 · 255 · 255 < 2³¹.
inline constexpr std::int64_t kLongestInt8 = 33'025;

/// What a and b hold.
enum class Int8Values : std::uint8_t {
  any,         // every value, each as often
  extremes,    // a: 254 and 255, b: 127 and −128: what overflows 16 bits does
  positive,    // the greatest results: a and b have their greatest values, the zero points their
               // least
  negative,    // the least: b has its least
  seven_bits,  // b within −64…63, where products of pairs fit 16 bits
  one_pair  // the same, but for one pair of 127, in rows that follow each other; a is full of 255
};

/// One call. Padding is how much longer a row's stride is than the row.
struct MatmulInt8Problem {
  MatmulShape shape;
  std::int64_t pad_a = 0, pad_b = 0, pad_c = 0;
  std::int64_t misalign = 0;
  std::int64_t zero_a = 0, zero_b = 0;
  Int8Values values = Int8Values::any;
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // 1: a ends where a page does; 2: b does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(MatmulInt8Kernel kernel) const;
};

/// A measured case, of all values and with zero points. Verified by Freivalds' check modulo 2⁶⁴,
/// where nothing is rounded: a wrong row passes with a probability of 2⁻³³ at most.
[[nodiscard]] Case matmul_int8_case(Named<MatmulInt8Kernel> kernel, MatmulShape shape);

/// What every product of 8-bit numbers promises, a test case each: see core/promise.h.
namespace matmul_int8 {

void multiplies_any_shape(Named<MatmulInt8Kernel> kernel);
void accepts_empty_matrices(Named<MatmulInt8Kernel> kernel);
void subtracts_zero_points(Named<MatmulInt8Kernel> kernel);
void honours_strides(Named<MatmulInt8Kernel> kernel);
void takes_pointers_aligned_to_a_byte(Named<MatmulInt8Kernel> kernel);
void reads_nothing_behind_its_inputs(Named<MatmulInt8Kernel> kernel);
void overwrites_what_the_output_held(Named<MatmulInt8Kernel> kernel);

}  // namespace matmul_int8

}  // namespace rooflab::testing
