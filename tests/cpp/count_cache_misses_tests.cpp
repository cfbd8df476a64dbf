// Lab 06's count_cache_misses() with the real PAPI: the same code that the lab's tests run with a
// PAPI of their own counts a cache model's misses, and the processor's where there are counters.
#include <doctest/doctest.h>
#include <rooflab/profiling.h>

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "counters/cache_events.h"
#include "counters/cache_model.h"

// Declared as in the lab's kernels.h, which only labs include.
namespace lab06 {
[[nodiscard]] rooflab::Misses count_cache_misses(const std::function<void()>& op,
                                                 std::span<const std::string> events);
}  // namespace lab06

using lab06::count_cache_misses;
using namespace rooflab::harness;

namespace {

// Each access is of another line.
void miss(CacheModel& cache, int times) {
  static std::uint64_t address = 0;
  for (int i = 0; i < times; ++i) cache.access(address += 64, 4, Access::read);
}

}  // namespace

TEST_SUITE("count_cache_misses") {
  TEST_CASE("counts software-defined events, call after call") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents shown(cache);
    const std::array events = {std::string(kD1Misses)};
    miss(cache, 100);
    for (const int misses : {0, 7, 12'345}) {
      const rooflab::Misses found = count_cache_misses([&] { miss(cache, misses); }, events);
      CHECK(found.count == misses);
      CHECK(found.event == 0);
    }
  }
  TEST_CASE("goes on to the first event that this machine can count") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents shown(cache);
    const std::array<std::string, 4> events = {"PAPI_NO_SUCH", "PAPI_L1_DCM", "PAPI_L2_DCM",
                                               std::string(kD1Misses)};
    const rooflab::Misses found = count_cache_misses([&] { miss(cache, 42); }, events);
    CAPTURE(found.event);
    CHECK(found.event >= 1);
    if (found.event == 3) {
      CHECK(found.count == 42);
    } else {
      CHECK(found.count >= 0);  // the processor's
    }
  }
  TEST_CASE("says so where nothing can be counted, without calling the operation") {
    const std::array<std::string, 2> events = {"PAPI_NO_SUCH", "no such event"};
    bool called = false;
    const rooflab::Misses found = count_cache_misses([&] { called = true; }, events);
    CHECK(found.count == -1);
    CHECK(found.event == -1);
    CHECK(!called);
  }
  TEST_CASE("an operation that throws leaves no counter running") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents shown(cache);
    const std::array events = {std::string(kD1Misses)};
    const auto failing = [] { throw std::runtime_error("out of luck"); };
    CHECK_THROWS_AS(static_cast<void>(count_cache_misses(failing, events)), std::runtime_error);
    const rooflab::Misses found = count_cache_misses([&] { miss(cache, 3); }, events);
    CHECK(found.count == 3);
  }
}
