// Allowance: the time that one submission may still take, however many programs call it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "sandbox/descriptor.h"

namespace rooflab::harness {

/// The nanoseconds that are left, as eight bytes in the file PROGRAM.allowance beside a worker's
/// program (grader/rooflab/measure/allowance.py puts it there). A worker without that file has no
/// such limit: baseline and reference are trusted to end.
class Allowance {
 public:
  static constexpr const char* kNoneLeft =
      "the submission has used up the time that its build and its calls together may take";

  /// Throws std::system_error when there is a file that cannot be used.
  explicit Allowance(const std::string& program);

  [[nodiscard]] std::chrono::nanoseconds left() const;
  void charge(std::chrono::nanoseconds spent);

 private:
  std::optional<Mapping> file_;
};

}  // namespace rooflab::harness
