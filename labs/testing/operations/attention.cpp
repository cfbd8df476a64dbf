#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/core/placed.h>
#include <rooflab/testing/operations/attention.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace rooflab::testing {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

float scale_of(Scores scores, std::int64_t depth) {
  const auto d = static_cast<float>(std::max<std::int64_t>(depth, 1));
  switch (scores) {
    case Scores::unit:
      return 1 / std::sqrt(d);
    case Scores::zero:
      return 0;
    case Scores::flipped:
      return -100 / std::sqrt(d);
    case Scores::wide:
      return 100 / std::sqrt(d);
    case Scores::far:
      return 1e4F / std::sqrt(d);
    case Scores::low:
      return 2000 / d;
    case Scores::rising:
      return 200 / d;
  }
  return kNan;
}

const char* in_words(Scores scores) {
  switch (scores) {
    case Scores::unit:
    case Scores::zero:
    case Scores::flipped:
      return "";
    case Scores::wide:
      return ", scores of more than ±100";
    case Scores::far:
      return ", scores of more than ±10000";
    case Scores::low:
      return ", scores below -500";
    case Scores::rising:
      return ", each score higher than the one before";
  }
  return "";
}

const char* in_words(Lengths lengths) {
  switch (lengths) {
    case Lengths::full:
      return ", all keys seen";
    case Lengths::causal:
      return ", lengths[i] = i + 1";
    case Lengths::ragged:
      return ", any number of keys seen";
    case Lengths::masked:
      return ", every other length 0";
  }
  return "";
}

const char* in_words(AttentionValues values) {
  switch (values) {
    case AttentionValues::unit:
      return "";
    case AttentionValues::balanced:
      return ", values so large that small weights count";
    case AttentionValues::special:
      return ", NaN and infinity among the values";
  }
  return "";
}

float draw_special(Random& random) {
  const float kinds[] = {kNan, kInfinity, -kInfinity};
  const std::int64_t kind = random.integer(0, 99);
  return kind < 3 ? kinds[kind] : random.signed_unit();
}

// What one row of the result is a mean of: weights, and how far each may be off.
struct Weights {
  std::vector<double> weight, slack;
};

struct Operands {
  AttentionShape shape;
  std::int64_t at_page_end;
  float scale;
  GuardedMatrix<float> q, k, v;
  GuardedMatrix<std::int32_t> lengths;
  GuardedMatrix<float> out, scratch;

  explicit Operands(const AttentionProblem& p)
      : shape(p.shape),
        at_page_end(p.at_page_end),
        scale(scale_of(p.scores, shape.d)),
        q(shape.n, shape.d, {p.pad_q, p.misalign}),
        k(shape.m, shape.d, {p.pad_k, p.misalign}),
        v(shape.m, shape.w, {p.pad_v, p.misalign}),
        lengths(1, shape.n, {.misalign = p.misalign}),
        out(shape.n, shape.w, {p.pad_out, p.misalign}),
        scratch(1, 4 * shape.m + 64, {.misalign = p.misalign}) {
    Random random(p.key);
    fill(q, Values::unit, random);
    fill(k, Values::unit, random);
    fill(v, Values::unit, random);
    fill(out, p.initial_output, random);
    fill(scratch, p.initial_output, random);
    const std::int64_t most = std::max<std::int64_t>(0, shape.m - p.garbage);
    for (std::int64_t i = 0; i < shape.n; ++i) {
      lengths.view()(0, i) = static_cast<std::int32_t>(length(p.lengths, i, most, random));
    }
    shape_scores(p.scores);
    shape_values(p.values, random);
    for (std::int64_t j = most; j < shape.m; ++j) {
      std::generate_n(k.view().row(j), shape.d, [&] { return spoiled(random); });
      std::generate_n(v.view().row(j), shape.w, [&] { return spoiled(random); });
    }
  }

