#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/batch.h>
#include <rooflab/testing/operations/threads.h>
#include <rooflab/work.h>

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace rooflab::testing {
namespace {

struct Facts {
  std::int32_t calls, most, running, strange, thrown;
};

struct Operands {
  GuardedMatrix<float> batch, out;
  GuardedMatrix<std::int32_t> work;
  GuardedMatrix<std::int32_t> facts;

  explicit Operands(const BatchProblem& p)
      : batch(p.rows, p.cols, {.padding = p.pad_batch}),
        out(p.rows, p.cols, {.padding = p.pad_out}),
        work(1, p.rows),
        facts(1, 5),
        threads_(static_cast<int>(p.threads)),
        meeting_(p.meets ? threads_ : 0) {
    Random random(p.key);
    fill(batch, Values::unit, random);
    fill(out, p.initial_output, random);
    draw_work(work, p.steps, p.failing, random);
    if (p.rising) std::ranges::sort(work.span());
    fill(facts, InitialOutput::nan, random);
  }

  void call(BatchKernel kernel) {
    kernel(batch.view(), work.span(), out.view(), meeting_, facts.span(), threads_);
  }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    return first_of({judge_input("batch", before.batch, batch), verify()});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    if (auto failure = judge_surroundings("out", out)) return failure;
    const std::int64_t first = first_failing();
    if (auto failure = judge_facts(first)) return failure;
    const auto view = out.view();
    for (std::int64_t i = 0; i < std::min(first, view.rows); ++i) {
      const std::int32_t mine = work.span()[static_cast<std::size_t>(i)];
      auto mixed = static_cast<std::uint32_t>(mine);
      for (std::int64_t j = 0; j < view.cols; ++j) {
        mixed = worked(mixed ^ std::bit_cast<std::uint32_t>(batch.view()(i, j)), mine);
        const Expected exact{static_cast<double>(mixed >> 8U), 0};
        if (auto failure = judge_element("out", {i, j}, exact, view(i, j))) return failure;
      }
    }
    return std::nullopt;
  }

 private:
  // Behind the last row where none fails.
  [[nodiscard]] std::int64_t first_failing() const {
    const auto rows = work.span();
    return std::ranges::find_if(rows, [](std::int32_t mine) { return mine < 0; }) - rows.begin();
  }

  [[nodiscard]] std::optional<Failure> judge_facts(std::int64_t first) const {
    const auto seen = facts.span();
    const Facts saw{seen[0], seen[1], seen[2], seen[3], seen[4]};
    const std::int64_t rows = out.view().rows;
    const auto count = [](std::int64_t n) { return std::to_string(n); };
    if (saw.strange > 0)
      return wrong("called the operation with spans that are no rows of its own");
    if (saw.running > 0) return wrong("returned while the operation was still running");
    if (first == rows && saw.thrown != 0) return wrong("threw, though no row did");
    if (first < rows && saw.thrown == 0) {
      return wrong("did not throw what the operation threw for row " + count(first));
    }
    if (first < rows && saw.thrown != first + 1) {
      const std::string whose =
          saw.thrown > 0 ? "what row " + count(saw.thrown - 1) + " threw" : "something of its own";
      return wrong("threw " + whose + ", where row " + count(first) + " was the first to throw");
    }
    if (first == rows && saw.calls != rows) {
      return wrong("called the operation " + count(saw.calls) + " times for " + count(rows) +
                   " rows");
    }
    if (saw.most > threads_) {
      return wrong("worked on " + count(saw.most) + " rows at the same time, where " +
                   count(threads_) + " threads are allowed");
    }
    if (meeting_ > 0 && saw.most < threads_) {
      return wrong("worked on " + count(saw.most) + " rows at the same time, with " +
                   count(threads_) + " threads");
    }
    return std::nullopt;
  }

  int threads_, meeting_;
};

}  // namespace

std::vector<Dimension> BatchProblem::dimensions() {
  if (meets) return {};  // who waits in vain waits for seconds
  return {at_least_one(rows), at_least_one(cols),
          {&threads, 1},      {&failing, std::min<std::int64_t>(failing, 1)},
          {&steps, 1},        {&pad_batch},
          {&pad_out}};
}

std::string BatchProblem::describe() const {
  std::string text = describe_matrix("batch", rows, cols, pad_batch) + ", " +
                     describe_matrix("out", rows, cols, pad_out) +
                     ", threads = " + std::to_string(threads);
  if (failing > 0)
    text += ", " + std::to_string(failing) + (failing == 1 ? " row throws" : " rows throw");
  if (rising) text += ", each row takes longer than the one before";
  if (meets) text += ", the first rows wait for each other";
  return text + describe_rest(0, Values::unit, initial_output, "out");
}

std::optional<Failure> BatchProblem::run(BatchKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case batch_case(Named<BatchKernel> kernel, std::int64_t rows, std::int64_t steps, int threads) {
  const BatchProblem problem{
      .rows = rows, .cols = 16, .threads = threads, .steps = steps, .rising = true};
  return measured_case<Operands>(kernel, describe_extents({rows, 16}), problem, 0,
                                 8.0 * static_cast<double>(rows * 16));
}

}  // namespace rooflab::testing
