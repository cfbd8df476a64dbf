// What is said of calls that do not come back: what each thread was doing, and soon where none of
// them ever can.
#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "session/remote.h"
#include "session/thread_states.h"

namespace harness = rooflab::harness;
using std::chrono::milliseconds;

namespace {

std::optional<harness::KernelFailure> failure_of(std::string_view kernel) {
  harness::Session::Options options;
  options.program = ROOFLAB_STUCK;
  options.policy.limits.threads = 2;
  options.deadline = {milliseconds(300), std::chrono::minutes(5)};
  harness::Session session(std::move(options));
  harness::Session::set_current(&session);
  std::optional<harness::KernelFailure> failure;
  try {
    harness::remote(kernel);
  } catch (const harness::KernelFailure& thrown) {
    failure = thrown;
  }
  harness::Session::set_current(nullptr);
  return failure;
}

}  // namespace

TEST_CASE("a deadlock ends long before its deadline") {
  const auto failure = failure_of("locks_in_opposite_orders");
  REQUIRE(failure);
  CHECK(failure->reason == "timed_out");
  CHECK(failure->what_happened == "hangs: each of its threads waits for another one");
}

TEST_CASE("a deadlock tells of both threads") {
  const auto failure = failure_of("locks_in_opposite_orders");
  REQUIRE(failure);
  CHECK(failure->threads.starts_with("futex 0x"));
  CHECK(failure->threads.find("; futex 0x") != std::string::npos);
}

TEST_CASE("one thread that waits for nobody is a deadlock") {
  const auto failure = failure_of("waits_for_nobody");
  REQUIRE(failure);
  CHECK(failure->what_happened == "hangs: each of its threads waits for another one");
}

TEST_CASE("threads that wait for one that sleeps are no deadlock") {
  CHECK_FALSE(failure_of("sleeps_for_a_while"));
}

TEST_CASE("an endless loop ends at its deadline, and tells where") {
  const auto failure = failure_of("computes_for_ever");
  REQUIRE(failure);
  CHECK(failure->what_happened == "was still running after 0 s of CPU time");
  CHECK(failure->threads.starts_with("computing 0x"));
}

TEST_CASE("a worker that only says that it is done ends at its deadline, too") {
  const auto failure = failure_of("rings_for_ever");
  REQUIRE(failure);
  CHECK(failure->what_happened == "was still running after 0 s of CPU time");
}

TEST_CASE("what threads do is one line") {
  CHECK(harness::as_text({{"futex", {0x40130f, 0x4011aa}}, {"", {0x40152c}}}) ==
        "futex 0x40130f 0x4011aa; computing 0x40152c");
  CHECK(harness::as_text({}).empty());
}
