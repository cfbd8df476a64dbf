// Lab 06: the reference solution.
#include "kernels.h"

#include <papi.h>
#include <rooflab/matrix.h>
#include <rooflab/simd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

#include "03_simd/kernels.h"
#include "05_quantization/kernels.h"

namespace lab06 {

using rooflab::Matrix;

// --- What samples tell ---------------------------------------------------------------------------
//
// The idea: times are skewed, for a call can be interrupted and never sped up. So all that follows
// looks at the order of samples, which no outlier moves far: medians, ranks, quantiles. How far
// chance moves them is not taken from a formula for bell curves: it is counted, or tried out.

namespace {

// The q-th quantile of sorted values, on the straight line between its two neighbours. For q = ½ it
// is the median.
double quantile(std::span<const double> sorted, double q) {
  const double position = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
}

}  // namespace

Summary summarize(std::span<const double> samples) {
  if (samples.empty()) return {};
  std::vector<double> sorted(samples.begin(), samples.end());
  std::ranges::sort(sorted);
  const auto n = static_cast<double>(sorted.size());
  const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / n;
  // A second pass: the difference of Σx² and n · mean² has lost all its digits where the mean is
  // far from 0.
  double squares = 0;
  for (const double x : sorted) squares += (x - mean) * (x - mean);
  // The mean came from the samples themselves and lies too close to them: hence n − 1.
  const double deviation = std::sqrt(squares / std::max(n - 1, 1.0));
  const double median = quantile(sorted, 0.5);
  return {std::ssize(sorted), sorted.front(), median, mean, deviation, sorted.back()};
}

namespace {

// How often chance makes U at most u, for m and n values of which no two are equal. U adds up, for
// each of the m values, how many of the n are below it. In rising order that is a row of m numbers
// within 0…n, none less than the one before, and any such row is as likely as any other.
double chance_of_at_most(std::size_t u, std::size_t m, std::size_t n) {
  // ways[k][sum]: how many rows of k numbers, none above `number`, have that sum. In double: of 8
  // and 1000 values there are more than 2⁶⁴ rows.
  std::vector ways(m + 1, std::vector(u + 1, 0.0));
  ways[0][0] = 1;
  for (std::size_t number = 0; number <= n; ++number) {
    for (std::size_t k = 1; k <= m; ++k) {
      for (std::size_t sum = number; sum <= u; ++sum) ways[k][sum] += ways[k - 1][sum - number];
    }
  }
  double all = 1;  // rows: m of m + n
  for (std::size_t i = 1; i <= m; ++i) all *= static_cast<double>(n + i) / static_cast<double>(i);
  return std::accumulate(ways[m].begin(), ways[m].end(), 0.0) / all;
}

}  // namespace

double mann_whitney_p(std::span<const double> x, std::span<const double> y) {
  std::vector<double> all(x.begin(), x.end());
  all.insert(all.end(), y.begin(), y.end());
  std::ranges::sort(all);
  if (x.empty() || y.empty() || all.front() == all.back()) return 1;

  const auto m = static_cast<double>(x.size()), n = static_cast<double>(y.size());
  // Equal values share the mean of their ranks, which count from 1.
  double ranks = 0;
  for (const double value : x) {
    const auto [begin, end] = std::equal_range(all.begin(), all.end(), value);
    ranks += static_cast<double>((begin - all.begin()) + (end - all.begin()) + 1) / 2;
  }
  double ties = 0;  // Σ(t³ − t) over all groups of t equal values
  for (const double value : all) {
    const auto [begin, end] = std::equal_range(all.begin(), all.end(), value);
    const auto t = static_cast<double>(end - begin);
    ties += t * t - 1;
  }
  // U: in how many pairs the value of x is the greater one. m · n / 2 if nothing differs.
  const double u = ranks - m * (m + 1) / 2;
  const double lower = std::min(u, m * n - u);
  const auto [few, many] = std::minmax({x.size(), y.size()});
  if (few <= 8 && ties == 0) {
    const double tail = chance_of_at_most(static_cast<std::size_t>(lower), few, many);
    return std::min(1.0, 2 * tail);
  }
  const double variance = m * n / 12 * (m + n + 1 - ties / ((m + n) * (m + n - 1)));
  const double z = (m * n / 2 - lower - 0.5) / std::sqrt(variance);
  return std::min(1.0, std::erfc(z / std::numbers::sqrt2));  // twice the tail
}

namespace {

// The median of as many elements as there are samples, drawn with replacement. `drawn` is memory
// that is used again.
double median_of_draws(std::span<const double> samples, RandomBits& bits,
                       std::vector<double>& drawn) {
  drawn.resize(samples.size());
  for (double& value : drawn) {
    value = samples[static_cast<std::size_t>(bits.below(std::ssize(samples)))];
  }
  std::ranges::sort(drawn);
  return quantile(drawn, 0.5);
}

}  // namespace

Interval bootstrap_interval(std::span<const double> baseline, std::span<const double> optimized,
                            double confidence, int resamples, RandomBits bits) {
  std::vector<double> ratios(static_cast<std::size_t>(resamples)), drawn;
  for (double& ratio : ratios) {
    // A statement each: in one expression, either could be drawn first.
    const double before = median_of_draws(baseline, bits, drawn);
    const double after = median_of_draws(optimized, bits, drawn);
    ratio = before / after;
  }
  std::ranges::sort(ratios);
  const double tail = (1 - confidence) / 2;
  return {quantile(ratios, tail), quantile(ratios, 1 - tail)};
}

Comparison compare(std::span<const double> baseline, std::span<const double> optimized,
                   RandomBits bits) {
  const double speedup = summarize(baseline).median / summarize(optimized).median;
  const Interval interval = bootstrap_interval(baseline, optimized, 0.95, 2000, bits);
  const double p = mann_whitney_p(baseline, optimized);
  // The interval of three samples against three is never wide enough: p, which is exact, says so.
  // p says nothing of medians, nor of how much faster: the interval does.
  const bool differs = interval.low > 1 || interval.high < 1;
  return {speedup, interval, p, p < 0.05 && differs};
}

// --- Measuring -----------------------------------------------------------------------------------

namespace {

constexpr std::int64_t kMostLooks = std::int64_t{1} << 20U;  // at a clock that does not move
constexpr std::int64_t kMostCalls = std::int64_t{1} << 22U;  // in a sample that shows no time
constexpr std::int64_t kLeastSteps = 50;  // of the clock: the readings are off by 2 in 50 at most
constexpr int kMostThrownAway = 100;

double median_time(std::vector<double> values) {
  std::ranges::sort(values);
  return quantile(values, 0.5);
}

// The least of the first steps that the clock makes while nothing is done but look at it. Several,
// for something may get in between two looks. The greatest of all numbers if it does not move.
std::int64_t clock_step(const Clock& clock) {
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  std::int64_t before = clock();
  for (std::int64_t looks = 1, steps = 0; looks < kMostLooks && steps < 10; ++looks) {
    const std::int64_t now = clock();
    if (now > before) {
      least = std::min(least, now - before);
      ++steps;
    }
    before = now;
  }
  return least;
}

}  // namespace

// The idea: short operations are repeated until the clock's own inaccuracy no longer matters, and a
// tool that trusts neither clock nor operation has a way to end in every loop.
Profile profile_operation(const std::function<void()>& op, const Clock& clock,
                          const ProfileOptions& options) {
  for (int i = 0; i < options.warm_ups; ++i) op();
  std::int64_t step = clock_step(clock);
  Profile profile{1, {}};
  std::int64_t spent = 0;
  int thrown_away = 0;
  bool trying = true;
  while (std::ssize(profile.samples) < options.samples && thrown_away < kMostThrownAway) {
    const std::int64_t begin = clock();
    for (std::int64_t i = 0; i < profile.calls; ++i) op();
    const std::int64_t shown = clock() - begin;
    if (shown < 0) {
      ++thrown_away;
      continue;
    }
    spent += shown;
    if (shown > 0) step = std::min(step, shown);
    const bool over = spent >= options.most_ns;
    const bool long_enough = shown >= options.least_ns && shown / kLeastSteps >= step;
    if (trying && !long_enough && !over) {
      if (shown == 0 && profile.calls >= kMostCalls) break;  // the clock stands still
      profile.calls *= 2;
      continue;
    }
    trying = false;
    const auto calls = static_cast<double>(profile.calls);
    profile.samples.push_back(static_cast<double>(shown) / calls);
    if (over) break;
  }
  return profile;
}

// The idea: what one step leaves in the caches is part of what the next one costs. So steps are not
// repeated one by one, but the program as a whole.
void profile_steps(std::span<const std::function<void()>> steps, const Clock& clock, int rounds,
                   std::span<double> shares) {
  std::vector<std::vector<double>> times(steps.size());
  for (int round = 0; round <= rounds; ++round) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::int64_t begin = clock();
      steps[i]();
      const std::int64_t took = clock() - begin;
      if (round > 0) times[i].push_back(static_cast<double>(took));
    }
  }
  std::ranges::transform(times, shares.begin(), median_time);
  const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) {
    share = all > 0 ? share / all : 1 / static_cast<double>(shares.size());
  }
}

