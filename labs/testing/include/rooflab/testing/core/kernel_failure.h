// KernelFailure: a kernel that did not return. Only a kernel in another process can be survived, so
// only remote calls throw it.
#pragma once

#include <stdexcept>
#include <string>

namespace rooflab::testing {

/// `reason` is one of the report's reasons, such as crashed or timed_out; `what` a few words that
/// go on from "the kernel"; `threads`, where they are known, what its threads were doing (the
/// harness's session/thread_states.h). what() holds all, as the lines that the grader looks for.
struct KernelFailure : std::runtime_error {
  KernelFailure(std::string why, std::string words, std::string doing = "")
      : std::runtime_error("reason: " + why + "\nwhat: " + words +
                           (doing.empty() ? "" : "\nthreads: " + doing)),
        reason(std::move(why)),
        what_happened(std::move(words)),
        threads(std::move(doing)) {}
  std::string reason;
  std::string what_happened;
  std::string threads;
};

}  // namespace rooflab::testing
