#include <rooflab/testing/core/failure.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace rooflab::testing {
namespace {

std::string number(double value) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.9g", value);
  return text.data();
}

// A fixed buffer: the crash handler reads it, and may not allocate.
std::array<char, 512> announcement{};

}  // namespace

std::optional<Failure> judge_surroundings(std::string_view name, const GuardedMatrix& after) {
  const auto where = after.damage();
  if (!where) return std::nullopt;
  const std::string what = "wrote outside " + std::string(name) + ": " + *where;
  return Failure{"out_of_bounds", what, {}, {}, {}, {}, {}};
}

Failure wrong_element(std::string_view name, std::string_view index, const Expected& expected,
                      float actual) {
  const std::string output(name);
  std::string wanted = number(expected.value);
  if (expected.bound > 0) wanted += " ± " + number(expected.bound);
  return {"wrong_result",
          output + " is wrong",
          output + "(" + std::string(index) + ")",
          wanted,
          number(static_cast<double>(actual)),
          {},
          {}};
}

std::optional<Failure> judge_output(std::string_view name, const ExpectedMatrix& expected,
                                    const GuardedMatrix& before, const GuardedMatrix& after) {
  if (auto failure = judge_surroundings(name, after)) return failure;
  const auto mismatch = compare(expected, before.view(), after.view());
  if (!mismatch) return std::nullopt;
  const std::string index =
      expected.rows == 1 ? std::to_string(mismatch->col)
                         : std::to_string(mismatch->row) + ", " + std::to_string(mismatch->col);
  Failure failure = wrong_element(name, index, mismatch->expected, mismatch->actual);
  failure.pattern = mismatch->pattern;
  failure.region = mismatch->region;
  failure.wrong = std::to_string(mismatch->wrong) + " of " + std::to_string(mismatch->total) +
                  (mismatch->total == 1 ? " element" : " elements");
  return failure;
}

std::optional<Failure> judge_input(std::string_view name, const GuardedMatrix& before,
                                   const GuardedMatrix& after) {
  if (!after.damage() && after.same_bits(before)) return std::nullopt;
  return Failure{"input_modified", "changed its input " + std::string(name), {}, {}, {}, {}, {}};
}

std::string explain(std::string_view kernel, std::string_view call, const Failure& failure) {
  return explain(kernel, call, failure, call, failure);
}

std::string explain(std::string_view kernel, std::string_view call, const Failure& failure,
                    std::string_view found_at, const Failure& found) {
  std::string text = "kernel: " + std::string(kernel);
  const auto line = [&text](const char* key, std::string_view value) {
    if (!value.empty()) text.append("\n").append(key).append(": ").append(value);
  };
  line("reason", failure.reason);
  line("what", failure.what);
  line("call", call);
  line("first wrong", failure.first);
  line("expected", failure.expected);
  line("actual", failure.actual);
  line("wrong", failure.wrong);
  line("pattern", failure.pattern);
  if (found_at != call) line("found at", found_at);
  const std::string tails = tail(found.region, failure.region);
  if (!tails.empty()) {
    line("pattern there", found.pattern + ": " + tails);
  } else if (found.pattern != failure.pattern) {
    line("pattern there", found.pattern);
  }
  return text;
}

void announce(std::string_view kernel, std::string_view call) {
  std::snprintf(announcement.data(), announcement.size(), "%.*s: %.*s",
                static_cast<int>(kernel.size()), kernel.data(), static_cast<int>(call.size()),
                call.data());
}

const char* announced() noexcept { return announcement.data(); }

}  // namespace rooflab::testing
