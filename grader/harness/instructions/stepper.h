// Stepper: every instruction of one call, counted by kind.
//
// A call is stepped from the moment that wakes the worker to the system call by which it says
// "done": what is counted is what the worker executed to give its answer, all of it, and what it
// did not execute is not counted. So there is nothing for a kernel to notice: one that does other
// work while it is stepped has to give the right answer by that work.
//
// For that, no instruction may escape. The count stops, and says why, where the worker asks the
// operating system for anything but memory, at a signal, and at instructions that hide others from
// the processor's single-step trap.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "instructions/instruction.h"
#include "instructions/tracee.h"
#include "sandbox/sandbox.h"
#include "session/observer.h"
#include "session/processors.h"

namespace rooflab::harness {

/// What a call executed.
struct Executed {
  std::int64_t instructions = 0;
  std::array<std::int64_t, kKinds> of_kind{};
  /// What ended the count before the call was over, in words; empty when all of it was counted.
  std::string cut_short;

  void add(Kind kind) {
    ++instructions;
    ++of_kind.at(static_cast<std::size_t>(kind));
  }
};

class Stepper : public Observer {
 public:
  /// Gives up after so many steps.
  Stepper(std::int64_t max_steps, const Defences& defences)
      : max_(max_steps), defences_(defences) {}

  void before(pid_t worker) override {
    together_.emplace(worker);
    tracee_.emplace(worker);
  }
  void during() override;

  [[nodiscard]] const Executed& executed() const { return executed_; }

 private:
  [[nodiscard]] bool counts_on(const Instruction& next);
  const Instruction& instruction_at(std::uint64_t address);
  void add_loop(const Instruction& jump);

  std::int64_t max_;
  Defences defences_;
  Disassembler disassembler_;
  // They take turns, step by step. To wake another processor takes longer, at times ten times so.
  std::optional<SameProcessor> together_;
  std::optional<Tracee> tracee_;
  struct Decoded {
    std::array<std::byte, kLongestInstruction> code{};
    Instruction instruction;
  };
  std::map<std::uint64_t, Decoded> known_;
  Executed executed_;
};

}  // namespace rooflab::harness
