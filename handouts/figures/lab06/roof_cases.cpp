// For a figure of lab 06: what one core can do, and what kernels of labs 03, 05 and 06 reach,
// against their arithmetic intensity. Linked with those. "ns" are those of one floating-point
// operation.
#include <rooflab/bf16.h>
#include <rooflab/matrix.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "../rounds.h"
#include "column_kernels.h"
#include "grader/harness/programs/peak.h"
#include "kernels.h"
#include "labs/03_simd/kernels.h"
#include "labs/05_quantization/drivers.h"

namespace {

using rooflab::AlignedBuffer;
using rooflab::Bf16;
using rooflab::Matrix;

constexpr std::int64_t kWeights = 4080;           // columns and rows: 64 MiB
constexpr std::int64_t kElements = 1 << 24;       // of saxpy: 64 MiB each
constexpr std::int64_t kRows = 640, kWidth = 64;  // of attention
constexpr std::int64_t kMostRows = 128;           // of a batch, as in drawings.py
constexpr std::size_t kRounds = 20;
constexpr std::size_t kStreams = 4;  // that are read at the same time

// What is only read, of 256 MiB: 10⁹ bytes a second, the best of some tries.
double read_gbs() {
  constexpr std::size_t kStream = std::size_t{1} << 24U;
  using Vector [[gnu::vector_size(32)]] = float;
  static volatile float sink;
  const std::vector<float> numbers(kStreams * kStream, 1.0F);
  double best = 0;
  for (int i = 0; i < 20; ++i) {
    Vector sum[kStreams] = {}, next;
    const double begin = figures::now_ns(CLOCK_THREAD_CPUTIME_ID);
    for (std::size_t j = 0; j < kStream; j += 8) {
      for (std::size_t s = 0; s < kStreams; ++s) {
        std::memcpy(&next, &numbers[s * kStream + j], sizeof(next));
        sum[s] += next;
      }
    }
    const double ns = figures::now_ns(CLOCK_THREAD_CPUTIME_ID) - begin;
    sink = (sum[0] + sum[1] + sum[2] + sum[3])[0];
    best = std::max(best, static_cast<double>(sizeof(float) * numbers.size()) / ns);
  }
  return best;
}

void fill(const Matrix<float>& matrix) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> number(-1, 1);
  std::generate_n(matrix.view().data, matrix.rows() * matrix.cols(),
                  [&] { return number(random); });
}

// ns of one floating-point operation: the mean of a few milliseconds of calls.
double ns_of_one(double flops, const std::function<void()>& call) {
  constexpr double kRoundNs = 5e6;
  call();
  const double begin = figures::now_ns(CLOCK_THREAD_CPUTIME_ID);
  double calls = 0, ns = 0;
  while (ns < kRoundNs) {
    call();
    ++calls;
    ns = figures::now_ns(CLOCK_THREAD_CPUTIME_ID) - begin;
  }
  return ns / calls / flops;
}

}  // namespace

int main() {
  const double gflops = rooflab::harness::measure_peak().gflops;
  const double gbs = read_gbs();
  const Matrix<float> weights(kWeights, kWeights), batch(kMostRows, kWeights),
      answers(kMostRows, kWeights);
  const Matrix<Bf16> short_weights(kWeights, kWeights);
  fill(weights);
  fill(batch);
  const auto size = static_cast<std::size_t>(kWeights);
  lab05::to_bf16({weights.view().data, size * size}, {short_weights.view().data, size * size});
  const AlignedBuffer<float> x(kElements), y(kElements);
  const Matrix<float> q(kRows, kWidth), k(kRows, kWidth), v(kRows, kWidth), a(kRows, kWidth),
      scores(kRows, kRows);
  for (const auto* matrix : {&q, &k, &v, &scores}) fill(*matrix);
  const AlignedBuffer<std::int32_t> lengths(kRows);
  std::fill_n(lengths.data(), kRows, static_cast<std::int32_t>(kRows));
  const AlignedBuffer<float> scratch(4 * kRows + 64);

  std::vector<figures::Measured> all;
  const auto add = [&all](const std::string& name, double flops, double bytes,
                          std::function<void()> call) {
    all.push_back({name, lab06::arithmetic_intensity(flops, bytes),
                   [flops, call = std::move(call)] { return ns_of_one(flops, call); }});
  };
  const auto vectors = static_cast<double>(kElements), side = static_cast<double>(kWeights);
  const std::span<const float> one(batch.view().data, size);
  const std::span<float> answer(answers.view().data, size);
  add("saxpy", 2 * vectors, 12 * vectors, [&] { lab03::saxpy(1e-3F, x.span(), y.span()); });
  add("gemv fp32", 2 * side * side, 4 * (side + 2) * side,
      [&] { lab05::gemv_fp32(weights.view(), one, answer); });
  add("gemv bf16", 2 * side * side, 2 * (side + 4) * side,
      [&] { lab05::gemv_bf16(short_weights.view(), one, answer); });
  for (const std::int64_t rows : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 16, 24, 32, 64, 128}) {
    const auto m = static_cast<double>(rows);
    add("batch", 2 * m * side * side, 4 * (side + 2 * m) * side, [&, rows] {
      lab03::matmul_simd({batch.view().data, rows, kWeights, kWeights}, weights.view(),
                         {answers.view().data, rows, kWeights, kWeights});
    });
  }
  const auto n = static_cast<double>(kRows), w = static_cast<double>(kWidth);
  const double product = 2 * n * n * w, moved = 4 * (n * n + 2 * n * w);
  add("mean, down columns", product, moved,
      [&] { figures::by_columns(scores.view(), v.view(), a.view()); });
  add("mean, along rows", product, moved,
      [&] { figures::by_rows(scores.view(), v.view(), a.view()); });
  add("attention", 2 * product, 4 * 4 * n * w, [&] {
    lab06::attention(q.view(), k.view(), v.view(), lengths.span(), 1 / std::sqrt(64.0F), a.view(),
                     scratch.span());
  });
  figures::measure(std::move(all), "intensity", kRounds, 0.5);
  figures::print_row("roof", {{"gflops", std::max(gflops, rooflab::harness::measure_peak().gflops)},
                              {"gbs", std::max(gbs, read_gbs())}});
  return 0;
}
