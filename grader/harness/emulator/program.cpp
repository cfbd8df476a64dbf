#include "emulator/program.h"

#include <elf.h>

#include <algorithm>
#include <cstring>

#include "emulator/pages.h"

namespace rooflab::harness {
namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{512} << 20U;     // of all segments, in memory
constexpr std::uint64_t kMaxCodeBytes = std::uint64_t{64} << 20U;  // each has counters
constexpr std::size_t kMaxHeaders = 64;

template <class T>
T read_at(std::span<const std::byte> file, std::uint64_t offset) {
  if (offset > file.size() || sizeof(T) > file.size() - offset) {
    throw NoProgram("its file ends too early");
  }
  T value;
  std::memcpy(&value, file.data() + offset, sizeof(T));
  return value;
}

Segment segment(std::span<const std::byte> file, const Elf64_Phdr& header) {
  const bool in_file = header.p_offset <= file.size() &&
                       header.p_filesz <= file.size() - header.p_offset &&
                       header.p_filesz <= header.p_memsz;
  const bool in_memory =
      header.p_vaddr >= kPageBytes && header.p_vaddr < kProgramEnd && header.p_memsz <= kMaxBytes;
  if (!in_file || !in_memory) throw NoProgram("a segment of it lies nowhere");
  return {.address = header.p_vaddr,
          .bytes = header.p_memsz,
          .content = file.subspan(header.p_offset, header.p_filesz),
          .writable = (header.p_flags & PF_W) != 0,
          .executable = (header.p_flags & PF_X) != 0};
}

}  // namespace

unsigned machine_of(std::span<const std::byte> file) {
  constexpr std::size_t kPlace = 18;
  if (file.size() < kPlace + 2) return 0;
  return std::to_integer<unsigned>(file[kPlace]) |
         (std::to_integer<unsigned>(file[kPlace + 1]) << 8U);
}

Program read_program(std::span<const std::byte> file) {
  const auto header = read_at<Elf64_Ehdr>(file, 0);
  const bool elf64 = std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
                     header.e_ident[EI_CLASS] == ELFCLASS64 &&
                     header.e_ident[EI_DATA] == ELFDATA2LSB;
  if (!elf64) throw NoProgram("its file is no program for 64 bit");
  if (header.e_type != ET_EXEC) throw NoProgram("it is not a static program with fixed addresses");
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum > kMaxHeaders) {
    throw NoProgram("its program headers are not as they should be");
  }
  Program program;
  program.entry = header.e_entry;
  program.header_count = header.e_phnum;
  std::uint64_t bytes = 0;
  for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
    const auto part = read_at<Elf64_Phdr>(file, header.e_phoff + i * sizeof(Elf64_Phdr));
    if (part.p_type == PT_INTERP) throw NoProgram("it wants another program to interpret it");
    if (part.p_type != PT_LOAD || part.p_memsz == 0) continue;
    program.segments.push_back(segment(file, part));
    bytes += part.p_memsz;
    if (part.p_offset <= header.e_phoff && header.e_phoff - part.p_offset < part.p_filesz) {
      program.headers = part.p_vaddr + (header.e_phoff - part.p_offset);
    }
  }
  std::ranges::sort(program.segments, {}, &Segment::address);
  const auto overlap = std::ranges::adjacent_find(
      program.segments,
      [](const Segment& a, const Segment& b) { return a.address + a.bytes > b.address; });
  if (bytes > kMaxBytes || overlap != program.segments.end()) {
    throw NoProgram("its segments do not fit into memory");
  }
  for (const Segment& segment : program.segments) {
    if (!segment.is_code()) continue;
    if (program.code_end == 0) program.code_begin = segment.address;
    program.code_end = segment.address + segment.bytes;
  }
  if (program.code_end == 0) throw NoProgram("there is no code in it");
  if (program.code_end - program.code_begin > kMaxCodeBytes)
    throw NoProgram("it has too much code");
  return program;
}

}  // namespace rooflab::harness
