// For a figure and the tables of lab 06: where the time of a slow network goes, what one change
// does to it, and what kernels of labs 03, 05 and 06 do. Linked with those.
#include <rooflab/matrix.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "../rounds.h"
#include "column_kernels.h"
#include "labs/03_simd/kernels.h"
#include "labs/05_quantization/kernels.h"
#include "slow_network.h"

namespace {

using rooflab::AlignedBuffer;
using rooflab::Matrix;
using rooflab::MatrixView;
using rooflab::QuantParams;

constexpr std::size_t kRounds = 60;

// rows×inputs go in, rows×classes come out; q, k and v have `width` columns.
struct Shape {
  const char* name;
  std::int64_t rows, inputs, hidden, width, classes;
};

// As in bench.cpp, without what is drawn there.
constexpr std::array kShapes = {Shape{"products", 192, 256, 512, 48, 10},
                                Shape{"attention", 640, 32, 64, 64, 10},
                                Shape{"classes", 128, 64, 64, 32, 3000}};

enum class How { slow, one_change, own_kernels };

struct Network {
  explicit Network(const Shape& shape)
      : s(shape),
        x(s.rows, s.inputs),
        wq(s.hidden, s.width),
        wk(s.hidden, s.width),
        wv(s.hidden, s.width),
        w2(s.width, s.classes),
        hidden(s.rows, s.hidden),
        q(s.rows, s.width),
        k(s.rows, s.width),
        v(s.rows, s.width),
        scores(s.rows, s.rows),
        a(s.rows, s.width),
        out(s.rows, s.classes),
        w1(s.inputs, s.hidden),
        bytes(s.rows, s.inputs),
        sums(s.rows, s.hidden),
        bias1(s.hidden),
        scales1(s.hidden),
        bias2(s.classes),
        lengths(s.rows),
        scratch(4 * s.rows + 64) {
    std::mt19937 random(1);
    const auto fill = [&](const Matrix<float>& matrix, double limit) {
      std::uniform_real_distribution<float> number(static_cast<float>(-limit),
                                                   static_cast<float>(limit));
      const MatrixView<float> view = matrix.view();
      std::generate_n(view.data, view.rows * view.cols, [&] { return number(random); });
    };
    fill(x, 1);
    const auto one_over_root = [](std::int64_t n) { return 1 / std::sqrt(static_cast<double>(n)); };
    for (const auto* weights : {&wq, &wk, &wv}) fill(*weights, 2.5 * one_over_root(s.hidden));
    fill(w2, 2 * one_over_root(s.width));
    std::uniform_int_distribution<int> weight(-127, 127);
    std::generate_n(w1.view().data, s.inputs * s.hidden,
                    [&] { return static_cast<std::int8_t>(weight(random)); });
    const auto scale = static_cast<float>(one_over_root(s.inputs) / 6000);
    std::fill_n(scales1.data(), s.hidden, scale);
    std::fill_n(lengths.data(), s.rows, static_cast<std::int32_t>(s.rows));
  }

  const Shape& s;
  Matrix<float> x, wq, wk, wv, w2, hidden, q, k, v, scores, a, out;
  Matrix<std::int8_t> w1;
  Matrix<std::uint8_t> bytes;
  Matrix<std::int32_t> sums;
  AlignedBuffer<std::int32_t> bias1;
  AlignedBuffer<float> scales1, bias2;
  AlignedBuffer<std::int32_t> lengths;
  AlignedBuffer<float> scratch;
  QuantParams input{0x1p-7F, 117};

  [[nodiscard]] float score_scale() const { return 1 / std::sqrt(static_cast<float>(s.width)); }
};

using Step = std::pair<const char*, std::function<void()>>;

// Its steps as slow_network.h has them, but for the product of scores and v, which may be changed.
std::vector<Step> slow_steps(Network& n, bool one_change) {
  namespace slow = lab06::slow;
  return {{"first_layer",
           [&n] {
             slow::first_layer(n.x.view(), n.input, n.w1.view(), n.bias1.span(), n.scales1.span(),
                               n.hidden.view());
           }},
          {"gelu", [&n] { slow::gelu(n.hidden.view()); }},
          {"qkv",
           [&n] {
             slow::multiply(n.hidden.view(), n.wq.view(), n.q.view());
             slow::multiply(n.hidden.view(), n.wk.view(), n.k.view());
             slow::multiply(n.hidden.view(), n.wv.view(), n.v.view());
           }},
          {"scores",
           [&n] { figures::scores(n.q.view(), n.k.view(), n.score_scale(), n.scores.view()); }},
          {"softmax", [&n] { slow::softmax_rows(n.scores.view()); }},
          {"mean",
           [&n, one_change] {
             const auto multiply = one_change ? figures::by_rows : slow::multiply;
             multiply(n.scores.view(), n.v.view(), n.a.view());
           }},
          {"classify",
           [&n] { slow::classify(n.a.view(), n.w2.view(), n.bias2.span(), n.out.view()); }}};
}

std::vector<Step> own_steps(Network& n) {
  return {{"first_layer",
           [&n] {
             const auto size = static_cast<std::size_t>(n.s.rows * n.s.inputs);
             lab05::quantize({n.x.view().data, size}, n.input, {n.bytes.view().data, size});
             lab05::matmul_int8_simd(n.bytes.view(), n.w1.view(), n.input, {1, 0}, n.sums.view());
             for (std::int64_t i = 0; i < n.s.rows; ++i) {
               for (std::int64_t j = 0; j < n.s.hidden; ++j) {
                 n.hidden(i, j) = static_cast<float>(n.sums(i, j) + n.bias1[j]) * n.scales1[j];
               }
             }
           }},
          {"gelu",
           [&n] {
             const std::span<float> all(n.hidden.view().data,
                                        static_cast<std::size_t>(n.s.rows * n.s.hidden));
             lab03::gelu(all, all);
           }},
          {"qkv",
           [&n] {
             lab03::matmul_simd(n.hidden.view(), n.wq.view(), n.q.view());
             lab03::matmul_simd(n.hidden.view(), n.wk.view(), n.k.view());
             lab03::matmul_simd(n.hidden.view(), n.wv.view(), n.v.view());
           }},
          {"attention",
           [&n] {
             lab06::attention(n.q.view(), n.k.view(), n.v.view(), n.lengths.span(), n.score_scale(),
                              n.a.view(), n.scratch.span());
           }},
          {"classify", [&n] {
             lab03::matmul_simd(n.a.view(), n.w2.view(), n.out.view());
             for (std::int64_t i = 0; i < n.s.rows; ++i) {
               for (std::int64_t j = 0; j < n.s.classes; ++j) n.out(i, j) += n.bias2[j];
             }
             lab03::softmax_rows(n.out.view(), n.out.view());
           }}};
}

// One way to run the network: its steps, and what each took in every round.
struct Way {
  std::string name;
  std::vector<Step> steps;
  std::vector<std::vector<double>> ns;
  std::vector<double> totals;