namespace {

// One event's counter. Whatever happens while it counts, it is stopped and given back.
class Counter {
 public:
  explicit Counter(const std::string& event) {
    if (PAPI_create_eventset(&set_) != PAPI_OK) return;
    if (PAPI_add_named_event(set_, event.c_str()) != PAPI_OK) return;
    counts_ = PAPI_start(set_) == PAPI_OK;
  }
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;
  ~Counter() {
    if (counts_) stop();
    PAPI_cleanup_eventset(set_);
    PAPI_destroy_eventset(&set_);
  }
  [[nodiscard]] bool counts() const { return counts_; }
  std::int64_t stop() {
    long long count = 0;
    counts_ = false;
    return PAPI_stop(set_, &count) == PAPI_OK ? count : -1;
  }

 private:
  int set_ = PAPI_NULL;
  bool counts_ = false;
};

}  // namespace

// The idea: the only proof that an event can be counted is a counter that was started.
Misses count_cache_misses(const std::function<void()>& op, std::span<const std::string> events) {
  if (PAPI_library_init(PAPI_VER_CURRENT) != PAPI_VER_CURRENT) return {-1, -1};
  for (std::size_t i = 0; i < events.size(); ++i) {
    Counter counter(events[i]);
    if (!counter.counts()) continue;
    op();
    return {counter.stop(), static_cast<std::int32_t>(i)};
  }
  return {-1, -1};
}

