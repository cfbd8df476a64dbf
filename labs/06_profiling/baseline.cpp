// What attention is timed against: right, plain, and slow. The tools are not timed: here they are
// as you find them.
#include <algorithm>
#include <cmath>
#include <limits>

#include "slow_network.h"

namespace lab06 {

using rooflab::Matrix;

// --- What samples tell ---------------------------------------------------------------------------

Summary summarize(std::span<const double> samples) {
  (void)samples;
  return {-1, 0, 0, 0, 0, 0};
}

double mann_whitney_p(std::span<const double> x, std::span<const double> y) {
  (void)x, (void)y;
  return -1;
}

Interval bootstrap_interval(std::span<const double> baseline, std::span<const double> optimized,
                            double confidence, int resamples, RandomBits bits) {
  (void)baseline, (void)optimized, (void)confidence, (void)resamples, (void)bits;
  return {-1, -1};
}

Comparison compare(std::span<const double> baseline, std::span<const double> optimized,
                   RandomBits bits) {
  (void)baseline, (void)optimized, (void)bits;
  return {-1, {-1, -1}, -1, false};
}

// --- Measuring -----------------------------------------------------------------------------------

Profile profile_operation(const std::function<void()>& op, const Clock& clock,
                          const ProfileOptions& options) {
  (void)op, (void)clock, (void)options;
  return {0, {}};
}

void profile_steps(std::span<const std::function<void()>> steps, const Clock& clock, int rounds,
                   std::span<double> shares) {
  (void)steps, (void)clock, (void)rounds, (void)shares;
}

Misses count_cache_misses(const std::function<void()>& op, std::span<const std::string> events) {
  (void)op, (void)events;
  return {0, 0};
}

Configuration tune(std::span<const std::int64_t> sizes,
                   const std::function<double(const Configuration&)>& time, int budget) {
  (void)sizes, (void)time, (void)budget;
  return {};
}

// --- What a machine allows -----------------------------------------------------------------------

double arithmetic_intensity(double flops, double bytes) {
  (void)flops, (void)bytes;
  return -1;
}

double attainable_gflops(double intensity, Roof roof) {
  (void)intensity, (void)roof;
  return -1;
}

Bottleneck classify_bottleneck(double flops, double bytes, Roof roof) {
  (void)flops, (void)bytes, (void)roof;
  return static_cast<Bottleneck>(-1);
}

double amdahl_speedup(double fraction, double factor) {
  (void)fraction, (void)factor;
  return -1;
}

// --- The finale ----------------------------------------------------------------------------------

void attention(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
               std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
               std::span<float> /*scratch*/) {
  const Matrix<float> scores(q.rows, k.rows);
  for (std::int64_t i = 0; i < out.rows; ++i) {
    const std::int64_t seen = lengths[static_cast<std::size_t>(i)];
    float* weights = scores.view().row(i);
    float highest = -std::numeric_limits<float>::infinity();
    for (std::int64_t j = 0; j < seen; ++j) {
      float sum = 0;
      for (std::int64_t p = 0; p < q.cols; ++p) sum += q(i, p) * k(j, p);
      weights[j] = scale * sum;
      highest = std::max(highest, weights[j]);
    }
    float total = 0;
    for (std::int64_t j = 0; j < seen; ++j) {
      weights[j] = std::exp(weights[j] - highest);
      total += weights[j];
    }
    std::fill_n(out.row(i), out.cols, 0.0F);
    for (std::int64_t j = 0; j < seen; ++j) {
      const float share = weights[j] / total;
      for (std::int64_t c = 0; c < out.cols; ++c) out(i, c) += share * v(j, c);
    }
  }
}

void infer(MatrixView<const float> x, QuantParams input, MatrixView<const std::int8_t> w1,
           std::span<const std::int32_t> bias1, std::span<const float> scales1,
           MatrixView<const float> wq, MatrixView<const float> wk, MatrixView<const float> wv,
           MatrixView<const float> w2, std::span<const float> bias2, MatrixView<float> out) {
  const Matrix<float> hidden(x.rows, w1.cols), a(x.rows, wv.cols);
  const Matrix<float> q(x.rows, wq.cols), k(x.rows, wk.cols), v(x.rows, wv.cols);
  slow::first_layer(x, input, w1, bias1, scales1, hidden.view());
  slow::gelu(hidden.view());
  slow::multiply(hidden.view(), wq, q.view());
  slow::multiply(hidden.view(), wk, k.view());
  slow::multiply(hidden.view(), wv, v.view());
  slow::attend(q.view(), k.view(), v.view(), a.view());
  slow::classify(a.view(), w2, bias2, out);
}

}  // namespace lab06
