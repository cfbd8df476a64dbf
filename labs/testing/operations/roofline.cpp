#include <rooflab/testing/core/compare.h>
#include <rooflab/testing/operations/roofline.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

namespace rooflab::testing {
namespace {

constexpr double kTolerance = 1e-9;  // relative

std::string shown(double number) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.12g", number);
  return text.data();
}

std::string described(Roof roof) {
  return ", roof = {" + shown(roof.gflops) + " GFLOP/s, " + shown(roof.bandwidth_gbs) + " GB/s}";
}

std::optional<Failure> judge(const char* what, const std::string& expected, bool right,
                             const std::string& actual) {
  if (right) return std::nullopt;
  return Failure{.reason = "wrong_result",
                 .what = std::string(what) + " is wrong",
                 .first = "the result",
                 .expected = expected,
                 .actual = actual};
}

std::optional<Failure> judge_number(const char* what, double exact, double actual) {
  return judge(what, shown(exact), accepts({exact, kTolerance * std::abs(exact)}, actual),
               shown(actual));
}

std::string name_of(Bottleneck bottleneck) {
  switch (bottleneck) {
    case Bottleneck::memory:
      return "memory";
    case Bottleneck::compute:
      return "compute";
    case Bottleneck::both:
      return "both";
  }
  return "none of the three: " + std::to_string(static_cast<std::int32_t>(bottleneck));
}

// The times are flops / gflops and bytes / bandwidth: as products, both are exact enough.
Bottleneck exact_bottleneck(double flops, double bytes, Roof roof) {
  const double peak_side = flops * roof.bandwidth_gbs;
  const double bandwidth_side = bytes * roof.gflops;
  if (std::abs(peak_side - bandwidth_side) <= kTolerance * std::max(peak_side, bandwidth_side)) {
    return Bottleneck::both;
  }
  return bandwidth_side < peak_side ? Bottleneck::compute : Bottleneck::memory;
}

double exact_amdahl(double fraction, double factor) {
  const double left = (1 - fraction) + fraction / factor;
  return left == 0 ? std::numeric_limits<double>::infinity() : 1 / left;
}

}  // namespace

std::string IntensityProblem::describe() const {
  return "flops = " + shown(flops) + ", bytes = " + shown(bytes);
}

std::optional<Failure> IntensityProblem::run(IntensityKernel kernel) const {
  return judge_number("the intensity", flops / bytes, kernel(flops, bytes));
}

std::string AttainableProblem::describe() const {
  return "intensity = " + shown(intensity) + described(roof);
}

std::optional<Failure> AttainableProblem::run(AttainableKernel kernel) const {
  return judge_number("what can be reached", std::min(roof.gflops, intensity * roof.bandwidth_gbs),
                      kernel(intensity, roof.gflops, roof.bandwidth_gbs));
}

std::string BottleneckProblem::describe() const {
  return "flops = " + shown(flops) + ", bytes = " + shown(bytes) + described(roof);
}

std::optional<Failure> BottleneckProblem::run(BottleneckKernel kernel) const {
  const Bottleneck exact = exact_bottleneck(flops, bytes, roof);
  const Bottleneck given = kernel(flops, bytes, roof.gflops, roof.bandwidth_gbs);
  return judge("the bottleneck", name_of(exact), given == exact, name_of(given));
}

std::string AmdahlProblem::describe() const {
  return "fraction = " + shown(fraction) + ", factor = " + shown(factor);
}

std::optional<Failure> AmdahlProblem::run(AmdahlKernel kernel) const {
  return judge_number("the speedup", exact_amdahl(fraction, factor), kernel(fraction, factor));
}

}  // namespace rooflab::testing
