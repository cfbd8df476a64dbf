// Failure: why a call of a kernel is not accepted, in words.
#pragma once

#include <rooflab/testing/core/compare.h>

#include <string>
#include <string_view>

namespace rooflab::testing {

/// `reason` is one of the report's reasons, such as wrong_result, out_of_bounds, input_modified.
/// Made with the names of what applies: Failure{.reason = …, .what = …}. The rest stays empty.
struct Failure {
  std::string reason;
  std::string what;           // one sentence
  std::string first = {};     // the first wrong element, such as "c(8, 0)"
  std::string expected = {};  // as text
  std::string actual = {};
  std::string wrong = {};  // "1 of 9 elements"
  std::string pattern = {};
  WrongRegion region = {};
  std::string threads = {};  // of a call that did not return (kernel_failure.h)
};

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

}  // namespace rooflab::testing
