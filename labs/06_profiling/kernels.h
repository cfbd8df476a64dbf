// Lab 06, profiling: the tools that you write in kernels.cpp, and the network that you make fast.
//
// Rules for the tools: they are told everything, clock included, and keep nothing between calls.
// Numbers are finite unless it is said otherwise. Results in double are within a relative 10⁻⁹ of
// the exact value.
// Rules for attention() and infer() are those of the labs before: any size is legal, 0 and 1
// included; matrices are row-major and honour `stride`; pointers are aligned to their element only;
// outputs never overlap inputs, and what one held before the call is undefined. One thread.
#pragma once

#include <rooflab/profiling.h>
#include <rooflab/quantization.h>
#include <rooflab/random_bits.h>
#include <rooflab/view.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace lab06 {

using rooflab::Bottleneck;
using rooflab::Clock;
using rooflab::Comparison;
using rooflab::Configuration;
using rooflab::Interval;
using rooflab::MatrixView;
using rooflab::Misses;
using rooflab::Profile;
using rooflab::ProfileOptions;
using rooflab::QuantParams;
using rooflab::RandomBits;
using rooflab::Roof;
using rooflab::Summary;

// --- What samples tell ---------------------------------------------------------------------------

/// How many samples there are, the least, the median (of an even number: the mean of the middle
/// two), the mean, the standard deviation of a sample (the sum of squares is divided by n − 1; of
/// one sample it is 0), and the greatest. Of no samples all is 0. Samples come in any order, and
/// may lie far from 0: a second in nanoseconds, give or take a microsecond.
[[nodiscard]] Summary summarize(std::span<const double> samples);

/// The p-value of Mann and Whitney's rank test, two-sided: how often would samples from one and the
/// same distribution have ranks as far apart as those of x and y? Where no two values are equal and
/// x or y has 8 values at most, it is exact: counted over all ways to arrange the ranks. Else the
/// normal approximation, with corrections for ties and for continuity (½). Never more than 1; near
/// 0 it keeps its digits. If all values are equal, or x or y is empty: 1. It is scipy's
/// mannwhitneyu() as it is called by default.
[[nodiscard]] double mann_whitney_p(std::span<const double> x, std::span<const double> y);

/// The bootstrap interval of the speedup median(baseline) / median(optimized), by percentiles:
/// draws as many elements of baseline, with replacement, as it has (each element is
/// baseline[bits.below(size)]), then of optimized in the same way; takes the ratio of the medians;
/// all that `resamples` times. The interval goes from the (1 − confidence)/2 quantile of the ratios
/// to the (1 + confidence)/2 quantile: the q-th of n sorted values lies at the position q · (n −
/// 1), between two of them on the straight line between them. Preconditions: neither is empty,
/// times are > 0, 0 < confidence < 1, resamples >= 1.
[[nodiscard]] Interval bootstrap_interval(std::span<const double> baseline,
                                          std::span<const double> optimized, double confidence,
                                          int resamples, RandomBits bits);

/// The speedup median(baseline) / median(optimized); its bootstrap interval of 95 %, from 2,000
/// resamples; p by mann_whitney_p(). The difference is significant if p < 0.05 and 1 lies outside
/// the interval. Preconditions: neither is empty, times are > 0.
[[nodiscard]] Comparison compare(std::span<const double> baseline,
                                 std::span<const double> optimized, RandomBits bits);

// --- Measuring -----------------------------------------------------------------------------------

/// Times an operation by a clock, which need not be a good one.
///
/// First op is called warm_ups times, untimed. Then samples are taken: for each, the clock is read,
/// op is called some number of times, and the clock is read again; the sample is the difference
/// divided by the number of calls.
///
/// The number of calls is found by trying 1, 2, 4, … of them (or other numbers, none more than four
/// times the one before) until a sample is *long enough*: the clock shows at least least_ns, and at
/// least 50 of its steps. A step is the least difference > 0 that was seen between two readings one
/// right after the other. Look at the clock until it has moved a few times, but no more than 2²⁰
/// times; readings with calls between them count where it never moves otherwise. What was long
/// enough is the first sample; all others have as many calls.
///
/// It ends with `samples` samples, or, before another is begun, as soon as all that was tried and
/// taken shows most_ns together. If that happens while the number of calls is still being found,
/// the last try is the only sample, however short. So a single long call is not repeated for ever.
///
/// A clock that is set back shows less than nothing: such a sample, or try, is thrown away and
/// taken again. After 100 of them the tool gives up, and returns what it has, perhaps no samples.
/// It also returns no samples if the clock shows no time at all for 2²² calls: the clock stands
/// still. All else is kept, outliers too: they are for summarize() to see.
///
/// Preconditions: warm_ups >= 0, samples >= 1, least_ns >= 0, most_ns >= 1. So that the tests end,
/// it must not make 10⁷ readings or 4 · 10⁷ calls of op in any case.
[[nodiscard]] Profile profile_operation(const std::function<void()>& op, const Clock& clock,
                                        const ProfileOptions& options);

/// The share of a program's time that each of its steps takes.
///
/// Steps work on what those before them left, so they run in their order and in whole rounds: one
/// round that does not count, then `rounds` that do. A step takes the time between a reading of the
/// clock just before it and one just after it; of all rounds, the median (summarize()) counts,
/// which a round that was disturbed does not change. shares[i] is what step i takes, divided by
/// what all steps take: together they are 1. If no step takes any time, all have the same share. Of
/// no steps there is nothing to do. Preconditions: rounds >= 1; shares has as many elements as
/// steps; the clock does not run backwards.
void profile_steps(std::span<const std::function<void()>> steps, const Clock& clock, int rounds,
                   std::span<double> shares);

