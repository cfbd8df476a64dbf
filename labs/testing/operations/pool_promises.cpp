// The promises of every pool of threads.
#include <rooflab/testing/core/check.h>
#include <rooflab/testing/operations/pool.h>

namespace rooflab::testing::pool {

void runs_each_task_once(Named<PoolKernel> kernel) {
  for (const std::int64_t tasks : {63, 0, 1, 2, 3, 16, 2000}) {
    for (const std::int64_t threads : {1, 2, 3, 16}) {
      check(kernel, PoolProblem{.tasks = tasks, .threads = threads});
    }
  }
}

void waits_until_every_task_has_ended(Named<PoolKernel> kernel) {
  for (const std::int64_t threads : {1, 2, 4}) {
    check(kernel, PoolProblem{.tasks = 5, .threads = threads, .steps = 1'000'000});
  }
}

void goes_on_working_after_a_wait(Named<PoolKernel> kernel) {
  for (const std::int64_t threads : {1, 2, 4}) {
    check(kernel, PoolProblem{.tasks = 0, .threads = threads, .rounds = 3});
    check(kernel, PoolProblem{.tasks = 300, .threads = threads, .rounds = 100});
  }
}

void runs_what_tasks_submit(Named<PoolKernel> kernel) {
  for (const std::int64_t threads : {1, 2, 4}) {
    for (const std::int64_t fanout : {1, 2, 5}) {
      check(kernel, PoolProblem{.tasks = 200, .threads = threads, .rounds = 2, .fanout = fanout});
    }
  }
}

void runs_tasks_at_the_same_time(Named<PoolKernel> kernel) {
  for (const std::int64_t threads : {2, 3, 5, 16}) {
    check(kernel, PoolProblem{.tasks = 40, .threads = threads, .meets = true});
  }
}

void begins_tasks_in_their_order(Named<PoolKernel> kernel) {
  for (const std::int64_t fanout : {0, 3}) {
    check(kernel, PoolProblem{.tasks = 100, .threads = 1, .fanout = fanout, .steps = 1000});
  }
}

void throws_what_a_task_threw_and_goes_on(Named<PoolKernel> kernel) {
  for (const std::int64_t threads : {1, 2, 4}) {
    for (const std::int64_t failing : {1, 2, 60}) {
      check(kernel, PoolProblem{.tasks = 60, .threads = threads, .rounds = 4, .failing = failing});
    }
  }
}

void runs_what_is_left_when_it_is_destroyed(Named<PoolKernel> kernel) {
  for (const std::int64_t threads : {1, 2, 4, 16}) {
    check(kernel, PoolProblem{.tasks = 100, .threads = threads, .rounds = 0, .steps = 3000});
    check(kernel, PoolProblem{.tasks = 100, .threads = threads, .rounds = 0, .fanout = 2});
    check(kernel, PoolProblem{.tasks = 9, .threads = threads, .rounds = 0, .failing = 3});
  }
}

}  // namespace rooflab::testing::pool
