// What the stepper counts, against instructions that are counted by hand.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <utility>

#include "instructions/stepper.h"
#include "session/remote.h"
#include "steps.h"

namespace {

using rooflab::harness::Defences;
using rooflab::harness::Executed;
using rooflab::harness::Kind;
using rooflab::harness::Session;
using rooflab::harness::Stepper;

constexpr std::int64_t kMaxSteps = 10'000;

Executed executed(Steps steps, const Defences& defences = {}) {
  Stepper stepper(kMaxSteps, defences);
  Session::Options options;
  options.program = ROOFLAB_STEPS;
  options.observer = &stepper;
  options.deadline = {std::chrono::milliseconds(200), std::chrono::seconds(1)};
  Session session(std::move(options));
  Session::set_current(&session);
  try {
    rooflab::harness::remote("steps", static_cast<std::int64_t>(steps));
  } catch (const rooflab::harness::KernelFailure&) {
    CHECK_FALSE(stepper.executed().cut_short.empty());
  }
  Session::set_current(nullptr);
  return stepper.executed();
}

std::int64_t count(const Executed& all, Kind kind) {
  return all.of_kind.at(static_cast<std::size_t>(kind));
}

TEST_SUITE_BEGIN("stepper");

TEST_CASE("each instruction of a call is counted, once for each time") {
  const Executed nothing = executed(Steps::nothing);
  CHECK(nothing.cut_short.empty());
  CHECK(nothing.instructions > 10);  // the worker's own way into the kernel
  const Executed packed = executed(Steps::ten_packed);
  CHECK(packed.cut_short.empty());
  CHECK(count(packed, Kind::packed_256) - count(nothing, Kind::packed_256) == 10);
  CHECK(count(packed, Kind::scalar) == count(nothing, Kind::scalar));
  const Executed scalar = executed(Steps::ten_scalar);
  CHECK(count(scalar, Kind::scalar) - count(nothing, Kind::scalar) == 10);
}

TEST_CASE("code that is jumped over counts nothing, even inside a loop") {
  const Executed dead = executed(Steps::dead_vectors);
  CHECK(count(dead, Kind::scalar) == 5);
  CHECK(count(dead, Kind::packed_256) == 0);
  Defences without;
  without.executed = false;
  CHECK(count(executed(Steps::dead_vectors, without), Kind::packed_256) > 0);
}

TEST_CASE("a repeated string instruction counts once") {
  const Executed move = executed(Steps::repeated_move);
  CHECK(move.cut_short.empty());
  CHECK(move.instructions < executed(Steps::nothing).instructions + 150);
}

TEST_CASE("asking for memory does not end the count") {
  const Executed allocates = executed(Steps::allocates);
  CHECK(allocates.cut_short.empty());
  CHECK(count(allocates, Kind::scalar) == 1);
}

TEST_CASE("what could escape the count ends it, and is named") {
  CHECK(executed(Steps::prints).cut_short == "it makes the system call write");
  CHECK(executed(Steps::divides_by_zero).cut_short == "it gets the signal SIGFPE");
  CHECK(executed(Steps::hidden).cut_short == "others hide behind its instruction mov ss, eax");
  CHECK(executed(Steps::for_ever).cut_short == "it takes more than 10000 steps");
}

TEST_CASE("the step behind a load of the stack segment goes over two instructions") {
  Defences without;
  without.whole_call = false;
  const Executed hidden = executed(Steps::hidden, without);
  CHECK(hidden.cut_short.empty());
  CHECK(count(hidden, Kind::scalar) == 0);  // there is one: that is why such a count is refused
}

TEST_SUITE_END();

}  // namespace
