// The bounds of the functions of lab 03 must let every sound way of computing them pass, and
// nothing that is worse than it has to be.
#include <doctest/doctest.h>
#include <rooflab/testing/operations/bias_gelu_scale.h>
#include <rooflab/testing/operations/dot.h>
#include <rooflab/testing/operations/exp.h>
#include <rooflab/testing/operations/gelu.h>
#include <rooflab/testing/operations/saxpy.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

using namespace rooflab::testing;

namespace {

using Apply = float (*)(float);
constexpr float kInfinity = std::numeric_limits<float>::infinity();

template <Apply f>
void each(std::span<const float> x, std::span<float> y) {
  std::ranges::transform(x, y.begin(), f);
}

float library_exp(float x) { return std::exp(x); }
// Off by `steps` floats, except where the result is 0, infinite or below the normal range, and at
// powers of two, from where on the floats lie twice as far apart.
template <int steps>
float exp_off_by(float x) {
  float value = std::exp(x);
  if (!(value > 1e-37F && value < kInfinity) || std::exp2(std::ilogb(value)) == value) return value;
  for (int i = 0; i < std::abs(steps); ++i)
    value = std::nextafter(value, steps > 0 ? kInfinity : 0);
  return value;
}

float flushed_exp(float x) {
  const float value = std::exp(x);
  return value < std::numeric_limits<float>::min() ? 0 : value;
}

float argument(float x) { return 1.59576912F * (x + 0.044715F * x * x * x); }
float sigmoid_form(float x) { return x / (1 + std::exp(-argument(x))); }
float factored_form(float x) {
  return x / (1 + std::exp(x * std::fma(x * x, -0.0713548163F, -1.59576912F)));
}
float two_sided_form(float x) {  // never overflows
  const float e = std::exp(-std::abs(argument(x)));
  return x * (x < 0 ? e : 1) / (1 + e);
}
float tanh_form(float x) { return 0.5F * x * (1 + std::tanh(argument(x) / 2)); }

// The walk that the hidden tests take, with larger steps.
UnaryProblem walk(Function function) {
  return {.function = function,
          .size = 1'000'000,
          .arguments = Arguments::patterns,
          .first = 77,
          .step = 4294};
}

template <bool fused>
void add_scaled(float alpha, std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const volatile float product = alpha * x[i];  // volatile: no compiler fuses it
    y[i] = fused ? std::fma(alpha, x[i], y[i]) : product + y[i];
  }
}

template <std::size_t sums>
float dot_product(std::span<const float> x, std::span<const float> y) {
  float sum[sums] = {};
  for (std::size_t i = 0; i < x.size(); ++i) sum[i % sums] += x[i] * y[i];
  float total = 0;
  for (const float part : sum) total += part;
  return total;
}
float without_last(std::span<const float> x, std::span<const float> y) {
  const std::size_t size = std::max<std::size_t>(x.size(), 1) - 1;
  return dot_product<4>(x.first(size), y.first(size));
}

template <Apply gelu>
void fused_layer(rooflab::MatrixView<const float> x, std::span<const float> b, float s,
                 rooflab::MatrixView<float> y) {
  for (std::int64_t i = 0; i < x.rows; ++i) {
    for (std::int64_t j = 0; j < x.cols; ++j) {
      y(i, j) = s * gelu(x(i, j) + b[static_cast<std::size_t>(j)]);
    }
  }
}

}  // namespace

