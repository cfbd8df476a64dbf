// A pool of threads: problems to test it on, cases to measure it with. The tasks are the driver's
// (labs/04_threading/drivers.h), which also tells what it observed; what tasks come to is compared
// with the same work done here, and is exact.
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

using PoolKernel = void (*)(std::span<const std::int32_t> work, std::span<std::int32_t> results,
                            std::span<std::int32_t> order, std::span<std::int32_t> facts,
                            int threads, int rounds, int fanout, int meeting);

/// The life of one pool.
struct PoolProblem {
  std::int64_t tasks = 0;
  std::int64_t threads = 1;
  std::int64_t rounds = 1;   // of tasks and a wait(); 0: the destructor comes instead
  std::int64_t fanout = 0;   // tasks that each task submits; 0: none does
  std::int64_t failing = 0;  // tasks that throw
  std::int64_t steps = 20;   // of work for a task, at most
  bool meets = false;        // as many tasks as threads wait for each other
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(PoolKernel kernel) const;
};

/// A measured case, verified in full.
[[nodiscard]] Case pool_case(Named<PoolKernel> kernel, std::int64_t tasks, std::int64_t rounds,
                             std::int64_t steps, int threads);

/// What every pool promises, a test case each: see core/promise.h.
namespace pool {

void runs_each_task_once(Named<PoolKernel> kernel);
void waits_until_every_task_has_ended(Named<PoolKernel> kernel);
void goes_on_working_after_a_wait(Named<PoolKernel> kernel);
void runs_what_tasks_submit(Named<PoolKernel> kernel);
void runs_tasks_at_the_same_time(Named<PoolKernel> kernel);
void begins_tasks_in_their_order(Named<PoolKernel> kernel);
void throws_what_a_task_threw_and_goes_on(Named<PoolKernel> kernel);
void runs_what_is_left_when_it_is_destroyed(Named<PoolKernel> kernel);

}  // namespace pool

}  // namespace rooflab::testing