namespace {

// What is known of a program's configurations, and what may still be found out.
class Trials {
 public:
  Trials(const std::function<double(const Configuration&)>& time, int budget)
      : time_(time), left_(budget) {}

  void measure(const Configuration& configuration, int times = 1) {
    for (; times > 0 && left_ > 0; --times, --left_) {
      seconds_[configuration].push_back(time_(configuration));
    }
  }
  /// Outliers do not change it.
  [[nodiscard]] double seconds(const Configuration& configuration) const {
    return median_time(seconds_.at(configuration));
  }
  [[nodiscard]] bool knows(const Configuration& configuration) const {
    return seconds_.contains(configuration);
  }
  [[nodiscard]] int left() const { return left_; }
  /// The fastest as far as is known comes first.
  void rank(std::vector<Configuration>& some) const {
    std::ranges::sort(some, {}, [this](const Configuration& c) { return seconds(c); });
  }
  [[nodiscard]] std::vector<Configuration> ranking() const {
    std::vector<Configuration> all;
    all.reserve(seconds_.size());
    for (const auto& entry : seconds_) all.push_back(entry.first);
    rank(all);
    return all;
  }

 private:
  const std::function<double(const Configuration&)>& time_;
  int left_;
  std::map<Configuration, std::vector<double>> seconds_;
};

bool next(Configuration& configuration, std::span<const std::int64_t> sizes) {
  for (std::size_t a = sizes.size(); a-- > 0;) {
    if (++configuration[a] < sizes[a]) return true;
    configuration[a] = 0;
  }
  return false;
}

Configuration anywhere(std::span<const std::int64_t> sizes, RandomBits& bits) {
  Configuration result;
  for (const std::int64_t size : sizes) result.push_back(bits.below(size));
  return result;
}

// Some axes a little up or down, now and then by much: two at once come along a slanting valley,
// where each alone would leave it.
Configuration near(Configuration c, std::span<const std::int64_t> sizes, RandomBits& bits) {
  const Configuration from = c;
  while (c == from) {
    for (std::size_t a = 0; a < sizes.size(); ++a) {
      if (bits.below(2) == 0) continue;
      const std::int64_t reach = std::max<std::int64_t>(1, sizes[a] >> (1 + bits.below(4)));
      const std::int64_t step = bits.below(2 * reach + 1) - reach;
      c[a] = std::clamp<std::int64_t>(c[a] + step, 0, sizes[a] - 1);
    }
  }
  return c;
}

// Knows one configuration in many: goes on from the best so far. A better one must prove it.
void explore(Trials& trials, std::span<const std::int64_t> sizes, int leave) {
  RandomBits bits(1);
  Configuration best = anywhere(sizes, bits);
  trials.measure(best);
  for (int i = (trials.left() - leave) / 6; i > 0; --i) {
    const Configuration other = anywhere(sizes, bits);
    if (trials.knows(other)) continue;
    trials.measure(other);
    if (trials.seconds(other) < trials.seconds(best)) best = other;
  }
  trials.measure(best, 2);
  while (trials.left() > leave) {
    const Configuration other = near(best, sizes, bits);
    if (trials.knows(other)) {
      trials.measure(best);
      continue;
    }
    trials.measure(other);
    if (trials.seconds(other) < trials.seconds(best)) trials.measure(other, 2);
    if (trials.seconds(other) < trials.seconds(best)) best = other;
  }
}

// Successive halving: the better half is measured again, and again, until the budget is used up.
Configuration race(Trials& trials) {
  std::vector<Configuration> runners = trials.ranking();
  const auto enough = static_cast<std::size_t>(std::max(1, trials.left() / 3));
  while (runners.size() > 1 && trials.left() > 0) {
    runners.resize(std::min(enough, (runners.size() + 1) / 2));
    const int runs = static_cast<int>(runners.size() * std::bit_width(runners.size()));
    const int times = std::max(1, trials.left() / runs);
    for (const Configuration& runner : runners) trials.measure(runner, times);
    trials.rank(runners);
  }
  return runners.front();
}

}  // namespace

