// What the emulator counts, against traces that are followed by hand.
#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>

#include "session/emulation.h"
#include "session/remote.h"
#include "traces.h"

using rooflab::harness::CacheGeometry;
using rooflab::harness::Emulated;
using rooflab::harness::Emulation;
using rooflab::harness::Policy;
using rooflab::harness::Session;

namespace {

constexpr CacheGeometry kD1{32768, 8, 64};
constexpr CacheGeometry kLL{1048576, 16, 64};

struct Counted {
  std::int64_t accesses = 0;
  std::int64_t d1_misses = 0;
  std::int64_t ll_misses = 0;
  bool operator==(const Counted&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Counted& counted) {
  return out << counted.accesses << " accesses, " << counted.d1_misses << " D1 misses, "
             << counted.ll_misses << " last-level misses";
}

/// A worker of traces, on an emulated processor.
class Worker {
 public:
  Counted whole(Trace trace) {
    alignas(64) static std::array<std::byte, std::size_t{64} << 10U> data{};
    Session::set_current(&session_);
    rooflab::harness::remote("trace", static_cast<std::int64_t>(trace), std::span<std::byte>(data));
    Session::set_current(nullptr);
    const Emulation& record = emulated_.record();
    return {record.accesses, record.d1_misses, record.ll_misses};
  }
  /// Without what any call costs.
  Counted count(Trace trace) {
    const Counted nothing = whole(Trace::nothing);
    const Counted all = whole(trace);
    return {all.accesses - nothing.accesses, all.d1_misses - nothing.d1_misses,
            all.ll_misses - nothing.ll_misses};
  }

 private:
  static Session::Options options(const Emulated& emulated) {
    Session::Options options;
    options.program = ROOFLAB_EMULATOR;
    options.emulated = &emulated;
    options.policy.kind = Policy::Kind::emulator;
    options.input_bytes = options.output_bytes = std::size_t{1} << 20U;
    options.fixed_places = true;
    return options;
  }

  Emulated emulated_{ROOFLAB_TRACES, kD1, kLL, 100'000'000};
  Session session_{options(emulated_)};
};

Counted count(Trace trace) { return Worker().count(trace); }

}  // namespace

TEST_SUITE("emulator") {
  TEST_CASE("one float after another misses once a line") {
    CHECK(count(Trace::every_float) == Counted{1024, 64, 64});
  }
  TEST_CASE("what was loaded is there the second time") {
    CHECK(count(Trace::every_line_twice) == Counted{200, 100, 100});
  }
  TEST_CASE("a set of eight ways keeps eight lines") {
    CHECK(count(Trace::eight_lines_of_a_set) == Counted{80, 8, 8});
  }
  TEST_CASE("and loses each of nine before it is used again, to the last level") {
    CHECK(count(Trace::nine_lines_of_a_set) == Counted{90, 90, 9});
  }
  TEST_CASE("an addition to memory loads and stores") {
    CHECK(count(Trace::add_to_memory) == Counted{2, 1, 1});
  }
  TEST_CASE("sixteen bytes are one access, and one miss even across lines") {
    CHECK(count(Trace::sixteen_bytes_in_a_line) == Counted{1, 1, 1});
    CHECK(count(Trace::sixteen_bytes_across_lines) == Counted{1, 1, 1});
  }
  TEST_CASE("an access across pages is one access") {
    CHECK(count(Trace::eight_bytes_across_pages) == Counted{1, 1, 1});
    CHECK(count(Trace::sixteen_bytes_across_pages) == Counted{1, 1, 1});
    CHECK(count(Trace::store_across_pages) == Counted{1, 1, 1});
  }
  TEST_CASE("ten bytes are one access") { CHECK(count(Trace::ten_bytes) == Counted{1, 1, 1}); }
  TEST_CASE("a repeated instruction accesses memory each time") {
    CHECK(count(Trace::repeated_store) == Counted{512, 64, 64});
    CHECK(count(Trace::repeated_move) == Counted{1024, 128, 128});
  }
  TEST_CASE("the stack is memory, and was used before") {
    CHECK(count(Trace::push_and_pop) == Counted{2, 0, 0});
  }
  TEST_CASE("each call begins with empty caches") {
    Worker worker;
    const Counted first = worker.whole(Trace::every_float);
    CHECK(worker.whole(Trace::every_float) == first);
    CHECK(worker.whole(Trace::nothing).accesses < first.accesses);
    CHECK(Worker().whole(Trace::every_float) == first);
  }
}
