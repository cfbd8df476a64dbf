// Cases for the figures of lab 01: the same additions in another order. Integers, because a sum of
// floats would wait for its own last addition, and that wait would hide the memory behind it.
#include <rooflab/testing/core/case.h>

#include <numeric>
#include <utility>

namespace {

using rooflab::testing::Case;
using rooflab::testing::Failure;
using rooflab::testing::Key;
using Numbers = std::vector<std::uint32_t>;
using Walk = std::uint32_t (*)(const Numbers& numbers, std::size_t extent);

[[gnu::noinline]] std::uint32_t walk_rows(const Numbers& numbers, std::size_t n) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) sum += numbers[i * n + j];
  }
  return sum;
}

[[gnu::noinline]] std::uint32_t walk_columns(const Numbers& numbers, std::size_t n) {
  std::uint32_t sum = 0;
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < n; ++i) sum += numbers[i * n + j];
  }
  return sum;
}

[[gnu::noinline]] std::uint32_t walk_steps(const Numbers& numbers, std::size_t step) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < numbers.size(); i += step) sum += numbers[i];
  return sum;
}

class WalkRun : public rooflab::testing::Run {
 public:
  WalkRun(Walk walk, std::size_t size, std::size_t extent, std::uint32_t touched)
      : walk_(walk), numbers_(size, 1), extent_(extent), touched_(touched) {}

  void call() override { sum_ = walk_(numbers_, extent_); }

  [[nodiscard]] std::optional<Failure> verify() const override {
    if (sum_ == touched_) return std::nullopt;
    return Failure{.reason = "wrong_result",
                   .what = "the sum is wrong",
                   .expected = std::to_string(touched_),
                   .actual = std::to_string(sum_)};
  }

 private:
  Walk walk_;
  Numbers numbers_;
  std::size_t extent_;
  std::uint32_t touched_;  // numbers read in one call: each is 1
  std::uint32_t sum_ = 0;
};

Case walk_case(const std::string& name, Walk walk, std::size_t size, std::size_t extent,
               std::size_t touched) {
  return {name + "/" + std::to_string(extent),
          name,
          std::to_string(size) + " numbers",
          0,
          4.0 * static_cast<double>(touched),
          [=](const rooflab::testing::Key& /*key*/) {
            return std::make_unique<WalkRun>(walk, size, extent,
                                             static_cast<std::uint32_t>(touched));
          }};
}

}  // namespace

std::vector<Case> rooflab::testing::cases() {
  std::vector<Case> all;
  // Rows of an odd number of lines, and not nearly a whole number of pages: a column then spreads
  // evenly over the sets of every cache.
  for (const std::size_t n : {112,  144,  176,  240,  304,  368,  432,  496,  560,  688,  848,
                              1072, 1264, 1520, 1840, 2160, 2544, 2800, 3120, 3568, 4336, 5360}) {
    all.push_back(walk_case("rows", walk_rows, n * n, n, n * n));
    all.push_back(walk_case("columns", walk_columns, n * n, n, n * n));
  }
  constexpr std::size_t kSize = std::size_t{1} << 26U;  // 256 MiB: larger than every cache
  for (const std::size_t step : {1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64}) {
    all.push_back(walk_case("steps", walk_steps, kSize, step, (kSize + step - 1) / step));
  }
  return all;
}