  void call(AttentionKernel kernel) {
    const Placed placed_q(q, at_page_end == 1), placed_k(k, at_page_end == 2);
    const Placed placed_v(v, at_page_end == 3);
    const Placed placed_lengths(lengths, at_page_end == 4);
    kernel(placed_q.view(), placed_k.view(), placed_v.view(), placed_lengths.span(), scale,
           out.view(), scratch.span());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    ExpectedMatrix expected(shape.n, shape.w);
    for (std::int64_t i = 0; i < shape.n; ++i) {
      std::ranges::copy(before.exact_row(i), expected.elements.begin() + i * shape.w);
    }
    return first_of({judge_input("q", before.q, q), judge_input("k", before.k, k),
                     judge_input("v", before.v, v), judge_input("lengths", before.lengths, lengths),
                     judge_surroundings("scratch", scratch),
                     judge_output("out", expected, before.out, out)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("scratch", scratch)) return failure;
    if (auto failure = judge_surroundings("out", out)) return failure;
    Random random(entropy_key());
    for (std::int64_t i = random.integer(0, 7); i < shape.n; i += random.integer(1, 15)) {
      const std::vector<Expected> expected = exact_row(i);
      for (std::int64_t c = 0; c < shape.w; ++c) {
        const Expected& e = expected[static_cast<std::size_t>(c)];
        if (auto failure = judge_element("out", {i, c}, e, out.view()(i, c))) return failure;
      }
    }
    return std::nullopt;
  }

 private:
  static std::int64_t length(Lengths lengths, std::int64_t i, std::int64_t most, Random& random) {
    switch (lengths) {
      case Lengths::full:
        return most;
      case Lengths::causal:
        return std::min(i + 1, most);
      case Lengths::ragged:
        return random.integer(0, most);
      case Lengths::masked:
        return i % 2 == 0 ? 0 : most;
    }
    return most;
  }

  static float spoiled(Random& random) {
    const float kinds[] = {kNan, kInfinity, -kInfinity};
    return kinds[random.integer(0, 2)];
  }

  void shape_scores(Scores scores) {
    if (scores != Scores::low && scores != Scores::rising) return;
    const auto keys = static_cast<float>(shape.m);
    for (std::int64_t i = 0; i < shape.n; ++i) {
      for (std::int64_t p = 0; p < shape.d; ++p) q.view()(i, p) = std::abs(q.view()(i, p));
    }
    for (std::int64_t j = 0; j < shape.m; ++j) {
      const float risen = static_cast<float>(j + 1) / keys;
      for (std::int64_t p = 0; p < shape.d; ++p) {
        float& element = k.view()(j, p);
        element = scores == Scores::low ? -std::abs(element) : risen;
      }
    }
  }

  void shape_values(AttentionValues values, Random& random) {
    if (values == AttentionValues::unit) return;
    const bool balanced = values == AttentionValues::balanced && shape.n > 0;
    std::vector<double> scores(static_cast<std::size_t>(shape.m));
    for (std::int64_t j = 0; balanced && j < shape.m; ++j) scores[index(j)] = score(0, j).value;
    const double most = scores.empty() ? 0 : *std::ranges::max_element(scores);
    for (std::int64_t j = 0; j < shape.m; ++j) {
      const double factor = std::exp(std::min(most - scores[index(j)], 60.0));
      for (std::int64_t c = 0; c < shape.w; ++c) {
        float& element = v.view()(j, c);
        element = balanced ? static_cast<float>(factor * value_of(element)) : draw_special(random);
      }
    }
  }

  static std::size_t index(std::int64_t j) { return static_cast<std::size_t>(j); }

  [[nodiscard]] Expected score(std::int64_t i, std::int64_t j) const {
    Expected e;
    for (std::int64_t p = 0; p < shape.d; ++p) {
      const double term = value_of(q.view()(i, p)) * value_of(k.view()(j, p));
      e.value += term;
      e.bound += std::abs(term);
    }
    const double factor = value_of(scale);
    const double underflow = static_cast<double>(shape.d + 1) * kSmallestFloat;
    return {factor * e.value, std::abs(factor) * (gamma(shape.d + 4) * e.bound + underflow)};
  }

  [[nodiscard]] Weights weights(std::int64_t i) const {
    const auto seen = static_cast<std::size_t>(lengths.view()(0, i));
    std::vector<Expected> scores(seen);
    double most = -std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < seen; ++j) {
      scores[j] = score(i, static_cast<std::int64_t>(j));
      most = std::max(most, scores[j].value);
    }
    Weights all{std::vector<double>(seen), std::vector<double>(seen)};
    double sum = 0;
    for (std::size_t j = 0; j < seen; ++j) sum += all.weight[j] = std::exp(scores[j].value - most);
    double wrong_sum = 0;  // by what factor the sum may be wrong
    for (std::size_t j = 0; j < seen; ++j) {
      const double distance = most - scores[j].value;
      all.weight[j] /= sum;
      all.slack[j] = std::exp(scores[j].bound + 3 * kUnitRoundoff<float> * distance);
      wrong_sum += all.weight[j] * all.slack[j];
    }
    const double roundings = 1 + gamma(20 * (static_cast<std::int64_t>(seen) + 1));
    constexpr double kUnderflow = 2 * std::numeric_limits<float>::min();
    for (std::size_t j = 0; j < seen; ++j) {
      const double factor = all.slack[j] * wrong_sum * roundings;
      all.slack[j] = all.weight[j] * (factor - 1) + kUnderflow;
    }
    return all;
  }

