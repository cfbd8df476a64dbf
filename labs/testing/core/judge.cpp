#include <rooflab/testing/core/element.h>
#include <rooflab/testing/core/judge.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

namespace rooflab::testing {
namespace {

std::string number(double value, int digits) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.*g", digits, value);
  return text.data();
}

}  // namespace

Failure wrong_element(std::string_view name, std::initializer_list<std::int64_t> index,
                      const Expected& expected, double actual, int digits) {
  const std::string output(name);
  std::string place;
  for (const std::int64_t i : index) place += (place.empty() ? "" : ", ") + std::to_string(i);
  const std::string bound = expected.bound > 0 ? " ± " + number(expected.bound, digits) : "";
  return {.reason = "wrong_result",
          .what = output + " is wrong",
          .first = output + "(" + place + ")",
          .expected = number(expected.value, digits) + bound,
          .actual = number(actual, digits)};
}

template <class T>
std::optional<Failure> judge_input(std::string_view name, const GuardedMatrix<T>& before,
                                   const GuardedMatrix<T>& after) {
  if (!after.damage() && after.same_bits(before)) return std::nullopt;
  return Failure{.reason = "input_modified", .what = "changed its input " + std::string(name)};
}

template <class T>
std::optional<Failure> judge_output(std::string_view name, const ExpectedMatrix& expected,
                                    const GuardedMatrix<T>& before, const GuardedMatrix<T>& after) {
  if (auto failure = judge_surroundings(name, after)) return failure;
  const auto mismatch = compare(expected, before.view(), after.view());
  if (!mismatch) return std::nullopt;
  const auto wrong = [&](std::initializer_list<std::int64_t> index) {
    return wrong_element(name, index, mismatch->expected, mismatch->actual, kDigits<T>);
  };
  Failure failure =
      expected.rows == 1 ? wrong({mismatch->col}) : wrong({mismatch->row, mismatch->col});
  failure.pattern = mismatch->pattern;
  failure.region = mismatch->region;
  failure.wrong = std::to_string(mismatch->wrong) + " of " + std::to_string(mismatch->total) +
                  (mismatch->total == 1 ? " element" : " elements");
  return failure;
}

template <class T>
std::optional<Failure> judge_surroundings(std::string_view name, const GuardedMatrix<T>& after) {
  const auto where = after.damage();
  if (!where) return std::nullopt;
  return Failure{.reason = "out_of_bounds",
                 .what = "wrote outside " + std::string(name) + ": " + *where};
}

std::optional<Failure> first_of(std::initializer_list<std::optional<Failure>> judgements) {
  const auto* const found =
      std::ranges::find_if(judgements, [](const auto& failure) { return failure.has_value(); });
  return found == judgements.end() ? std::nullopt : *found;
}

#define INSTANTIATE(T)                                                                            \
  template std::optional<Failure> judge_input(std::string_view, const GuardedMatrix<T>&,          \
                                              const GuardedMatrix<T>&);                           \
  template std::optional<Failure> judge_output(std::string_view, const ExpectedMatrix&,           \
                                               const GuardedMatrix<T>&, const GuardedMatrix<T>&); \
  template std::optional<Failure> judge_surroundings(std::string_view, const GuardedMatrix<T>&);
ROOFLAB_FOR_EACH_ELEMENT(INSTANTIATE)

}  // namespace rooflab::testing
