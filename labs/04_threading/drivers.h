// How tests and benchmarks reach what cannot be sent to another process: functions and objects.
//
// Each driver is a plain function. It runs your code as its arguments say, and returns results and
// what it observed as numbers. A piece of work is a number, too: |work| says how many steps it
// takes (rooflab/work.h), and a negative one ends by throwing. Where a driver waits for something
// that right code does at once, it gives up after a second, and what it observed then tells.
#pragma once

#include <rooflab/view.h>

#include <cstdint>
#include <span>

namespace lab04 {

using rooflab::MatrixView;

/// batch_apply() of an operation that does work[i] for each number of row i. The first `meeting`
/// rows that are begun wait for each other.
/// facts: {calls of the operation, most at the same time, still running when batch_apply was over,
/// calls with spans that are no row, 1 + the row whose exception came out or 0}.
void batch_apply(MatrixView<const float> batch, std::span<const std::int32_t> work,
                 MatrixView<float> out, int meeting, std::span<std::int32_t> facts, int threads);

/// A ThreadPool for as long as this call, and a task for each element of `work`. They are handed
/// over in `rounds` parts of about the same size, with a wait() after each; with 0 rounds all at
/// once, and the destructor comes next. With a fanout f > 0 only the first task of a part is
/// submitted here, and the one at place p of it submits those at f·p + 1 to f·p + f. The first
/// `meeting` tasks that are begun wait for each other.
/// results[i] is what task i came to, order[i] how many tasks had begun before it.
/// facts: {tasks begun, most at the same time, tasks that had not ended after a wait() or the
/// destructor, then for each round: 1 + the task whose exception wait() threw, 0 for none}.
void thread_pool(std::span<const std::int32_t> work, std::span<std::int32_t> results,
                 std::span<std::int32_t> order, std::span<std::int32_t> facts, int threads,
                 int rounds, int fanout, int meeting);

/// A DataLoader for as long as this call, with an item for each element of `work`. `take` times
/// next() is called, and then comes the ending:
///   0  next() twice more, when all are taken;
///   1  the destructor;
///   2  stop() twice, then next();
///   3  stop() by another thread, while next() waits for item `take`, which is made then.
/// hold < 0: nothing else. hold = 0: the first next() comes when as many items have begun as can be
/// made at the same time. hold > 0: the first `hold` items are not finished before that.
/// out.row(i): the item at position i, or zeros.
/// facts: {items begun, most at the same time, most begun minus calls of next(), items begun before
/// the first next() if hold = 0, items begun after stop(), what the last next() gave, then for each
/// position: what next() gave}. It gives 0 for an item, 1 + i for the exception of item i, −1 for
/// nothing.
void data_loader(std::span<const std::int32_t> work, MatrixView<float> out,
                 std::span<std::int32_t> facts, int producers, std::int64_t capacity,
                 std::int64_t take, int ending, int hold);

}  // namespace lab04
