// quantize and dequantize: problems to test them on, cases to measure them with. A result follows
// from float operations that are each rounded once, so it is exact.
#pragma once

#include <rooflab/quantization.h>
#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using QuantizeKernel = void (*)(std::span<const float> x, QuantParams params,
                                std::span<std::uint8_t> q);
using DequantizeKernel = void (*)(std::span<const std::uint8_t> q, QuantParams params,
                                  std::span<float> x);

/// Where the elements of x come from.
enum class Reals : std::uint8_t {
  inside,   // most of them where q is within 0…255, none next to half way between two
  ties,     // half way between two whole numbers; the scale is a power of 2
  near,     // half way between two, or next to it, as scale · x is rounded
  outside,  // far beyond: up to the largest float
  special   // inside, with NaN, ±∞, −0 and ±10²⁰ among them
};

/// One call of quantize.
struct QuantizeProblem {
  std::int64_t size = 0;
  float scale = 0.037F;
  std::int64_t zero_point = 0;
  Reals reals = Reals::inside;
  std::int64_t misalign = 0;
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // 1: x ends where a page does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(QuantizeKernel kernel) const;
};

/// One call of dequantize.
struct DequantizeProblem {
  std::int64_t size = 0;
  float scale = 0.037F;
  std::int64_t zero_point = 0;
  std::int64_t misalign = 0;
  InitialOutput initial_output = InitialOutput::finite;
  std::int64_t at_page_end = 0;  // 1: q ends where a page does
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(DequantizeKernel kernel) const;
};

/// Measured cases. Verified by comparing a random tenth.
[[nodiscard]] Case quantize_case(Named<QuantizeKernel> kernel, std::int64_t size);
[[nodiscard]] Case dequantize_case(Named<DequantizeKernel> kernel, std::int64_t size);

/// What every quantize promises, a test case each: see core/promise.h.
namespace quantize {

void quantizes_any_size(Named<QuantizeKernel> kernel);
void rounds_ties_to_even(Named<QuantizeKernel> kernel);
void saturates_beyond_the_range(Named<QuantizeKernel> kernel);
void defines_NaN_and_infinity(Named<QuantizeKernel> kernel);
void takes_any_params(Named<QuantizeKernel> kernel);
void takes_pointers_aligned_to_a_float(Named<QuantizeKernel> kernel);
void reads_nothing_behind_its_input(Named<QuantizeKernel> kernel);
void overwrites_what_the_output_held(Named<QuantizeKernel> kernel);

}  // namespace quantize

/// What every dequantize promises.
namespace dequantize {

void dequantizes_any_size(Named<DequantizeKernel> kernel);
void takes_any_params(Named<DequantizeKernel> kernel);
void takes_pointers_aligned_to_an_element(Named<DequantizeKernel> kernel);
void reads_nothing_behind_its_input(Named<DequantizeKernel> kernel);
void overwrites_what_the_output_held(Named<DequantizeKernel> kernel);

}  // namespace dequantize

}  // namespace rooflab::testing
