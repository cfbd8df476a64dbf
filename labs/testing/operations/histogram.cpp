#include <rooflab/testing/core/operation.h>
#include <rooflab/testing/operations/histogram.h>

namespace rooflab::testing {
namespace {

constexpr std::int64_t kValues = 256;

struct Operands {
  GuardedMatrix<std::uint8_t> x;
  GuardedMatrix<std::int32_t> counts;

  explicit Operands(const HistogramProblem& p)
      : x(1, p.size, {.misalign = p.misalign}),
        counts(1, kValues, {.misalign = p.misalign}),
        threads_(static_cast<int>(p.threads)) {
    Random random(p.key);
    const std::uint64_t first = random.bits();
    const auto different = static_cast<std::uint64_t>(p.values);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < x.span().size(); ++i, bits >>= 16U) {
      if (i % 4 == 0) bits = random.bits();
      x.span()[i] = static_cast<std::uint8_t>(first + ((bits & 0xffffU) * different >> 16U));
    }
    fill(counts, p.initial_output, random);
  }

  void call(HistogramKernel kernel) { kernel(x.span(), counts.span(), threads_); }

  [[nodiscard]] std::optional<Failure> judge(const Operands& before) const {
    return first_of(
        {judge_input("x", before.x, x), judge_output("counts", expected(), before.counts, counts)});
  }

  [[nodiscard]] std::optional<Failure> verify() const {
    return judge_output("counts", expected(), unwritten(counts), counts);
  }

 private:
  [[nodiscard]] ExpectedMatrix expected() const {
    ExpectedMatrix expected(1, kValues);
    for (const std::uint8_t value : x.span()) expected(0, value).value += 1;
    return expected;
  }

  int threads_;
};

}  // namespace

std::vector<Dimension> HistogramProblem::dimensions() {
  return {at_least_one(size), {&threads, 1}, {&values, 1}, {&misalign}};
}

std::string HistogramProblem::describe() const {
  const std::string text = std::to_string(size) + " elements of " + std::to_string(values) +
                           (values == 1 ? " value" : " different values") +
                           ", threads = " + std::to_string(threads);
  return text + describe_rest(misalign, Values::unit, initial_output, "counts");
}

std::optional<Failure> HistogramProblem::run(HistogramKernel kernel) const {
  return call_and_judge<Operands>(*this, kernel);
}

Case histogram_case(Named<HistogramKernel> kernel, std::int64_t size, int threads) {
  return measured_case<Operands>(kernel, std::to_string(size),
                                 HistogramProblem{.size = size, .threads = threads}, 0,
                                 static_cast<double>(size + 4 * kValues));
}

}  // namespace rooflab::testing
