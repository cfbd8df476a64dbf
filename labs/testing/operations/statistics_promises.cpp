// The promises of summarize, mann_whitney_p, bootstrap_interval and compare.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/operations/statistics.h>

#include <cmath>
#include <utility>

namespace rooflab::testing {

// `first`, `first` + `step`, ….
static Samples evenly(std::int64_t size, double first, double step) {
  std::vector<double> values(static_cast<std::size_t>(size));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = first + static_cast<double>(i) * step;
  return {values};
}

static Samples all_equal(std::int64_t size, double value) { return evenly(size, value, 0); }

static Samples in_random_order(Samples samples, Random& random) {
  for (std::int64_t i = samples.size - 1; i > 0; --i) {
    const std::int64_t j = random.integer(0, i);
    std::swap(samples.values[static_cast<std::size_t>(i)],
              samples.values[static_cast<std::size_t>(j)]);
  }
  return samples;
}

Samples draw_whole(std::int64_t size, std::int64_t values, Random& random) {
  Samples samples = all_equal(size, 0);
  for (double& value : samples.values) {
    value = static_cast<double>(random.integer(0, values - 1));
  }
  return samples;
}

Samples draw_uniform(std::int64_t size, double low, double high, Random& random) {
  Samples samples = all_equal(size, 0);
  for (double& value : samples.values) value = std::round(random.uniform(low, high) * 1e3) / 1e3;
  return samples;
}

namespace summarize {

void finds_the_middle_of_odd_and_even_numbers(Named<SummarizeKernel> kernel) {
  check(kernel, SummarizeProblem{{{1, 2, 3}}});
  check(kernel, SummarizeProblem{{{1, 2, 4, 8}}});
  check(kernel, SummarizeProblem{{{1, 2}}});
  Random random(next_key());
  for (std::int64_t size = 5; size < 40; ++size) {
    check(kernel, SummarizeProblem{draw_times(size, 5000, {}, random)});
  }
}

void divides_by_one_less_than_there_are(Named<SummarizeKernel> kernel) {
  check(kernel, SummarizeProblem{{{1, 3}}});  // √2
  check(kernel, SummarizeProblem{{{-2, 0, 0, 2.5}}});
}

void takes_samples_in_any_order(Named<SummarizeKernel> kernel) {
  check(kernel, SummarizeProblem{{{3, 1, 2}}});
  check(kernel, SummarizeProblem{{{4, 3, 2, 1}}});
  Random random(next_key());
  for (const std::int64_t size : {4, 5, 100, 101}) {
    check(kernel, SummarizeProblem{in_random_order(evenly(size, -20, 0.75), random)});
  }
}

void takes_one_sample_and_none(Named<SummarizeKernel> kernel) {
  check(kernel, SummarizeProblem{});
  check(kernel, SummarizeProblem{{{0.25}}});
  check(kernel, SummarizeProblem{{{-7}}});
}

void takes_samples_that_are_all_equal(Named<SummarizeKernel> kernel) {
  for (const std::int64_t size : {2, 3, 10, 1000}) {
    check(kernel, SummarizeProblem{all_equal(size, 0.1)});
    check(kernel, SummarizeProblem{all_equal(size, 0)});
  }
}

void keeps_its_digits_far_from_zero(Named<SummarizeKernel> kernel) {
  // A second in nanoseconds, give or take a microsecond: of Σx² the noise is the last digits.
  Random random(next_key());
  for (const std::int64_t size : {2, 10, 99, 100}) {
    check(kernel, SummarizeProblem{draw_uniform(size, 1e9 - 1e3, 1e9 + 1e3, random)});
    check(kernel, SummarizeProblem{draw_uniform(size, -1e9 - 1e3, -1e9 + 1e3, random)});
  }
}

void takes_many_samples(Named<SummarizeKernel> kernel) {
  Random random(next_key());
  check(kernel, SummarizeProblem{draw_times(100'001, 250, {.interrupted = true}, random)});
}

}  // namespace summarize

namespace mann_whitney {

using Problem = MannWhitneyProblem;

void counts_where_samples_are_few(Named<MannWhitneyKernel> kernel) {
  check(kernel, Problem{{{1}}, {{2, 3, 4}}});        // 2 of 4
  check(kernel, Problem{{{1, 2}}, {{3, 4}}});        // 2 of 6
  check(kernel, Problem{{{1, 2, 3}}, {{4, 5, 6}}});  // 2 of 20
  check(kernel, Problem{{{1, 2, 5}}, {{4, 3, 6}}});
  check(kernel, Problem{{{1, 2, 3, 6}}, {{4, 5, 7, 8}}});
  check(kernel, Problem{evenly(8, 0, 1), evenly(8, 8, 1)});  // 2 of 12870
  check(kernel, Problem{evenly(8, 0, 1), evenly(9, 8, 1)});
  check(kernel, Problem{evenly(30, 0, 1), evenly(8, 5.5, 2)});
  check(kernel, Problem{evenly(1, 9.5, 1), evenly(200, 0, 1)});
}

void counts_more_than_64_bits_hold(Named<MannWhitneyKernel> kernel) {
  // 1508 values, 8 of them of x: 6.6·10²⁰ ways, and half of them count.
  check(kernel, Problem{evenly(8, 300.5, 140), evenly(1500, 0, 1)});
  check(kernel, Problem{evenly(1000, 0, 1), evenly(8, -50.5, 30)});
}

void approximates_where_samples_are_many(Named<MannWhitneyKernel> kernel) {
  check(kernel, Problem{evenly(9, 0, 1), evenly(9, 9, 1)});  // 4.1·10⁻⁴, not the exact 4.1·10⁻⁵
  check(kernel, Problem{evenly(9, 0.5, 1), evenly(9, 3, 1)});
  check(kernel, Problem{evenly(20, 0, 1), evenly(30, 0.5, 0.8)});
}

void approximates_where_values_are_equal(Named<MannWhitneyKernel> kernel) {
  check(kernel, Problem{{{1, 2, 2}}, {{3, 4, 5, 6}}});
  check(kernel, Problem{{{1, 2, 3}}, {{3, 4, 5}}});
  check(kernel, Problem{{{5, 1, 1, 1}}, {{1, 5, 5, 5, 5}}});
  Random random(next_key());
  for (const std::int64_t values : {2, 3, 10}) {
    for (const std::int64_t size : {4, 8, 9, 40}) {
      check(kernel, Problem{draw_whole(size, values, random), draw_whole(12, values, random)});
    }
  }
}

void is_never_above_one(Named<MannWhitneyKernel> kernel) {
  check(kernel, Problem{{{1}}, {{2}}});
  check(kernel, Problem{{{1, 4}}, {{2, 3}}});
  check(kernel, Problem{{{1, 2, 3}}, {{1, 2, 3}}});
  check(kernel, Problem{evenly(10, 0, 1), evenly(10, 0, 1)});
}

void is_one_where_nothing_can_differ(Named<MannWhitneyKernel> kernel) {
  check(kernel, Problem{{{2}}, {{2}}});
  check(kernel, Problem{all_equal(5, 0.1), all_equal(4, 0.1)});
  check(kernel, Problem{all_equal(50, 3), all_equal(20, 3)});
  check(kernel, Problem{{}, {}});
  check(kernel, Problem{{{1, 2}}, {}});
  check(kernel, Problem{{}, {{1}}});
}

void is_the_same_for_y_and_x(Named<MannWhitneyKernel> kernel) {
  Random random(next_key());
  for (const auto& [m, n] : {std::pair(3, 5), {8, 30}, {10, 25}}) {
    const Samples x = draw_uniform(m, 0, 100, random), y = draw_uniform(n, 20, 120, random);
    check(kernel, Problem{x, y});
    check(kernel, Problem{y, x});
  }
}

void looks_at_the_order_alone(Named<MannWhitneyKernel> kernel) {
  check(kernel, Problem{{{-1e300, 1e-300, 0, 3}}, {{4, 5, 1e300}}});
  check(kernel, Problem{{{1, 1 + 0x1p-52, 3}}, {{1 + 0x1p-51, 2, 4}}});  // not equal, if hardly
}

void keeps_its_digits_near_zero(Named<MannWhitneyKernel> kernel) {
  check(kernel, Problem{evenly(60, 0, 1), evenly(60, 100, 1)});  // 10⁻²¹: nothing next to 1
  check(kernel, Problem{evenly(400, 0, 1), evenly(400, 500, 1)});
}

}  // namespace mann_whitney

namespace bootstrap {

using Problem = BootstrapProblem;

void draws_what_the_bits_say(Named<BootstrapKernel> kernel) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    check(
        kernel,
        Problem{
            .baseline = {{30, 32, 31}}, .optimized = {{10, 12, 11}}, .resamples = 1, .seed = seed});
    check(kernel, Problem{.baseline = {{7, 3, 5, 4, 6}}, .optimized = {{2, 3, 1}}, .seed = seed});
  }
}

void takes_odd_and_even_numbers(Named<BootstrapKernel> kernel) {
  Random random(next_key());
  for (const auto& [m, n] : {std::pair(3, 3), {4, 4}, {3, 4}, {10, 9}, {31, 8}, {2, 30}}) {
    check(kernel, Problem{.baseline = draw_times(m, 3e6, {}, random),
                          .optimized = draw_times(n, 1e6, {}, random)});
  }
}

void takes_single_samples(Named<BootstrapKernel> kernel) {
  check(kernel, Problem{.baseline = {{3}}, .optimized = {{2}}});
  check(kernel, Problem{.baseline = {{3}}, .optimized = {{2, 4, 1}}});
  check(kernel, Problem{.baseline = {{9, 7, 8, 6}}, .optimized = {{2}}});
}

void takes_any_confidence(Named<BootstrapKernel> kernel) {
  Random random(next_key());
  const Samples baseline = draw_times(12, 2e6, {}, random);
  const Samples optimized = draw_times(15, 1e6, {}, random);
  for (const double confidence : {0.5, 0.8, 0.9, 0.95, 0.99, 0.999}) {
    check(kernel, Problem{.baseline = baseline,
                          .optimized = optimized,
                          .confidence = confidence,
                          .resamples = 500});
  }
}

void takes_any_number_of_resamples(Named<BootstrapKernel> kernel) {
  Random random(next_key());
  for (const std::int64_t resamples : {1, 2, 3, 10, 41, 999, 2000}) {
    check(kernel, Problem{.baseline = draw_times(9, 2e6, {}, random),
                          .optimized = draw_times(9, 1e6, {}, random),
                          .resamples = resamples});
  }
}

}  // namespace bootstrap

namespace compare_programs {

using Problem = CompareProblem;

void tells_which_is_faster(Named<CompareKernel> kernel) {
  Random random(next_key());
  const Samples slow = draw_times(10, 2e6, {}, random), fast = draw_times(10, 1e6, {}, random);
  check(kernel, Problem{slow, fast});  // twice as fast
  check(kernel, Problem{fast, slow});  // half as fast
  check(kernel, Problem{slow, slow});
}

void is_not_sure_of_three_samples(Named<CompareKernel> kernel) {
  check(kernel, Problem{{{9}}, {{1}}});
  check(kernel, Problem{{{9, 8}}, {{1, 2}}});
  check(kernel, Problem{{{9, 8, 7}}, {{1, 2, 3}}});        // p is 2 of 20
  check(kernel, Problem{{{9, 8, 7, 6}}, {{1, 2, 3, 4}}});  // and here 2 of 70
}

void is_sure_only_if_both_say_so(Named<CompareKernel> kernel) {
  // Now fast, now slow, in both programs: ranks differ, but the median may fall on either side.
  const auto two_speeds = [](double fast, double slow) {
    Samples times = evenly(9, fast, 0.001);
    const Samples others = evenly(11, slow, 0.001);
    times.values.insert(times.values.end(), others.values.begin(), others.values.end());
    return Samples{times.values};
  };
  check(kernel, Problem{two_speeds(1.1, 2.1), two_speeds(1, 2)});
  // The other way round: p is 0.1, but no resample has a ratio near 1.
  check(kernel, Problem{{{30, 31, 32}}, {{10, 11, 12}}});
}

void is_not_moved_by_an_outlier(Named<CompareKernel> kernel) {
  Random random(next_key());
  Samples slow = draw_times(11, 1.3e6, {}, random), fast = draw_times(11, 1e6, {}, random);
  fast.values[4] *= 100;  // the mean is now far above that of the slow one
  check(kernel, Problem{slow, fast});
  slow.values[7] /= 1000;
  check(kernel, Problem{slow, fast});
}

// Of 10,000 pairs that compare as it is defined was given, it called 2.7 % different, and 2.8 %
// with interruptions (4.3 % have a p below 0.05, 3.4 % an interval without 1). Allowed are 5 %, and
// five standard deviations more, √(120 · 0.05 · 0.95) each: chance does not do that in 10⁷ runs.
void seldom_finds_what_is_not_there(Named<CompareKernel> kernel) {
  for (const bool interrupted : {false, true}) {
    check(kernel, RatesProblem{
                      .pairs = 120, .size = 10, .noise = {.interrupted = interrupted}, .most = 18});
  }
}

// Of 10,000 pairs each, it found 99.5 % and 94.2 %; of 2 % in 30 samples, 87 %. The bounds are so
// low that chance goes below them once in 10⁹ runs.
void finds_a_few_percent_in_the_noise(Named<CompareKernel> kernel) {
  check(kernel, RatesProblem{.pairs = 60, .size = 10, .speedup = 1.05, .least = 50, .most = 60});
  check(kernel, RatesProblem{.pairs = 40, .size = 40, .speedup = 1.02, .least = 24, .most = 40});
}

}  // namespace compare_programs

}  // namespace rooflab::testing
