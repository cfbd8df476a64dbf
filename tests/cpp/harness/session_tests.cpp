// What a session says of a worker that does not do as it is told.
#include <doctest/doctest.h>

#include <utility>

#include "session/remote.h"

namespace harness = rooflab::harness;

TEST_CASE("a kernel that the worker does not know is a fault of the course") {
  harness::Session::Options options;
  options.program = ROOFLAB_TRACES;
  harness::Session session(std::move(options));
  harness::Session::set_current(&session);
  CHECK_THROWS_WITH_AS(
      harness::remote("forgotten"),
      "reason: internal\nwhat: the worker knows no kernel forgotten: a fault of the course",
      harness::KernelFailure);
  harness::Session::set_current(nullptr);
}
