// Guest: an emulated processor with its memory, on which a worker's program runs.
//
// The processor is Unicorn's. What the harness decides is what a program can see of a machine:
// memory at addresses that are the same everywhere, no environment, and the system calls of
// system_calls.h. It runs without an operating system's rights (in ring 3, where processors have
// rings), so that it can neither read a clock nor make page tables of its own: with those, data
// could move without being loaded or stored.
#pragma once

#include <unicorn/unicorn.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "emulator/address_space.h"
#include "emulator/ending.h"
#include "emulator/meter.h"
#include "emulator/program.h"
#include "emulator/system_calls.h"
#include "sandbox/sandbox.h"

namespace rooflab::harness {

/// What differs between the processors that can be emulated.
struct Processor;

class Guest {
 public:
  /// A processor for programs of that machine (of elf.h), without memory. Unicorn's memory for
  /// translated code is made here: a confined process may not. Throws NoProgram for other machines,
  /// std::invalid_argument for impossible caches and CannotCount.
  Guest(unsigned machine, Emulation& record, const Defences& defences);
  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;
  ~Guest();

  /// Runs a program, read from its file, to its end, which is this process's end too. Whatever goes
  /// wrong from here on is the guest's doing, but for counts that PAPI does not give.
  [[noreturn]] void run(std::span<const std::byte> file, std::vector<SharedMemory> shared,
                        std::size_t memory_bytes);

 private:
  friend struct Processor;

  [[nodiscard]] uc_err emulate(const Program& program, std::vector<SharedMemory> shared,
                               std::size_t memory_bytes);
  void load(const Program& program);
  [[nodiscard]] std::uint64_t make_stack(const Program& program);
  void add_hooks();
  void system_call();
  void interrupted(std::uint32_t number);
  [[noreturn]] void reached(uc_mem_type type, std::uint64_t address);
  void stop();
  [[noreturn]] void illegal_instruction();
  void exhausted();
  [[nodiscard]] std::uint64_t get(int which) const;
  void set(int which, std::uint64_t value);

  const Processor& processor_;
  Emulation& record_;
  Defences defences_;
  Ending ending_;
  std::unique_ptr<uc_engine, uc_err (*)(uc_engine*)> engine_;
  AddressSpace space_;
  Meter meter_;
  std::optional<SystemCalls> calls_;
  bool counting_ = false;
};

}  // namespace rooflab::harness
