// Counting through PAPI: the whole reading path with software-defined events, which exist
// everywhere, and what is said where there are no hardware counters.
#include <doctest/doctest.h>
#include <papi.h>
#include <sde_lib.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "counters/cache_events.h"
#include "counters/cache_model.h"
#include "counters/papi_counters.h"

using namespace rooflab::harness;

namespace {

const std::string kReads{kD1ReadMisses};
const std::string kWrites{kD1WriteMisses};
const std::string kAll{kD1Misses};

// What a call gave, or an exception that says why not, which fails the test.
template <class T>
T value(Measured<T> result) {
  if (const auto* failure = std::get_if<Unmeasured>(&result)) {
    throw std::runtime_error(failure->reason);
  }
  return std::get<T>(std::move(result));
}

template <class T>
std::string reason(const Measured<T>& result) {
  const auto* failure = std::get_if<Unmeasured>(&result);
  return failure != nullptr ? failure->reason : "measured";
}

std::string reason(const std::optional<Unmeasured>& failure) {
  return failure ? failure->reason : "done";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Misses that can be counted on: each read or write is of another line.
void miss(CacheModel& cache, int reads, int writes) {
  static std::uint64_t address = 0;
  for (int i = 0; i < reads; ++i) cache.access(address += 64, 4, Access::read);
  for (int i = 0; i < writes; ++i) cache.access(address += 64, 4, Access::write);
}

}  // namespace

TEST_SUITE("papi") {
  TEST_CASE("the library starts and is the one that this was built with") {
    CHECK(reason(PapiLibrary::start()) == "done");
    CHECK(
        PapiLibrary::version().starts_with(std::to_string(PAPI_VERSION_MAJOR(PAPI_VERSION)) + "."));
  }
  TEST_CASE("counts what happens between start and stop, and nothing else") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents events(cache);
    CounterSet set = value(CounterSet::create({kReads, kWrites}));
    miss(cache, 5, 5);
    CHECK(reason(set.start()) == "done");
    miss(cache, 7, 3);
    CHECK(value(set.read()) == Counts{{kReads, 7}, {kWrites, 3}});
    miss(cache, 1, 0);
    CHECK(value(set.stop()) == Counts{{kReads, 8}, {kWrites, 3}});
    miss(cache, 9, 9);
    CHECK(contains(reason(set.read()), "not started"));
    CHECK(contains(reason(set.stop()), "not started"));
    CHECK(contains(reason(set.reset()), "not started"));
    CHECK(reason(set.start()) == "done");
    miss(cache, 0, 2);
    CHECK(value(set.stop()) == Counts{{kReads, 0}, {kWrites, 2}});
  }
  TEST_CASE("all of the model's events are there and agree with it") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents events(cache);
    CounterSet set = value(CounterSet::create({kCacheEvents.begin(), kCacheEvents.end()}));
    CHECK(reason(set.start()) == "done");
    miss(cache, 4, 2);
    cache.access(0, 4, Access::read);
    cache.access(0, 4, Access::read);  // a hit
    CHECK(value(set.stop()) == Counts{{std::string(kAccesses), cache.counts().accesses()},
                                      {kAll, cache.counts().misses()},
                                      {kReads, cache.counts().read_misses},
                                      {kWrites, cache.counts().write_misses}});
    CHECK(cache.counts() == CacheCounts{6, 2, 5, 2});
  }
  TEST_CASE("a last level has its own event, and without one it is no count") {
    CacheModel d1({1024, 4, 64});
    CacheModel ll({4096, 4, 64});
    const std::string last(kLLMisses);
    {
      const CacheEvents events(d1, &ll);
      CounterSet set = value(CounterSet::create({last}));
      CHECK(reason(set.start()) == "done");
      miss(ll, 5, 1);
      CHECK(value(set.stop()) == Counts{{last, 6}});
    }
    const CacheEvents events(d1);
    CounterSet set = value(CounterSet::create({last}));
    CHECK(reason(set.start()) == "done");
    CHECK(contains(reason(set.stop()), "wrapped around"));
  }
  TEST_CASE("a reset goes on from zero") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents events(cache);
    CounterSet set = value(CounterSet::create({kAll}));
    CHECK(reason(set.start()) == "done");
    miss(cache, 10, 0);
    CHECK(value(set.read()).at(kAll) == 10);
    CHECK(reason(set.reset()) == "done");
    CHECK(value(set.read()).at(kAll) == 0);
    miss(cache, 2, 0);
    CHECK(value(set.stop()).at(kAll) == 2);
  }
  TEST_CASE("two sets take turns; both at once are refused without harm to the first") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents events(cache);
    CounterSet first = value(CounterSet::create({kReads}));
    CounterSet second = value(CounterSet::create({kReads, kWrites}));
    CHECK(reason(first.start()) == "done");
    miss(cache, 1, 1);
    CHECK(contains(reason(second.start()), "counting already"));
    miss(cache, 1, 1);
    CHECK(value(first.stop()) == Counts{{kReads, 2}});
    CHECK(reason(second.start()) == "done");
    miss(cache, 3, 4);
    CHECK(value(second.stop()) == Counts{{kReads, 3}, {kWrites, 4}});
  }
  TEST_CASE("a set that goes away while it counts makes room for the next; moving it does not") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents events(cache);
    {
      CounterSet set = value(CounterSet::create({kAll}));
      CHECK(reason(set.start()) == "done");
      CounterSet moved = std::move(set);
      miss(cache, 6, 0);
      CHECK(value(moved.read()).at(kAll) == 6);
    }
    CounterSet next = value(CounterSet::create({kAll}));
    CHECK(reason(next.start()) == "done");
    CHECK(value(next.stop()).at(kAll) == 0);
  }
  TEST_CASE("plain PAPI code reads the same events") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents events(cache);
    REQUIRE(reason(PapiLibrary::start()) == "done");
    int set = PAPI_NULL;
    REQUIRE(PAPI_create_eventset(&set) == PAPI_OK);
    REQUIRE(PAPI_add_named_event(set, "sde:::rooflab::D1_MISSES") == PAPI_OK);
    REQUIRE(PAPI_start(set) == PAPI_OK);
    miss(cache, 12, 30);
    long long misses = 0;
    CHECK(PAPI_stop(set, &misses) == PAPI_OK);
    CHECK(misses == 42);
    CHECK(PAPI_cleanup_eventset(set) == PAPI_OK);
    CHECK(PAPI_destroy_eventset(&set) == PAPI_OK);
  }
}

