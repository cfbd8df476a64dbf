// A Case is one thing to measure: a kernel on problems of one size. bench.cpp of each lab lists its
// cases; bench_main.cpp times them in process, the harness's timing_main.cpp in workers, and its
// misses_main.cpp counts their cache misses.
#pragma once

#include <rooflab/testing/core/failure.h>
#include <rooflab/testing/core/random.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rooflab::testing {

/// Inputs and outputs of one call, made from a key.
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
  std::function<std::unique_ptr<Run>(const Key& key)> prepare;
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

}  // namespace rooflab::testing