// The idea: the fastest of many single measurements is mostly the luckiest. So a part of the budget
// is kept to measure those again that look best.
Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  Trials trials(time, budget);
  std::int64_t count = 1;
  for (const std::int64_t size : sizes) count = count > budget ? count : count * size;
  if (count <= budget) {
    Configuration c(sizes.size());
    do {
      trials.measure(c);
    } while (next(c, sizes));
  } else {
    explore(trials, sizes, budget / 3);
  }
  return race(trials);
}

// --- What a machine allows -----------------------------------------------------------------------

double arithmetic_intensity(double flops, double bytes) { return flops / bytes; }

// Below the ridge the memory cannot bring operands faster; above it the units are busy.
double attainable_gflops(double intensity, Roof roof) {
  return std::min(roof.gflops, intensity * roof.bandwidth_gbs);
}

// Computing takes flops / gflops, moving bytes / bandwidth: both times gflops · bandwidth, so that
// nothing is divided, and what is equal on paper is equal but for the rounding of two products.
Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  const double computing = flops * roof.bandwidth_gbs;
  const double moving = bytes * roof.gflops;
  if (std::abs(computing - moving) <= 1e-9 * std::max(computing, moving)) return Bottleneck::both;
  return computing > moving ? Bottleneck::compute : Bottleneck::memory;
}

// With the whole time as 1: what stays, and what is left of the rest. 1/0 is infinity.
double amdahl_speedup(double fraction, double factor) {
  return 1 / (1 - fraction + fraction / factor);
}

// --- The finale ----------------------------------------------------------------------------------

