// A Case is one thing to measure: a kernel on problems of one size. bench.cpp of each lab lists its
// cases; bench_main.cpp times them with Google Benchmark, misses_main.cpp counts their cache
// misses.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "failure.h"

namespace rooflab::testing {

/// Inputs and outputs of one call, made from a seed.
class Run {
 public:
  Run() = default;
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  virtual ~Run() = default;

  /// The measured call, and nothing else.
  virtual void call() = 0;
  /// Judges the output of the last call.
  [[nodiscard]] virtual std::optional<Failure> verify() const = 0;
};

struct Case {
  std::string name;    // kernel/size, such as "matmul_blocked/512"
  std::string kernel;  // "matmul_blocked"
  std::string call;    // the call in words
  double flops;        // floating-point operations that one call needs (0: it only moves data)
  double bytes;  // bytes that one call has to move at least: each input once, each output once
  std::function<std::unique_ptr<Run>(std::uint64_t seed)> prepare;
};

/// Every lab's bench.cpp defines it: the graded cases and the sizes around them.
[[nodiscard]] std::vector<Case> cases();
/// The case of that name. Nothing, and a word on standard error, when bench.cpp has none.
[[nodiscard]] inline std::optional<Case> find_case(const std::string& name) {
  for (const Case& measured : cases()) {
    if (measured.name == name) return measured;
  }
  std::fprintf(stderr, "bench.cpp has no case %s\n", name.c_str());
  return std::nullopt;
}

/// The seed of this process: ROOFLAB_SEED if set (the grader draws a secret one each round), else
/// from the operating system.
[[nodiscard]] std::uint64_t session_seed();
/// From the operating system. Verification draws from it, after the call, where it looks: a kernel
/// sees the problem, and so nothing that matters may follow from the problem's own seed.
[[nodiscard]] std::uint64_t unforeseeable_seed();

}  // namespace rooflab::testing
