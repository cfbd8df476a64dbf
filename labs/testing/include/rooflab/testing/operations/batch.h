// An operation on every row of a batch, on any number of threads: problems to test it on, cases to
// measure it with. The operation is the driver's (labs/04_threading/drivers.h), which also tells
// how it was called; its results are compared with the same work done here, and are exact.
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

using BatchKernel = void (*)(MatrixView<const float> batch, std::span<const std::int32_t> work,
                             MatrixView<float> out, int meeting, std::span<std::int32_t> facts,
                             int threads);

/// One call.
struct BatchProblem {
  std::int64_t rows = 0, cols = 0;
  std::int64_t threads = 1;
  std::int64_t failing = 0;  // rows whose operation throws
  std::int64_t steps = 20;   // of work for each number of a row, at most
  bool rising = false;       // each row takes longer than the one before
  bool meets = false;        // as many rows as threads wait for each other
  std::int64_t pad_batch = 0, pad_out = 0;
  InitialOutput initial_output = InitialOutput::finite;
  Key key = next_key();

  [[nodiscard]] std::vector<Dimension> dimensions();
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(BatchKernel kernel) const;
};

/// A measured case, of rows each of which takes longer than the one before, verified in full.
[[nodiscard]] Case batch_case(Named<BatchKernel> kernel, std::int64_t rows, std::int64_t steps,
                              int threads);

/// What it promises, a test case each: see core/promise.h.
namespace batch {

void applies_the_operation_to_each_row_once(Named<BatchKernel> kernel);
void honours_strides(Named<BatchKernel> kernel);
void works_on_several_rows_at_the_same_time(Named<BatchKernel> kernel);
void throws_what_one_row_threw(Named<BatchKernel> kernel);
void throws_for_the_first_of_several_rows(Named<BatchKernel> kernel);
void leaves_nothing_running_when_it_throws(Named<BatchKernel> kernel);

}  // namespace batch

}  // namespace rooflab::testing