// The idea: two products with a softmax between them, 16 rows of q at a time. A product needs a
// register tile to be fast, so the scores of 16 rows are computed as k · qᵀ, where a vector holds
// the same key's scores of 8 rows: then maximum, exponentials and sums are plain vector code, with
// nothing across lanes. All scores of 16 rows would be 16·m floats. So keys come in blocks, and
// what was summed up to then is scaled down when a block raises the maximum ("online softmax":
// Milakov and Gimelshein, 2018; FlashAttention: Dao and others, 2022).
namespace {

constexpr std::int64_t kLanes = 8;
constexpr std::int64_t kQueries = 16;  // rows of q at a time, as many as the tile is wide
constexpr std::int64_t kKeys = 128;    // at a time, at most: their scores stay in the L1 cache
constexpr std::int64_t kDepth = 128;   // of the products q · k, at a time
constexpr int kRows = 6;               // of the tile

// Ones in the first `count` lanes, which may be more than there are, or none.
__m256i first_lanes(std::int64_t count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(count)),
                            _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

// c = keep·c + a·b, with a number of `keep` for each row, or c = a·b if there are none. c is at
// most 6×16. Element (i, p) of a lies at a[i · row + p · step]: a matrix, or one transposed.
struct Tile {
  const float* a;
  std::int64_t row, step;
  MatrixView<const float> b;
  MatrixView<float> c;
  const float* keep;
};

// Lab 03's micro-kernel: 12 registers hold sums. Where c is narrow, masks keep to its columns.
template <int Rows, bool wide>
void multiply(const Tile& t) {
  const __m256i mask[] = {first_lanes(t.c.cols), first_lanes(t.c.cols - kLanes)};
  const auto load = [&mask](const float* from, int half) {
    if constexpr (wide) return _mm256_loadu_ps(from + half * kLanes);
    return _mm256_maskload_ps(from + half * kLanes, mask[half]);
  };
  __m256 sum[Rows][2];
#pragma GCC unroll 6
  for (int i = 0; i < Rows; ++i) sum[i][0] = sum[i][1] = _mm256_setzero_ps();
  const float* a = t.a;
  const float* b = t.b.data;
  const std::int64_t row = t.row, step = t.step, stride = t.b.stride;
  for (std::int64_t p = 0; p < t.b.rows; ++p, a += step, b += stride) {
    const __m256 left = load(b, 0);
    const __m256 right = load(b, 1);
#pragma GCC unroll 6
    for (int i = 0; i < Rows; ++i) {
      const __m256 factor = _mm256_broadcast_ss(a + i * row);
      sum[i][0] = _mm256_fmadd_ps(factor, left, sum[i][0]);
      sum[i][1] = _mm256_fmadd_ps(factor, right, sum[i][1]);
    }
  }
#pragma GCC unroll 6
  for (int i = 0; i < Rows; ++i) {
#pragma GCC unroll 2
    for (int half = 0; half < 2; ++half) {
      float* to = t.c.row(i) + half * kLanes;
      __m256 s = sum[i][half];
      if (t.keep != nullptr) {
        s = _mm256_fmadd_ps(_mm256_broadcast_ss(t.keep + i), load(t.c.row(i), half), s);
      }
      if constexpr (wide) {
        _mm256_storeu_ps(to, s);
      } else {
        _mm256_maskstore_ps(to, mask[half], s);
      }
    }
  }
}

// A tile of at most Rows rows: the micro-kernel's loops want to know at compile time.
template <int Rows = kRows>
void multiply_rows(const Tile& t) {
  if constexpr (Rows > 1) {
    if (t.c.rows < Rows) return multiply_rows<Rows - 1>(t);
  }
  t.c.cols == kQueries ? multiply<Rows, true>(t) : multiply<Rows, false>(t);
}

// e^x for x <= 0, as in lab 03 but for the last step: 2^n is 0 for n = -127, which is right where
// a weight beside which another is 1 is below all normal numbers.
__m256 exp(__m256 x) {
  x = _mm256_max_ps(_mm256_set1_ps(-88), x);
  const __m256i n = _mm256_cvtps_epi32(_mm256_mul_ps(x, _mm256_set1_ps(1.44269504F)));
  const __m256 n_float = _mm256_cvtepi32_ps(n);
  __m256 r = _mm256_fnmadd_ps(n_float, _mm256_set1_ps(0.693359375F), x);
  r = _mm256_fnmadd_ps(n_float, _mm256_set1_ps(-2.12194440e-4F), r);
  __m256 q = _mm256_set1_ps(0.0013814467F);
  for (const float coefficient : {0.008368781F, 0.041668393F, 0.1666652F, 0.49999994F}) {
    q = _mm256_fmadd_ps(q, r, _mm256_set1_ps(coefficient));
  }
  q = _mm256_add_ps(_mm256_fmadd_ps(q, _mm256_mul_ps(r, r), r), _mm256_set1_ps(1));
  const __m256i power = _mm256_slli_epi32(_mm256_add_epi32(n, _mm256_set1_epi32(127)), 23);
  return _mm256_mul_ps(q, _mm256_castsi256_ps(power));
}

// Up to 16 rows of q: how many keys each sees, what is known of them so far, and by what the next
// block has to scale it down.
struct Queries {
  alignas(32) std::int32_t seen[kQueries] = {};
  alignas(32) float highest[kQueries];
  alignas(32) float sum[kQueries] = {};
  alignas(32) float keep[kQueries];
};

// Turns scores of the keys from `first` on, 16 for each key, into exp(score - highest).
void weigh(Queries& rows, std::int64_t first, MatrixView<float> scores) {
  const __m256 masked = _mm256_set1_ps(-std::numeric_limits<float>::infinity());
  const __m256i begin = _mm256_set1_epi32(static_cast<int>(first));
  for (std::int64_t from = 0; from < kQueries; from += kLanes) {
    const auto* seen = reinterpret_cast<const __m256i*>(rows.seen + from);
    const __m256i left = _mm256_sub_epi32(_mm256_load_si256(seen), begin);
    const __m256 before = _mm256_load_ps(rows.highest + from);
    __m256 highest = before;
    for (std::int64_t j = 0; j < scores.rows; ++j) {
      const __m256i is_seen = _mm256_cmpgt_epi32(left, _mm256_set1_epi32(static_cast<int>(j)));
      float* score = scores.row(j) + from;
      const __m256 s =
          _mm256_blendv_ps(masked, _mm256_loadu_ps(score), _mm256_castsi256_ps(is_seen));
      _mm256_storeu_ps(score, s);
      highest = _mm256_max_ps(highest, s);
    }
    const __m256 keep = exp(_mm256_sub_ps(before, highest));
    __m256 sum = _mm256_mul_ps(keep, _mm256_load_ps(rows.sum + from));
    for (std::int64_t j = 0; j < scores.rows; ++j) {
      float* score = scores.row(j) + from;
      const __m256 e = exp(_mm256_sub_ps(_mm256_loadu_ps(score), highest));
      _mm256_storeu_ps(score, e);
      sum = _mm256_add_ps(sum, e);
    }
    _mm256_store_ps(rows.highest + from, highest);
    _mm256_store_ps(rows.keep + from, keep);
    _mm256_store_ps(rows.sum + from, sum);
  }
}

// Scores of rows of q and of keys, 16 for each key, in blocks of their depth: q · scale is copied
// to where it lies transposed.
void score(MatrixView<const float> q, MatrixView<const float> k, float scale,
           MatrixView<float> scores) {
  static constexpr float kOnes[kRows] = {1, 1, 1, 1, 1, 1};
  alignas(64) float packed[kDepth * kQueries] = {};
  std::int64_t p = 0;
  do {
    const std::int64_t depth = std::min(kDepth, q.cols - p);
    for (std::int64_t i = 0; i < q.rows; ++i) {
      for (std::int64_t s = 0; s < depth; ++s) packed[s * kQueries + i] = scale * q(i, p + s);
    }
    const MatrixView<const float> right{packed, depth, kQueries, kQueries};
    for (std::int64_t j = 0; j < k.rows; j += kRows) {
      const std::int64_t rows = std::min<std::int64_t>(kRows, k.rows - j);
      multiply_rows({k.row(j) + p,
                     k.stride,
                     1,
                     right,
                     {scores.row(j), rows, kQueries, kQueries},
                     p == 0 ? nullptr : kOnes});
    }
    p += kDepth;
  } while (p < q.cols);
}

// out = keep · out + weights · v for the keys from `first` on. Rows of a tile that see fewer keys
// than others end there: 0 times what v holds might be NaN.
void add_values(const Queries& rows, std::int64_t first, MatrixView<const float> weights,
                MatrixView<const float> v, MatrixView<float> out) {
  static constexpr float kOne = 1;
  const auto seen = [&](std::int64_t i) {
    return std::clamp<std::int64_t>(rows.seen[i] - first, 0, weights.rows);
  };
  for (std::int64_t c = 0; c < out.cols; c += kQueries) {
    const std::int64_t cols = std::min(kQueries, out.cols - c);
    const auto add = [&](std::int64_t i, std::int64_t height, std::int64_t from, std::int64_t to,
                         const float* keep) {
      multiply_rows({weights.row(from) + i,
                     1,
                     kQueries,
                     {v.row(first + from) + c, to - from, cols, v.stride},
                     {out.row(i) + c, height, cols, out.stride},
                     keep});
    };
    for (std::int64_t i = 0; i < out.rows; i += kRows) {
      const std::int64_t height = std::min<std::int64_t>(kRows, out.rows - i);
      std::int64_t common = weights.rows;
      for (std::int64_t r = i; r < i + height; ++r) common = std::min(common, seen(r));
      add(i, height, 0, common, rows.keep + i);
      for (std::int64_t r = i; r < i + height; ++r) {
        if (seen(r) > common) add(r, 1, common, seen(r), &kOne);
      }
    }
  }
}

}  // namespace

