// choose_params and calibrate: which range is quantized, and how. What "right" means for them.
//
// A scale is right within two units in the last place: the quotient may be rounded in double and
// then to float. A zero point is right when it is as near to −lo / scale as the rounding of that
// quotient in float allows, with the scale that was given. A percentile is within four roundings of
// the exact point on the straight line between two elements.
#pragma once

#include <rooflab/quantization.h>
#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/testing/core/random.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using ChooseParamsKernel = QuantParams (*)(float lo, float hi);
using CalibrateKernel = Range (*)(std::span<const float> x, double percentile);

/// One call of choose_params.
struct ChooseParamsProblem {
  float lo = 0, hi = 0;

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(ChooseParamsKernel kernel) const;
};

/// Where the elements of a call of calibrate lie.
enum class Spread : std::uint8_t {
  around_zero,
  above_zero,  // within 1…2
  equal,       // all the same
  outliers     // one in a hundred is a thousand times as far from 0
};

/// One call of calibrate.
struct CalibrateProblem {
  std::int64_t size = 0;
  double percentile = 100;
  Spread spread = Spread::around_zero;
  std::int64_t misalign = 0;
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(CalibrateKernel kernel) const;
};

/// A measured case: the 99.9th percentile.
[[nodiscard]] Case calibrate_case(Named<CalibrateKernel> kernel, std::int64_t size);

namespace choose_params {

void maps_ranges_around_zero(Named<ChooseParamsKernel> kernel);
void widens_ranges_to_hold_zero(Named<ChooseParamsKernel> kernel);
void survives_a_range_of_zero(Named<ChooseParamsKernel> kernel);
void survives_the_widest_and_the_narrowest_ranges(Named<ChooseParamsKernel> kernel);

}  // namespace choose_params

namespace calibrate {

void finds_the_least_and_the_greatest(Named<CalibrateKernel> kernel);
void takes_percentiles_between_elements(Named<CalibrateKernel> kernel);
void cuts_off_outliers(Named<CalibrateKernel> kernel);
void takes_few_elements(Named<CalibrateKernel> kernel);

}  // namespace calibrate

}  // namespace rooflab::testing
