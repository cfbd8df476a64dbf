#include "programs/copy.h"

#include <rooflab/testing/core/operation.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "session/remote.h"

namespace rooflab::harness {
namespace {

using CopyKernel = void (*)(std::span<const float> x, std::span<float> y);

void copy(std::span<const float> x, std::span<float> y) { remote("copy", x, y); }

struct CopyProblem {
  std::int64_t size = 0;
  testing::InitialOutput initial_output = testing::InitialOutput::finite;
  testing::Key key{};

  [[nodiscard]] std::string describe() const { return std::to_string(size) + " elements"; }
};

struct Operands {
  testing::GuardedMatrix<float> x, y;

  explicit Operands(const CopyProblem& p) : x(1, p.size), y(1, p.size) {
    testing::Random random(p.key);
    fill(x, testing::Values::unit, random);
    fill(y, p.initial_output, random);
  }

  void call(CopyKernel kernel) { kernel(x.span(), y.span()); }

  [[nodiscard]] std::optional<testing::Failure> verify() const {
    testing::ExpectedMatrix expected(1, x.view().cols);
    for (std::size_t i = 0; i < expected.elements.size(); ++i) {
      expected.elements[i] = {testing::value_of(x.span()[i]), 0};
    }
    return judge_output("y", expected, testing::unwritten(y), y);
  }
};

}  // namespace

testing::Case copy_case(double bytes) {
  const CopyProblem problem{.size = static_cast<std::int64_t>(bytes / 8)};
  return testing::measured_case<Operands>(testing::Named{"copy", copy},
                                          std::to_string(problem.size), problem, 0, bytes);
}

}  // namespace rooflab::harness
