// A guest's program, read from its ELF file. The file is hostile: every number in it is checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace rooflab::harness {

/// Why a program cannot be started, in words for its author.
struct NoProgram : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A part of the file that is loaded: `content`, then zeros up to `bytes`.
struct Segment {
  std::uint64_t address = 0;
  std::uint64_t bytes = 0;
  std::span<const std::byte> content;
  bool writable = false;
  bool executable = false;

  /// What is writable is data, whatever else the file says.
  [[nodiscard]] bool is_code() const { return executable && !writable; }
};

struct Program {
  std::uint64_t entry = 0;
  std::uint64_t headers = 0;  // where its program headers will lie
  std::uint64_t header_count = 0;
  std::vector<Segment> segments;               // by address
  std::uint64_t code_begin = 0, code_end = 0;  // of all code together
};

inline constexpr std::uint64_t kProgramEnd = std::uint64_t{1} << 32U;  // it lies below

/// The processor that the file is for (an EM_ number of elf.h); 0 when it does not say. Reads these
/// two bytes and nothing else.
[[nodiscard]] unsigned machine_of(std::span<const std::byte> file);

/// A static program for 64-bit processors. Throws NoProgram.
[[nodiscard]] Program read_program(std::span<const std::byte> file);

}  // namespace rooflab::harness