  [[nodiscard]] std::vector<Expected> exact_row(std::int64_t i) const {
    const Weights all = weights(i);
    std::vector<Expected> row(static_cast<std::size_t>(shape.w));
    for (std::size_t j = 0; j < all.weight.size(); ++j) {
      const float* values = v.view().row(static_cast<std::int64_t>(j));
      for (std::size_t c = 0; c < row.size(); ++c) {
        const double value = value_of(values[c]);
        row[c].value += all.weight[j] * value;
        row[c].bound += all.slack[j] * std::abs(value) + kSmallestFloat;
      }
    }
    return row;
  }
};

}  // namespace

std::vector<Dimension> AttentionProblem::dimensions() {
  return {at_least_one(shape.n),
          at_least_one(shape.m),
          at_least_one(shape.d),
          at_least_one(shape.w),
          {&garbage},
          {&pad_q},
          {&pad_k},
          {&pad_v},
          {&pad_out},
          {&misalign}};
}

std::string AttentionProblem::describe() const {
  static constexpr const char* kInputs[] = {"q", "k", "v", "lengths"};
  std::string text = describe_matrix("q", shape.n, shape.d, pad_q) + ", " +
                     describe_matrix("k", shape.m, shape.d, pad_k) + ", " +
                     describe_matrix("v", shape.m, shape.w, pad_v) + ", " +
                     describe_matrix("out", shape.n, shape.w, pad_out) + in_words(lengths) +
                     ", scale = " + describe_number(scale_of(scores, shape.d)) + in_words(scores) +
                     in_words(values);
  if (garbage != 0) text += ", NaN and infinity in the last " + std::to_string(garbage) + " keys";
  if (at_page_end != 0) text += describe_page_end(kInputs[at_page_end - 1]);
  return text + describe_rest(misalign, Values::unit, initial_output, "out");
}

std::optional<Failure> AttentionProblem::run(AttentionKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case attention_case(Named<AttentionKernel> kernel, std::int64_t rows, std::int64_t width) {
  const auto n = static_cast<double>(rows), d = static_cast<double>(width);
  return measured_case<Operands>(kernel, describe_extents({rows, width}),
                                 AttentionProblem{.shape = {rows, rows, width, width}},
                                 n * n * (4 * d + 5),  // two products, and a softmax
                                 4 * (4 * n * d + n));
}

}  // namespace rooflab::testing
