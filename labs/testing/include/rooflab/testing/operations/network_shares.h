// Where a network spends its time, as a profile made in the kernels' process says, beside the time
// that each step takes as seen from outside.
#pragma once

#include <rooflab/testing/core/dimension.h>
#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/kernel.h>
#include <rooflab/testing/operations/infer.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rooflab::testing {

inline constexpr int kNetworkSteps = 5;

using NetworkSharesKernel = void (*)(std::int64_t rows, std::int64_t inputs, std::int64_t hidden,
                                     std::int64_t width, std::int64_t classes,
                                     std::span<double> shares);
/// Runs a step of the network, or with −1 only what comes before all of them.
using NetworkStepKernel = void (*)(std::int64_t rows, std::int64_t inputs, std::int64_t hidden,
                                   std::int64_t width, std::int64_t classes, int step);

/// One network, profiled.
struct NetworkSharesProblem {
  InferShape shape;
  NetworkStepKernel step;

  [[nodiscard]] static std::vector<Dimension> dimensions() { return {}; }
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] std::optional<Failure> run(NetworkSharesKernel kernel) const;
};

namespace network_shares {

/// Three networks with another bottleneck each, whose sizes are drawn from the session's key: every
/// share is within ten points of what is seen from outside, in one of three tries (a neighbour may
/// come for a moment).
void name_where_the_time_goes(Named<NetworkSharesKernel> kernel, NetworkStepKernel step);

}  // namespace network_shares

}  // namespace rooflab::testing
