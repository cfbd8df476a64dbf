// summarize, mann_whitney_p, bootstrap_interval and compare: what samples tell. What "right" means
// for them, with the drivers of lab 06 as kernels.
//
// The least, the greatest and counts are exact. Else a relative 10⁻⁹ of the right value is
// accepted (statistics_reference.h), which is wide: of n ranks or ways to arrange them, all
// positive, a sum has a relative error of γₙ, at most 10⁻¹² here. Means and deviations may
// also be off by 2(n + 2)·u times the greatest magnitude, u = 2⁻⁵³: what n additions, one behind
// the other, round off the mean (Higham 2002, section 4.2), and the mean off the deviation. The
// textbook's Σx² − n·mean² is off by the square of mean / deviation instead (Chan, Golub and
// LeVeque, "Algorithms for computing the sample variance", 1983).
#pragma once

#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/testing/core/random.h>

#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using SummarizeKernel = void (*)(std::span<const double> samples, std::span<double> summary);
using MannWhitneyKernel = double (*)(std::span<const double> x, std::span<const double> y);
using BootstrapKernel = void (*)(std::span<const double> baseline,
                                 std::span<const double> optimized, double confidence,
                                 int resamples, std::uint64_t seed, std::span<double> interval);
using CompareKernel = void (*)(std::span<const double> baseline, std::span<const double> optimized,
                               std::uint64_t seed, std::span<double> comparison);

/// The first `size` of the values. Small calls are described by their values, so that they can be
/// tried again by hand.
struct Samples {
  std::vector<double> values = {};
  std::int64_t size = std::ssize(values);
};

/// What makes the times of a program differ.
struct Noise {
  double deviation = 0.02;   // relative, of a bell curve
  bool interrupted = false;  // one in ten takes up to three times as long
  double tick_ns = 1;        // of the clock: times are multiples of it
};

/// Whole numbers below `values`: the fewer, the more of them are equal.
[[nodiscard]] Samples draw_whole(std::int64_t size, std::int64_t values, Random& random);
/// With three decimals, so that one can read them.
[[nodiscard]] Samples draw_uniform(std::int64_t size, double low, double high, Random& random);
/// Times of a program that takes `typical_ns` without noise.
[[nodiscard]] Samples draw_times(std::int64_t size, double typical_ns, Noise noise, Random& random);

/// One call each.
struct SummarizeProblem {
  Samples samples;

  [[nodiscard]] std::vector<Dimension> dimensions() { return {{&samples.size}}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(SummarizeKernel kernel) const;
};

struct MannWhitneyProblem {
  Samples x, y;

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(MannWhitneyKernel kernel) const;
};

struct BootstrapProblem {
  Samples baseline, optimized;
  double confidence = 0.95;
  std::int64_t resamples = 200;
  std::uint64_t seed = 1;

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(BootstrapKernel kernel) const;
};

struct CompareProblem {
  Samples baseline, optimized;
  std::uint64_t seed = 1;

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(CompareKernel kernel) const;
};

/// Many calls of compare: of pairs of programs of which the second is `speedup` times as fast, how
/// often a difference is found. Where there is none that is a false alarm.
struct RatesProblem {
  std::int64_t pairs = 0, size = 0;  // size: samples of each program
  double speedup = 1;
  Noise noise = {};
  std::int64_t least = 0, most = 0;  // pairs that may be found to differ
  Key key = next_key();

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(CompareKernel kernel) const;
};

/// What each promises, a test case each: see core/promise.h.
namespace summarize {

void finds_the_middle_of_odd_and_even_numbers(Named<SummarizeKernel> kernel);
void divides_by_one_less_than_there_are(Named<SummarizeKernel> kernel);
void takes_samples_in_any_order(Named<SummarizeKernel> kernel);
void takes_one_sample_and_none(Named<SummarizeKernel> kernel);
void takes_samples_that_are_all_equal(Named<SummarizeKernel> kernel);
void keeps_its_digits_far_from_zero(Named<SummarizeKernel> kernel);
void takes_many_samples(Named<SummarizeKernel> kernel);

}  // namespace summarize

namespace mann_whitney {

void counts_where_samples_are_few(Named<MannWhitneyKernel> kernel);
void counts_more_than_64_bits_hold(Named<MannWhitneyKernel> kernel);
void approximates_where_samples_are_many(Named<MannWhitneyKernel> kernel);
void approximates_where_values_are_equal(Named<MannWhitneyKernel> kernel);
void is_never_above_one(Named<MannWhitneyKernel> kernel);
void is_one_where_nothing_can_differ(Named<MannWhitneyKernel> kernel);
void is_the_same_for_y_and_x(Named<MannWhitneyKernel> kernel);
void looks_at_the_order_alone(Named<MannWhitneyKernel> kernel);
void keeps_its_digits_near_zero(Named<MannWhitneyKernel> kernel);

}  // namespace mann_whitney

namespace bootstrap {

void draws_what_the_bits_say(Named<BootstrapKernel> kernel);
void takes_odd_and_even_numbers(Named<BootstrapKernel> kernel);
void takes_single_samples(Named<BootstrapKernel> kernel);
void takes_any_confidence(Named<BootstrapKernel> kernel);
void takes_any_number_of_resamples(Named<BootstrapKernel> kernel);

}  // namespace bootstrap

namespace compare_programs {

void tells_which_is_faster(Named<CompareKernel> kernel);
void is_not_sure_of_three_samples(Named<CompareKernel> kernel);
void is_sure_only_if_both_say_so(Named<CompareKernel> kernel);
void is_not_moved_by_an_outlier(Named<CompareKernel> kernel);
void seldom_finds_what_is_not_there(Named<CompareKernel> kernel);
void finds_a_few_percent_in_the_noise(Named<CompareKernel> kernel);

}  // namespace compare_programs

}  // namespace rooflab::testing
