#include <rooflab/testing/core/guarded.h>
#include <rooflab/testing/core/judge.h>
#include <rooflab/testing/operations/profile_operation.h>
#include <rooflab/testing/operations/threads.h>

#include <algorithm>
#include <cmath>

namespace rooflab::testing {
namespace {

constexpr double kSetBackNs = 3e12;
constexpr std::int64_t kLeastSteps = 50;      // of the clock in a sample, as kernels.h says
constexpr std::int64_t kMostTimesAsMany = 4;  // calls as in the try before
constexpr std::int64_t kMostTries = 32;       // 2²² calls are the most, and a few set-backs

std::string count(std::int64_t n) { return std::to_string(n); }
std::string counted(std::int64_t n, const std::string& what) {
  return count(n) + " " + what + (n == 1 ? "" : "s");
}

// What a call gave and did, and what follows from the problem.
struct Outcome {
  const ProfileOperationProblem& p;
  std::int64_t calls, samples, all_calls, readings;
  bool ended;

  /// A sample lies between two readings, each of which shows a time less than a step ago; one of
  /// them is part of it.
  [[nodiscard]] std::int64_t off() const { return p.step_ns + p.reading_ns; }
  [[nodiscard]] std::int64_t sample_ns() const { return calls * p.cost_ns; }
  /// At least, and at most, what all that was tried and taken took in truth.
  [[nodiscard]] std::int64_t timed_ns() const { return (all_calls - p.warm_ups) * p.cost_ns; }
  [[nodiscard]] std::int64_t most_timed_ns() const {
    return timed_ns() +
           (p.outlier_every > 0 ? (all_calls / p.outlier_every + 1) * p.outlier_ns : 0);
  }
  [[nodiscard]] std::int64_t all_off() const { return (samples + kMostTries) * off(); }
};

std::optional<Failure> judge_ending(const Outcome& o) {
  if (o.ended) {
    return wrong("did not end: it had read the clock " + count(o.readings) +
                 " times and called the operation " + count(o.all_calls) + " times");
  }
  const bool useless = o.p.step_ns == 0 || o.p.set_back_every == 1;
  if (useless && o.samples > 0) {
    return wrong("gave " + counted(o.samples, "sample") + " where the clock " +
                 (o.p.step_ns == 0 ? "stands still" : "only runs backwards"));
  }
  if (useless) return std::nullopt;
  if (o.samples > o.p.samples || o.samples < 1) {
    return wrong("gave " + counted(o.samples, "sample") + " where " + count(o.p.samples) +
                 " were asked for");
  }
  if (o.calls < 1 || o.all_calls < o.p.warm_ups + o.samples * o.calls) {
    return wrong("says that each of " + count(o.samples) + " samples has " + count(o.calls) +
                 " calls, after " + count(o.p.warm_ups) + " to warm up, but called " +
                 count(o.all_calls) + " times");
  }
  return std::nullopt;
}

std::optional<Failure> judge_times(const Outcome& o, std::span<const double> times) {
  const auto calls = static_cast<double>(o.calls), cost = static_cast<double>(o.p.cost_ns);
  const double bound = static_cast<double>(o.off()) / calls + 1e-9 * cost;
  std::int64_t above = 0;
  double greatest = 0;
  for (std::int64_t i = 0; i < o.samples; ++i) {
    const double time = times[static_cast<std::size_t>(i)];
    greatest = std::max(greatest, time);
    if (time > cost + bound) ++above;
    const bool may_be_above = o.p.outlier_every > 0 && std::isfinite(time);
    if (accepts({cost, bound}, time) || (may_be_above && time > cost)) continue;
    return wrong_element("samples", {i}, {cost, bound}, time, 9);
  }
  if (o.p.outlier_every == 0) return std::nullopt;
  const std::int64_t disturbed = o.samples * o.calls / o.p.outlier_every;
  if (above > disturbed + 1) {
    return wrong(count(above) + " of " + count(o.samples) + " samples are too long, where " +
                 count(disturbed + 1) + " at most were disturbed");
  }
  const double least = cost + static_cast<double>(o.p.outlier_ns - o.p.cost_ns) / calls - bound;
  if (disturbed >= 1 && greatest < least) return wrong("left out a sample that was disturbed");
  return std::nullopt;
}

std::optional<Failure> judge_length(const Outcome& o) {
  const auto& p = o.p;
  const std::int64_t in_steps = p.reading_ns / p.step_ns;
  const bool spent = o.samples == 1 && o.most_timed_ns() + o.all_off() >= p.most_ns;
  // A try with an outlier in it is long enough with fewer calls.
  if (p.outlier_every > 0) return std::nullopt;
  const std::int64_t step = p.step_ns * std::max<std::int64_t>(1, in_steps);
  const std::int64_t least = std::max(p.least_ns, kLeastSteps * step);
  if (!spent && o.sample_ns() + o.off() < least) {
    return wrong("takes samples of " + counted(o.calls, "call") + ", which are " +
                 count(o.sample_ns()) + " ns: too short, where the clock makes steps of " +
                 count(step) + " ns and samples of " + count(p.least_ns) + " ns are asked for");
  }
  // By looking at the clock its steps cannot be seen if it only moves otherwise, or is always set
  // back when it makes one.
  if (p.reading_ns == 0 || p.set_back_every > 0) return std::nullopt;
  const std::int64_t widest = p.step_ns * (in_steps + 1);
  const std::int64_t enough = std::max(p.least_ns, kLeastSteps * widest) + p.step_ns;
  if (o.calls > 1 && o.sample_ns() >= kMostTimesAsMany * enough) {
    return wrong("takes samples of " + counted(o.calls, "call") + ", which are " +
                 count(o.sample_ns()) + " ns: far longer than needed");
  }
  return std::nullopt;
}

std::optional<Failure> judge_budget(const Outcome& o) {
  const auto& p = o.p;
  if (o.samples < p.samples && o.most_timed_ns() + o.all_off() < p.most_ns) {
    return wrong("stopped after " + count(o.samples) + " of " + count(p.samples) +
                 " samples, though its budget was not spent");
  }
  if (p.set_back_every == 0 && o.timed_ns() - o.sample_ns() > p.most_ns + o.all_off()) {
    return wrong("went on when its budget of " + count(p.most_ns) +
                 " ns was spent: " + count(o.all_calls) + " calls of " + count(p.cost_ns) + " ns");
  }
  return std::nullopt;
}

}  // namespace

std::vector<Dimension> ProfileOperationProblem::dimensions() {
  return {{&samples, 1}, {&warm_ups}, {&least_ns}};
}

std::string ProfileOperationProblem::describe() const {
  std::string text = "an operation of " + count(cost_ns) + " ns";
  if (warm_ups > 0)
    text += " (warming up, " + counted(warm_ups, "call") + ": " + count(cold_ns) + " ns)";
  if (outlier_every > 0) {
    text += " (every " + count(outlier_every) + "th call: " + count(outlier_ns) + " ns)";
  }
  text += step_ns == 0 ? ", a clock that stands still"
                       : ", a clock with steps of " + count(step_ns) + " ns, read in " +
                             count(reading_ns) + " ns";
  if (set_back_every > 0) text += ", set back every " + count(set_back_every) + "th time";
  return text + ", {warm_ups = " + count(warm_ups) + ", samples = " + count(samples) +
         ", least_ns = " + count(least_ns) + ", most_ns = " + count(most_ns) + "}";
}

std::optional<Failure> ProfileOperationProblem::run(ProfileOperationKernel kernel) const {
  std::vector<double> machine;
  for (const std::int64_t number : {cost_ns, warm_ups, cold_ns, outlier_every, outlier_ns,
                                    reading_ns, step_ns, set_back_every}) {
    machine.push_back(static_cast<double>(number));
  }
  machine.push_back(kSetBackNs);
  std::vector<double> times(static_cast<std::size_t>(samples), std::nan("")), facts(5);
  kernel(machine, static_cast<int>(warm_ups), static_cast<int>(samples), least_ns, most_ns, times,
         facts);
  const auto fact = [&](std::size_t i) { return std::llround(facts[i]); };
  const Outcome o{*this, fact(0), fact(1), fact(2), fact(3), fact(4) != 0};
  if (auto failure = judge_ending(o)) return failure;
  if (o.samples == 0) return std::nullopt;
  return first_of({judge_times(o, times), judge_length(o), judge_budget(o)});
}

}  // namespace rooflab::testing
