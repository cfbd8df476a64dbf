// Lab 06: your tools and kernels. kernels.h says what each must do; handouts/06_profiling.md says
// why and how.
#include "kernels.h"

// What infer() may use of your earlier labs is linked with it: lab.toml lists it.
#include "02_blocking/kernels.h"
#include "03_simd/kernels.h"
#include "05_quantization/kernels.h"

namespace lab06 {

// --- What samples tell ---------------------------------------------------------------------------

Summary summarize(std::span<const double> samples) {
  // TODO: a sorted copy has the least, the greatest and the median; two passes have the rest.
  (void)samples;
  return {-1, 0, 0, 0, 0, 0};
}

double mann_whitney_p(std::span<const double> x, std::span<const double> y) {
  // TODO: rank all values together, sum the ranks of x, and ask how often chance does that.
  (void)x, (void)y;
  return -1;
}

Interval bootstrap_interval(std::span<const double> baseline, std::span<const double> optimized,
                            double confidence, int resamples, RandomBits bits) {
  // TODO: draw samples from the samples, again and again, and look how far the ratio moves.
  (void)baseline, (void)optimized, (void)confidence, (void)resamples, (void)bits;
  return {-1, -1};
}

Comparison compare(std::span<const double> baseline, std::span<const double> optimized,
                   RandomBits bits) {
  // TODO: put the three above together.
  (void)baseline, (void)optimized, (void)bits;
  return {-1, {-1, -1}, -1, false};
}

// --- Measuring -----------------------------------------------------------------------------------

Profile profile_operation(const std::function<void()>& op, const Clock& clock,
                          const ProfileOptions& options) {
  // TODO: warm up, find how many calls a sample needs, take the samples.
  (void)op, (void)clock, (void)options;
  return {0, {}};
}

void profile_steps(std::span<const std::function<void()>> steps, const Clock& clock, int rounds,
                   std::span<double> shares) {
  // TODO: whole rounds, the median of each step's times, and what part of all that is.
  (void)steps, (void)clock, (void)rounds, (void)shares;
}

Misses count_cache_misses(const std::function<void()>& op, std::span<const std::string> events) {
  // TODO: the first event that PAPI starts; then op, and what it counted.
  (void)op, (void)events;
  return {0, 0};
}

Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  // TODO: look around, then measure those again that look best.
  (void)sizes, (void)time, (void)budget;
  return {};
}

// --- What a machine allows -----------------------------------------------------------------------

double arithmetic_intensity(double flops, double bytes) {
  // TODO: operations for each byte.
  (void)flops, (void)bytes;
  return -1;
}

double attainable_gflops(double intensity, Roof roof) {
  // TODO: the lower of the two roofs.
  (void)intensity, (void)roof;
  return -1;
}

Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  // TODO: compare the two times without dividing.
  (void)flops, (void)bytes, (void)roof;
  return static_cast<Bottleneck>(-1);
}

double amdahl_speedup(double fraction, double factor) {
  // TODO: what stays, and what becomes faster.
  (void)fraction, (void)factor;
  return -1;
}

// --- The finale ----------------------------------------------------------------------------------

void attention(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
               std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
               std::span<float> scratch) {
  // TODO: for each row of q, the scores of its keys, their softmax, and the mean of v's rows.
  (void)q, (void)k, (void)v, (void)lengths, (void)scale, (void)out, (void)scratch;
}

void infer(MatrixView<const float> x, QuantParams input, MatrixView<const std::int8_t> w1,
           std::span<const std::int32_t> bias1, std::span<const float> scales1,
           MatrixView<const float> wq, MatrixView<const float> wk, MatrixView<const float> wv,
           MatrixView<const float> w2, std::span<const float> bias2, MatrixView<float> out) {
  // TODO: profile the network as it is given (slow_network.h); then replace what takes the time.
  (void)x, (void)input, (void)w1, (void)bias1, (void)scales1, (void)wq, (void)wk, (void)wv;
  (void)w2, (void)bias2, (void)out;
}

}  // namespace lab06