TEST_SUITE("papi_refusals") {
  TEST_CASE("events that do not exist are named, however often one asks") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents events(cache);
    for (int i = 0; i < 2; ++i) {
      for (const char* event : {"sde:::rooflab::NOPE", "sde:::nobody::D1_MISSES", "PAPI_NO_SUCH",
                                "no such event", ""}) {
        CAPTURE(event);
        const std::string why = reason(CounterSet::create({kAll, event}));
        CHECK(why != "measured");
        CHECK(contains(why, event));
      }
    }
    CHECK(contains(reason(CounterSet::create({})), "no event was asked for"));
  }
  TEST_CASE("a counter that goes backwards spoils the counts until the next start") {
    CacheModel cache({1024, 4, 64});
    const CacheEvents events(cache);
    CounterSet set = value(CounterSet::create({kAll}));
    miss(cache, 100, 0);
    CHECK(reason(set.start()) == "done");
    miss(cache, 10, 0);
    CHECK(value(set.read()).at(kAll) == 10);
    cache.clear();
    CHECK(contains(reason(set.read()), "D1_MISSES went from 10 to -100"));
    miss(cache, 200, 0);
    CHECK(contains(reason(set.stop()), "D1_MISSES went from 10"));
    CHECK(reason(set.start()) == "done");
    miss(cache, 3, 0);
    CHECK(value(set.stop()).at(kAll) == 3);
  }
  TEST_CASE(
      "a counter of 32 bits may wrap around its end, and is refused when it runs out of bits") {
    constexpr int kNearEnd = std::numeric_limits<int>::max() - 5;
    static int narrow = kNearEnd;  // libsde keeps the address
    const auto run = [](unsigned count) {
      narrow = static_cast<int>(static_cast<unsigned>(kNearEnd) + count);
    };
    const papi_handle_t library = papi_sde_init("rooflab_tests");
    REQUIRE(papi_sde_register_counter(library, "NARROW", PAPI_SDE_RO | PAPI_SDE_DELTA, PAPI_SDE_int,
                                      &narrow) == SDE_OK);
    CounterSet set = value(CounterSet::create({"sde:::rooflab_tests::NARROW"}));
    CHECK(reason(set.start()) == "done");
    run(5);
    CHECK(value(set.read()).at("sde:::rooflab_tests::NARROW") == 5);
    run(9);
    CHECK(value(set.read()).at("sde:::rooflab_tests::NARROW") == 9);
    run(0x8000'0009U);
    CHECK(contains(reason(set.stop()), "wrapped around"));
  }
  TEST_CASE("events whose model is gone are refused, not counted as zero") {
    std::optional<CounterSet> set;
    {
      CacheModel cache({1024, 4, 64});
      const CacheEvents events(cache);
      set.emplace(value(CounterSet::create({kAll, kReads})));
      CHECK(reason(set->start()) == "done");
      miss(cache, 10, 0);
    }
    CHECK(contains(reason(set->stop()), "MISSES went from"));
    CHECK(reason(set->start()) == "done");
    CHECK(contains(reason(set->stop()), "MISSES went from"));
  }
  TEST_CASE("the events show one model at a time") {
    CacheModel first({1024, 4, 64});
    CacheModel second({2048, 4, 64});
    {
      const CacheEvents events(first);
      CHECK_THROWS_AS(CacheEvents{second}, std::logic_error);
    }
    const CacheEvents events(second);
    CounterSet set = value(CounterSet::create({kAll}));
    CHECK(reason(set.start()) == "done");
    miss(first, 5, 0);
    miss(second, 2, 0);
    CHECK(value(set.stop()).at(kAll) == 2);
  }
}
