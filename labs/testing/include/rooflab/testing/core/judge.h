// Judging a call: what each operand must be like afterwards. `name` is what kernels.h calls it.
#pragma once

#include <rooflab/testing/core/compare.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/guarded.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace rooflab::testing {

/// An input must come back bit for bit.
template <class T>
[[nodiscard]] std::optional<Failure> judge_input(std::string_view name,
                                                 const GuardedMatrix<T>& before,
                                                 const GuardedMatrix<T>& after);
/// An output: its red zones first (a stray write explains a wrong result), then every element.
template <class T>
[[nodiscard]] std::optional<Failure> judge_output(std::string_view name,
                                                  const ExpectedMatrix& expected,
                                                  const GuardedMatrix<T>& before,
                                                  const GuardedMatrix<T>& after);
/// Only whether something outside the elements of an output was written.
template <class T>
[[nodiscard]] std::optional<Failure> judge_surroundings(std::string_view name,
                                                        const GuardedMatrix<T>& after);
/// The element of an output at `index`, such as {row, column}, which is not what was expected.
[[nodiscard]] Failure wrong_element(std::string_view name,
                                    std::initializer_list<std::int64_t> index,
                                    const Expected& expected, double actual, int digits);
/// Any element of an output.
template <class T>
[[nodiscard]] std::optional<Failure> judge_element(std::string_view name,
                                                   std::initializer_list<std::int64_t> index,
                                                   const Expected& expected, T actual) {
  if (accepts(expected, value_of(actual))) return std::nullopt;
  return wrong_element(name, index, expected, value_of(actual), kDigits<T>);
}
/// What is reported when several judgements are made.
[[nodiscard]] std::optional<Failure> first_of(
    std::initializer_list<std::optional<Failure>> judgements);

}  // namespace rooflab::testing