  void run() {
    double total = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const double begin = figures::now_ns(CLOCK_THREAD_CPUTIME_ID);
      steps[i].second();
      ns[i].push_back(figures::now_ns(CLOCK_THREAD_CPUTIME_ID) - begin);
      total += ns[i].back();
    }
    totals.push_back(total);
  }

  void print() const {
    std::printf("{\"series\": \"%s\"", name.c_str());
    for (std::size_t i = 0; i < steps.size(); ++i) {
      std::printf(", \"%s\": %.0f", steps[i].first, figures::quantile(ns[i], 0.5));
    }
    std::printf(", \"all\": %.0f}\n", figures::quantile(totals, 0.5));
  }
};

Way way(Network& network, How how) {
  Way made{network.s.name, {}, {}, {}};
  if (how == How::own_kernels) {
    made.name += ", own kernels";
    made.steps = own_steps(network);
  } else {
    if (how == How::one_change) made.name += ", one change";
    made.steps = slow_steps(network, how == How::one_change);
  }
  made.ns.resize(made.steps.size());
  return made;
}

// All answer nearly the same, or there is nothing to compare.
void check(const Network& network, std::vector<Way>& ways) {
  std::vector<float> first;
  for (Way& each : ways) {
    each.run();  // and the warm-up
    const float* out = network.out.view().data;
    const auto size = static_cast<std::size_t>(network.s.rows * network.s.classes);
    if (first.empty()) first.assign(out, out + size);
    for (std::size_t i = 0; i < size; ++i) {
      if (std::abs(out[i] - first[i]) <= 1e-4F) continue;
      std::fprintf(stderr, "error: %s is wrong at %zu\n", each.name.c_str(), i);
      std::exit(1);
    }
    each.totals.clear();
    for (auto& times : each.ns) times.clear();
  }
}

void print_comparison(const std::string& name, std::span<const double> slow,
                      std::span<const double> quick) {
  const rooflab::Comparison found = lab06::compare(slow, quick, rooflab::RandomBits(1));
  figures::print_row(name, {{"samples", static_cast<double>(slow.size())},
                            {"speedup", found.speedup},
                            {"low", found.interval.low},
                            {"high", found.interval.high},
                            {"p", found.p}});
}

std::vector<double> every_second(std::span<const double> samples, std::size_t first) {
  std::vector<double> some;
  for (std::size_t i = first; i < samples.size(); i += 2) some.push_back(samples[i]);
  return some;
}

void print_summary(std::span<const double> samples) {
  const rooflab::Summary found = lab06::summarize(samples);
  figures::print_row("summary", {{"count", static_cast<double>(found.count)},
                                 {"least", found.least},
                                 {"median", found.median},
                                 {"mean", found.mean},
                                 {"deviation", found.deviation},
                                 {"greatest", found.greatest}});
}

}  // namespace

int main() {
  std::mt19937 random(1);
  for (const Shape& shape : kShapes) {
    Network network(shape);
    std::vector<Way> ways;
    for (const How how : {How::slow, How::one_change, How::own_kernels}) {
      ways.push_back(way(network, how));
    }
    check(network, ways);
    std::vector<Way*> order;
    for (Way& each : ways) order.push_back(&each);
    for (std::size_t round = 0; round < kRounds; ++round) {
      std::shuffle(order.begin(), order.end(), random);
      for (Way* each : order) each->run();
    }
    for (const Way& each : ways) each.print();
    const std::string name = shape.name;
    const std::span<const double> slow = ways[0].totals;
    if (name == "attention") {
      print_summary(slow.first(30));
      print_comparison("one change", slow.first(30), std::span(ways[1].totals).first(30));
      print_comparison("no change", slow.first(30), slow.last(30));
      print_comparison("no change, in turns", every_second(slow, 0), every_second(slow, 1));
    }
    print_comparison(name + ", speedup", slow, ways[2].totals);
  }
  return 0;
}