/// Counts the cache misses of one call of op through PAPI (`#include <papi.h>`), with the first of
/// `events` that can be counted here. The names are PAPI's: events of the processor, such as
/// "PAPI_L1_DCM", or software-defined ones, such as "sde:::rooflab::D1_MISSES". Many machines have
/// no counters, or do not let programs have them, and that an event has a name does not mean that
/// it can be counted: it can if PAPI adds it to an event set *and* starts it.
///
/// op is called once, between PAPI_start and PAPI_stop. If PAPI cannot be initialised, or can count
/// none of the events, op is not called, and the result is {-1, -1}. Afterwards no counter runs and
/// no event set is left, also when op throws: what it throws goes on to the caller. PAPI itself
/// stays initialised, for others may use it; to initialise it once more does no harm.
///
/// The tests have a PAPI of their own that counts made-up misses and obeys PAPI's manual to the
/// letter. It has these functions: PAPI_library_init, _is_initialized, _shutdown, _strerror;
/// _event_name_to_code, _query_event, _query_named_event; _create_eventset, _cleanup_eventset,
/// _destroy_eventset; _add_event, _add_named_event, _add_events, _remove_event,
/// _remove_named_event, _num_events, _state; _start, _read, _accum, _reset and _stop.
[[nodiscard]] Misses count_cache_misses(const std::function<void()>& op,
                                        std::span<const std::string> events);

/// Auto-tuning: finds a configuration with which a program is fast. It has a value on each axis,
/// such as a tile size or a number of threads; axis a has sizes[a] values, in their natural order.
/// time(c) runs the program with the configuration c, which is an index for each axis, and returns
/// the seconds that it took. That is noisy: 5 % more or less (the standard deviation), and one time
/// in 20 something gets in between and it takes three times as long.
///
/// time is called with configurations of the space only, and no more than `budget` times in all.
/// What is returned was measured at least once. If there is no noise and the budget is enough for
/// all configurations, it is the fastest, or one of them.
///
/// How much slower than the fastest configuration it is, without the noise, on the average of many
/// programs:
///   at most 1.5 %, if there are 24 configurations and the budget is 240;
///   at most 3 %, if there are four axes of 12 values, the budget is 400, and time changes smoothly
///   along each axis, though the best value on one depends on those on the others.
/// Preconditions: budget >= 1; each size is >= 1. Of no axes there is one configuration: {}.
[[nodiscard]] Configuration tune(std::span<const std::int64_t> sizes,
                                 const std::function<double(const Configuration&)>& time,
                                 int budget);

// --- What a machine allows -----------------------------------------------------------------------

/// Floating-point operations for each byte that is moved. Preconditions: flops >= 0, bytes > 0.
[[nodiscard]] double arithmetic_intensity(double flops, double bytes);

/// The roofline: the most GFLOP/s that a program of that intensity can reach. Preconditions:
/// intensity >= 0, what the roof holds is > 0.
[[nodiscard]] double attainable_gflops(double intensity, Roof roof);

/// What holds a program up that does `flops` operations and moves `bytes`: the memory, if moving
/// them takes longer than computing, or computing; or both, if the two times differ by no more than
/// a relative 10⁻⁹. Preconditions: flops and bytes are >= 0 and not both 0; what the roof holds
/// is > 0.
[[nodiscard]] Bottleneck classify_bottleneck(double flops, double bytes, Roof roof);

/// Amdahl's law: how many times as fast a program becomes when `fraction` of its time is spent on
/// something that becomes `factor` times as fast. A factor of ∞ is legal. Preconditions:
/// 0 <= fraction <= 1, factor > 0. If the program takes no time then, the result is ∞.
[[nodiscard]] double amdahl_speedup(double fraction, double factor);

// --- The finale ----------------------------------------------------------------------------------

/// Attention: row i of out is the mean of the rows of v, each weighted by softmax over the keys j <
/// lengths[i] of the scores scale · Σₚ q(i, p) · k(j, p). Keys from lengths[i] on are masked: what
/// k and v hold there does not matter, NaN included. Where lengths[i] = 0, row i of out is 0.
/// Shapes: q is n×d, k is m×d, v is m×w, out is n×w; lengths has n elements within 0…m; scratch has
/// at least 4·m + 64 elements, for what you like. Beyond it, memory is not to be had: scores of
/// all rows together would be n·m floats. Scores of any size and any scale are legal, as long as
/// they are finite. NaN and ∞ of a value that is seen go where the formula takes them; weights that
/// are too small for a normal float may be taken for 0. The error bound is that of labs/testing:
/// sums in any order, an exp good to 4 ulp, and a softmax that scales down what it has summed.
void attention(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
               std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
               std::span<float> scratch);

/// A network of one layer in 8 bits, attention among all rows of the batch, and a classifier:
///   hidden = gelu((quantize(x, input) · w1 + bias1) · scales1)    the sum in whole numbers
///   q, k, v = hidden · wq, hidden · wk, hidden · wv
///   a = attention(q, k, v) over all rows, with a scale of 1/√m
///   out = softmax of each row of a · w2 + bias2
/// gelu is the tanh form of lab 03; quantize is lab 05's, and the product as there, with a zero
/// point of 0 for w1. Shapes: x is n×d, w1 is d×h, bias1 and scales1 have h elements, wq, wk and wv
/// are h×m, w2 is m×c, bias2 has c elements, out is n×c. Preconditions: those of lab 05.
void infer(MatrixView<const float> x, QuantParams input, MatrixView<const std::int8_t> w1,
           std::span<const std::int32_t> bias1, std::span<const float> scales1,
           MatrixView<const float> wq, MatrixView<const float> wk, MatrixView<const float> wv,
           MatrixView<const float> w2, std::span<const float> bias2, MatrixView<float> out);

}  // namespace lab06
