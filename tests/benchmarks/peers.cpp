// Kernels of lab 03 (and lab 04's product) beside the libraries, in one process: the program behind
// peers.py, which sets the environment that OpenBLAS and oneDNN take their instruction set and
// threads from. Compiled once per instruction set, for the loop that measures its peak.
//
//   peers ISA THREADS SECONDS PART SIZES      PART is in the name of a work; SIZES: full or quick
//
// Each contestant of a work must first compute what ours does. Then they take turns in rounds, in a
// random order, for SECONDS. Prints a JSON document with the seconds per run of every turn.
#include "peers.h"

#include <rooflab/matrix.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string_view>
#include <thread>

#include "kernels.h"

namespace lab03 {
void matmul_best(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c);
}  // namespace lab03
#ifdef PEERS_LAB04
namespace lab04 {
using rooflab::MatrixView;
void parallel_matmul(MatrixView<const float> a, MatrixView<const float> b, MatrixView<float> c,
                     std::int64_t threads);
}  // namespace lab04
#endif

namespace peers {
namespace {

struct Options {
  bool avx512;
  std::int64_t threads;
  double seconds;
  std::string_view part;
  bool quick;
};

std::minstd_rand draw(2026);

rooflab::Matrix<float> random_matrix(std::int64_t rows, std::int64_t cols) {
  rooflab::Matrix<float> matrix(rows, cols);
  std::uniform_real_distribution<float> number(-1, 1);
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = 0; j < cols; ++j) matrix(i, j) = number(draw);
  }
  return matrix;
}

std::span<float> all_of(const rooflab::Matrix<float>& x) {
  return {x.view().data, static_cast<std::size_t>(x.rows() * x.cols())};
}

// --- Roofs
// ----------------------------------------------------------------------------------------

#ifdef __AVX512F__
constexpr std::size_t kVectorBytes = 64;
#else
constexpr std::size_t kVectorBytes = 32;
#endif
using Vector [[gnu::vector_size(kVectorBytes)]] = float;
using Vector32 [[gnu::vector_size(32), gnu::aligned(4)]] = float;

volatile float sink;  // so that no work is left out

// As many multiply-adds as the processor can do: measure_peak() of the harness, for both widths.
Contestant peak() {
  constexpr int kChains = 10;
  constexpr int kSteps = 200'000;
  const auto run = [] {
    Vector sum[kChains];
    for (int i = 0; i < kChains; ++i) sum[i] = Vector{} + static_cast<float>(i);
    const Vector factor = Vector{} + 0.999F;
    const Vector term = Vector{} + 1e-6F;
    for (int step = 0; step < kSteps; ++step) {
#pragma GCC unroll 10  // or the sums live in memory
      for (int i = 0; i < kChains; ++i) sum[i] = sum[i] * factor + term;
    }
    Vector total{};
    for (const Vector& one : sum) total += one;
    sink = total[0];
  };
  return {"peak", run, 2.0 * kChains * kSteps * kVectorBytes / sizeof(float), false};
}

// A plain copy, 256 bits at a time.
Contestant copy(std::span<const float> x, std::span<float> y) {
  const auto run = [=] {
    for (std::size_t i = 0; i + 8 <= x.size(); i += 8) {
      *reinterpret_cast<Vector32*>(&y[i]) = *reinterpret_cast<const Vector32*>(&x[i]);
    }
  };
  return {"copy", run, 8.0 * static_cast<double>(x.size()), false};
}

// --- Rounds
// ---------------------------------------------------------------------------------------

double seconds_of(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

bool agree(const Work& work, const Contestant& peer) {
  work.reset();
  work.contestants.front().run();
  const std::vector<float> ours(work.output.begin(), work.output.end());
  std::fill(work.output.begin(), work.output.end(), std::nanf(""));
  work.reset();
  peer.run();
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (!(std::abs(ours[i] - work.output[i]) <= work.tolerance)) {
      std::fprintf(stderr, "%s: element %zu is %g, and %s's is %g\n", work.name.c_str(), i,
                   static_cast<double>(ours[i]), peer.name.c_str(),
                   static_cast<double>(work.output[i]));
      return false;
    }
  }
  return true;
}

