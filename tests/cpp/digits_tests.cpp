// The digits that are part of the program, and the networks that recognise them.
#include <doctest/doctest.h>
#include <rooflab/testing/digits/digits.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace rooflab::testing;
using digits::Network;
using digits::Variant;
using rooflab::MatrixView;

namespace {

constexpr std::array kVariants{Variant::dense, Variant::pruned_80, Variant::pruned_90,
                               Variant::two_of_four};

std::int64_t zeros(MatrixView<const float> w) { return std::count(w.row(0), w.row(w.rows), 0.0F); }

// Of every column, are exactly two of every four consecutive rows zero?
bool two_of_four(MatrixView<const float> w) {
  for (std::int64_t i = 0; i < w.rows; i += 4) {
    for (std::int64_t j = 0; j < w.cols; ++j) {
      int count = 0;
      for (std::int64_t k = i; k < i + 4; ++k) count += w(k, j) == 0 ? 1 : 0;
      if (count != 2) return false;
    }
  }
  return true;
}

// x·w + b in single precision.
std::vector<float> layer(const float* x, MatrixView<const float> w, std::vector<float> sums) {
  for (std::int64_t k = 0; k < w.rows; ++k) {
    for (std::int64_t j = 0; j < w.cols; ++j) sums[static_cast<std::size_t>(j)] += x[k] * w(k, j);
  }
  return sums;
}

std::int64_t answer(const Network& network, const float* image) {
  std::vector<float> hidden = layer(image, network.w1.view(), network.b1);
  for (float& h : hidden) h = std::max(h, 0.0F);
  const std::vector<float> logits = layer(hidden.data(), network.w2.view(), network.b2);
  return std::ranges::max_element(logits) - logits.begin();
}

// Per fold, how many of its images the network of that fold gets right.
std::array<int, digits::kFolds> right(Variant variant) {
  std::array<int, digits::kFolds> counts{};
  for (int fold = 0; fold < digits::kFolds; ++fold) {
    const Network network = digits::network(variant, fold);
    for (const std::int64_t row : digits::rows_of(fold)) {
      const int label = digits::labels()[static_cast<std::size_t>(row)];
      counts[static_cast<std::size_t>(fold)] +=
          answer(network, digits::images().row(row)) == label ? 1 : 0;
    }
  }
  return counts;
}

}  // namespace

TEST_SUITE("digits") {
  TEST_CASE("there are 1797 images with a label and a fold each") {
    CHECK(digits::images().rows == 1797);
    CHECK(digits::images().cols == 64);
    CHECK(digits::labels().size() == 1797);
    CHECK(digits::folds().size() == 1797);
  }
  TEST_CASE("the first image is a zero, and what the network sees of it is a sixteenth") {
    const std::array<int, 8> second_row{0, 0, 13, 15, 10, 15, 5, 0};
    for (std::int64_t j = 0; j < 8; ++j) {
      const int pixel = second_row[static_cast<std::size_t>(j)];
      CHECK(digits::pixels()(0, 8 + j) == pixel);
      CHECK(digits::images()(0, 8 + j) == static_cast<float>(pixel) / 16);
    }
    CHECK(digits::labels()[0] == 0);
  }
  TEST_CASE("pixels are from 0 to 16") {
    std::set<int> seen;
    const auto pixels = digits::pixels();
    for (std::int64_t i = 0; i < pixels.rows; ++i) {
      seen.insert(pixels.row(i), pixels.row(i) + pixels.cols);
    }
    CHECK(seen.size() == 17);
    CHECK(*seen.rbegin() == 16);
  }
  TEST_CASE("a fold's images and all others are all images") {
    for (int fold = 0; fold < digits::kFolds; ++fold) {
      std::vector<std::int64_t> rows = digits::rows_of(fold);
      const std::vector<std::int64_t> others = digits::rows_outside(fold);
      CHECK((rows.size() == 359 || rows.size() == 360));
      CHECK(std::ranges::is_sorted(rows));
      CHECK(std::ranges::is_sorted(others));
      rows.insert(rows.end(), others.begin(), others.end());
      CHECK(rows.size() == 1797);
      CHECK(std::set<std::int64_t>(rows.begin(), rows.end()).size() == 1797);
      CHECK(std::ranges::minmax(rows).min == 0);
      CHECK(std::ranges::minmax(rows).max == 1796);
    }
  }
  TEST_CASE("each digit is about as frequent in every fold") {
    for (int label = 0; label < digits::kClasses; ++label) {
      std::array<int, digits::kFolds> count{};
      for (std::size_t i = 0; i < digits::kImages; ++i) {
        if (digits::labels()[i] == label) ++count.at(digits::folds()[i]);
      }
      const auto [least, most] = std::ranges::minmax(count);
      CHECK(most - least <= 1);
    }
  }
  TEST_CASE("a fold that there is not is refused") {
    for (const int fold : {-1, 5}) {
      CHECK_THROWS_AS((void)digits::rows_of(fold), std::out_of_range);
      CHECK_THROWS_AS((void)digits::rows_outside(fold), std::out_of_range);
      CHECK_THROWS_AS((void)digits::network(Variant::dense, fold), std::out_of_range);
    }
  }
  TEST_CASE("every network has 64 inputs, 128 hidden units and 10 outputs") {
    for (const Variant variant : kVariants) {
      for (int fold = 0; fold < digits::kFolds; ++fold) {
        const Network network = digits::network(variant, fold);
        CHECK(network.w1.rows() == 64);
        CHECK(network.w1.cols() == 128);
        CHECK(network.w2.rows() == 128);
        CHECK(network.w2.cols() == 10);
        CHECK(network.b1.size() == 128);
        CHECK(network.b2.size() == 10);
      }
    }
  }
  TEST_CASE("of each weight matrix, as much is zero as its variant says") {
    constexpr std::array<std::pair<int, int>, 4> expected{
        {{0, 0}, {6554, 1024}, {7373, 1152}, {4096, 640}}};
    for (const Variant variant : kVariants) {
      const auto [w1, w2] = expected[static_cast<std::size_t>(variant)];
      for (int fold = 0; fold < digits::kFolds; ++fold) {
        const Network network = digits::network(variant, fold);
        CHECK(zeros(network.w1.view()) == w1);
        CHECK(zeros(network.w2.view()) == w2);
      }
    }
  }
  TEST_CASE("with two of four, two of every four consecutive inputs of a unit are zero") {
    for (int fold = 0; fold < digits::kFolds; ++fold) {
      const Network network = digits::network(Variant::two_of_four, fold);
      CHECK(two_of_four(network.w1.view()));
      CHECK(two_of_four(network.w2.view()));
    }
  }
  // The two largest logits of an image differ by 0.002 at least: rounding changes no answer.
  TEST_CASE("the networks get as many images right as when they were made") {
    using Counts = std::array<int, digits::kFolds>;
    CHECK(right(Variant::dense) == Counts{358, 354, 357, 355, 351});
    CHECK(right(Variant::pruned_80) == Counts{356, 355, 357, 355, 350});
    CHECK(right(Variant::pruned_90) == Counts{356, 354, 354, 354, 350});
    CHECK(right(Variant::two_of_four) == Counts{355, 354, 356, 355, 352});
  }
}
