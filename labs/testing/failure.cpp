#include "failure.h"

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

std::optional<Failure> judge_output(std::string_view name, const ExpectedMatrix& expected,
                                    const GuardedMatrix& before, const GuardedMatrix& after) {
  const std::string output(name);
  if (const auto where = after.damage()) {
    return Failure{"out_of_bounds", "wrote outside " + output + ": " + *where, {}, {}, {}, {}, {}};
  }
  const auto mismatch = compare(expected, before.view(), after.view());
  if (!mismatch) return std::nullopt;
  Failure failure{"wrong_result", output + " is wrong", {}, {}, {}, {}, mismatch->pattern};
  const std::string index =
      expected.rows == 1 ? std::to_string(mismatch->col)
                         : std::to_string(mismatch->row) + ", " + std::to_string(mismatch->col);
  failure.first = output + "(" + index + ")";
  failure.expected = number(mismatch->expected.value);
  if (mismatch->expected.bound > 0) failure.expected += " ± " + number(mismatch->expected.bound);
  failure.actual = number(static_cast<double>(mismatch->actual));
  failure.wrong = std::to_string(mismatch->wrong) + " of " + std::to_string(mismatch->total) +
                  (mismatch->total == 1 ? " element" : " elements");
  return failure;
}

std::optional<Failure> judge_input(std::string_view name, const GuardedMatrix& before,
                                   const GuardedMatrix& after) {
  if (!after.damage() && after.same_bits(before)) return std::nullopt;
  return Failure{"input_modified", "changed its input " + std::string(name), {}, {}, {}, {}, {}};
}

std::string explain(std::string_view kernel, std::string_view call, std::string_view found_at,
                    const Failure& failure) {
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
  return text;
}

void announce(std::string_view kernel, std::string_view call) {
  std::snprintf(announcement.data(), announcement.size(), "%.*s: %.*s",
                static_cast<int>(kernel.size()), kernel.data(), static_cast<int>(call.size()),
                call.data());
}

const char* announced() noexcept { return announcement.data(); }

}  // namespace rooflab::testing