void attention(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
               std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
               std::span<float> scratch) {
  const std::int64_t keys = std::min(kKeys, std::ssize(scratch) / kQueries);
  for (std::int64_t i = 0; i < q.rows; i += kQueries) {
    const std::int64_t count = std::min(kQueries, q.rows - i);
    Queries rows;
    std::fill_n(rows.highest, kQueries, std::numeric_limits<float>::lowest());
    std::copy_n(lengths.begin() + i, count, rows.seen);
    const MatrixView<float> result{out.row(i), count, out.cols, out.stride};
    for (std::int64_t r = 0; r < count; ++r) std::fill_n(result.row(r), result.cols, 0.0F);

    const std::int64_t most = *std::max_element(rows.seen, rows.seen + kQueries);
    for (std::int64_t j = 0; j < most; j += keys) {
      const std::int64_t block = std::min(keys, most - j);
      const MatrixView<float> scores{scratch.data(), block, kQueries, kQueries};
      score({q.row(i), count, q.cols, q.stride}, {k.row(j), block, k.cols, k.stride}, scale,
            scores);
      weigh(rows, j, scores);
      add_values(rows, j, scores, v, result);
    }
    for (std::int64_t r = 0; r < count; ++r) {
      const float factor = rows.seen[r] > 0 ? 1 / rows.sum[r] : 0;
      for (std::int64_t c = 0; c < result.cols; ++c) result(r, c) *= factor;
    }
  }
}

