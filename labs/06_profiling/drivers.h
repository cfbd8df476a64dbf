// How tests reach the tools: what takes a function, a clock or a struct cannot be sent to another
// process. Each driver is a plain function that runs your code as its arguments say, and writes
// down what it gave and what it did.
#pragma once

#include "kernels.h"

namespace lab06 {

// --- What samples tell ---------------------------------------------------------------------------

/// summary: {count, least, median, mean, deviation, greatest}.
void summarize(std::span<const double> samples, std::span<double> summary);

/// interval: {low, high}. `seed` is that of the bits.
void bootstrap_interval(std::span<const double> baseline, std::span<const double> optimized,
                        double confidence, int resamples, std::uint64_t seed,
                        std::span<double> interval);

/// comparison: {speedup, low, high, p, 1 if it is significant or 0}.
void compare(std::span<const double> baseline, std::span<const double> optimized,
             std::uint64_t seed, std::span<double> comparison);

// --- Measuring -----------------------------------------------------------------------------------

/// profile_operation() of an operation and a clock that are simulated: time passes only as
/// `machine` says: {nanoseconds that a call takes; calls that are cold, the first of all;
/// nanoseconds that each of these takes; every how manieth call is an outlier, 0 for none;
/// nanoseconds that it takes; nanoseconds that reading the clock takes; nanoseconds between its
/// steps, 0 if it stands still; every how manieth reading finds it set back, 0 for none;
/// nanoseconds by which}. Readings and calls without end are ended by an exception. times: the
/// samples. facts: {calls in each sample, samples, calls of the operation in all, readings in all,
/// 1 if it had to be ended}.
void profile_operation(std::span<const double> machine, int warm_ups, int samples,
                       std::int64_t least_ns, std::int64_t most_ns, std::span<double> times,
                       std::span<double> facts);

/// profile_steps() of as many steps as `costs` has columns: step i takes costs(r, i) nanoseconds in
/// round r, where row 0 is the round that does not count, and so the clock shows. A step that is
/// not the one whose turn it is takes a second. facts: {calls of steps, calls of steps whose turn
/// it was not}.
void profile_steps(MatrixView<const double> costs, std::span<double> shares,
                   std::span<std::int32_t> facts);

/// count_cache_misses() with a PAPI that is simulated (papi_stand_in.h). Event i is of a kind:
/// 0 counts; 1 is unknown; 2 has a name, but cannot be added here; 3 cannot be started together
/// with what others count; 4 may not be started. op has misses[i] of it. start: 0 if PAPI can be
/// initialised, 1 if that fails, 2 if another version is installed.
/// facts: {count, event, calls of op, calls of op while nothing was counted, event sets left, event
/// sets left running, 0 if nothing was thrown, 1 if op's exception was, 2 if another, times that
/// PAPI was shut down}.
void count_cache_misses(std::span<const std::int32_t> kinds, std::span<const double> misses,
                        int start, bool throws, std::span<double> facts);

/// tune() of a program that takes seconds[c] times noise[n] when it is measured for the n-th time,
/// with the configuration c, counted row by row: the last axis comes first. It is ended by an
/// exception when it has been measured four times as often as the budget allows, and 100 more.
/// configuration: what was found. facts: {measurements, those outside the space, 1 if what was
/// found is in the space, 1 if it was measured}.
void tune(std::span<const std::int32_t> sizes, std::span<const double> seconds,
          std::span<const double> noise, int budget, std::span<std::int32_t> configuration,
          std::span<std::int32_t> facts);

// --- What a machine allows -----------------------------------------------------------------------

[[nodiscard]] double attainable_gflops(double intensity, double gflops, double bandwidth_gbs);

[[nodiscard]] Bottleneck classify_bottleneck(double flops, double bytes, double gflops,
                                             double bandwidth_gbs);

// --- The finale ----------------------------------------------------------------------------------

/// profile_steps() of the network in slow_network.h, on data of its own and with the real clock.
/// shares: of the first layer, gelu, the products q, k and v, attention, the classifier. Sizes are
/// those of infer().
void network_shares(std::int64_t rows, std::int64_t inputs, std::int64_t hidden, std::int64_t width,
                    std::int64_t classes, std::span<double> shares);

/// Makes the same network, and runs that step of it once; with −1, none.
void network_step(std::int64_t rows, std::int64_t inputs, std::int64_t hidden, std::int64_t width,
                  std::int64_t classes, int step);

}  // namespace lab06
