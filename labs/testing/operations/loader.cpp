#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/loader.h>
#include <rooflab/testing/operations/threads.h>
#include <rooflab/work.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace rooflab::testing {
namespace {

constexpr std::int32_t kNothing = -1;
constexpr std::size_t kCounts = 6;  // facts in front of those about each position

struct Operands {
  LoaderProblem problem;
  GuardedMatrix<std::int32_t> work, facts;
  GuardedMatrix<float> out;

  explicit Operands(const LoaderProblem& p)
      : problem(p),
        work(1, p.count),
        facts(1, static_cast<std::int64_t>(kCounts) + p.count),
        out(p.count, p.width) {
    Random random(p.key);
    if (p.take < 0 || p.take > p.count) problem.take = p.count;
    draw_work(work, p.steps, p.failing, random);
    fill(out, InitialOutput::nan, random);
    fill(facts, InitialOutput::nan, random);
  }

  void call(LoaderKernel kernel) {
    kernel(work.span(), out.view(), facts.span(), static_cast<int>(problem.producers),
           problem.capacity, problem.take, static_cast<int>(problem.ending), hold());
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& /*before*/) const { return verify(); }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_items()) return failure;
    return judge_counts();
  }

 private:
  /// How many items can be made at the same time.
  [[nodiscard]] std::int64_t at_once() const {
    return std::min({problem.count, problem.capacity, problem.producers});
  }
  [[nodiscard]] int hold() const {
    switch (problem.opening) {
      case Opening::none:
        return -1;
      case Opening::idle:
        return 0;
      case Opening::slow_first:
        return 1;
      case Opening::together:
        return static_cast<int>(at_once());
    }
    return -1;
  }

  [[nodiscard]] std::optional<Failure> judge_items() const {
    for (std::int64_t i = 0; i < problem.take; ++i) {
      const std::int32_t gave = facts.span()[kCounts + static_cast<std::size_t>(i)];
      const std::int32_t mine = work.span()[static_cast<std::size_t>(i)];
      const std::string place = " at position " + std::to_string(i);
      if (gave == kNothing) return wrong("next() gave nothing" + place);
      if (mine < 0 && gave != i + 1)
        return wrong("next() did not throw what source threw for the item" + place);
      if (mine > 0 && gave != 0) return wrong("next() threw or gave another kind of item" + place);
      if (mine < 0) continue;
      auto mixed = worked(static_cast<std::uint32_t>(mine), mine);
      for (std::int64_t j = 0; j < problem.width; ++j) {
        mixed = worked(mixed, 1);
        if (out.view()(i, j) == static_cast<float>(mixed >> 8U)) continue;
        return wrong("next() gave another item than the one" + place);
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Failure> judge_counts() const {
    const auto seen = facts.span();
    const auto [begun, most, ahead, early, late, last] =
        std::array{seen[0], seen[1], seen[2], seen[3], seen[4], seen[5]};
    const auto count = [](std::int64_t n) { return std::to_string(n); };
    if (ahead > problem.capacity) {
      return wrong("had " + count(ahead) + " items outstanding, where the capacity is " +
                   count(problem.capacity));
    }
    const bool met = problem.opening == Opening::together && problem.take > 0;
    if (most > problem.producers || (met && most < at_once())) {
      return wrong("made " + count(most) + (most == 1 ? " item" : " items") +
                   " at the same time with " + count(problem.producers) + " producers");
    }
    if (problem.opening == Opening::idle && early < at_once()) {
      return wrong("had begun " + count(early) + " items before the first call of next()");
    }
    if (last != kNothing) {
      return wrong(problem.ending == Ending::all_taken ? "next() went on after the last item"
                                                       : "next() went on after stop()");
    }
    if (late > problem.producers) return wrong("began " + count(late) + " items after stop()");
    if (problem.take == problem.count && begun != problem.count) {
      return wrong("called source " + count(begun) + " times for " + count(problem.count) +
                   " items");
    }
    return std::nullopt;
  }
};

}  // namespace

std::vector<Dimension> LoaderProblem::dimensions() {
  if (opening != Opening::none || ending == Ending::stop_while_waiting) return {};
  return {at_least_one(count),
          {&producers, 1},
          {&capacity, 1},
          {&take, -1},
          {&failing, std::min<std::int64_t>(failing, 1)},
          {&steps, 1}};
}

std::string LoaderProblem::describe() const {
  const auto number = [](std::int64_t n) { return std::to_string(n); };
  std::string text = number(count) + (count == 1 ? " item, " : " items, ") + number(producers) +
                     (producers == 1 ? " producer" : " producers") + ", capacity " +
                     number(capacity);
  if (failing > 0) text += ", source throws for " + number(failing);
  if (opening == Opening::idle) text += ", next() is called late";
  if (opening == Opening::slow_first) text += ", item 0 takes long";
  if (opening == Opening::together) text += ", the first items wait for each other";
  const std::string taken = take < 0 ? "all" : number(take);
  switch (ending) {
    case Ending::all_taken:
      return text;
    case Ending::destructor:
      return text + ", " + taken + " taken, then the destructor";
    case Ending::stop:
      return text + ", " + taken + " taken, then stop()";
    case Ending::stop_while_waiting:
      return text + ", " + taken + " taken, then stop() while next() waits";
  }
  return text;
}

std::optional<Failure> LoaderProblem::run(LoaderKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case loader_case(Named<LoaderKernel> kernel, std::int64_t count, std::int64_t steps,
                 std::int64_t capacity, int producers) {
  const LoaderProblem problem{
      .count = count, .producers = producers, .capacity = capacity, .steps = steps, .width = 256};
  return measured_case<Operands>(kernel, std::to_string(count), problem, 0,
                                 4.0 * static_cast<double>(count * problem.width));
}

}  // namespace rooflab::testing
