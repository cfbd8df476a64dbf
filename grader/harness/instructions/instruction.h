// Bytes become an instruction: what kind of work it does, and its text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace rooflab::harness {

/// What an instruction does. Floating-point work is arithmetic, comparison, selection and
/// conversion; moving numbers about is none. The stack is what is addressed by its registers.
enum class Kind : std::uint8_t {
  packed_512,  // floating-point work on a vector of that many bits
  packed_256,
  packed_128,
  scalar,       // floating-point work on one number
  vector_load,  // from memory into a vector register, without work
  vector_store,
  load,  // of one number, or into a general register
  store,
  reload,  // from the stack into a vector register: the compiler ran out of registers
  spill,
  vector_other,  // shuffles, integers in vectors, clearing
  other,         // addresses, counters, branches
  unknown,       // the disassembler does not know it
};
inline constexpr std::array kKindNames = {
    "packed_512", "packed_256", "packed_128", "scalar",       "vector_load", "vector_store", "load",
    "store",      "reload",     "spill",      "vector_other", "other",       "unknown"};
inline constexpr std::size_t kKinds = kKindNames.size();
[[nodiscard]] constexpr const char* name_of(Kind kind) {
  return kKindNames.at(static_cast<std::size_t>(kind));
}

inline constexpr std::size_t kLongestInstruction = 15;

struct Instruction {
  std::uint64_t address = 0;
  std::size_t bytes = 0;
  Kind kind = Kind::unknown;
  bool system_call = false;
  // One step over it may be more than one instruction, or end somewhere else: it blocks the trap
  // behind it, changes the mode of the processor, or begins a transaction.
  bool hides = false;
  std::uint64_t target = 0;  // of a direct jump; 0: it is none
  std::string text;          // "vmaxps ymm0, ymm1, ymmword ptr [rsi]"
};

/// Decodes 64-bit x86.
class Disassembler {
 public:
  /// Throws std::runtime_error when Capstone cannot be opened.
  Disassembler();
  Disassembler(const Disassembler&) = delete;
  Disassembler& operator=(const Disassembler&) = delete;
  ~Disassembler();

  /// The first instruction in `code`, which lies at `address`. One that is not known has no length.
  [[nodiscard]] Instruction decode(std::span<const std::byte> code, std::uint64_t address) const;

 private:
  std::size_t handle_ = 0;
};

}  // namespace rooflab::harness