// Seconds per run of a turn of at least `turn` seconds. One thread is timed by its own CPU clock;
// several by the wall clock, after the threads of whoever ran before have gone to sleep.
double timed(const Contestant& contestant, std::int64_t threads, double turn) {
  const clockid_t clock = threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC;
  if (threads > 1) std::this_thread::sleep_for(std::chrono::milliseconds(60));
  contestant.run();  // finds its data in the cache from now on, if it fits
  int runs = 0;
  const double before = seconds_of(clock);
  double spent = 0;
  do {
    contestant.run();
    ++runs;
    spent = seconds_of(clock) - before;
  } while (spent < turn);
  return spent / runs;
}

bool first_work = true;

void measure(Work work, const Options& options) {
  if (work.name.find(options.part) == std::string::npos) return;
  std::erase_if(work.contestants, [](const Contestant& c) { return c.run == nullptr; });
  for (const Contestant& contestant : work.contestants) {
    if (contestant.comparable && !agree(work, contestant)) std::exit(EXIT_FAILURE);
  }
  constexpr int kMostRounds = 200;
  const int least_rounds = options.quick ? 3 : 15;
  const double turn = options.quick ? 1e-4 : 4e-3;
  std::vector<std::vector<double>> seconds(work.contestants.size());
  std::vector<std::size_t> order(work.contestants.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const double before = seconds_of(CLOCK_MONOTONIC);
  for (int round = 0;
       round < least_rounds ||
       (round < kMostRounds && seconds_of(CLOCK_MONOTONIC) - before < options.seconds);
       ++round) {
    std::shuffle(order.begin(), order.end(), draw);
    for (const std::size_t i : order) {
      seconds[i].push_back(timed(work.contestants[i], options.threads, turn));
    }
  }
  std::printf("%s\n{\"work\": \"%s\", \"unit\": \"%s\", \"contestants\": [", first_work ? "" : ",",
              work.name.c_str(), work.unit.c_str());
  first_work = false;
  for (std::size_t i = 0; i < seconds.size(); ++i) {
    std::printf("%s\n  {\"name\": \"%s\", \"amount\": %.17g, \"seconds\": [", i == 0 ? "" : ",",
                work.contestants[i].name.c_str(), work.contestants[i].amount);
    for (std::size_t r = 0; r < seconds[i].size(); ++r) {
      std::printf("%s%.9g", r == 0 ? "" : ", ", seconds[i][r]);
    }
    std::printf("]}");
  }
  std::printf("]}");
  std::fflush(stdout);
}

// --- Works
// ----------------------------------------------------------------------------------------

struct Shape {
  std::int64_t m, k, n;
};

std::string name_of(Shape s) {
  if (s.m == s.k && s.k == s.n) return std::to_string(s.n);
  return std::to_string(s.m) + "x" + std::to_string(s.k) + "x" + std::to_string(s.n);
}

// Our product with the instructions and threads asked for; nothing where there is none.
std::function<void()> our_matmul(MatrixView<float> a, MatrixView<float> b, MatrixView<float> c,
                                 const Options& options) {
  if (options.threads > 1) {
#ifdef PEERS_LAB04
    return [=, threads = options.threads] { lab04::parallel_matmul(a, b, c, threads); };
#else
    return nullptr;
#endif
  }
  if (options.avx512) return [=] { lab03::matmul_best(a, b, c); };
  return [=] { lab03::matmul_simd(a, b, c); };
}

// Rounding errors of k sums, most of which cancel: not the bound of the worst case, which would
// hide a wrong element.
float rounding(std::int64_t k) { return 1e-5F * std::sqrt(static_cast<float>(k)); }

void sgemm(Shape s, const Options& options) {
  const auto a = random_matrix(s.m, s.k);
  const auto b = random_matrix(s.k, s.n);
  const rooflab::Matrix<float> c(s.m, s.n);
  const double operations = 2.0 * static_cast<double>(s.m * s.k * s.n);
  const auto x = a.view(), y = b.view(), z = c.view();
  Work work{"sgemm " + name_of(s), "GFLOP/s", all_of(c), rounding(s.k), {}};
  work.contestants = {{"ours", our_matmul(x, y, z, options), operations},
                      {"openblas", openblas_sgemm(x, y, z), operations},
                      {"onednn", onednn_matmul(x, y, z), operations}};
  if (options.threads == 1) work.contestants.push_back(peak());
  measure(work, options);
}

void elementwise(std::int64_t n, std::string_view where, const Options& options) {
  const auto x = random_matrix(1, n);
  const auto y = random_matrix(1, n);
  const std::span<float> from = all_of(x), to = all_of(y);
  const auto name = [where](std::string_view what) {
    return std::string(what) + " in " + std::string(where);
  };
  const double bytes = 8.0 * static_cast<double>(n);
  measure({name("relu"),
           "GB/s",
           to,
           0,
           {{"ours", [=] { lab03::relu(from, to); }, bytes},
            {"onednn", onednn_relu(from, to), bytes},
            copy(from, to)}},
          options);
  measure(
      {name("gelu"),
       "GB/s",
       to,
       1e-5F,
       {{"ours", [=] { lab03::gelu(from, to); }, bytes}, {"onednn", onednn_gelu(from, to), bytes}}},
      options);
  measure({name("saxpy"),
           "GB/s",
           to,
           1e-5F,
           {{"ours", [=] { lab03::saxpy(1e-3F, from, to); }, 1.5 * bytes}, copy(from, to)},
           [=] { std::fill(to.begin(), to.end(), 1.0F); }},
          options);
}

void softmax(std::int64_t m, std::int64_t n, const std::string& where, const Options& options) {
  const auto x = random_matrix(m, n);
  const rooflab::Matrix<float> y(m, n);
  const double bytes = 8.0 * static_cast<double>(m * n);
  const auto from = x.view(), to = y.view();
  measure({"softmax in " + where,
           "GB/s",
           all_of(y),
           1e-6F,
           {{"ours", [=] { lab03::softmax_rows(from, to); }, bytes},
            {"onednn", onednn_softmax(from, to), bytes}}},
          options);
}

#ifdef PEERS_COURSE
void course(const Options& options) {
  const std::int64_t n = options.quick ? 64 : 1024;
  const auto a = random_matrix(n, n);
  const auto b = random_matrix(n, n);
  const rooflab::Matrix<float> c(n, n);
  Work work{"course " + std::to_string(n), "GFLOP/s", all_of(c), rounding(n), {}};
  work.contestants = stages_of_the_course(a.view(), b.view(), c.view());
  work.contestants.push_back(peak());
  measure(work, options);
}
#endif

void measure_all(const Options& options) {
#ifdef PEERS_COURSE
  course(options);
#else
  std::vector<Shape> shapes = {{128, 128, 64},    {256, 256, 256}, {512, 512, 512},
                               {1797, 64, 256},   {32, 768, 3072}, {1024, 1024, 1024},
                               {2048, 2048, 2048}};
  if (options.threads > 1) shapes = {{768, 768, 768}, {1024, 1024, 1024}, {2048, 2048, 2048}};
  if (options.quick) shapes = {{40, 24, 56}};
  for (const Shape& shape : shapes) {
    if (("sgemm " + name_of(shape)).find(options.part) != std::string::npos) sgemm(shape, options);
  }
  if (options.avx512 || options.threads > 1) return;
  elementwise(4000, "cache", options);
  softmax(32, 125, "cache", options);
  if (!options.quick) {
    elementwise(std::int64_t{1} << 25, "memory", options);
    softmax(std::int64_t{1} << 15, 1000, "memory", options);
  }
#endif
}

}  // namespace
}  // namespace peers

int main(int count, char** arguments) {
  if (count != 6) return EXIT_FAILURE;
  std::printf("[");
  peers::measure_all({std::string_view(arguments[1]) == "avx512", std::atoll(arguments[2]),
                      std::atof(arguments[3]), arguments[4],
                      std::string_view(arguments[5]) == "quick"});
  std::printf("]\n");
}