TEST_SUITE("approximations") {
  TEST_CASE("exp: the library's passes, and so does one that is off by one float more") {
    CHECK_FALSE(walk(exact_exp).run(each<library_exp>));
    CHECK_FALSE(walk(exact_exp).run(each<exp_off_by<1>>));
    CHECK_FALSE(walk(exact_exp).run(each<exp_off_by<-1>>));
  }
  TEST_CASE("exp: three floats off fails") {
    CHECK(walk(exact_exp).run(each<exp_off_by<3>>));
    CHECK(walk(exact_exp).run(each<exp_off_by<-3>>));
  }
  TEST_CASE("exp: the ends are where they are") {
    CHECK(accepts(exact_exp(0x1.62e42ep+6F, 0), value_of(std::exp(0x1.62e42ep+6F))));
    CHECK(std::isinf(exact_exp(0x1.62e43p+6F, 0).value));
    CHECK(accepts(exact_exp(-0x1.9fe368p+6F, 0), kSmallestFloat));
    CHECK_FALSE(accepts(exact_exp(-0x1.9fe368p+6F, 0), 0));
    CHECK(accepts(exact_exp(-0x1.9fe36ap+6F, 0), 0));
    CHECK_FALSE(accepts(exact_exp(-0x1.9fe36ap+6F, 0), kSmallestFloat));
    CHECK(accepts(exact_exp(-kInfinity, 0), 0));
    CHECK_FALSE(accepts(exact_exp(std::nanf(""), 0), 0));
  }
  TEST_CASE("exp: results below the normal range are not 0") {
    CHECK(walk(exact_exp).run(each<flushed_exp>));
  }
  TEST_CASE("gelu: forms in which nothing cancels pass") {
    CHECK_FALSE(walk(exact_gelu).run(each<sigmoid_form>));
    CHECK_FALSE(walk(exact_gelu).run(each<factored_form>));
    CHECK_FALSE(walk(exact_gelu).run(each<two_sided_form>));
  }
  TEST_CASE("gelu: 1 + tanh fails below -5.5, everywhere") {
    for (float x = -5.5F; x > -10; x -= 0.01F) {
      CHECK_FALSE(accepts(exact_gelu(x, 0), value_of(tanh_form(x))));
    }
  }
  TEST_CASE("gelu: of minus infinity, 0 and NaN are right, and nothing else") {
    for (const float right : {0.0F, -0.0F, std::nanf("")}) {
      CHECK(accepts(exact_gelu(-kInfinity, right), value_of(right)));
    }
    for (const float wrong : {-kInfinity, -1e-30F}) {
      CHECK_FALSE(accepts(exact_gelu(-kInfinity, wrong), value_of(wrong)));
    }
  }
  TEST_CASE("bias, gelu and scale: a rounded sum passes, the wrong form does not") {
    const BiasGeluScaleProblem problem{.rows = 40, .cols = 60, .scale = -3};
    CHECK_FALSE(problem.run(fused_layer<sigmoid_form>));
    CHECK_FALSE(problem.run(fused_layer<factored_form>));
    CHECK(problem.run(fused_layer<tanh_form>));
  }
  TEST_CASE("saxpy: one rounding or two") {
    for (const Values values : {Values::unit, Values::huge, Values::tiny, Values::special}) {
      const SaxpyProblem problem{.size = 2000, .alpha = 1.1F, .values = values};
      CHECK_FALSE(problem.run(add_scaled<true>));
      CHECK_FALSE(problem.run(add_scaled<false>));
    }
  }
  TEST_CASE("dot: sums in any order pass, one lost term fails") {
    for (const std::int64_t size : {1, 2, 3, 10, 100, 1000, 2000}) {
      CHECK_FALSE(DotProblem{.size = size}.run(dot_product<1>));
      CHECK_FALSE(DotProblem{.size = size}.run(dot_product<8>));
      CHECK(DotProblem{.size = size}.run(without_last));
    }
  }
  TEST_CASE("dot: of whole numbers, one lost term of many fails") {
    for (const std::int64_t size : {10'000, 262'149, 1 << 24}) {
      CHECK_FALSE(DotProblem{.size = size, .whole = 1}.run(dot_product<1>));
      CHECK(DotProblem{.size = size, .whole = 1}.run(without_last));
    }
  }
}

TEST_SUITE("measured cases of lab 03") {
  TEST_CASE("a right output is accepted, also of repeated calls") {
    for (const Case& graded :
         {saxpy_case({"saxpy", add_scaled<true>}, 999), dot_case({"dot", dot_product<4>}, 999),
          exp_case({"exp", each<library_exp>}, 999), gelu_case({"gelu", each<sigmoid_form>}, 999),
          bias_gelu_scale_case({"fused", fused_layer<sigmoid_form>}, 30, 33)}) {
      const auto run = graded.prepare({{1}});
      for (int call = 0; call < 3; ++call) {
        run->call();
        CHECK_FALSE(run->verify());
      }
    }
  }
  TEST_CASE("an output that was never written is found") {
    const auto none = [](auto...) {};
    for (const Case& graded :
         {saxpy_case({"saxpy", none}, 999), dot_case({"dot", [](auto, auto) { return 0.0F; }}, 999),
          exp_case({"exp", none}, 999), gelu_case({"gelu", none}, 999),
          bias_gelu_scale_case({"fused", none}, 30, 33)}) {
      const auto run = graded.prepare({{1}});
      run->call();
      CHECK(run->verify());
    }
  }
}
