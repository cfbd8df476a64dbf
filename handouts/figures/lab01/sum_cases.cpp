// Cases for a figure of lab 01: one and the same sum, taken in 1 to 16 parts that take turns. Each
// term is one multiply-add and one load from the L1 cache.
#include <rooflab/testing/core/case.h>

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace {

using rooflab::testing::Case;
using rooflab::testing::Failure;
using Sum = float (*)(const std::vector<float>& x, float factor);

constexpr std::size_t kTerms = 3840;  // 15 KiB; a multiple of every number of parts
constexpr int kTimes = 100;           // a call is long enough to be timed

template <std::size_t parts>
[[gnu::noinline]] float sum_in_parts(const std::vector<float>& x, float factor) {
  float part[parts] = {};
  for (std::size_t i = 0; i < kTerms; i += parts) {
    for (std::size_t p = 0; p < parts; ++p) part[p] += x[i + p] * factor;
  }
  float sum = 0;
  for (const float each : part) sum += each;
  return sum;
}

class SumRun : public rooflab::testing::Run {
 public:
  explicit SumRun(Sum sum) : sum_(sum), x_(kTerms, 1.0F) {}

  void call() override {
    total_ = 0;
    for (int time = 0; time < kTimes; ++time) total_ += sum_(x_, static_cast<float>(time));
  }

  [[nodiscard]] std::optional<Failure> verify() const override {
    constexpr double kExpected = static_cast<double>(kTerms) * kTimes * (kTimes - 1) / 2;
    if (std::abs(static_cast<double>(total_) - kExpected) <= 1e-3 * kExpected) return std::nullopt;
    return Failure{.reason = "wrong_result",
                   .what = "the sum is wrong",
                   .expected = std::to_string(kExpected),
                   .actual = std::to_string(total_)};
  }

 private:
  Sum sum_;
  std::vector<float> x_;
  float total_ = 0;
};

template <std::size_t... parts>
std::vector<Case> cases_of(std::index_sequence<parts...> /*parts*/) {
  constexpr double kFlops = 2.0 * kTerms * kTimes;
  return {Case{"sums/" + std::to_string(parts), "sums", "", kFlops, 4.0 * kTerms,
               [](const rooflab::testing::Key& /*key*/) {
                 return std::make_unique<SumRun>(sum_in_parts<parts>);
               }}...};
}

}  // namespace

std::vector<Case> rooflab::testing::cases() {
  return cases_of(std::index_sequence<1, 2, 3, 4, 5, 6, 8, 10, 12, 16>{});
}
