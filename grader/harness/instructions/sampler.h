// Sampler: where a call is at random moments.
//
// The worker runs at full speed; the harness interrupts it and reads its program counter. What is
// found often is where the time goes. A sample points at the instruction that the processor was
// waiting for, or at the one behind it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <random>

#include "instructions/instruction.h"
#include "instructions/tracee.h"
#include "session/observer.h"

namespace rooflab::harness {

struct Sampled {
  Instruction instruction;
  std::int64_t samples = 0;
};

class Sampler : public Observer {
 public:
  /// Samples every `gap`, on average.
  explicit Sampler(std::chrono::nanoseconds gap) : gap_(gap) {}

  void before(pid_t worker) override;
  void during() override;

  /// Of all calls so far, by address.
  [[nodiscard]] const std::map<std::uint64_t, Sampled>& sites() const { return sites_; }
  [[nodiscard]] std::int64_t samples() const { return samples_; }

 private:
  void take(std::uint64_t pc);

  std::chrono::nanoseconds gap_;
  std::mt19937_64 random_{std::random_device{}()};
  Disassembler disassembler_;
  std::optional<Tracee> tracee_;
  std::uint64_t start_ = 0;  // where a worker is that has not gone on yet
  std::map<std::uint64_t, Sampled> sites_;
  std::int64_t samples_ = 0;
};

}  // namespace rooflab::harness
