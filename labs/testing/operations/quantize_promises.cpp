// The promises of quantize and dequantize.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/quantize.h>

#include <cmath>

namespace rooflab::testing {

namespace quantize {

void quantizes_any_size(Named<QuantizeKernel> kernel) {
  check(kernel, QuantizeProblem{.size = 1023, .zero_point = 100});
  for (std::int64_t size = 0; size <= 150; ++size) check(kernel, QuantizeProblem{.size = size});
}

void rounds_ties_to_even(Named<QuantizeKernel> kernel) {
  for (const float scale : {1.0F, 0.125F, 2.0F}) {
    for (const std::int64_t zero_point : {0, 1, 128, 255}) {
      check(kernel,
            QuantizeProblem{
                .size = 203, .scale = scale, .zero_point = zero_point, .reals = Reals::ties});
    }
  }
}

void saturates_beyond_the_range(Named<QuantizeKernel> kernel) {
  for (const std::int64_t zero_point : {0, 77, 255}) {
    check(kernel, QuantizeProblem{.size = 203, .zero_point = zero_point, .reals = Reals::outside});
  }
}

void defines_NaN_and_infinity(Named<QuantizeKernel> kernel) {
  for (const std::int64_t zero_point : {0, 77, 255}) {
    check(kernel, QuantizeProblem{.size = 203, .zero_point = zero_point, .reals = Reals::special});
  }
}

void takes_any_params(Named<QuantizeKernel> kernel) {
  for (const float scale : {1e-30F, 0.0039F, 0.3F, 17.0F, 1e30F}) {
    for (const std::int64_t zero_point : {0, 1, 254, 255}) {
      check(kernel, QuantizeProblem{.size = 300, .scale = scale, .zero_point = zero_point});
    }
  }
}

void takes_pointers_aligned_to_a_float(Named<QuantizeKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, QuantizeProblem{.size = 77, .misalign = misalign});
  }
}

void reads_nothing_behind_its_input(Named<QuantizeKernel> kernel) {
  for (std::int64_t size = 1; size <= 70; ++size) {
    check(kernel, QuantizeProblem{.size = size, .at_page_end = 1});
  }
}

void overwrites_what_the_output_held(Named<QuantizeKernel> kernel) {
  for (const std::int64_t size : {1, 8, 100}) {
    check(kernel, QuantizeProblem{.size = size, .initial_output = InitialOutput::nan});
  }
}

}  // namespace quantize

namespace dequantize {

void dequantizes_any_size(Named<DequantizeKernel> kernel) {
  check(kernel, DequantizeProblem{.size = 1023, .zero_point = 100});
  for (std::int64_t size = 0; size <= 150; ++size) check(kernel, DequantizeProblem{.size = size});
}

void takes_any_params(Named<DequantizeKernel> kernel) {
  for (const float scale : {1e-30F, 0.0039F, 0.3F, 17.0F, 1e30F}) {
    for (const std::int64_t zero_point : {0, 1, 254, 255}) {
      check(kernel, DequantizeProblem{.size = 300, .scale = scale, .zero_point = zero_point});
    }
  }
}

void takes_pointers_aligned_to_an_element(Named<DequantizeKernel> kernel) {
  for (const std::int64_t misalign : {1, 2, 3, 7}) {
    check(kernel, DequantizeProblem{.size = 77, .misalign = misalign});
  }
}

void reads_nothing_behind_its_input(Named<DequantizeKernel> kernel) {
  for (std::int64_t size = 1; size <= 70; ++size) {
    check(kernel, DequantizeProblem{.size = size, .at_page_end = 1});
  }
}

void overwrites_what_the_output_held(Named<DequantizeKernel> kernel) {
  for (const std::int64_t size : {1, 8, 100}) {
    check(kernel, DequantizeProblem{.size = size, .initial_output = InitialOutput::nan});
  }
}

}  // namespace dequantize

}  // namespace rooflab::testing
