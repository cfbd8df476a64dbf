// A guest's program file is hostile: whatever stands in it, it is read or refused.
#include <doctest/doctest.h>
#include <elf.h>

#include <cstddef>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>
#include <span>
#include <vector>

#include "emulator/program.h"

using rooflab::harness::kProgramEnd;
using rooflab::harness::machine_of;
using rooflab::harness::NoProgram;
using rooflab::harness::Program;
using rooflab::harness::read_program;
using rooflab::harness::Segment;

namespace {

using File = std::vector<std::byte>;

/// One segment of 100 bytes from the file, and 28 zeros behind them.
struct Small {
  Elf64_Ehdr header{};
  Elf64_Phdr segment{};

  Small() {
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_type = ET_EXEC;
    header.e_machine = EM_X86_64;
    header.e_entry = 0x400040;
    header.e_phoff = sizeof(header);
    header.e_phentsize = sizeof(segment);
    header.e_phnum = 1;
    segment = {.p_type = PT_LOAD,
               .p_flags = PF_R | PF_X,
               .p_offset = 0,
               .p_vaddr = 0x400000,
               .p_paddr = 0,
               .p_filesz = 100,
               .p_memsz = 128,
               .p_align = 4096};
  }
  [[nodiscard]] File file() const {
    File bytes(sizeof(header) + sizeof(segment));
    std::memcpy(bytes.data(), &header, sizeof(header));
    std::memcpy(bytes.data() + sizeof(header), &segment, sizeof(segment));
    return bytes;
  }
};

File real_program() {
  std::ifstream stream(ROOFLAB_TRACES, std::ios::binary);
  const std::vector<char> text{std::istreambuf_iterator<char>(stream), {}};
  File file(text.size());
  std::memcpy(file.data(), text.data(), text.size());
  return file;
}

bool within(const Segment& segment, const File& file) {
  const auto* begin = segment.content.data();
  return segment.content.empty() ||
         (begin >= file.data() && begin + segment.content.size() <= file.data() + file.size());
}

}  // namespace

TEST_SUITE("program") {
  TEST_CASE("a small program is read as it stands") {
    const File file = Small().file();
    const Program program = read_program(file);
    CHECK(program.entry == 0x400040);
    CHECK(program.headers == 0x400000 + sizeof(Elf64_Ehdr));
    CHECK(program.header_count == 1);
    CHECK(program.code_begin == 0x400000);
    CHECK(program.code_end == 0x400000 + 128);
    REQUIRE(program.segments.size() == 1);
    CHECK(program.segments[0].bytes == 128);
    CHECK(program.segments[0].content.size() == 100);
    CHECK(program.segments[0].executable);
    CHECK_FALSE(program.segments[0].writable);
    CHECK(machine_of(file) == EM_X86_64);
  }
  TEST_CASE("what is no static program is refused") {
    constexpr auto kHuge = std::numeric_limits<std::uint64_t>::max();
    const auto refused = [](auto change) {
      Small small;
      change(small);
      CHECK_THROWS_AS((void)read_program(small.file()), NoProgram);
    };
    refused([](Small& s) { s.header.e_ident[0] = 'E'; });
    refused([](Small& s) { s.header.e_ident[EI_CLASS] = ELFCLASS32; });
    refused([](Small& s) { s.header.e_ident[EI_DATA] = ELFDATA2MSB; });
    refused([](Small& s) { s.header.e_type = ET_DYN; });
    refused([](Small& s) { s.header.e_phentsize = 32; });
    refused([](Small& s) { s.header.e_phnum = 2; });  // beyond the end
    refused([](Small& s) { s.header.e_phnum = 0; });  // nothing to load
    refused([](Small& s) { s.header.e_phoff = kHuge - 10; });
    refused([](Small& s) { s.segment.p_type = PT_INTERP; });
    refused([](Small& s) { s.segment.p_offset = kHuge - 50; });
    refused([](Small& s) { s.segment.p_filesz = 200; });  // more than there is
    refused([](Small& s) { s.segment.p_memsz = 50; });    // less than the file gives
    refused([](Small& s) { s.segment.p_memsz = kHuge; });
    refused([](Small& s) { s.segment.p_vaddr = 0; });
    refused([](Small& s) { s.segment.p_flags = PF_R; });                      // no code
    refused([](Small& s) { s.segment.p_flags = PF_R | PF_W | PF_X; });        // nor this
    refused([](Small& s) { s.segment.p_memsz = std::uint64_t{65} << 20U; });  // too much of it
    refused([](Small& s) { s.segment.p_vaddr = kProgramEnd; });
    refused([](Small& s) { s.segment.p_vaddr = kHuge - 50; });
  }
  TEST_CASE("a file of any length is read or refused") {
    const File whole = Small().file();
    for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
      CHECK_THROWS_AS((void)read_program(std::span(whole).first(bytes)), NoProgram);
    }
  }
  TEST_CASE("a damaged program never leads outside of its file or of a program's memory") {
    File file = real_program();
    REQUIRE_NOTHROW((void)read_program(file));
    std::mt19937 random(1);
    const std::size_t headers = sizeof(Elf64_Ehdr) + 10 * sizeof(Elf64_Phdr);
    for (int i = 0; i < 20000; ++i) {
      const std::size_t at = random() % headers;
      const std::byte before = file[at];
      file[at] = static_cast<std::byte>(random());
      try {
        const Program program = read_program(file);
        REQUIRE(program.code_end - program.code_begin <= std::uint64_t{64} << 20U);
        for (const Segment& segment : program.segments) {
          REQUIRE(within(segment, file));
          REQUIRE(segment.content.size() <= segment.bytes);
          REQUIRE(segment.address < kProgramEnd);
          REQUIRE(segment.bytes < kProgramEnd);
        }
      } catch (const NoProgram&) {
      }
      file[at] = before;
    }
  }
}
