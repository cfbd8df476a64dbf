// A plain attention of which a mutant replaces one rule: what it takes for a score, a weight, …
#pragma once

#include <rooflab/view.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

namespace mutants {

using rooflab::MatrixView;

struct Right {
  static float score(float product, float scale) { return scale * product; }
  static float lowest() { return -std::numeric_limits<float>::infinity(); }
  static float weight(float score, float highest) { return std::exp(score - highest); }
  // Of `length` keys that a row sees, and m that there are: what scores, and what is summed.
  static std::int64_t scored(std::int64_t length, std::int64_t /*m*/) { return length; }
  static std::int64_t summed(std::int64_t length, std::int64_t /*m*/) { return length; }
  static float share(float weight, float sum) { return weight / sum; }
  static float initial(float /*old*/) { return 0; }
};

template <class Rules>
void attention(MatrixView<const float> q, MatrixView<const float> k, MatrixView<const float> v,
               std::span<const std::int32_t> lengths, float scale, MatrixView<float> out,
               std::span<float> scratch) {
  for (std::int64_t i = 0; i < out.rows; ++i) {
    const std::int64_t length = lengths[static_cast<std::size_t>(i)];
    const std::int64_t scored = Rules::scored(length, k.rows);
    float* weights = scratch.data();
    float highest = Rules::lowest();
    for (std::int64_t j = 0; j < scored; ++j) {
      float sum = 0;
      for (std::int64_t p = 0; p < q.cols; ++p) sum += q(i, p) * k(j, p);
      weights[j] = Rules::score(sum, scale);
      highest = std::max(highest, weights[j]);
    }
    float sum = 0;
    for (std::int64_t j = 0; j < scored; ++j)
      sum += weights[j] = Rules::weight(weights[j], highest);
    for (std::int64_t c = 0; c < out.cols; ++c) out(i, c) = Rules::initial(out(i, c));
    const std::int64_t summed = Rules::summed(length, k.rows);
    for (std::int64_t j = 0; j < summed; ++j) {
      const float share = j < scored ? Rules::share(weights[j], sum) : 0;
      for (std::int64_t c = 0; c < out.cols; ++c) out(i, c) += share * v(j, c);
    }
  }
}

}  // namespace mutants
