// KernelFailure: a kernel that did not return. Only a kernel in another process can be survived, so
// only remote calls throw it.
#pragma once

#include <stdexcept>
#include <string>

namespace rooflab::testing {

/// `reason` is one of the report's reasons, such as crashed or timed_out; `what` a few words that
/// go on from "the kernel". what() holds both, as the lines that the grader looks for.
struct KernelFailure : std::runtime_error {
  KernelFailure(std::string why, std::string words)
      : std::runtime_error("reason: " + why + "\nwhat: " + words),
        reason(std::move(why)),
        what_happened(std::move(words)) {}
  std::string reason;
  std::string what_happened;
};

}  // namespace rooflab::testing
