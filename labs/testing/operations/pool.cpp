#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/pool.h>
#include <rooflab/testing/operations/threads.h>
#include <rooflab/work.h>

#include <algorithm>
#include <cstdlib>

namespace rooflab::testing {
namespace {

struct Operands {
  GuardedMatrix<std::int32_t> work, results, order, facts;

  explicit Operands(const PoolProblem& p)
      : work(1, p.tasks),
        results(1, p.tasks),
        order(1, p.tasks),
        facts(1, 3 + p.rounds),
        threads_(static_cast<int>(p.threads)),
        rounds_(static_cast<int>(p.rounds)),
        fanout_(static_cast<int>(p.fanout)),
        meeting_(p.meets ? threads_ : 0) {
    Random random(p.key);
    draw_work(work, p.steps, p.failing, random);
    fill(results, InitialOutput::nan, random);
    fill(order, InitialOutput::nan, random);
    fill(facts, InitialOutput::nan, random);
  }

  void call(PoolKernel kernel) {
    kernel(work.span(), results.span(), order.span(), facts.span(), threads_, rounds_, fanout_,
           meeting_);
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& /*before*/) const { return verify(); }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_counts()) return failure;
    for (std::size_t i = 0; i < work.span().size(); ++i) {
      const std::int32_t mine = work.span()[i];
      const auto exact = static_cast<std::int32_t>(
          worked(static_cast<std::uint32_t>(mine), std::abs(std::int64_t{mine})));
      if (results.span()[i] != exact) return wrong("lost or spoiled what a task computed");
      if (threads_ == 1 && order.span()[i] != static_cast<std::int32_t>(i)) {
        return wrong("one thread began the task submitted as number " + std::to_string(i) +
                     " after " + std::to_string(order.span()[i]) + " others");
      }
    }
    return judge_exceptions();
  }

 private:
  [[nodiscard]] std::optional<Failure> judge_counts() const {
    const std::int64_t tasks = std::ssize(work.span());
    const std::int32_t began = facts.span()[0];
    const std::int32_t most = facts.span()[1];
    const std::int32_t late = facts.span()[2];
    const auto count = [](std::int64_t n) { return std::to_string(n); };
    if (began != tasks)
      return wrong("ran " + count(began) + " tasks where " + count(tasks) + " were submitted");
    if (late > 0) {
      return wrong(std::string(rounds_ > 0 ? "wait()" : "the destructor") +
                   " returned while tasks were in the queue or running");
    }
    if (most > threads_ || (meeting_ > 0 && most < threads_)) {
      return wrong("ran " + count(most) + (most == 1 ? " task" : " tasks") +
                   " at the same time on a pool of " + count(threads_));
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Failure> judge_exceptions() const {
    const std::int64_t tasks = std::ssize(work.span());
    for (std::int64_t round = 0; round < rounds_; ++round) {
      const std::int32_t thrown = facts.span()[static_cast<std::size_t>(3 + round)];
      const std::int64_t begin = tasks * round / rounds_;
      const std::int64_t end = tasks * (round + 1) / rounds_;
      const auto throws = [&](std::int64_t i) {
        return i >= begin && i < end && work.span()[static_cast<std::size_t>(i)] < 0;
      };
      bool any = false;
      for (std::int64_t i = begin; i < end; ++i) any = any || throws(i);
      if (any && thrown == 0) return wrong("wait() did not throw what a task threw");
      if (thrown != 0 && !throws(thrown - 1)) {
        return wrong("wait() threw something that no task threw since the last wait()");
      }
    }
    return std::nullopt;
  }

  int threads_, rounds_, fanout_, meeting_;
};

}  // namespace

std::vector<Dimension> PoolProblem::dimensions() {
  if (meets) return {};  // who waits in vain waits for seconds
  return {at_least_one(tasks),
          {&threads, 1},
          {&rounds, std::min<std::int64_t>(rounds, 1)},
          {&fanout, std::min<std::int64_t>(fanout, 1)},
          {&failing, std::min<std::int64_t>(failing, 1)},
          {&steps, 1}};
}

std::string PoolProblem::describe() const {
  std::string text = "ThreadPool(" + std::to_string(threads) + "), " + std::to_string(tasks) +
                     (tasks == 1 ? " task" : " tasks");
  if (fanout > 0) text += ", each of which submits " + std::to_string(fanout);
  if (failing > 0) text += ", " + std::to_string(failing) + (failing == 1 ? " throws" : " throw");
  if (meets) text += ", the first wait for each other";
  if (rounds == 0) return text + ", then the destructor";
  return text + (rounds == 1 ? ", then wait()" : ", " + std::to_string(rounds) + " times wait()");
}

std::optional<Failure> PoolProblem::run(PoolKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case pool_case(Named<PoolKernel> kernel, std::int64_t tasks, std::int64_t rounds,
               std::int64_t steps, int threads) {
  const PoolProblem problem{.tasks = tasks, .threads = threads, .rounds = rounds, .steps = steps};
  return measured_case<Operands>(kernel, describe_extents({rounds, tasks / rounds}), problem, 0,
                                 12.0 * static_cast<double>(tasks));
}

}  // namespace rooflab::testing
