// A worker whose one kernel does nothing but a few loads and stores, each written down as an
// instruction.
#include "traces.h"

#include <array>
#include <span>

#include "worker/worker.h"

namespace rooflab::harness {
namespace {

constexpr std::int64_t kLine = 64;
constexpr std::int64_t kSet =
    64 * kLine;  // from one line of a set to the next, of 32 KiB in 8 ways

void load(const std::byte* at) { asm volatile("movl (%0), %%eax" : : "r"(at) : "eax", "memory"); }

// Inlined in every build: a call would store and load its return address.
[[gnu::always_inline]] inline void load_all(const std::byte* from, std::int64_t step, int count,
                                            int times) {
  for (int pass = 0; pass < times; ++pass) {
    for (int i = 0; i < count; ++i) load(from + i * step);
  }
}

void run(Trace trace, std::byte* data) {
  std::byte* const across_lines = data + kLine - 8;
  std::byte* const across_pages = data + 4096 - 4;
  switch (trace) {
    case Trace::nothing:
      return;
    case Trace::every_float:
      return load_all(data, 4, 1024, 1);
    case Trace::every_line_twice:
      return load_all(data, kLine, 100, 2);
    case Trace::eight_lines_of_a_set:
      return load_all(data, kSet, 8, 10);
    case Trace::nine_lines_of_a_set:
      return load_all(data, kSet, 9, 10);
    case Trace::add_to_memory:
      asm volatile("addl $1, (%0)" : : "r"(data) : "memory", "cc");
      return;
    case Trace::sixteen_bytes_in_a_line:
      asm volatile("movups (%0), %%xmm0" : : "r"(data) : "xmm0", "memory");
      return;
    case Trace::sixteen_bytes_across_lines:
      asm volatile("movups (%0), %%xmm0" : : "r"(across_lines) : "xmm0", "memory");
      return;
    case Trace::eight_bytes_across_pages:
      asm volatile("movq (%0), %%rax" : : "r"(across_pages) : "rax", "memory");
      return;
    case Trace::sixteen_bytes_across_pages:
      asm volatile("movups (%0), %%xmm0" : : "r"(across_pages) : "xmm0", "memory");
      return;
    case Trace::store_across_pages:
      asm volatile("movq %%rax, (%0)" : : "r"(across_pages) : "memory");
      return;
    case Trace::ten_bytes:
      asm volatile("fldt (%0); fstp %%st(0)" : : "r"(data) : "memory");
      return;
    case Trace::repeated_store: {
      std::byte* to = data;
      std::int64_t count = 512;
      asm volatile("rep stosq" : "+D"(to), "+c"(count) : "a"(0) : "memory");
      return;
    }
    case Trace::repeated_move: {
      const std::byte* from = data;
      std::byte* to = data + 8192;
      std::int64_t count = 512;
      asm volatile("rep movsq" : "+S"(from), "+D"(to), "+c"(count) : : "memory");
      return;
    }
    case Trace::push_and_pop:
      asm volatile("push %%rax; pop %%rax" : : : "memory");
      return;
  }
}

void trace(std::int64_t which, std::span<std::byte> data) {
  run(static_cast<Trace>(which), data.data());
}

constexpr std::array kTable = {entry<trace>("trace")};

}  // namespace
const std::span<const Entry> kernels = kTable;

}  // namespace rooflab::harness
