// Auto-tuning: problems to test a tuner on. The program is the driver's
// (labs/06_profiling/drivers.h); its times with each configuration, and the noise, are the
// problem's, and what was found is judged by the time without the noise.
#pragma once

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

using TuneKernel = void (*)(std::span<const std::int32_t> sizes, std::span<const double> seconds,
                            std::span<const double> noise, int budget,
                            std::span<std::int32_t> configuration, std::span<std::int32_t> facts);

/// How a program's time depends on its configuration.
enum class Landscape : std::uint8_t {
  scattered,  // one is fastest, the others take 4 % to 44 % longer: by chance
  first,      // the same, and the first is fastest
  last,       // the same, and the last is fastest
  flat,       // not at all
  valleys,    // smoothly, in valleys that slant across the axes
};

/// Calls for a number of programs that are alike.
struct TuneProblem {
  std::vector<std::int32_t> sizes;
  std::int64_t budget = 1;
  Landscape landscape = Landscape::scattered;
  bool noisy = true;
  std::int64_t programs = 1;
  std::optional<double> most = {};  // how much slower than the fastest, on the average
  Key key = next_key();

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(TuneKernel kernel) const;
};

/// What it promises, a test case each: see core/promise.h.
namespace tune {

/// The points of a space.
[[nodiscard]] std::int64_t count_of(const std::vector<std::int32_t>& sizes);

void finds_the_fastest_where_nothing_is_noisy(Named<TuneKernel> kernel);
void keeps_within_its_budget(Named<TuneKernel> kernel);
void is_not_misled_by_noise(Named<TuneKernel> kernel);
void finds_its_way_in_large_spaces(Named<TuneKernel> kernel);

}  // namespace tune

}  // namespace rooflab::testing