namespace {

template <class T>
std::span<T> row_of(MatrixView<T> x, std::int64_t i) {
  return {x.row(i), static_cast<std::size_t>(x.cols)};
}

}  // namespace

// The idea: every step of it was made fast before, in labs 03 and 05; what was left to find out is
// which steps are worth it. All of them are, in one of the three cases.
void infer(MatrixView<const float> x, QuantParams input, MatrixView<const std::int8_t> w1,
           std::span<const std::int32_t> bias1, std::span<const float> scales1,
           MatrixView<const float> wq, MatrixView<const float> wk, MatrixView<const float> wv,
           MatrixView<const float> w2, std::span<const float> bias2, MatrixView<float> out) {
  const Matrix<std::uint8_t> bytes(x.rows, x.cols);
  for (std::int64_t i = 0; i < x.rows; ++i) {
    lab05::quantize(row_of(x, i), input, row_of(bytes.view(), i));
  }
  const Matrix<std::int32_t> sums(x.rows, w1.cols);
  lab05::matmul_int8_simd(bytes.view(), w1, input, {1, 0}, sums.view());
  const Matrix<float> hidden(x.rows, w1.cols);
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const std::span<float> row = row_of(hidden.view(), i);
    for (std::size_t j = 0; j < row.size(); ++j) {
      row[j] = static_cast<float>(sums.view().row(i)[j] + bias1[j]) * scales1[j];
    }
    lab03::gelu(row, row);
  }

  const Matrix<float> q(x.rows, wq.cols), k(x.rows, wk.cols), v(x.rows, wv.cols);
  lab03::matmul_simd(hidden.view(), wq, q.view());
  lab03::matmul_simd(hidden.view(), wk, k.view());
  lab03::matmul_simd(hidden.view(), wv, v.view());
  const std::vector<std::int32_t> all(static_cast<std::size_t>(x.rows),
                                      static_cast<std::int32_t>(x.rows));
  const Matrix<float> scratch(1, 4 * x.rows + 64), a(x.rows, wv.cols);
  const float scale = 1 / std::sqrt(static_cast<float>(wq.cols));
  attention(q.view(), k.view(), v.view(), all, scale, a.view(), row_of(scratch.view(), 0));

  const Matrix<float> logits(x.rows, w2.cols);
  lab03::matmul_simd(a.view(), w2, logits.view());
  for (std::int64_t i = 0; i < x.rows; ++i) {
    const std::span<float> row = row_of(logits.view(), i);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] += bias2[j];
  }
  lab03::softmax_rows(logits.view(), out);
}

}  // namespace lab06
