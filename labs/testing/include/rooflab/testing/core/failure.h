// Failure: why a call of a kernel is not accepted, in words.
#pragma once

#include <rooflab/testing/core/compare.h>
#include <rooflab/testing/core/guarded.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rooflab::testing {

/// One number of a problem that shrinking may lower, and the lowest it may become.
struct Dimension {
  std::int64_t* value;
  std::int64_t lowest = 0;
};

/// An extent that shrinks to 1, the clearest small problem; one that is 0 stays 0.
[[nodiscard]] inline Dimension at_least_one(std::int64_t& extent) {
  return {&extent, extent == 0 ? 0 : 1};
}

/// Why a call is not accepted. `reason` is one of the report's reasons: wrong_result,
/// out_of_bounds, input_modified.
struct Failure {
  std::string reason;
  std::string what;      // one sentence
  std::string first;     // index of the first wrong element, such as "c(8, 0)"
  std::string expected;  // as text; empty when it does not apply
  std::string actual;
  std::string wrong;  // "1 of 9 elements"
  std::string pattern;
  WrongRegion region = {};
};

/// Whether something outside the elements of an output was written.
[[nodiscard]] std::optional<Failure> judge_surroundings(std::string_view name,
                                                        const GuardedMatrix& after);
/// An element, such as "c(8, 0)", that is not what it should be.
[[nodiscard]] Failure wrong_element(std::string_view name, std::string_view index,
                                    const Expected& expected, float actual);
/// An output, judged: red zones first (a stray write explains a wrong result), then every element.
/// `name` is what the handout calls it.
[[nodiscard]] std::optional<Failure> judge_output(std::string_view name,
                                                  const ExpectedMatrix& expected,
                                                  const GuardedMatrix& before,
                                                  const GuardedMatrix& after);
/// An input must come back bit for bit.
[[nodiscard]] std::optional<Failure> judge_input(std::string_view name, const GuardedMatrix& before,
                                                 const GuardedMatrix& after);

/// The failure of a call as `key: value` lines, which people read in the terminal and the grader
/// reads in the XML report.
[[nodiscard]] std::string explain(std::string_view kernel, std::string_view call,
                                  const Failure& failure);
/// The same for a call that was shrunk: `found_at` is the call before, `found` its failure. A small
/// call shows a mistake best, a large one its pattern: what is left of a missing tail at 1×1 is an
/// element that nobody wrote.
[[nodiscard]] std::string explain(std::string_view kernel, std::string_view call,
                                  const Failure& failure, std::string_view found_at,
                                  const Failure& found);

/// Remembers what is about to run, so that a crash can be laid at its door (see test_main.cpp).
void announce(std::string_view kernel, std::string_view call);
[[nodiscard]] const char* announced() noexcept;

}  // namespace rooflab::testing
