// A loader that makes items ahead of time: problems to test it on, cases to measure it with. The
// items are the driver's (labs/04_threading/drivers.h), which also tells what it observed; items
// are compared with the same work done here, and are exact.
#pragma once

#include <rooflab/testing/core/case.h>
#include <rooflab/testing/core/data.h>
#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

using LoaderKernel = void (*)(std::span<const std::int32_t> work, MatrixView<float> out,
                              std::span<std::int32_t> facts, int producers, std::int64_t capacity,
                              std::int64_t take, int ending, int hold);

/// How a loader's life ends, once items were taken.
enum class Ending : std::uint8_t { all_taken, destructor, stop, stop_while_waiting };

/// What happens at its beginning.
enum class Opening : std::uint8_t {
  none,
  idle,        // nobody takes an item until producers have begun theirs
  slow_first,  // item 0 is the last of the first ones to be made
  together,    // the first items wait for each other
};

/// The life of one loader.
struct LoaderProblem {
  std::int64_t count = 0;
  std::int64_t producers = 1;
  std::int64_t capacity = 1;
  std::int64_t take = -1;  // how many items are taken; −1: all
  Ending ending = Ending::all_taken;
  Opening opening = Opening::none;
  std::int64_t failing = 0;  // items that cannot be made
  std::int64_t steps = 20;   // of work for an item, at most
  std::int64_t width = 3;    // numbers in an item
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(LoaderKernel kernel) const;
};

/// A measured case, verified in full.
[[nodiscard]] Case loader_case(Named<LoaderKernel> kernel, std::int64_t count, std::int64_t steps,
                               std::int64_t capacity, int producers);

/// What every loader promises, a test case each: see core/promise.h.
namespace loader {

void gives_each_item_in_its_place(Named<LoaderKernel> kernel);
void works_with_more_producers_than_items_or_room(Named<LoaderKernel> kernel);
void makes_items_at_the_same_time(Named<LoaderKernel> kernel);
void makes_items_before_they_are_asked_for(Named<LoaderKernel> kernel);
void keeps_within_its_capacity(Named<LoaderKernel> kernel);
void waits_for_a_slow_item(Named<LoaderKernel> kernel);
void throws_where_the_item_would_come(Named<LoaderKernel> kernel);
void ends_at_any_moment(Named<LoaderKernel> kernel);
void stops_at_any_moment(Named<LoaderKernel> kernel);

}  // namespace loader

}  // namespace rooflab::testing
